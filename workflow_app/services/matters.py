"""The paper before one kommunestyre: prepared, frozen, and given its outcome.

A matter is prepared with what a council secretary has, its PDF is frozen with
its hash before the meeting, and what the council did is recorded afterwards by
the transition that needs it (``report``, ``adopt``). After freezing only the
outcome can be added: the paper the councillors read must stay the paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.models.seals import MATTER
from workflow_app.services import blobs, documents_anchor
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed, NotThere
from workflow_app.services.matters_days import after_the_bodies, ahead
from workflow_app.services.matters_entries import record
from workflow_app.services.papers.anchor import Anchor
from workflow_app.services.sealing.outbox import to_be_sealed

PREPARED = (
    "archive_case",
    "case_number",
    "committee",
    "meeting_date",
    "case_officer",
    "proposal",
    "legal_basis",
)
"""The fields known before the meeting, in the order a case paper has them."""

KINDS = ("referatsak", "vedtak")


def matters_of(session: Session, agreement: Agreement) -> list[Matter]:
    """All matters of the agreement, oldest first."""
    return list(
        session.scalars(select(Matter).where(Matter.agreement_id == agreement.id).order_by(Matter.number))
    )


def find(session: Session, agreement: Agreement, number: int) -> Matter:
    """One matter by its number. Raises ``NotThere``."""
    found = session.scalars(
        select(Matter).where(Matter.agreement_id == agreement.id, Matter.number == number)
    ).first()
    if found is None:
        raise NotThere("not_there", msg("There is no matter number ${number}.", number=number))
    return found


def pending(
    session: Session,
    agreement: Agreement,
    party_key: str,
    occasion: str = "agreement",
    year: int | None = None,
) -> Matter | None:
    """The kommune's newest matter about this that has no outcome yet."""
    return session.scalars(
        select(Matter)
        .join(Party)
        .where(Matter.agreement_id == agreement.id, Party.key == party_key, Matter.outcome.is_(None))
        .where(Matter.occasion == occasion, Matter.year.is_not_distinct_from(year))
        .order_by(Matter.number.desc())
        .limit(1)
    ).first()


def municipal_party(agreement: Agreement, party_key: str | None) -> Party:
    """The kommune meant; with one kommune it need not be named. Raises ``FieldErrors``."""
    kommuner = [p.party for p in agreement.parties if p.party.side == "municipal"]
    if not party_key and len(kommuner) == 1:
        return kommuner[0]
    for kommune in kommuner:
        if kommune.key == party_key:
            return kommune
    raise FieldErrors({"party": msg("Say which kommune's matter this is: one of the agreement's own.")})


def check_own(agreement: Agreement, definition: Definition, party: Party, who: Who) -> None:
    """A matter is prepared by those of its own kommune. Raises ``NotAllowed``."""
    roles = definition.states[agreement.state].may.get(Permission.PREPARE_MATTER, ())
    if not any(h.party == party.key and h.role in roles for h in who.holdings):
        raise NotAllowed("not_your_kommune", not_yours(party))


def not_yours(party: Party) -> Message:
    """Who prepares the kommune's matter, said to somebody who does not."""
    return msg(
        "The matter of ${name} is prepared by its own SLT coordinator or council secretary.", name=party.name
    )


def prepare(
    session: Session,
    agreement: Agreement,
    fields: Mapping[str, Any],
    *,
    party: Party,
    who: Who,
    now: datetime,
    occasion: str = "agreement",
    year: int | None = None,
) -> Matter:
    """Make a matter, or change the one being prepared for this kommune.

    ``fields`` are cleaned already: ``kind`` and any of :data:`PREPARED`, None
    for what is to be taken away. What it is about (``occasion``, ``year``) was
    checked by ``matters_occasions``. Raises ``FieldErrors`` for a meeting that is
    past, and ``Conflict`` when the matter being prepared is frozen: record its
    outcome first.
    """
    ahead(fields.get("meeting_date"), now.date())
    matter = pending(session, agreement, party.key, occasion, year)
    if matter is not None and matter.frozen_at is not None:
        raise Conflict(
            "matter_frozen",
            msg("The matter is frozen and goes to the meeting as it is; record its outcome afterwards."),
        )
    if matter is not None:
        after_the_bodies(matter, fields.get("meeting_date"))
    else:
        matter = pending_or_new(
            session, agreement, party, fields.get("kind") or "referatsak", now, occasion=occasion, year=year
        )
    _fill(matter, fields)
    session.flush()
    record(session, agreement, matter, "matter_prepared", who, now)
    return matter


