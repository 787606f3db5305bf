"""Who is called to a meeting: the members of that day, their deputies, and guests by name.

Members hold a role of the politiråd for a party on the day of the meeting, acting
holders among them. A deputy is called where nobody holds the role that day, or
where the coordinators say so because a member cannot come. Guests (PST, a school, the child
welfare service) have no account here; their name and address stand with this
meeting alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.models.meetings import Attendance, Meeting
from workflow_app.models.people import Party
from workflow_app.services import people_fields
from workflow_app.services.actors import Who
from workflow_app.services.deputies import deputies_for
from workflow_app.services.errors import FieldErrors, NotThere, ServiceError
from workflow_app.services.meetings.access import MEMBERS, expect_coordinator
from workflow_app.services.meetings.changes import changed, expect_ahead, expect_seen, tell
from workflow_app.services.meetings.delivery import forget_guest
from workflow_app.services.people_holdings import holders

MOST_GUESTS = 40


@dataclass(frozen=True)
class Called:
    """One member or deputy. ``deputy`` says that she comes in somebody's place, ``note`` why."""

    person: str
    name: str
    role: str
    title: str | None
    party: Party
    deputy: bool = False
    note: Message | None = None


def members(session: Session, agreement: Agreement, meeting: Meeting) -> list[Called]:
    """The members of the meeting's day and the deputies of places nobody holds, each person once.

    In the order of the parties and the roles, deputies called by hand last.
    """
    parties = [p.party for p in agreement.parties]
    day = meeting.on
    found: dict[str, Called] = {}
    holding = holders(session, [p.key for p in parties], day)
    deputies = deputies_for(session, agreement, day)
    for party in parties:
        for role in MEMBERS:
            own = [h for h in holding if h.party == party.key and h.role == role]
            for h in own:
                found.setdefault(h.person, Called(h.person, h.name, role, h.title, party))
            if own:
                continue
            for d in (d for d in deputies if d.party_id == party.id and d.role == role):
                note = msg("deputy: nobody holds the role that day")
                one = Called(d.person_id, d.person.name, role, d.title, party, deputy=True, note=note)
                found.setdefault(d.person_id, one)
    for row in _called_by_hand(meeting):
        place = next((p for p in parties if p.id == row.party_id), None)
        if place is not None and row.person_id is not None and row.role is not None:
            absent = msg("deputy for ${name}", name=row.deputy_for)
            note = absent if row.deputy_for else msg("deputy: nobody holds the role that day")
            one = Called(row.person_id, row.name, row.role, row.title, place, deputy=True, note=note)
            found.setdefault(row.person_id, one)
    return list(found.values())


def callable_deputies(session: Session, agreement: Agreement, meeting: Meeting) -> list[MeetingDeputy]:
    """The deputies of the meeting's day who are not called yet."""
    known = {c.person for c in members(session, agreement, meeting)}
    return [d for d in deputies_for(session, agreement, meeting.on) if d.person_id not in known]


def call_deputy(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    deputy_id: int,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Call a deputy because the member cannot come. Raises ``NotAllowed``, ``Conflict``, ``NotThere``."""
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    found = next((d for d in callable_deputies(session, agreement, meeting) if d.id == deputy_id), None)
    if found is None:
        raise NotThere("not_there", msg("There is no such deputy; look at the page again."))
    own = [h.name for h in holders(session, [found.party.key], meeting.on, role=found.role)]
    row = Attendance(
        meeting_id=meeting.id, person_id=found.person_id, name=found.person.name, title=found.title,
        role=found.role, party_id=found.party_id, deputy_for=", ".join(own)[:200], created_at=now,
        guest=False,
    )  # fmt: skip
    session.add(row)
    changed(meeting)
    session.flush()
    session.expire(meeting, ["attendance"])
    tell(
        session, agreement, "deputy_called", who=who, holding=holding, now=now,
        data={
            "meeting": meeting.number, "role": found.role, "party": found.party.key,
            "person": found.person_id,
        },
    )  # fmt: skip


def _called_by_hand(meeting: Meeting) -> list[Attendance]:
    return [a for a in meeting.attendance if not a.guest and a.deputy_for is not None]


def guests(session: Session, meeting: Meeting) -> list[Attendance]:
    """Those invited by name."""
    return [a for a in meeting.attendance if a.guest]


def invite_guest(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    *,
    name: str,
    email: str,
    title: str | None,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> Attendance:
    """Invite somebody who holds no role here. The address may be left out: then they are told otherwise.

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``.
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    wrong: dict[str, Message] = {}
    clear = " ".join(name.split())
    if not clear:
        wrong["name"] = msg("Give the guest's name.")
    elif len(clear) > 200:
        wrong["name"] = msg("The name is longer than ${most} characters.", most=200)
    checked = email.strip() or None
    if checked is not None:
        try:
            checked = people_fields.email(checked)
        except ServiceError as no:
            wrong["email"] = no.message
    if len(guests(session, meeting)) >= MOST_GUESTS:
        wrong.setdefault("name", msg("A meeting has at most ${most} guests.", most=MOST_GUESTS))
    if wrong:
        raise FieldErrors(wrong)
    guest = Attendance(
        meeting_id=meeting.id, name=clear, email=checked, title=(title or "").strip()[:200] or None,
        guest=True, created_at=now,
    )  # fmt: skip
    session.add(guest)
    changed(meeting)
    session.flush()
    session.expire(meeting, ["attendance"])
    tell(
        session, agreement, "guest_invited", who=who, holding=holding, now=now,
        data={"meeting": meeting.number}, private={"guest": clear, "guest_email": checked},
    )  # fmt: skip
    return guest


def remove_guest(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    guest_id: int,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Take a guest off the list. Raises ``NotAllowed``, ``Conflict`` and ``NotThere``."""
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    guest = next((g for g in guests(session, meeting) if g.id == guest_id), None)
    if guest is None:
        raise NotThere("not_there", msg("There is no such guest; look at the page again."))
    name = guest.name
    forget_guest(session, agreement, meeting, guest.id, now)
    session.delete(guest)
    changed(meeting)
    session.flush()
    session.expire(meeting, ["attendance"])
    tell(
        session, agreement, "guest_removed", who=who, holding=holding, now=now,
        data={"meeting": meeting.number}, private={"guest": name},
    )  # fmt: skip
