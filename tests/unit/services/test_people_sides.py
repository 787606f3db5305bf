"""Nobody sits on both sides of one agreement; elsewhere a police officer may well be a mayor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.functional.conftest import TODAY, Site
from tests.functional.door_support import furnish, house
from workflow_app.models.agreements import Agreement
from workflow_app.services import people
from workflow_app.services.errors import Conflict
from workflow_app.services.parties import find
from workflow_app.services.people_acting import add_acting
from workflow_app.services.people_sides import other_side, refuse_both_sides

LAST = TODAY + timedelta(days=30)


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


def test_an_office_of_the_counterparty(site: Site, db: Session) -> None:
    furnish(site, "draft")
    chief, moss = people.find(db, "stasjonssjef.moss"), find(db, "3103")
    with pytest.raises(Conflict) as caught:
        refuse_both_sides(db, chief, moss, "mayor", TODAY, None)
    assert caught.value.code == "both_sides"
    refuse_both_sides(db, chief, moss, "administrator", TODAY, None)
    mayor = people.find(db, "ordforer.moss")
    assert other_side(db, mayor, find(db, site.party["politi.moss"]), TODAY, LAST) is not None
    assert other_side(db, mayor, moss, TODAY, None) is None, "two hats on one side"


def test_only_while_it_lasts(site: Site, db: Session) -> None:
    furnish(site, "draft")
    chief = people.find(db, "stasjonssjef.moss")
    assert other_side(db, chief, find(db, "3103"), date(2000, 1, 1), date(2014, 12, 31)) is None


def test_an_acting_one_counts(site: Site, db: Session) -> None:
    furnish(site, "draft")
    unit, auditor = find(db, site.party["politi.moss"]), people.find(db, "revisor.moss")
    chief = people.find(db, "stasjonssjef.moss")
    add_acting(db, auditor, chief, unit, "station_chief", from_date=TODAY, to_date=LAST, now=site.now)
    assert other_side(db, auditor, find(db, "3103"), LAST, None) is not None
    assert other_side(db, auditor, find(db, "3103"), LAST + timedelta(days=1), None) is None


def test_where_there_is_no_agreement_or_it_is_over(site: Site, db: Session) -> None:
    chief = people.find(db, "stasjonssjef.moss")
    assert other_side(db, chief, find(db, "3413"), TODAY, None) is None
    assert other_side(db, chief, find(db, "3103"), TODAY, None) is None
    db.rollback()
    made = furnish(site, "draft")
    agreement = db.get_one(Agreement, made.id)
    assert other_side(db, chief, find(db, "3103"), TODAY, None) is not None
    db.connection().exec_driver_sql("UPDATE agreement SET state = 'withdrawn' WHERE id = ?", (agreement.id,))
    assert other_side(db, chief, find(db, "3103"), TODAY, None) is None
