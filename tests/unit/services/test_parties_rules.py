"""House rules: a kommune's own, with a default where it has said nothing, and never the police's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.people import Party
from workflow_app.services import parties, trail
from workflow_app.services.errors import ServiceError
from workflow_app.services.parties_rules import house_rules, set_house_rule

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


def test_the_default_holds_until_the_kommune_says_otherwise(session: Session, moss: Party) -> None:
    assert house_rules(session, [moss]) == {"3103": {"report": 90}}
    set_house_rule(session, moss, "report", 60, now=NOW)
    set_house_rule(session, moss, "review", 24, now=NOW)
    assert house_rules(session, [moss]) == {"3103": {"report": 60, "review": 24}}
    set_house_rule(session, moss, "report", None, now=NOW)
    assert house_rules(session, [moss]) == {"3103": {"report": 90, "review": 24}}


def test_each_change_is_an_entry_and_no_change_is_none(session: Session, moss: Party) -> None:
    set_house_rule(session, moss, "report", None, now=NOW)
    for days in (60, 60, 30, None):
        set_house_rule(session, moss, "report", days, now=NOW)
    told = [decode(e.body) for e in trail.entries(session, "party/3103")][1:]
    assert [(e["kind"], e["data"].get("days")) for e in told] == [
        ("house_rule_set", 60),
        ("house_rule_set", 30),
        ("house_rule_removed", None),
    ]
    assert {e["data"]["rule"] for e in told} == {"report"}


def test_each_kommune_has_its_own_and_the_police_none(session: Session, moss: Party) -> None:
    stange = parties.add_municipal(session, "3413", now=NOW)
    unit = parties.add_police(session, "Moss politistasjon", "ost", now=NOW)
    set_house_rule(session, moss, "report", 60, now=NOW)
    assert house_rules(session, [moss, stange, unit]) == {"3103": {"report": 60}, "3413": {"report": 90}}
    with pytest.raises(ServiceError, match="only a kommune has house rules"):
        set_house_rule(session, unit, "report", 60, now=NOW)
    assert house_rules(session, []) == {}


@pytest.mark.parametrize("number", [0, -1, 3661, 10**9])
def test_a_number_out_of_bounds(session: Session, moss: Party, number: int) -> None:
    with pytest.raises(ServiceError, match="give 1 to 3660"):
        set_house_rule(session, moss, "report", number, now=NOW)
    with pytest.raises(ServiceError, match="give 1 to 120"):
        set_house_rule(session, moss, "review", number, now=NOW)


def test_an_unknown_kind(session: Session, moss: Party) -> None:
    with pytest.raises(ServiceError, match="choose report, review"):
        set_house_rule(session, moss, "raport", 60, now=NOW)
