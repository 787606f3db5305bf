"""Whose reminder it is."""

from __future__ import annotations

from datetime import date

import pytest

from workflow_app.domain.case import CaseParty
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import msg
from workflow_app.domain.reminding.ladder import KINDS
from workflow_app.domain.reminding.responsible import concerned, ladder_party, roles_reminded

TOWN, VALLEY, POLICE = (
    CaseParty("3103", "municipal"),
    CaseParty("3412", "municipal"),
    CaseParty("p", "police"),
)
PARTIES = (TOWN, VALLEY, POLICE)


def deadline(party: str | None = None) -> Deadline:
    day = date(2026, 12, 31)
    return Deadline("evaluation", "clause", day, day, "", msg("The clause names the day."), party=party)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "report"])
def test_the_work_is_the_coordinators(kind: str) -> None:
    assert roles_reminded(kind, "municipal", last=False) == ("slt_coordinator",)
    assert roles_reminded(kind, "police", last=False) == ("politikontakt",)


def test_what_only_those_who_sign_can_choose_is_brought_before_them() -> None:
    assert roles_reminded("notice", "municipal", last=True) == ("slt_coordinator", "mayor")
    assert roles_reminded("option", "police", last=True) == ("politikontakt", "station_chief")
    assert roles_reminded("evaluation", "municipal", last=True) == ("slt_coordinator",)


def test_the_kommunestyre_is_the_kommune_s() -> None:
    assert roles_reminded("report", "municipal", last=True) == ("slt_coordinator", "council_secretary")
    assert roles_reminded("report", "police", last=True) == ()


def test_it_waits_for_one_party_or_all_or_those_who_have_not_approved() -> None:
    assert concerned(deadline("3412"), PARTIES, ("p",)) == (VALLEY,)
    assert concerned(deadline(), PARTIES) == PARTIES
    assert concerned(deadline(), PARTIES, ("p",)) == (POLICE,)


def test_the_police_follow_the_first_kommune() -> None:
    assert ladder_party(VALLEY, PARTIES) is VALLEY
    assert ladder_party(POLICE, PARTIES) is TOWN
    assert ladder_party(POLICE, (POLICE,)) is None
