"""A lived-in database, made once and copied for each test: the demonstration, and a coordinator's traces."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from workflow_app.migrations import create_all
from workflow_app.models.agreements import Agreement
from workflow_app.models.database import make_engine
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.models.meetings import Attendance, Decision, Meeting
from workflow_app.models.passkeys import Passkey, PasskeyTold
from workflow_app.models.people import Person, RoleAssignment
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow, Matter
from workflow_app.services import demonstration, passwords, people, sessions, tokens, trail
from workflow_app.services.calendars import feeds
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.norway import OSLO
from workflow_app.services.throttle import LOGIN_FAILED, Throttle
from workflow_app.services.trail import EntryActor

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=OSLO)
TODAY = NOW.date()
CHEAP = passwords.Passwords(time_cost=1, memory_kib=8)
THROTTLE = Throttle(key=b"a key of the tests' own")

NAME, BEFORE, USERNAME = "Hildegunn Østerås-Fjellvik", "Hildegunn Fjellvik", "hildegunn.of1"
EMAIL, EARLIER = "hildegunn@moss.example.no", "hf@moss.example.no"


@dataclass
class World:
    """A database with one who has left; ``person`` is her key."""

    engine: Engine
    file: Path
    person: str

    def bytes_on_disk(self) -> bytes:
        """Everything SQLite has written, the journal included."""
        parts = [self.file, *self.file.parent.glob(f"{self.file.name}-*")]
        return b"".join(part.read_bytes() for part in parts)


def traces(session: Session) -> str:
    """A coordinator of Moss who was there for years, wrote, was written about, and left yesterday."""
    person = people.add_person(
        session, username=USERNAME, name=BEFORE, email=EARLIER, password="lang nok setning her",
        now=NOW, hashing=CHEAP,
    )  # fmt: skip
    people.change_person(session, person, name=NAME, email=EMAIL, now=NOW)
    old = session.scalars(select(RoleAssignment).where(RoleAssignment.role == "slt_coordinator")).first()
    assert old is not None
    party, own = old.party, EntryActor(person.id, "slt_coordinator", old.party.key)
    yesterday = TODAY - timedelta(days=1)
    given = RoleAssignment(
        person_id=person.id, party_id=party.id, role="slt_coordinator", title="Fjellvik-koordinator",
        from_date=date(2019, 1, 1), to_date=yesterday,
    )  # fmt: skip
    session.add(given)
    session.flush()
    trail.append(
        session, trail.party_chain(party.key), kind="role_given", now=NOW,
        data={"person": person.id, "role": given.role}, private={"title": given.title},
    )  # fmt: skip
    agreement = session.scalars(
        select(Agreement).where(Agreement.parties.any(party_id=party.id)).order_by(Agreement.id)
    ).first()
    assert agreement is not None
    chain = trail.agreement_chain(agreement.id)
    trail.append(
        session, chain, kind="text_saved", now=NOW, actor=own, data={"text": 9},
        private={"note": "Jeg syntes det lød bedre slik."},
    )  # fmt: skip
    trail.append(
        session, chain, kind="title_changed", now=NOW, actor=own, private={"title": "Tittelen er avtalens"}
    )
    other = EntryActor(old.person_id, "slt_coordinator", party.key)
    trail.append(
        session, chain, kind="meeting_cancelled", now=NOW, actor=other, data={"meeting": 7},
        private={"reason": f"{NAME.upper()} var syk."},
    )  # fmt: skip
    trail.append(
        session, chain, kind="yearly_undone", now=NOW, actor=other, data={"entry": 7},
        private={"reason": "Skrevet to ganger."},
    )  # fmt: skip
    beside(session, person, agreement, party.id)
    return person.id


def beside(session: Session, person: Person, agreement: Agreement, party_id: int) -> None:
    """Her traces outside the log."""
    session.add(
        Passkey(
            person_id=person.id, key="c" * 64, credential_id=b"credential", public_key=b"public",
            described={"kty": "EC"}, counter=1, transports=[], name="Mobilen til Fjellvik",
            rp_id="example.no", origins=["https://example.no"], created_at=NOW,
        )
    )  # fmt: skip
    session.flush()
    session.add(PasskeyTold(passkey_id=session.scalars(select(Passkey.id)).one(), party_id=party_id))
    tokens.issue(session, person, tokens.READ, now=NOW)
    sessions.open_session(session, NOW, person=person)
    feeds.make(session, person.id, actor=EntryActor(person.id), now=NOW)
    enqueue(session, kind="trial", key="trial:hildegunn", person_id=person.id, now=NOW)
    THROTTLE.record(session, LOGIN_FAILED, [THROTTLE.name(USERNAME), THROTTLE.client("192.0.2.7")], NOW)
    session.add(
        MeetingDeputy(
            person_id=person.id, party_id=party_id, agreement_id=agreement.id, role="slt_coordinator",
            title="Fjellvik", from_date=date(2020, 1, 1), to_date=date(2020, 2, 1), created_at=NOW,
        )
    )  # fmt: skip
    meeting = Meeting(agreement_id=agreement.id, number=90, on=date(2026, 3, 1), created_at=NOW)
    session.add(meeting)
    session.flush()
    for name, who, instead in (
        (NAME, person.id, None),
        (BEFORE, None, None),
        ("Ola Annen", None, f"{NAME}, Kari Annen"),
    ):
        session.add(
            Attendance(
                meeting_id=meeting.id, person_id=who, name=name, email=EARLIER if name == BEFORE else None,
                title=None, deputy_for=instead, guest=who is None and instead is None, present=True,
                created_at=NOW,
            )
        )  # fmt: skip
    session.add(
        Decision(meeting_id=meeting.id, number=1, text="Følges opp.", responsible=NAME, created_at=NOW)
    )
    matter = session.scalars(select(Matter)).first()
    assert matter is not None
    matter.case_officer = f"rådgiver {NAME}"
    proposed = ApprovalRound(
        agreement_id=agreement.id, transition="extend", digest="0" * 64, opened_at=NOW, closed_at=NOW,
        proposal={"reason": "Vi trenger ett år til.", "basis": "option"}, closed_because="state_changed",
    )  # fmt: skip
    session.add(proposed)
    session.flush()
    entry = trail.entries(session, trail.agreement_chain(agreement.id))[0]
    session.add(
        ApprovalRow(
            round_id=proposed.id, slot_role="mayor", party_key="3103", role="mayor",
            title="Ordfører Fjellvik", person_id=person.id, how="session", at=NOW, entry_id=entry.id,
        )
    )  # fmt: skip
    session.flush()


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The file and her key; made once."""
    file = tmp_path_factory.mktemp("lived") / "lived.sqlite"
    engine = make_engine(f"sqlite:///{file}")
    create_all(engine)
    with Session(engine) as session, session.begin():
        demonstration.fill(session, NOW, hashing=CHEAP)
        key = traces(session)
    engine.dispose()
    return file, key


@pytest.fixture
def world(lived: tuple[Path, str], tmp_path: Path) -> Iterator[World]:
    """A copy of the test's own."""
    file = tmp_path / "world.sqlite"
    shutil.copy(lived[0], file)
    engine = make_engine(f"sqlite:///{file}")
    yield World(engine, file, lived[1])
    engine.dispose()


@pytest.fixture
def db(world: World) -> Iterator[Session]:
    """A session on the copy; what the test does not commit is thrown away."""
    with Session(world.engine) as session:
        yield session
