"""Told once, to those who can help or who wait; told again after thirty days, and when it happens anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.functional.conftest import TODAY, Site
from tests.functional.door_support import furnish, house
from workflow_app.domain.messages import Message
from workflow_app.models.mail import Mail
from workflow_app.services import people
from workflow_app.services.coverage_letters import letter
from workflow_app.services.coverage_nightly import nightly
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail.letters import Link, Points
from workflow_app.services.norway import OSLO
from workflow_app.services.parties import find
from workflow_app.services.people_roles import end_role, give_role, list_roles

REGISTRY = workflow_definitions()


def night(days: int = 0) -> datetime:
    return datetime.combine(TODAY + timedelta(days=days), time(2), OSLO)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = house(tmp_path)
    furnish(made, "signed")
    furnish(made, "signed", "stange")
    yield made
    made.app.registry["engine"].dispose()


@pytest.fixture
def db(site: Site) -> Iterator[Session]:
    with site.session() as opened:
        yield opened
        opened.rollback()


def end(db: Session, username: str, last_day: date) -> None:
    for held in list_roles(db, today=TODAY, person=people.find(db, username)):
        end_role(db, held.id, last_day=last_day, now=night())


def told(db: Session) -> list[str]:
    return sorted(m.person.username for m in db.scalars(select(Mail)))


def test_the_administrators_and_the_coordinators_are_told_once(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    assert nightly(db, night(), REGISTRY) == 3
    assert told(db) == ["admin.moss", "politikontakt.moss", "slt.moss"]
    assert nightly(db, night(), REGISTRY) == 0
    assert [nightly(db, night(days), REGISTRY) for days in (1, 29)] == [0, 0]
    assert nightly(db, night(30), REGISTRY) == 3


def test_nothing_to_tell(db: Session) -> None:
    assert nightly(db, night(), REGISTRY) == 0


def test_a_second_gap_is_told_alone(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    nightly(db, night(), REGISTRY)
    end(db, "slt.moss", TODAY)
    nightly(db, night(1), REGISTRY)
    last = db.scalars(select(Mail).where(Mail.made_at == night(1))).all()
    assert {m.person.username for m in last} == {"admin.moss", "politikontakt.moss"}
    assert {roles for m in last for roles, _ in m.data["gaps"]} == {"slt_coordinator"}


def test_filled_and_empty_again_is_told_again(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    nightly(db, night(), REGISTRY)
    given = give_role(
        db, people.find(db, "revisor.moss"), find(db, "3103"), "mayor", from_date=TODAY, now=night()
    )
    assert nightly(db, night(1), REGISTRY) == 0
    end_role(db, given.id, last_day=TODAY + timedelta(days=1), now=night(1))
    assert nightly(db, night(2), REGISTRY) == 3


def test_what_was_told_ahead_is_not_told_when_it_comes(db: Session) -> None:
    end(db, "ordforer.moss", TODAY + timedelta(days=5))
    assert nightly(db, night(), REGISTRY) == 3
    assert [nightly(db, night(days), REGISTRY) for days in (4, 7, 8)] == [0, 0, 0]


def test_the_letter_says_it_and_nothing_when_somebody_has_come(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    nightly(db, night(), REGISTRY)
    mails = {m.person.username: m for m in db.scalars(select(Mail))}
    written = letter(db, mails["admin.moss"], TODAY)
    assert written is not None
    assert [b.items for b in written.blocks if isinstance(b, Points)] == [
        (Message("${party} has nobody as ${role} now.", written.blocks[1].items[0].values),)  # type: ignore[union-attr]  # the points
    ]
    assert [b.path for b in written.blocks if isinstance(b, Link)] == ["/parties/3103"]
    assert str(written.why) == "You get this because you are administrator for Moss kommune."
    other = letter(db, mails["politikontakt.moss"], TODAY)
    assert other is not None
    assert "Moss politistasjonsdistrikt" in str(other.why)
    give_role(db, people.find(db, "sekretaer.moss"), find(db, "3103"), "mayor", from_date=TODAY, now=night())
    assert letter(db, mails["admin.moss"], TODAY) is None


def test_the_letter_promises_no_administrator_where_there_is_none(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    assert nightly(db, night(), REGISTRY) == 3
    [mail] = [m for m in db.scalars(select(Mail)) if m.person.username == "slt.moss"]
    written = letter(db, mail, TODAY)
    assert written is not None
    assert "are told as well" in str(written.blocks)
    # The house keeps a party's last administrator; one that has left is as none.
    people.end_person(db, people.find(db, "admin.moss"), now=night())
    written = letter(db, mail, TODAY)
    assert written is not None
    assert "has no administrator here either" in str(written.blocks)
    assert "are told as well" not in str(written.blocks)


def test_the_letter_is_dropped_for_one_who_is_no_longer_in_it(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    nightly(db, night(), REGISTRY)
    mail = next(m for m in db.scalars(select(Mail)) if m.person.username == "slt.moss")
    end(db, "slt.moss", TODAY - timedelta(days=1))
    assert letter(db, mail, TODAY) is None


def test_two_processes_tell_once(site: Site) -> None:
    """The second one looked before the first had committed: the outbox takes a key once."""
    with site.session() as db, db.begin():
        end(db, "ordforer.moss", TODAY - timedelta(days=1))
    counts = []
    for _ in range(2):
        with site.session() as db, db.begin():
            counts.append(nightly(db, night(), REGISTRY))
    assert counts == [3, 0]


def test_a_clock_that_jumps_back_tells_nothing_twice(db: Session) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=9))
    assert nightly(db, night(4), REGISTRY) == 3
    assert nightly(db, night(), REGISTRY) == 0


@pytest.mark.parametrize("days", [5, 6, 68])  # Saturday, Sunday, 17 May
def test_nobody_gets_a_letter_on_a_day_off(db: Session, days: int) -> None:
    end(db, "ordforer.moss", TODAY - timedelta(days=1))
    assert nightly(db, night(days), REGISTRY) == 0
