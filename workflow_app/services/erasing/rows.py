"""What lies beside the log: what each table holds of a person, and what becomes of it.

Three kinds. What was only ever hers is deleted: ways in, feeds, mail, counted failures
of login. A row that others hang on keeps its opaque key and loses its words: her account,
titles, her line in a list of who came. And where others wrote her name as a name (a case
officer, who follows a decision up, in whose place a deputy came) that name is taken
out. Free text in the parties' own papers is not touched; see ``papers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Delete, Update, delete, func, select, update
from sqlalchemy.orm import Session

from workflow_app.models.base import Base
from workflow_app.models.calendars import CalendarFeed
from workflow_app.models.deputies import MeetingDeputy, PasswordLink
from workflow_app.models.mail import Mail
from workflow_app.models.meetings import Attendance, Decision, Meeting
from workflow_app.models.passkeys import Passkey, PasskeyChallenge
from workflow_app.models.people import (
    AccessToken,
    ActingHolder,
    LoginSession,
    Person,
    RoleAssignment,
    SecurityEvent,
)
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow, Matter
from workflow_app.services.erasing.names import Names, Reach
from workflow_app.services.erasing.trail_values import OWN_WORDS
from workflow_app.services.throttle import Throttle


@dataclass(frozen=True)
class Sweep:
    """One person to be taken out. ``throttle`` has the key of the security log's hashes.

    ``reach`` is where others may have written the name. ``doing`` False only counts.
    """

    session: Session
    person: Person
    names: Names
    reach: Reach
    throttle: Throttle = field(default_factory=Throttle)
    doing: bool = False

    def rows(self, table: type[Base], where: ColumnElement[bool], values: Mapping[str, Any] | None) -> int:
        """How many rows there are; deleted where ``values`` is None, else set to these."""
        count = self.session.scalar(select(func.count()).select_from(table).where(where)) or 0
        if count and self.doing:
            act: Delete | Update = (
                delete(table).where(where) if values is None else update(table).where(where).values(**values)
            )
            self.session.execute(act.execution_options(synchronize_session=False))
        return count


def account(sweep: Sweep, now: datetime) -> None:
    """Empty the person's own row: closed, without a name, under a user name that says nothing."""
    person = sweep.person
    person.name, person.username = "", f"erased-{person.id}"
    person.email = person.language = person.password_hash = None
    person.active = person.is_operator = False
    person.erased_at = now
    sweep.session.flush()


def _ways_in(sweep: Sweep) -> int:
    own = sweep.person.id
    return (
        sweep.rows(LoginSession, LoginSession.person_id == own, None)
        + sweep.rows(AccessToken, AccessToken.person_id == own, None)
        + sweep.rows(PasswordLink, PasswordLink.person_id == own, None)
    )


def _passkeys(sweep: Sweep) -> int:
    own = sweep.person.id
    sweep.rows(PasskeyChallenge, PasskeyChallenge.person_id == own, None)
    # The hash of the credential stays, so that it is never taken for a new one.
    empty: dict[str, Any] = {
        "name": "", "credential_id": b"", "public_key": b"", "described": {}, "transports": [], "origins": [],
        "rp_id": "", "last_used_at": None,
    }  # fmt: skip
    return sweep.rows(Passkey, (Passkey.person_id == own) & (Passkey.name != ""), empty)


def _feeds(sweep: Sweep) -> int:
    return sweep.rows(CalendarFeed, CalendarFeed.person_id == sweep.person.id, None)


def _mails(sweep: Sweep) -> int:
    # A guest's mail stands with whoever called the guest, and is the guest's.
    rows = sweep.session.scalars(select(Mail).where(Mail.person_id == sweep.person.id))
    own = [mail.id for mail in rows if mail.guest is None]
    for ident in own:
        sweep.rows(Mail, Mail.id == ident, None)
    return len(own)


def _failures(sweep: Sweep) -> int:
    subjects = {sweep.throttle.name(name).hash for name in (*sweep.names.known, sweep.person.username)}
    return sweep.rows(SecurityEvent, SecurityEvent.subject.in_(subjects), None)


def _titles(sweep: Sweep) -> int:
    tables = (RoleAssignment, ActingHolder, MeetingDeputy, ApprovalRow)
    return sum(
        sweep.rows(t, (t.person_id == sweep.person.id) & t.title.is_not(None), {"title": None})
        for t in tables
    )


def _attendance(sweep: Sweep) -> int:
    own, empty = sweep.person.id, {"name": "", "email": None, "title": None}
    count = sweep.rows(Attendance, (Attendance.person_id == own) & (Attendance.name != ""), empty)
    others = select(Attendance).where(
        Attendance.meeting.has(Meeting.agreement_id.in_(sweep.reach.agreements))
    )
    for row in sweep.session.scalars(others.where(Attendance.person_id.is_(None))).all():
        if sweep.names.whole(row.name) or sweep.names.whole(row.email):
            count += sweep.rows(Attendance, Attendance.id == row.id, empty)
    for row in sweep.session.scalars(others.where(Attendance.deputy_for != "")).all():
        left = sweep.names.without(row.deputy_for or "")
        if left != row.deputy_for:
            count += sweep.rows(Attendance, Attendance.id == row.id, {"deputy_for": left})
    return count


def _written_as_names(sweep: Sweep) -> int:
    mine = sweep.reach.agreements
    columns: Iterable[tuple[type[Base], Any, ColumnElement[bool]]] = (
        (Matter, Matter.case_officer, Matter.agreement_id.in_(mine)),
        (Decision, Decision.responsible, Decision.meeting.has(Meeting.agreement_id.in_(mine))),
    )
    count = 0
    for table, column, own in columns:
        ident = table.__mapper__.primary_key[0]
        for key, value in sweep.session.execute(select(ident, column).where(column != "", own)).all():
            if sweep.names.whole(value) or sweep.names.within(value):
                # Empty is not None: somebody was named here, and the page says who it was not.
                count += sweep.rows(table, ident == key, {column.key: ""})
    return count


def _proposals(sweep: Sweep) -> int:
    count = 0
    closed = select(ApprovalRound).where(
        ApprovalRound.closed_at.is_not(None), ApprovalRound.agreement_id.in_(sweep.reach.agreements)
    )
    for row in sweep.session.scalars(closed).all():
        spoken = row.opened_at >= sweep.reach.since
        first = row.approvals[0].person_id if row.approvals else None
        gone = {
            name
            for name, value in row.proposal.items()
            if (name in OWN_WORDS and first == sweep.person.id)
            or (spoken and isinstance(value, str) and sweep.names.within(value))
        }
        if gone:
            left = {name: value for name, value in row.proposal.items() if name not in gone}
            count += sweep.rows(ApprovalRound, ApprovalRound.id == row.id, {"proposal": left})
    return count


PLACES: Mapping[str, Callable[[Sweep], int]] = {
    "ways_in": _ways_in,
    "passkeys": _passkeys,
    "feeds": _feeds,
    "mails": _mails,
    "failures": _failures,
    "titles": _titles,
    "attendance": _attendance,
    "written_as_names": _written_as_names,
    "proposals": _proposals,
}
"""What is taken out beside the log, by a word for it, in the order it is done."""


def sweep_all(sweep: Sweep) -> dict[str, int]:
    """Do (or count) every place; how many rows each had."""
    return {name: place(sweep) for name, place in PLACES.items()}
