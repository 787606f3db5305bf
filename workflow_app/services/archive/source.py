"""What every part of a case file is gathered from, and how parties write to each other in it.

An archive belongs to one party: a letter is outgoing in the sender's and incoming
in everybody else's. The politiråd is no party, so what it has made together is the
archive owner's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Registry
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services.archive.codes import Correspondence, JournalType
from workflow_app.services.archive.identity import identifier
from workflow_app.services.archive.model import Correspondent
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.documents_anchor import PrintedLog, anchor_of
from workflow_app.services.documents_words import Voice
from workflow_app.services.mail.voices import voice
from workflow_app.services.norway import local_date
from workflow_app.services.papers.anchor import Anchor


@dataclass(frozen=True)
class Source:
    """One agreement for one party's archive. ``voice`` speaks that party's language; ``now`` is aware.

    ``log`` is what papers made for the archive print of the log; those that are frozen print what they did.
    """

    session: Session
    agreement: Agreement
    party: Party
    registry: Registry
    now: datetime
    voice: Voice
    log: PrintedLog

    @cached_property
    def chronicle(self) -> Chronicle:
        """What has happened, and what the confirmed clauses say."""
        return read_chronicle(self.session, self.agreement, local_date(self.now))

    @property
    def definition(self) -> Definition:
        """The agreement's workflow."""
        return self.registry.by_digest(self.agreement.definition_digest)

    def key(self, *parts: str | int) -> str:
        """Our name for a thing in this archive."""
        return "/".join(["agreement", self.agreement.id, self.party.key, *map(str, parts)])

    def id(self, *parts: str | int) -> UUID:
        """Its identifier."""
        return identifier(self.key(*parts))

    def anchor(self, language: str) -> Anchor | None:
        """The log's checkpoint as a paper in ``language`` prints it now."""
        return anchor_of(self.session, self.agreement, self.log, voice(language))

    @property
    def others(self) -> tuple[Party, ...]:
        """The other parties."""
        return tuple(p.party for p in self.agreement.parties if p.party.id != self.party.id)

    def own(self, officer: str | None = None) -> tuple[Correspondent, ...]:
        """Who stands behind what the archive's owner has made for itself."""
        return (_party(Correspondence.OWN_SENDER, self.party, officer),)

    def between(self, sender: Party | None) -> tuple[JournalType, tuple[Correspondent, ...]]:
        """Which way it went, and between whom, where ``sender`` wrote to all the others.

        None: nobody in particular wrote it, and it is the owner's own note.
        """
        if sender is None:
            return JournalType.INTERNAL, self.own()
        if sender.id == self.party.id:
            receivers = tuple(_party(Correspondence.RECEIVER, other) for other in self.others)
            return JournalType.OUTGOING, (*self.own(), *receivers)
        return JournalType.INCOMING, (
            _party(Correspondence.SENDER, sender),
            _party(Correspondence.OWN_RECEIVER, self.party),
        )


def _party(kind: Correspondence, party: Party, officer: str | None = None) -> Correspondent:
    return Correspondent(kind, party.name, number_of(party), officer)


def number_of(party: Party) -> str:
    """A kommune's number, else the party's key: names alone do not tell two Herøy from each other."""
    return party.kommune_number or party.key
