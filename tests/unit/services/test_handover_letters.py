"""The letters of a hand-over: what waits and where from, and a thank you; true on the day they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.functional.conftest import TODAY, Site
from tests.functional.door_support import furnish, house
from workflow_app.models.mail import Mail
from workflow_app.services import people
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.handover import Order
from workflow_app.services.handover_doing import carry_out
from workflow_app.services.handover_letters import given, taken
from workflow_app.services.mail.drawing import draw
from workflow_app.services.mail.letters import Letter, Link
from workflow_app.services.norway import OSLO
from workflow_app.services.parties import find
from workflow_app.services.people_roles import give_role

REGISTRY = workflow_definitions()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = house(tmp_path)
    yield made
    made.app.registry["engine"].dispose()


@pytest.fixture
def db(site: Site) -> Iterator[Session]:
    with site.session() as opened:
        yield opened
        opened.rollback()


def hand(
    db: Session, site: Site, role: str, old: str, new: str, *parties: str, days: int = 0
) -> dict[str, Mail]:
    """Hand a role over and give the mails by kind."""
    now = site.now.astimezone(OSLO).replace(year=TODAY.year, month=TODAY.month, day=TODAY.day)
    order = Order(
        role, tuple(site.party[p] for p in parties), people.find(db, old).id, people.find(db, new),
        TODAY + timedelta(days=days),
    )  # fmt: skip
    carry_out(db, order, seen=None, who=None, now=now, registry=REGISTRY)
    return {m.kind: m for m in db.scalars(select(Mail))}


def text(letter: Letter | None, language: str = "en") -> str:
    assert letter is not None
    drawn = draw(letter, language=language, url="https://avtaleflyt.example", sender="Avtaleflyt")
    return " ".join((drawn.subject + " " + drawn.text).split())


def test_the_new_one_is_told_what_waits(site: Site, db: Session) -> None:
    furnish(site, "negotiated")
    mails = hand(db, site, "mayor", "ordforer.moss", "revisor.moss", "moss")
    letter = given(db, mails["handover"], TODAY)
    said = text(letter)
    assert said.startswith("You are now mayor for Moss kommune")
    assert "You take over from Ordforer Moss." in said
    assert "This waits for you:" in said
    assert ": Sign" in said
    assert letter is not None
    assert [b.path for b in letter.blocks if isinstance(b, Link)] == ["/"]
    assert "You get this because you are mayor for Moss kommune." in said


def test_nothing_waits(site: Site, db: Session) -> None:
    mails = hand(db, site, "mayor", "ordforer.moss", "revisor.moss", "moss")
    assert "Nothing waits for you today." in text(given(db, mails["handover"], TODAY))


def test_many_parties_are_listed(site: Site, db: Session) -> None:
    contact = people.find(db, "politikontakt.moss")
    give_role(
        db, contact, find(db, site.party["politi.stange"]), "politikontakt",
        from_date=TODAY - timedelta(days=9), now=site.now,
    )  # fmt: skip
    mails = hand(
        db, site, "politikontakt", "politikontakt.moss", "revisor.moss", "politi.moss", "politi.stange"
    )
    said = text(given(db, mails["handover"], TODAY))
    assert said.startswith("You are now politikontakt for 2 parties")
    assert "Hamar politistasjonsdistrikt" in said
    thanks = text(taken(db, mails["handover_taken"], TODAY))
    assert "These have taken over:" in thanks
    assert "Moss politistasjonsdistrikt: revisor moss" in thanks


def test_the_old_one_is_thanked(site: Site, db: Session) -> None:
    mails = hand(db, site, "mayor", "ordforer.moss", "revisor.moss", "moss")
    said = text(taken(db, mails["handover_taken"], TODAY))
    assert "You were mayor for Moss kommune until 9 March 2025. revisor moss has taken over." in said
    assert "Thank you for the work." in said


def test_whoever_has_it_by_then_is_named_and_nobody_who_has_not(site: Site, db: Session) -> None:
    mails = hand(db, site, "mayor", "ordforer.moss", "revisor.moss", "moss")
    hand(db, site, "mayor", "revisor.moss", "sekretaer.moss", "moss")
    assert "Sekretaer Moss has taken over" in text(taken(db, mails["handover_taken"], TODAY))
    people.end_person(db, people.find(db, "sekretaer.moss"), now=site.now)
    said = text(taken(db, mails["handover_taken"], TODAY))
    assert said.startswith("You are no longer mayor")
    assert "Nobody has taken over yet." in said


def test_before_its_day_neither_is_true(site: Site, db: Session) -> None:
    mails = hand(db, site, "mayor", "ordforer.moss", "revisor.moss", "moss", days=20)
    assert given(db, mails["handover"], TODAY) is None
    assert taken(db, mails["handover_taken"], TODAY) is None
    day = TODAY + timedelta(days=20)
    assert given(db, mails["handover"], day) is not None
    assert taken(db, mails["handover_taken"], day) is not None


def test_one_who_has_it_again_is_not_thanked(site: Site, db: Session) -> None:
    mails = hand(db, site, "mayor", "ordforer.moss", "revisor.moss", "moss")
    hand(db, site, "mayor", "revisor.moss", "ordforer.moss", "moss")
    assert given(db, mails["handover"], TODAY) is None
    assert taken(db, mails["handover_taken"], TODAY) is None
