"""Giving the log its first key, and changing it: file and trail together, whatever is cut short.

A new key is first written beside the old one, then entered in the trail, then
put in the old one's place. If the machine stops in between, the next call finds
the new key beside the old and finishes; there is no moment at which the key that
the trail names is nowhere. The old private key is gone afterwards: what it
signed is checked with its public half, which stays.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.services.log.keys import (
    current_key,
    default_origin,
    enter,
    key_file,
    new_signer,
    read_key,
    write_key,
)
from workflow_app.services.log.signer import LogKeyError, Signer

log = logging.getLogger(__name__)


def beside(path: Path) -> Path:
    """Where a new key lies until it takes the old one's place."""
    return path.with_name(path.name + ".new")


def first_key(
    session: Session, path: Path, settings: Mapping[str, Any], now: datetime
) -> tuple[Signer, bool]:
    """The key in the file, made where there is none, and entered in the trail; whether that was new.

    A new one gets the log's name from the settings; one that is there has a name.

    Raises :class:`~workflow_app.services.log.signer.LogKeyError`, and for a log that has a key
    in the trail and no file: a lost key is changed, so that it is seen.
    """
    if not path.exists():
        write_key(path, fresh(session, settings, f"there is no {path}"))
    signer, known = read_key(path), current_key(session)
    if known is not None and known.vkey != signer.vkey and beside(path).exists():
        # A change that was cut short between the trail and the file.
        new = read_key(beside(path))
        if new.vkey == known.vkey:
            take_place(path)
            return new, False
    return signer, enter(session, signer, now)


def fresh(session: Session, settings: Mapping[str, Any], missing: str) -> Signer:
    """A key for a log that has none; raises :class:`LogKeyError` where the trail names one.

    ``missing`` says of that one's private half that it isn't where it is looked for.
    """
    known = current_key(session)
    if known is not None:
        raise LogKeyError(
            f"the log has a key already ({known.vkey}), but {missing}: put it back, or change it with: "
            "avtaleflyt log key rotate --lost"
        )
    return new_signer(default_origin(settings))


def prepare(session: Session, path: Path, origin: str, now: datetime) -> Signer:
    """Write a new key beside the old one and enter it in the trail, which ends the old one.

    One that lies there from a change that was cut short is taken. :func:`take_place`
    after the commit. Raises :class:`~workflow_app.services.log.signer.LogKeyError`.
    """
    new = beside(path)
    if not new.exists():
        write_key(new, new_signer(origin))
    signer = read_key(new)
    if signer.origin != origin:
        raise LogKeyError(f"{new} is a key of {signer.origin}, and the log's name is {origin}: remove it")
    enter(session, signer, now)
    return signer


def taken_up(settings: Mapping[str, Any], vkey: str) -> Signer | None:
    """The signer of the key ``vkey`` from where the settings say that keys lie; None where it is not there.

    While a change is under way the new key lies beside the old one; a key from the
    environment comes with the process and is not found here.
    """
    path = key_file(settings)
    # Once more where it belongs: it may have taken its place between the two looks.
    for place in () if path is None else (path, beside(path), path):
        try:
            found = read_key(place)
        except LogKeyError as unreadable:
            log.debug("not the new key: %s", unreadable)
            continue
        if found.vkey == vkey:
            return found
    return None


def take_place(path: Path) -> None:
    """Put the new key in the old one's place, in one step, and see to it that it is on the disk."""
    os.replace(beside(path), path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
