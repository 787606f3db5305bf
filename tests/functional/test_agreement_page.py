"""The agreement's own page: where it stands, what comes next, whom it waits for, from which clause."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from tests.functional import test_life as life
from tests.functional.conftest import PASSWORD, PEOPLE, Program, Site
from tests.functional.looking_support import drafts, english, programs, section, words
from workflow_app.domain.definitions import Permission
from workflow_app.services import parties, people, people_roles
from workflow_app.services.definitions import workflow_definitions


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


@pytest.fixture
def ident(site: Site) -> str:
    """A draft whose rules are confirmed."""
    return drafts(site, 1)[0]


def sign(moss: dict[str, Program], ident: str) -> None:
    moss["slt"].do(ident, "agree")
    moss["politikontakt"].do(ident, "agree")
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    assert moss["stasjonssjef"].do(ident, "sign", password=PASSWORD)["state"] == "signed"


def test_the_next_step_says_whom_it_waits_for_since_when_and_that_no_clause_gives_a_day(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    moss["slt"].do(ident, "agree")
    page = english(site, "ordforer.moss").get(f"/agreements/{ident}")
    said = section(page, "next-title")
    assert "Agree on the text" in said
    assert "Politikontakt Moss" in said
    assert "politikontakt, Moss politistasjonsdistrikt" in said
    assert "Slt Moss" not in said, "who has approved is not waited for"
    assert "Waits for since 10 March 2025" in said
    assert "No clause gives a day for this" in said
    assert "Then the agreement is: Negotiated" in said
    rounds = section(page, "approvals-title")
    assert "Slt Moss" in rounds
    assert "Waiting for Politikontakt Moss" in rounds


def test_the_report_is_due_by_a_house_rule_and_its_clause_is_at_the_end_of_the_link(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    sign(moss, ident)
    browser = english(site, "sekretaer.moss")
    page = browser.get(f"/agreements/{ident}")
    said = section(page, "next-title")
    assert "Report to the kommunestyre" in said
    assert "8 June 2025" in said
    assert "House rule" in said
    href = re.search(r'href="([^"]*/text#(s-\d+))"', page.text)
    assert href is not None
    text = browser.get(href[1].split("#")[0]).text
    start = text.index(f'id="{href[2]}"')
    end = text.find("<section", start + 10)
    assert "Avtalen legges frem for kommunestyret som referatsak" in text[start:end]
    assert "Varighet" in said, "the heading of the section names the link"


def test_every_deadline_on_the_page_quotes_words_of_the_text(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    sign(moss, ident)
    page = english(site, "slt.moss").get(f"/agreements/{ident}")
    said = section(page, "deadlines-title")
    for day, quote in (
        ("31 December 2025", "Ved årets slutt skal politirådet evaluere"),
        ("10 March 2026", "Avtalen revideres årlig"),
        ("31 December 2027", "Avtalen gjelder i perioden 2025-2027"),
    ):
        assert day in said
        assert quote in said
    assert "counted from the signing date; the clause does not say" in said
    status = section(page, "status-title")
    assert "In force" in status
    assert "From 10 March 2025 to 31 December 2027" in status
    assert "Avtalen gjelder i perioden 2025-2027" in status


def test_void_approvals_are_struck_with_the_reason(site: Site, moss: dict[str, Program], ident: str) -> None:
    told = moss["slt"].do(ident, "agree")
    moss["politikontakt"].post(
        f"/agreements/{ident}/text",
        {"version": told["version"], "text": "Avtalen gjelder i perioden 2025-2027.\n"},
    )
    page = english(site, "slt.moss").get(f"/agreements/{ident}")
    rounds = section(page, "approvals-title")
    assert "These approvals no longer count. The text was changed afterwards." in rounds
    assert re.search(r"<del>\s*<strong>Slt Moss</strong>\s*</del>", page.text)


def test_the_diagram_marks_the_state_and_the_list_says_where_it_has_been(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    sign(moss, ident)
    page = english(site, "slt.moss").get(f"/agreements/{ident}")
    assert re.search(r'class="[^"]*workflow-now[^"]*" data-state="signed"', page.text)
    said = words(page)
    assert "Signed the agreement is here" in said
    assert "Draft has been here" in said
    assert "Negotiated has been here" in said
    assert "Reported has been here" not in said
    assert "Report to the kommunestyre → Reported" in said


def test_what_i_may_do_and_why_not_the_rest(site: Site, moss: dict[str, Program], ident: str) -> None:
    page = english(site, "ordforer.moss").get(f"/agreements/{ident}")
    said = section(page, "steps-title")
    assert "There is no step for you to take now" in said
    assert "Only the SLT coordinator or politikontakt of a party" in said
    mine = section(english(site, "slt.moss").get(f"/agreements/{ident}"), "steps-title")
    assert "Withdraw" in mine
    assert "“Sign” starts from Negotiated" in mine


def test_a_successor_shows_what_was_learned_and_both_lead_to_each_other(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    sign(moss, ident)
    site.today = date(2025, 12, 1)
    told = moss["slt"].do(ident, "begin_evaluation", year=2025)
    moss["slt"].post(
        f"/agreements/{ident}/evaluation",
        {
            "version": told["version"], "year": 2025, "body": "Gjennomgått.",
            "learning_points": "Møt oftere om høsten.\nInviter skolen.", "outcome": "to_be_revised",
        },
    )  # fmt: skip
    moss["slt"].do(ident, "revise")
    moss["politikontakt"].do(ident, "revise")
    browser = english(site, "slt.moss")
    old = browser.get(f"/agreements/{ident}")
    assert "Finish the agreement that follows" in section(old, "next-title")
    new = old.click("Finish the agreement that follows", index=0)
    assert "Møt oftere om høsten." in section(new, "learning-title")
    assert new.html.select_one(".learning-points .pre").text == "2025: Møt oftere om høsten.\nInviter skolen."
    assert f'href="/agreements/{ident}"' in new.text
    # Of a draft the council secretary sees nothing, not even that it is there.
    hidden = words(english(site, "sekretaer.moss").get(f"/agreements/{ident}"))
    assert "It is followed by" not in hidden
    assert "Finish the agreement" not in hidden


def test_an_evaluation_to_come_is_a_next_step_with_its_day(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    sign(moss, ident)
    moss["sekretaer"].do(ident, "report", outcome="noted", meeting_date="2025-03-10")
    said = section(english(site, "politikontakt.moss").get(f"/agreements/{ident}"), "next-title")
    assert "Begin the evaluation" in said
    assert "31 December 2025" in said
    assert "Ved årets slutt skal politirådet evaluere" in said


def test_an_office_nobody_holds_is_said_before_anybody_waits_for_it(site: Site, ident: str) -> None:
    with site.session() as db, db.begin():
        mayor, kommune = people.find(db, "ordforer.moss"), parties.find(db, site.party["moss"])
        (held,) = people_roles.assignments(db, mayor.id, kommune.id, "mayor")
        people_roles.end_role(db, held.id, last_day=date(2025, 1, 31), now=datetime.now(UTC))
    page = words(english(site, "slt.moss").get(f"/agreements/{ident}"))
    assert "Nobody is mayor for Moss kommune today, so nobody there could sign." in page


def test_who_may_see_it_follows_from_the_definition_alone(site: Site, ident: str) -> None:
    (definition,) = (d for d in workflow_definitions().definitions if d.id == "politiradsavtale")
    may = definition.states["draft"].may[Permission.VIEW]
    for name, role in (("slt", "slt_coordinator"), ("ordforer", "mayor"), ("sekretaer", "council_secretary")):
        status = 200 if role in may else 404
        site.browser(f"{name}.moss").get(f"/agreements/{ident}", status=status)
        site.browser(f"{name}.stange").get(f"/agreements/{ident}", status=404)


def test_the_page_looks_and_changes_nothing(site: Site, moss: dict[str, Program], ident: str) -> None:
    before = moss["slt"].get(f"/agreements/{ident}")
    for path in ("", "/deadlines", "/trail", "/trail.zip"):
        english(site, "slt.moss").get(f"/agreements/{ident}{path}")
    after = moss["slt"].get(f"/agreements/{ident}")
    assert (after["version"], after["trail"]) == (before["version"], before["trail"])


def test_why_it_is_a_draft_again_stands_at_the_top(site: Site) -> None:
    people = {first: site.program(f"{first}.moss") for first in PEOPLE}
    ident = life.negotiated(site, people)
    people["stasjonssjef"].do(ident, "reopen", reason="Punkt 2 må endres.")
    page = site.browser("slt.moss").get(f"/agreements/{ident}")
    alerts = [alert.text for alert in page.html.select(".ds-alert")]
    assert any("Punkt 2 må endres." in text for text in alerts)
    people["slt"].do(ident, "agree")
    people["politikontakt"].do(ident, "agree")
    assert "Punkt 2 må endres." not in "".join(
        alert.text for alert in site.browser("slt.moss").get(f"/agreements/{ident}").html.select(".ds-alert")
    )
