"""Who came: the members of the day and the guests are proposed, others are added by name.

Saving who came says that the meeting was held, and so it counts toward its
year. Names stand in these rows alone; the trail is told how many came.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Attendance, Meeting
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.meetings.called import callable_deputies, members
from workflow_app.services.meetings.changes import changed, expect_seen, settled, tell
from workflow_app.services.meetings.conduct import expect_writable
from workflow_app.services.people_holdings import holders

MOST_OTHERS = 60
LONGEST = 200


@dataclass(frozen=True)
class Expected:
    """Somebody who may have come. ``key`` names them in a form; ``present`` is None until it is said.

    ``stands_in`` marks a deputy who was not called but can have come; ``row`` is
    what is stored of them.
    """

    key: str
    name: str
    role: str | None = None
    title: str | None = None
    party: Party | None = None
    deputy_for: str | None = None
    present: bool | None = None
    stands_in: bool = False
    guest: bool = False
    person: str | None = None
    row: Attendance | None = None


def expected(session: Session, agreement: Agreement, meeting: Meeting) -> list[Expected]:
    """Members and deputies called, then guests and others, then deputies who could stand in.

    Whoever was once saved stays on the list, whatever becomes of their role.
    """
    rows = {r.person_id: r for r in meeting.attendance if r.person_id is not None}
    found: dict[str, Expected] = {}
    for c in members(session, agreement, meeting):
        row = rows.get(c.person)
        instead = _holders(session, meeting, c.party, c.role) if c.deputy else None
        found[c.person] = Expected(
            f"p-{c.person}", c.name, c.role, c.title, c.party, (row.deputy_for if row else None) or instead,
            row.present if row else None, person=c.person, row=row,
        )  # fmt: skip
    for person, row in rows.items():
        if person not in found:
            found[person] = _stored(f"p-{person}", row)
    others = [_stored(f"r-{r.id}", r) for r in meeting.attendance if r.person_id is None]
    standby = [
        Expected(
            f"p-{d.person_id}", d.person.name, d.role, d.title, d.party,
            _holders(session, meeting, d.party, d.role), stands_in=True, person=d.person_id,
        )
        for d in callable_deputies(session, agreement, meeting)
        if d.person_id not in found
    ]  # fmt: skip
    return [*found.values(), *others, *standby]


def _stored(key: str, row: Attendance) -> Expected:
    return Expected(
        key, row.name, row.role, row.title, row.party, row.deputy_for, row.present,
        guest=row.guest, person=row.person_id, row=row,
    )  # fmt: skip


def _holders(session: Session, meeting: Meeting, party: Party, role: str) -> str | None:
    """Whose place it is, by name; None where nobody holds it."""
    names = [h.name for h in holders(session, [party.key], meeting.on, role=role)]
    return ", ".join(names)[:LONGEST] or None


def save(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    present: Collection[str],
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Save who came, by their keys; everybody else who was called did not. The meeting was then held.

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors`` (nobody came; no such person).
    """
    holding = expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    listed = expected(session, agreement, meeting)
    unknown = sorted(set(present) - {e.key for e in listed})
    if unknown:
        raise FieldErrors(
            {"present": msg("“${key}” is nobody on the list of this meeting.", key=unknown[0][:40])}
        )
    if not present:
        raise FieldErrors({"present": msg("Say who came; a meeting nobody came to is called off instead.")})
    for one in listed:
        came = one.key in present
        if one.row is not None:
            one.row.present = came
        elif came or not one.stands_in:
            session.add(_row(meeting, one, came, now))
    _held(session, agreement, meeting, who=who, now=now)
    changed(meeting)
    session.flush()
    session.expire(meeting, ["attendance"])
    tell(
        session, agreement, "attendance_saved", who=who, holding=holding, now=now,
        data={"meeting": meeting.number, "present": len(present)},
    )  # fmt: skip
    settled(session, agreement, now)


def _row(meeting: Meeting, one: Expected, came: bool, now: datetime) -> Attendance:
    return Attendance(
        meeting_id=meeting.id, person_id=one.person, name=one.name, title=one.title, role=one.role,
        party_id=one.party.id if one.party is not None else None, guest=False, present=came, created_at=now,
        # A deputy not marked as one in a row would be taken for a member.
        deputy_for=(one.deputy_for or "") if one.stands_in else one.deputy_for,
    )  # fmt: skip


def _held(session: Session, agreement: Agreement, meeting: Meeting, *, who: Who, now: datetime) -> None:
    """The first time, an entry that counts; what was recorded as held already is told once."""
    if meeting.held_at is not None:
        return
    meeting.held_at = now
    tell(
        session, agreement, "meeting_held", who=who, holding=None, now=now,
        data={"meeting": meeting.number, "on": meeting.on.isoformat()},
    )  # fmt: skip


def add(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    *,
    name: str,
    title: str,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> Attendance:
    """Add somebody who came and was on no list. Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``."""
    expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    clear, held = " ".join(name.split()), " ".join(title.split())
    wrong: dict[str, Message] = {}
    if not clear:
        wrong["name"] = msg("Give the name of the one who came.")
    for field, value in (("name", clear), ("guest_title", held)):
        if len(value) > LONGEST:
            wrong[field] = msg("At most ${most} characters fit here.", most=LONGEST)
    if len(meeting.attendance) >= MOST_OTHERS:
        wrong.setdefault("name", msg("The list of a meeting has at most ${most} names.", most=MOST_OTHERS))
    if wrong:
        raise FieldErrors(wrong)
    row = Attendance(
        meeting_id=meeting.id, name=clear, title=held or None, guest=True, present=True, created_at=now
    )
    session.add(row)
    changed(meeting)
    session.flush()
    session.expire(meeting, ["attendance"])
    return row


def remove(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    row_id: int,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Take off somebody added by name. Raises ``NotAllowed``, ``Conflict`` and ``NotThere``."""
    expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    row = next((r for r in meeting.attendance if r.id == row_id and r.person_id is None), None)
    if row is None:
        raise NotThere("not_there", msg("There is no such name on the list; look at the page again."))
    session.delete(row)
    changed(meeting)
    session.flush()
    session.expire(meeting, ["attendance"])
