"""Drafts: making them from a file or a template, editing their text, linking successors.

Whoever makes a draft must hold a role that may edit it, for one of its parties;
the definition says which. Each saved text is a version with its hash, and the
uploaded file is kept byte for byte beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.definitions import Definition, Permission
from workflow_app.domain.engine import permitted
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import Reading
from workflow_app.domain.reading.decode import UnreadableFile, decode
from workflow_app.models.agreements import Agreement, AgreementParty, TextVersion
from workflow_app.models.people import Party
from workflow_app.services import blobs, trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed
from workflow_app.services.material import current_digest, material_changed, text_of
from workflow_app.services.readings import read_text

MAX_FILE = 20 * 1024 * 1024
"""The largest file taken in, in bytes."""

_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True)
class Source:
    """A text as it came in: its file name and bytes, or a template's name and text."""

    filename: str
    content: bytes
    origin: str = "upload"


def parties_by_key(session: Session, keys: Sequence[str], side: str, field: str) -> list[Party]:
    """The parties named, in the order named; raises ``FieldErrors`` on an unknown or wrong-sided one."""
    if not keys:
        raise FieldErrors({field: msg("Choose at least one party: an agreement binds both sides.")})
    found = {p.key: p for p in session.scalars(select(Party).where(Party.key.in_(keys)))}
    for key in keys:
        party = found.get(key)
        if party is None or party.side != side or party.ended_on is not None:
            raise FieldErrors(
                {field: msg("There is no party «${key}» to choose here; see the list of parties.", key=key)}
            )
    return [found[key] for key in dict.fromkeys(keys)]


def create_draft(
    session: Session,
    source: Source,
    *,
    municipal: Sequence[str],
    police: Sequence[str],
    definition: Definition,
    who: Who,
    now: datetime,
    title: str | None = None,
    predecessor: Agreement | None = None,
) -> Agreement:
    """Make a draft with its first text, reading and entry.

    Raises ``FieldErrors`` for a file that cannot be read or a party that is not
    there, and ``NotAllowed`` when ``who`` holds no role that may edit the draft.
    """
    text = decode_source(source)
    parties = [
        *parties_by_key(session, municipal, "municipal", "municipal"),
        *parties_by_key(session, police, "police", "police"),
    ]
    keys = frozenset(p.key for p in parties)
    if Permission.EDIT not in permitted(definition, definition.initial, who.roles_for(keys)):
        raise NotAllowed(
            "not_your_party",
            msg("Only an SLT coordinator or a politikontakt of one of the parties can start an agreement."),
        )
    agreement = Agreement(
        title=(title or "").strip()[:300],
        language=parties[0].language,
        definition_id=definition.id,
        definition_version=definition.version,
        definition_digest=definition.digest,
        _state=definition.initial,
        predecessor_id=predecessor.id if predecessor else None,
        created_at=now,
        moved_at=now,
        parties=[AgreementParty(party=p, position=n) for n, p in enumerate(parties)],
    )
    session.add(agreement)
    session.flush()
    version, reading = _add_text(session, agreement, text, source, who, now)
    if not agreement.title:
        agreement.title = (reading.title or _default_title(parties))[:300]
    agreement.digest = current_digest(session, agreement)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="created",
        now=now,
        actor=who.entry(_editing_holding(definition, who, keys)),
        to_state=agreement.state,
        definition=definition.digest,
        agreement=agreement.digest,
        data={
            "parties": sorted(keys),
            "text": version.number,
            "text_sha256": version.sha256,
            "origin": source.origin,
            **({"predecessor": predecessor.id} if predecessor else {}),
        },
        private={"title": agreement.title},
    )
    return agreement


def _editing_holding(definition: Definition, who: Who, keys: frozenset[str]) -> Holding | None:
    for holding in who.holdings:
        if holding.party in keys and Permission.EDIT in permitted(
            definition, definition.initial, frozenset({holding.role})
        ):
            return holding
    return None


def _default_title(parties: Sequence[Party]) -> str:
    return "Politirådsavtale – " + ", ".join(p.name for p in parties)


def decode_source(source: Source) -> str:
    """The text of an incoming file; raises ``FieldErrors`` with the sentence to show."""
    if source.origin == "upload" and not source.filename.lower().endswith(_SUFFIXES):
        raise FieldErrors(
            {"file": msg("«${name}» cannot be read: upload a text file (.txt or .md).", name=source.filename)}
        )
    if len(source.content) > MAX_FILE:
        raise FieldErrors(
            {"file": msg("The file is ${size} MB; the largest that can be taken in is ${limit} MB.",
                         size=len(source.content) // (1024 * 1024), limit=MAX_FILE // (1024 * 1024))}
        )
    try:
        return decode(source.content)
    except UnreadableFile as error:
        raise FieldErrors({"file": _message(error)}) from error


def _message(error: UnreadableFile) -> Message:
    return error.message


def _add_text(
    session: Session, agreement: Agreement, text: str, source: Source, who: Who | None, now: datetime
) -> tuple[TextVersion, Reading]:
    agreement.text_number += 1
    version = TextVersion(
        agreement_id=agreement.id,
        number=agreement.text_number,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        origin=source.origin,
        filename=source.filename[:255],
        file_sha256=blobs.store(session, source.content) if source.origin == "upload" else None,
        person_id=who.person_id if who else None,
        created_at=now,
    )
    session.add(version)
    session.flush()
    return version, read_text(session, agreement, version, now)


def save_text(session: Session, agreement: Agreement, source: Source, *, who: Who, now: datetime) -> TextVersion:
    """Save a new text of a draft. The same text again changes nothing and voids nothing."""
    text = decode_source(source)
    if not text.strip():
        raise FieldErrors({"text": msg("The text is empty; nothing was saved.")})
    current = text_of(session, agreement)
    if text == current.text:
        return current
    version, _ = _add_text(session, agreement, text, source, who, now)
    material_changed(session, agreement, because="text_changed", who=who, now=now)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="text_saved",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"text": version.number, "text_sha256": version.sha256, "origin": source.origin},
    )
    return version


def expect_version(agreement: Agreement, version: int | None) -> None:
    """Raise ``Conflict`` when the client acted on another version than the one that stands."""
    if version is not None and version != agreement.version:
        raise Conflict(
            "stale_version",
            msg(
                "The agreement has changed since you opened it (you saw version ${seen}, it is now "
                "version ${now}). Nothing was saved; look at the page again and repeat what you wanted.",
                seen=version,
                now=agreement.version,
            ),
        )


def successor_of(session: Session, agreement: Agreement) -> Agreement | None:
    """The newest agreement made by revising this one, if any."""
    return session.scalars(
        select(Agreement).where(Agreement.predecessor_id == agreement.id).order_by(Agreement.created_at.desc())
    ).first()