def pending_or_new(
    session: Session,
    agreement: Agreement,
    party: Party,
    kind: str,
    now: datetime,
    *,
    occasion: str = "agreement",
    year: int | None = None,
) -> Matter:
    """The matter waiting for its outcome, or a new one where none was prepared."""
    matter = pending(session, agreement, party.key, occasion, year)
    if matter is None:
        matter = _new(session, agreement, party, kind, now)
        matter.occasion, matter.year = occasion, year
    return matter


def _new(session: Session, agreement: Agreement, party: Party, kind: str, now: datetime) -> Matter:
    number = 1 + max((m.number for m in matters_of(session, agreement)), default=0)
    matter = Matter(agreement_id=agreement.id, number=number, party=party, kind=kind, created_at=now)
    session.add(matter)
    return matter


def _fill(matter: Matter, fields: Mapping[str, Any]) -> None:
    """Take over the fields that are named; one named as None is taken away."""
    if fields.get("kind"):
        matter.kind = fields["kind"]
    for name in PREPARED:
        if name in fields:
            setattr(matter, name, fields[name])


def check_freezable(matter: Matter, today: date) -> None:
    """Raise ``Conflict`` or ``FieldErrors`` where the paper cannot be frozen; asked before it is made."""
    if matter.frozen_at is not None:
        raise Conflict("matter_frozen", msg("The matter is frozen already."))
    if matter.outcome is not None:
        raise Conflict(
            "matter_settled", msg("The council has dealt with this matter; it cannot be frozen now.")
        )
    if matter.meeting_date is None:
        raise FieldErrors({"meeting_date": msg("Name the day of the meeting before the paper is frozen.")})
    ahead(matter.meeting_date, today)


def freeze(
    session: Session,
    agreement: Agreement,
    matter: Matter,
    pdf: bytes,
    *,
    who: Who,
    now: datetime,
    anchor: Anchor | None = None,
) -> str:
    """Keep the paper as it goes to the meeting; returns its SHA-256. Only once per matter.

    ``anchor`` is what it prints of the log: the checkpoint is kept, and named in the entry.
    """
    check_freezable(matter, now.date())
    matter.frozen_sha256 = blobs.store(session, pdf)
    matter.frozen_at = now
    printed = documents_anchor.keep(session, anchor, now)
    record(session, agreement, matter, "matter_frozen", who, now, sha256=matter.frozen_sha256, **printed)
    to_be_sealed(
        session, agreement.id, MATTER, number=matter.number, source_sha256=matter.frozen_sha256, now=now
    )
    return matter.frozen_sha256


def settle(
    session: Session,
    agreement: Agreement,
    fields: Mapping[str, Any],
    *,
    party_key: str,
    default_kind: str,
    now: datetime,
) -> Matter:
    """Give the kommune's pending matter its outcome; makes the matter where none was prepared.

    Called by the write path only, which appends the entry. A postponed matter
    keeps its paper; what comes back to a later meeting is a new one.
    """
    matter = pending(session, agreement, party_key)
    if matter is None:
        matter = _new(session, agreement, municipal_party(agreement, party_key), default_kind, now)
    give_outcome(matter, fields, now)
    session.flush()
    return matter


def give_outcome(matter: Matter, fields: Mapping[str, Any], now: datetime) -> None:
    """What the kommunestyre did, and what was still open of the paper where it is not frozen."""
    if matter.frozen_at is None:
        _fill(matter, fields)
    elif fields.get("meeting_date"):
        # The meeting may have been moved after the paper was printed; the paper stays as it was.
        matter.meeting_date = fields["meeting_date"]
    matter.outcome = fields.get("outcome")
    matter.decision = fields.get("decision")
    matter.recorded_at = now
