"""Changing house rules: what is counted from them follows at once, and what is no number is named."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TEXT, TODAY, draft, person
from workflow_app.services import house_rules, matters, parties_rules
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import FieldErrors
from workflow_app.services.transitions import take_transition


def test_the_kept_deadline_of_each_agreement_follows(session: Session) -> None:
    made, slt = draft(session, TEXT.replace("Avtalen revideres årlig.", ""))
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    for who in (slt, kontakt):
        take_transition(
            session, made, "register", who, {"signed_on": "2025-01-10"}, NOW, registry=workflow_definitions()
        )
    party = matters.municipal_party(made, "3103")
    wanted = {"report": 3000, "review": 1}
    assert house_rules.change(session, party, wanted, now=NOW) == ("report", "review")
    assert house_rules.change(session, party, wanted, now=NOW) == ()
    assert not bring_up_to_date(session, made, TODAY), "it was brought up to date with the rule"
    parties_rules.set_house_rule(session, party, "review", 2, now=NOW)
    assert bring_up_to_date(session, made, TODAY), "the rule alone leaves it behind"


def test_numbers_are_read_from_a_form_and_from_a_program() -> None:
    assert house_rules.read_numbers({"report": " 60 ", "review": "", "council_lapse": None}) == {
        "report": 60,
        "review": None,
        "council_lapse": None,
    }
    assert house_rules.read_numbers({"council_evaluation": 3660}) == {"council_evaluation": 3660}


@pytest.mark.parametrize("value", ["0", 0, -1, "3661", "seksti", "6.5", 6.5, True, "٦", "9" * 30])
def test_what_is_no_number_is_named(value: object) -> None:
    with pytest.raises(FieldErrors) as caught:
        house_rules.read_numbers({"report": value, "raport": 3})
    assert sorted(caught.value.fields) == ["raport", "report"]
