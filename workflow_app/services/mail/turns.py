"""Whose turn it has become: the places that are open, less those whose holders know it already.

A place is known by what it is bound to as well (the text, the evaluation), so a
person who approved a text that was changed afterwards is asked again, and a person
who has been asked is not asked again because somebody else approved meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Of
from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.services.mail.audience import Story
from workflow_app.services.people_holdings import Holder, holders
from workflow_app.services.waiting import CORRECT, waiting_in
from workflow_app.services.waiting_since import Asked, asked_of

UNWRITTEN = "unwritten"
"""What an evaluation is bound to until somebody has finished it."""


@dataclass(frozen=True)
class Place:
    """A place somebody must fill, and what the filling would be bound to."""

    transition: str
    party: str
    roles: tuple[str, ...]
    bound: str

    @property
    def unwritten(self) -> bool:
        """Whether it approves an evaluation that is to be written first."""
        return self.bound.endswith(f" {UNWRITTEN}")

    def fits(self, holder: Holder) -> bool:
        """Whether this person may fill it."""
        return holder.party == self.party and holder.role in self.roles


def open_places(session: Session, agreement: Agreement, definition: Definition) -> list[Place]:
    """The places that are open now and that somebody has been asked to fill.

    In a draft nobody is asked before the first has approved: until then it is
    being written, and waits for everybody and nobody.
    """
    asked = asked_of(session, agreement)
    begun = {r.transition for r in asked.rounds if r.approvals}
    waiting = waiting_in(agreement, definition, asked.rounds, asked.evaluation)
    return [
        Place(name, slot.party, slot.roles, _bound(agreement, definition, name, asked))
        for name, slot in waiting
        if agreement.state != definition.initial or name in begun
    ]


def _bound(agreement: Agreement, definition: Definition, name: str, asked: Asked) -> str:
    """What makes the same place another one: the stay in this state, and what is approved there."""
    approvals = definition.transitions[name].approvals
    what = ""
    if approvals is not None and approvals.of is Of.EVALUATION:
        what = asked.evaluation.sha256 if asked.evaluation and asked.evaluation.complete else UNWRITTEN
    elif name == CORRECT:
        what = f"rules {agreement.proposed_rules}"
    elif approvals is not None and approvals.of is not Of.MATTER:
        digests = [r.digest for r in asked.rounds if r.transition == name and r.approvals]
        what = digests[-1] if digests else agreement.digest
    return f"{agreement.moved_at.isoformat()} {what[:16]}"


def handed_over(
    session: Session, agreement: Agreement, definition: Definition, stories: Sequence[Story], today: date
) -> Mapping[str, list[Place]]:
    """Person → the places that have become theirs to fill and that they have not been told of.

    Whoever took the last step is not among them: the page she stands on says it.
    """
    places = open_places(session, agreement, definition)
    if not places:
        return {}
    actor = stories[-1].actor if stories else None
    known = _told(session, agreement)
    found: dict[str, list[Place]] = {}
    for holder in holders(session, {p.party for p in places}, today):
        for place in places:
            new = (holder.person, place.transition, place.party, place.bound) not in known
            mine = found.setdefault(holder.person, [])
            if place.fits(holder) and new and holder.person != actor and place not in mine:
                mine.append(place)
    return {person: mine for person, mine in found.items() if mine}


def _told(session: Session, agreement: Agreement) -> set[tuple[str, str, str, str]]:
    rows = session.execute(
        select(Mail.person_id, Mail.data).where(Mail.agreement_id == agreement.id, Mail.kind == "step")
    )
    return {
        (person, place[0], place[1], place[3]) for person, data in rows for place in data.get("places", ())
    }
