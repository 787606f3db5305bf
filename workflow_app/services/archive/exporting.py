"""Handing an agreement to an archive: the package made, and the entry that tells of it.

The entry names the format, the party, the hash of every message and of every
file, so that anyone can see later what an archive was given and whether it still
has it. It stands in the trail after the bundle that lies in the package.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.archive.access import expect_archivist
from workflow_app.services.archive.case import case_file
from workflow_app.services.archive.packing import ArchiveFormat, Package, pack
from workflow_app.services.archive.source import Source
from workflow_app.services.documents_anchor import PrintedLog
from workflow_app.services.errors import FieldErrors
from workflow_app.services.mail.voices import voice
from workflow_app.services.norway import fold
from workflow_app.services.tellings import Telling, read

NO_LOG = PrintedLog()

ARCHIVED = "archived"
"""The kind of the entry that tells of it."""


@dataclass(frozen=True)
class Handed:
    """What was made: its file name, the zip, what is in it, and the entry of the trail."""

    name: str
    content: bytes
    package: Package
    entry: TrailEntry


def source_of(
    session: Session,
    agreement: Agreement,
    party: Party,
    *,
    registry: Registry,
    now: datetime,
    log: PrintedLog = NO_LOG,
) -> Source:
    """The agreement as it is for this party's archive, in that party's language."""
    return Source(session, agreement, party, registry, now, voice(party.language), log)


def hand_over(
    session: Session,
    agreement: Agreement,
    party: Party,
    form: ArchiveFormat,
    *,
    registry: Registry,
    now: datetime,
    who: Who | None,
    log: PrintedLog = NO_LOG,
) -> Handed:
    """Make the package for ``party``'s archive and enter it. ``agreement`` is locked; ``now`` is aware.

    ``who`` None is the installation itself (a command). Raises ``NotAllowed``, and
    ``Conflict`` where the trail is too large for one bundle.
    """
    holding = expect_archivist(party, who) if who is not None else None
    source = source_of(session, agreement, party, registry=registry, now=now, log=log)
    package = pack(case_file(source), form, at=now, earlier=given(session, agreement, party))
    content = package.to_zip()
    entry = trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=ARCHIVED,
        now=now,
        actor=who.entry(holding) if who is not None else None,
        agreement=agreement.digest,
        data={
            "format": form.value,
            "party": party.key,
            "messages": [
                {"name": name, "sha256": hashlib.sha256(xml).hexdigest()}
                for name, xml in package.messages.items()
            ],
            "files": [
                {"key": key, "sha256": stored.sha256, "size": stored.size} for key, _, stored in package.files
            ],
        },
    )
    return Handed(file_name(agreement, party), content, package, entry)


def file_name(agreement: Agreement, party: Party) -> str:
    """What the zip is called: "arkiv-moss-kommune-abcdefghjk.zip"."""
    return f"arkiv-{fold(party.name) or party.key}-{agreement.id}.zip"


def handed(session: Session, agreement: Agreement) -> tuple[Telling, ...]:
    """Every time it was handed over, oldest first."""
    chain = trail.agreement_chain(agreement.id)
    return read(session, TrailEntry.chain == chain, TrailEntry.kind == ARCHIVED)


def given(session: Session, agreement: Agreement, party: Party) -> Mapping[str, list[str]]:
    """What this party's archive was given before: key of a file → the hash of each of its versions."""
    found: dict[str, list[str]] = defaultdict(list)
    for told in handed(session, agreement):
        if told.entry["data"]["party"] != party.key:
            continue
        for file in told.entry["data"]["files"]:
            if file["sha256"] not in found[file["key"]]:
                found[file["key"]].append(file["sha256"])
    return dict(found)


def format_named(text: str | None, otherwise: ArchiveFormat) -> ArchiveFormat:
    """The format asked for, else the installation's. Raises ``FieldErrors`` for one there is not."""
    if not text:
        return otherwise
    try:
        return ArchiveFormat(text)
    except ValueError as error:
        known = ", ".join(form.value for form in ArchiveFormat)
        raise FieldErrors(
            {
                "format": msg(
                    "“${format}” is no archive format; choose one of ${known}.", format=text, known=known
                )
            }
        ) from error
