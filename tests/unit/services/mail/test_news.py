"""What each step of each definition is to others: told by what it does, not by what it is called."""

from __future__ import annotations

import pytest

from workflow_app.domain.definitions import Definition, load_all
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail.news import News, news_of, who_prepares, who_signs, who_works
from workflow_app.services.mail.step_words import BY_SOMEBODY, BY_THE_CLOCK, SUBJECTS

REPORTED = workflow_definitions().newest("politiradsavtale")
ADOPTED = workflow_definitions().newest("politiradsavtale_vedtak")


def moved(definition: Definition, name: str, source: str, to: str) -> News | None:
    """The news of a transition's entry."""
    entry = {"kind": "transition", "transition": name, "from": source, "to": to, "data": {}}
    return news_of(entry, definition)


@pytest.mark.parametrize(
    ("name", "source", "to", "news"),
    [
        ("agree", "draft", "negotiated", News.DONE),
        ("reopen", "negotiated", "draft", News.DRAFT_AGAIN),
        ("sign", "negotiated", "signed", News.SIGNED),
        ("register", "draft", "signed", News.SIGNED),
        ("report", "signed", "reported", News.BEFORE_COUNCIL),
        ("begin_evaluation", "signed", "annual_evaluation", None),
        ("continue", "annual_evaluation", "signed", News.EVALUATED),
        ("revise", "annual_evaluation", "revised", News.TO_BE_REVISED),
        ("revise_on_request", "signed", "revised", News.TO_BE_REVISED),
        ("resume", "revised", "signed", News.STANDS_AGAIN),
        ("extend", "signed", "signed", News.EXTENDED),
        ("terminate", "signed", "terminated", News.TERMINATED),
        ("lapse", "signed", "lapsed", News.ENDED),
        ("withdraw", "draft", "withdrawn", News.WITHDRAWN),
        ("correct_rules", "signed", "signed", News.DONE),
    ],
)
def test_the_steps_of_an_agreement_that_is_reported(
    name: str, source: str, to: str, news: News | None
) -> None:
    assert moved(REPORTED, name, source, to) is news


def test_an_adoption_and_a_matter_sent_back() -> None:
    assert moved(ADOPTED, "adopt", "negotiated", "reported") is News.BEFORE_COUNCIL
    assert moved(ADOPTED, "adopt", "negotiated", "draft") is News.DRAFT_AGAIN


@pytest.mark.parametrize(
    ("outcome", "news"), [("sent_back", News.SENT_BACK), ("postponed", News.POSTPONED), ("noted", None)]
)
def test_what_is_recorded_beside_the_state(outcome: str, news: News | None) -> None:
    entry = {"kind": "recorded", "transition": "report", "data": {"outcome": outcome}}
    assert news_of(entry, REPORTED) is news


def test_an_approval_hands_on_and_is_no_news() -> None:
    assert news_of({"kind": "approval", "transition": "sign"}, REPORTED) is None
    assert news_of({"kind": "transition", "transition": "of_tomorrow"}, REPORTED) is None


def test_every_step_there_is_has_its_words() -> None:
    for news in News:
        assert news in SUBJECTS
        assert news in BY_SOMEBODY or news in BY_THE_CLOCK
    assert moved(REPORTED, "lapse", "signed", "lapsed") in BY_THE_CLOCK


def test_who_is_who_is_read_from_the_definition() -> None:
    assert who_works(REPORTED) == ("slt_coordinator", "politikontakt")
    assert who_signs(REPORTED) == ("mayor", "station_chief")
    assert who_prepares(REPORTED, "signed") == ("slt_coordinator", "council_secretary")
    assert who_prepares(REPORTED, "draft") == ()


def test_a_definition_with_other_names_is_told_of_alike() -> None:
    renamed = """
id = "lease"
version = 1
title = "Lease"
initial = "idea"
[sides.owner]
roles = ["landlord"]
[sides.user]
roles = ["tenant"]
[states.idea]
label = "Idea"
awaits = ["close"]
[states.idea.may]
view = ["landlord", "tenant"]
edit = ["tenant"]
[states.closed]
label = "Closed"
awaits = ["undo"]
[states.closed.may]
view = ["landlord", "tenant"]
[states.gone]
label = "Gone"
final = true
[states.gone.may]
view = ["landlord", "tenant"]
[transitions.close]
label = "Close"
from = ["idea"]
to = "closed"
approvals = {from_every_party = ["landlord", "tenant"], order = "any", of = "agreement"}
effects = ["record_signing"]
[transitions.undo]
label = "Undo"
from = ["closed"]
to = "idea"
may = ["tenant"]
[transitions.drop]
label = "Drop"
from = ["idea"]
to = "gone"
may = ["landlord"]
"""
    lease = load_all([("lease.toml", renamed)]).newest("lease")
    assert moved(lease, "close", "idea", "closed") is News.SIGNED
    assert moved(lease, "undo", "closed", "idea") is News.DRAFT_AGAIN
    assert moved(lease, "drop", "idea", "gone") is News.WITHDRAWN
    assert who_signs(lease) == ("landlord",)
