"""The keys that the log signs its heads with: one private, outside the database; the public ones, in it.

Whoever has the database can't sign in the log's name without the file. The
public keys, old ones too, stand in ``log_key``, since what they have signed is
still out there, and each change is an entry of the installation's chain.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import parse_vkey
from workflow_app.models.tree import LogKey
from workflow_app.services import trail
from workflow_app.services.log.signer import (
    KeyEnded,
    LogKeyError,
    Signer,
    checked_origin,
    new_signer,
    parse_private,
)

__all__ = [
    "LogKey",
    "LogKeyError",
    "Signer",
    "current_key",
    "default_origin",
    "enter",
    "key_file",
    "log_keys",
    "new_signer",
    "read_key",
    "signer_from",
    "write_key",
]

FILE = "avtaleflyt.log_key_file"
ORIGIN = "avtaleflyt.log_origin"
VARIABLE = "AVTALEFLYT_LOG_KEY"
"""The environment variable that may hold the private key in the place of a file."""


def default_origin(settings: Mapping[str, Any]) -> str:
    """The log's name that the settings give: ``log_origin``, else from the site's public address."""
    said = str(settings.get(ORIGIN) or "").strip()
    if said:
        return checked_origin(said)
    site = urlsplit(str(settings.get("avtaleflyt.public_url") or ""))
    host = site.netloc.rpartition("@")[2]
    if not host:
        raise LogKeyError(
            f"the log needs a name that never changes: set {ORIGIN} (avtaleflyt.kommune.example/log) "
            "or avtaleflyt.public_url"
        )
    # C2SP tlog-tiles would have it be an address under which the log is served, and it is.
    return checked_origin(f"{host}{site.path.rstrip('/')}/log")


def key_file(settings: Mapping[str, Any]) -> Path | None:
    """Where the settings say that the private key lies; None where they do not."""
    said = str(settings.get(FILE) or "").strip()
    return Path(said) if said else None


def signer_from(settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Signer | None:
    """The log's signer, from the file that the settings name or from the environment; None for neither.

    Raises :class:`LogKeyError` for a file that is not there or that others may
    read, for what is no key, and for a key of another name than the settings say.
    """
    path, given = key_file(settings), environment.get(VARIABLE, "").strip()
    if path is not None and given:
        raise LogKeyError(f"{FILE} and ${VARIABLE} are both set: the log has one key, so remove one")
    if path is None and not given:
        return None
    signer = parse_private(given, f"${VARIABLE}") if path is None else read_key(path)
    said = str(settings.get(ORIGIN) or "").strip()
    if said and said != signer.origin:
        raise LogKeyError(
            f"{ORIGIN} is {said}, but the key is that of {signer.origin}: a log never changes its name, "
            "so set it back"
        )
    return signer


def read_key(path: Path) -> Signer:
    """The signer whose private key the file holds; raises :class:`LogKeyError` for any other file."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise LogKeyError(f"{FILE}: {path} is no file")
        if mode & 0o077:
            raise LogKeyError(
                f"{FILE}: {path} may be read by others than its owner (mode {stat.S_IMODE(mode):04o}); "
                f"chmod 600 {path}, and change the key if anybody may have seen it"
            )
        text = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        raise LogKeyError(f"{FILE}: there is no {path}; make it with: avtaleflyt log key new") from None
    except OSError as error:
        raise LogKeyError(f"{FILE}: {path} cannot be read: {error.strerror}") from error
    return parse_private(text, str(path))


def write_key(path: Path, signer: Signer) -> None:
    """Write the private key to a new file that its owner alone may read.

    Raises :class:`LogKeyError` where there is such a file already, and where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(signer.text + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise LogKeyError(f"{path} is there already, and a key is never overwritten") from None
    except OSError as error:
        raise LogKeyError(f"{path} cannot be written: {error.strerror}") from error


def log_keys(session: Session) -> list[LogKey]:
    """Every key the log has signed with (``vkey``, ``since``, ``until``), the oldest first."""
    return list(session.scalars(select(LogKey).order_by(LogKey.id)))


def current_key(session: Session) -> LogKey | None:
    """The key that signs now, as the trail knows it; None where none was entered yet."""
    return session.scalars(select(LogKey).where(LogKey.until.is_(None)).order_by(LogKey.id)).first()


def refuse_ended(session: Session, signer: Signer) -> None:
    """Raise :class:`KeyEnded` where the trail names another key than ``signer`` as the one that signs now."""
    now = current_key(session)
    if now is not None and now.vkey != signer.vkey:
        raise KeyEnded(
            f"the log signs with {_short(now.vkey)} now, and this is {_short(signer.vkey)}: nothing is signed"
        )


def doubt(session: Session, signer: Signer | None) -> str | None:
    """Why ``signer`` is not the key that the trail names, and what to do, in a sentence; None where it is.

    Whatever a key signs that was ended, or was never entered, is refused by whoever compares.
    """
    known = {one.vkey: one for one in log_keys(session)}
    if signer is None:
        wanted = f", and the trail names {_short(now.vkey)}" if (now := current_key(session)) else ""
        return f"the log has no key{wanted}; put it back, or make one with: avtaleflyt log key new"
    if signer.vkey not in known:
        return f"the key {_short(signer.vkey)} is not in the trail; enter it with: avtaleflyt log key new"
    if known[signer.vkey].until is not None:
        return (
            f"the key {_short(signer.vkey)} was ended when the log got another, and must sign no more; put "
            "the new key in its place (in the environment: and restart the server), or say: "
            "avtaleflyt log key rotate --lost"
        )
    return None


def _short(vkey: str) -> str:
    return parse_vkey(vkey).key_id.hex()


def enter(session: Session, signer: Signer, now: datetime) -> bool:
    """Enter the signer's public key in the trail as the one that signs from ``now`` on.

    The one before is ended by an entry of its own. False where it is entered already.
    Raises :class:`LogKeyError` for a key that was ended before, and for another log's name.
    """
    known = log_keys(session)
    old = current_key(session)
    if old is not None and old.vkey == signer.vkey:
        return False
    if any(one.vkey == signer.vkey for one in known):
        raise LogKeyError("this key was ended before and is not taken into use again")
    if known and parse_vkey(known[0].vkey).name != signer.origin:
        raise LogKeyError(
            f"the log's name is {parse_vkey(known[0].vkey).name}, and never changes; the key is "
            f"that of {signer.origin}"
        )
    if old is not None:
        trail.append(session, trail.INSTALLATION, kind="log_key_ended", now=now, data={"vkey": old.vkey})
        old.until = now
    trail.append(session, trail.INSTALLATION, kind="log_key_added", now=now, data={"vkey": signer.vkey})
    session.add(LogKey(vkey=signer.vkey, since=now))
    session.flush()
    return True
