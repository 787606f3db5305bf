"""What formannskap and utvalg did with a matter before it came to the kommunestyre.

Several may have it in a row, each with its own case number and its own
innstilling. The list is sent whole and replaces the one before, so that a page
without script and a program do the same; the paper shows it, and is not changed
once it is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.fields import Field, FieldType, InvalidData, clean, field
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import Matter, MatterHandling
from workflow_app.services import matters_entries, trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors

MOST = 8
"""The most bodies a matter can have been before; no kommune has more."""

FIELDS: tuple[Field, ...] = (
    Field("committee", "committee", FieldType.TEXT, msg("Body (formannskap, utvalg)"), free_text=True),
    field("meeting_date?"),
    field("case_number?"),
    Field(
        "proposal", "proposal", FieldType.LONGTEXT, msg("Its recommendation and vote, in words"),
        required=False, free_text=True,
    ),
)  # fmt: skip
"""What is known of one body's handling."""


def cleaned(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows that say something, typed. Raises ``FieldErrors`` by ``handling.N.name``, N from 1."""
    found: list[dict[str, Any]] = []
    wrong: dict[str, Message] = {}
    for number, row in enumerate(rows, 1):
        if not any(str(value or "").strip() for value in row.values()):
            continue
        try:
            found.append(clean(FIELDS, row))
        except InvalidData as faults:
            wrong |= {f"handling.{number}.{name}": message for name, message in faults.errors.items()}
    if len(rows) > MOST and len(found) > MOST:
        wrong["handling"] = msg("A matter can have been before ${most} bodies at most.", most=MOST)
    if wrong:
        raise FieldErrors(wrong)
    return found


def in_order(rows: Sequence[Mapping[str, Any]], council: date | None) -> dict[str, Message]:
    """What is wrong with the days: each body after the one before it, and none after the kommunestyre."""
    wrong: dict[str, Message] = {}
    last: date | None = None
    for number, row in enumerate(rows, 1):
        day = row.get("meeting_date")
        if day is None:
            continue
        if council is not None and day > council:
            wrong[f"handling.{number}.meeting_date"] = msg(
                "${day} is after the kommunestyre's meeting on ${council}; a body has the matter before it.",
                day=day,
                council=council,
            )
        elif last is not None and day < last:
            wrong[f"handling.{number}.meeting_date"] = msg(
                "${day} is before the meeting of the body above, on ${last}; put the bodies in order.",
                day=day,
                last=last,
            )
        last = day
    return wrong


def save(
    session: Session,
    agreement: Agreement,
    matter: Matter,
    rows: Sequence[Mapping[str, Any]],
    *,
    who: Who,
    holding: Holding | None,
    now: datetime,
) -> bool:
    """Replace the list by ``rows`` (see :func:`cleaned`); whether anything changed.

    Raises ``Conflict`` once the paper is frozen and ``FieldErrors`` for days out of order.
    """
    if matter.frozen_at is not None:
        raise Conflict("matter_frozen", msg("The matter is frozen and goes to the meeting as it is."))
    if wrong := in_order(rows, matter.meeting_date):
        raise FieldErrors(wrong)
    wanted = [{f.name: row.get(f.name) for f in FIELDS} for row in rows]
    if wanted == as_rows(matter):
        return False
    matter.handlings.clear()
    # The positions are taken until the old rows are gone.
    session.flush()
    matter.handlings.extend(MatterHandling(position=n, **row) for n, row in enumerate(wanted, 1))
    session.flush()
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="matter_handled",
        now=now,
        actor=who.entry(holding),
        agreement=agreement.digest,
        data={**matters_entries.public_fields(matter), "bodies": len(wanted)},
        private={"handling": "\n\n".join(_told(row) for row in wanted)},
    )
    return True


def as_rows(matter: Matter) -> list[dict[str, Any]]:
    """The list as it stands, in the shape it is sent in."""
    return [{f.name: getattr(row, f.name) for f in FIELDS} for row in matter.handlings]


def _told(row: Mapping[str, Any]) -> str:
    day = row["meeting_date"].isoformat() if row["meeting_date"] else None
    head = ", ".join(filter(None, (row["committee"], day, row["case_number"])))
    return f"{head}\n{row['proposal']}" if row["proposal"] else head
