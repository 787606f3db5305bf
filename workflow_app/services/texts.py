"""The texts of an agreement: taken in, edited in draft, kept version by version.

Each saved text is a version with its hash. An uploaded file is kept byte for
byte beside the text it was read from, so that anybody can compare the two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import Reading, read
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import TextVersion
from workflow_app.services import blobs, trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors
from workflow_app.services.material import material_changed, text_of
from workflow_app.services.readings import read_text
from workflow_app.services.sources import MAX_FILE, Source, TooLarge, decode_source, decoded

__all__ = ["LONGEST_TITLE", "MAX_FILE", "Source", "TooLarge", "add_text", "clean_title", "decode_source",
           "edited", "kept_notes", "notes_of", "save_file", "save_text", "text_versions"]  # fmt: skip

LONGEST_TITLE = 300
"""The most characters of a title."""


def clean_title(title: str) -> str:
    """A title on one line. Raises ``FieldErrors`` for one that is empty, too long or unreadable."""
    words = " ".join(title.split())
    if not words:
        raise FieldErrors({"title": msg("The title is empty; an agreement needs one to be found by.")})
    if len(words) > LONGEST_TITLE:
        raise FieldErrors(
            {
                "title": msg(
                    "The title is ${length} characters long; the most is ${most}.",
                    length=len(words),
                    most=LONGEST_TITLE,
                )
            }
        )
    if any(not c.isprintable() for c in words):
        raise FieldErrors({"title": msg("The title holds characters that cannot be shown; write it anew.")})
    return words


def kept_notes(notes: Sequence[Message]) -> list[dict[str, Any]]:
    """Notes as they are kept with a text: the sentence's key and its values."""
    return [{"text": note.text, "values": dict(note.values)} for note in notes]


def notes_of(version: TextVersion) -> tuple[Message, ...]:
    """What was left out of a version's file, or taken as done in it."""
    return tuple(Message(note["text"], note["values"]) for note in version.notes)


def add_text(
    session: Session,
    agreement: Agreement,
    text: str,
    reading: Reading,
    source: Source,
    who: Who | None,
    now: datetime,
) -> TextVersion:
    """Store ``text`` and its reading as the agreement's newest version; the caller tells the trail."""
    agreement.text_number += 1
    version = TextVersion(
        agreement_id=agreement.id,
        number=agreement.text_number,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        origin=source.origin,
        filename=source.filename[-255:],
        file_sha256=blobs.store(session, source.content) if source.origin == "upload" else None,
        notes=kept_notes(source.extracted.notes) if source.origin == "upload" else [],
        person_id=who.person_id if who else None,
        created_at=now,
    )
    session.add(version)
    session.flush()
    read_text(session, agreement, version, now, reading)
    return version


def edited(text: str, before: str) -> str:
    """An edited text with the line breaks its former version had: a browser's form sends others."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain == before.replace("\r\n", "\n").replace("\r", "\n"):
        return before
    return plain.replace("\n", "\r\n") if "\r\n" in before else plain


def save_text(
    session: Session,
    agreement: Agreement,
    text: str,
    *,
    who: Who,
    now: datetime,
    title: str | None = None,
    note: str | None = None,
) -> TextVersion:
    """Save a new text, a new title, or both. What is there already changes nothing and voids nothing.

    Raises ``FieldErrors`` for an empty, unreadable or too long text or title.
    """
    current = text_of(session, agreement)
    text = decoded(edited(text, current.text).encode(), "text")
    _retitle(session, agreement, title, who, now)
    if text == current.text:
        return current
    return _saved(session, agreement, text, Source("", b"", "edit"), who, now, note)


def save_file(
    session: Session,
    agreement: Agreement,
    source: Source,
    *,
    who: Who,
    now: datetime,
    note: str | None = None,
) -> TextVersion:
    """Save the text of a file as the newest version, with the file. The same file again changes nothing.

    A file with the words of the text that stands is a version all the same: it
    is another original. Raises ``FieldErrors`` for a file that cannot be read.
    """
    current = text_of(session, agreement)
    text = decode_source(source)
    if text == current.text and current.file_sha256 == hashlib.sha256(source.content).hexdigest():
        return current
    return _saved(session, agreement, text, source, who, now, note)


def _saved(
    session: Session,
    agreement: Agreement,
    text: str,
    source: Source,
    who: Who,
    now: datetime,
    note: str | None,
) -> TextVersion:
    version = add_text(session, agreement, text, read(text), source, who, now)
    material_changed(session, agreement, because="text_changed", who=who, now=now)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="text_saved",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"text": version.number, "text_sha256": version.sha256, "origin": version.origin},
        private={"note": note} if note else {},
    )
    return version


def _retitle(session: Session, agreement: Agreement, title: str | None, who: Who, now: datetime) -> None:
    """A title is no part of the digest, but whoever approved saw the old one, and must look again."""
    if title is None or (words := clean_title(title)) == agreement.title:
        return
    agreement.title = words
    material_changed(session, agreement, because="text_changed", who=who, now=now)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="title_changed",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        private={"title": words},
    )


def text_versions(session: Session, agreement: Agreement) -> list[TextVersion]:
    """Every saved text, newest first, without the texts themselves."""
    return list(
        session.scalars(
            select(TextVersion)
            .where(TextVersion.agreement_id == agreement.id)
            .options(defer(TextVersion.text))
            .order_by(TextVersion.number.desc())
        )
    )
