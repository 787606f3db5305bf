"""The texts of an agreement: taken in, edited in draft, kept version by version.

Each saved text is a version with its hash. An uploaded file is kept byte for
byte beside the text it was read from, so that anybody can compare the two.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import Reading, UnreadableFile, decode, read
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import TextVersion
from workflow_app.services import blobs, trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors
from workflow_app.services.material import material_changed, text_of
from workflow_app.services.readings import read_text

MAX_FILE = 20 * 1024 * 1024
"""The largest file taken in, in bytes."""

LONGEST_TITLE = 300
"""The most characters of a title."""

_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True)
class Source:
    """A text as it came in: its file name and bytes, or a template's name and text."""

    filename: str
    content: bytes
    origin: str = "upload"


class TooLarge(FieldErrors):
    """A file is larger than what is taken in (a 413)."""


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


def decode_source(source: Source) -> str:
    """The text of an incoming file; raises ``FieldErrors`` with the sentence to show."""
    if source.origin == "upload" and not source.filename.lower().endswith(_SUFFIXES):
        raise FieldErrors(
            {
                "file": msg(
                    "«${name}» cannot be read: upload a text file (.txt or .md).", name=source.filename[-60:]
                )
            }
        )
    return _decoded(source.content, "file")


def _decoded(content: bytes, field: str) -> str:
    if len(content) > MAX_FILE:
        raise TooLarge(
            {
                field: msg(
                    "The file is ${size} MB; the largest that can be taken in is ${limit} MB.",
                    size=-(-len(content) // (1 << 20)),
                    limit=MAX_FILE >> 20,
                )
            }
        )
    try:
        return decode(content)
    except UnreadableFile as error:
        raise FieldErrors({field: error.message}) from error


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
    text = _decoded(edited(text, current.text).encode(), "text")
    _retitle(session, agreement, title, who, now)
    if text == current.text:
        return current
    version = add_text(session, agreement, text, read(text), Source("", b"", "edit"), who, now)
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
