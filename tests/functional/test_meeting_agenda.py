"""The agenda of a meeting: the agreement's points, matters of both parties, order, what is offered."""

from __future__ import annotations

from datetime import date

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import form, has_form, press, with_button
from tests.functional.test_life import signed
from tests.functional.test_meetings import ROTATING, at, planned
from workflow_app.models.meetings import Decision
from workflow_app.models.trail import TrailEntry
from workflow_app.services.trail import agreement_chain

REPORTING = TEXT.replace(
    "Sakslisten sendes", "Saker til møtet meldes inn senest ti dager før møtet. Sakslisten sendes"
)


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


@pytest.fixture
def ident(site: Site, moss: dict[str, Program]) -> str:
    """A signed agreement with two fixed points, and one meeting."""
    made = signed(site, moss, text=ROTATING)
    planned(moss["slt"], made, "2025-04-03")
    return made


def titles(program: Program, ident: str, number: int = 1) -> list[str]:
    """The agenda's points in order."""
    return [p["title"] for p in program.get(at(ident, number))["agenda"]]


def test_a_new_agenda_begins_with_the_agreement_s_own_points(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    points = moss["slt"].get(at(ident, 1))["agenda"]
    assert [(p["kind"], p["title"], p["quote"]) for p in points] == [
        ("text", "Siden sist", "1. Siden sist"),
        ("text", "Kort fra politiet", "2. Kort fra politiet"),
    ]


def test_an_agreement_without_a_list_gives_none(site: Site, moss: dict[str, Program]) -> None:
    other = signed(site, moss)
    planned(moss["slt"], other, "2025-04-03")
    assert titles(moss["slt"], other) == []


@pytest.mark.parametrize("first", ["ordforer", "stasjonssjef", "sekretaer", "politikontakt"])
def test_whoever_holds_a_role_raises_a_matter_in_the_browser(
    site: Site, moss: dict[str, Program], ident: str, first: str
) -> None:
    browser = site.browser(f"{first}.moss")
    raised = form(browser.get(at(ident, 1)), "description")
    raised["title"], raised["description"] = "Uro ved stasjonen", "Kveldstid.\nSærlig fredag."
    raised.submit(status=303)
    point = moss["slt"].get(at(ident, 1))["agenda"][-1]
    party = site.party["moss" if first in ("ordforer", "sekretaer") else "politi.moss"]
    assert (point["kind"], point["title"], point["raised_by"]) == ("raised", "Uro ved stasjonen", party)
    with site.session() as db:
        rows = db.query(TrailEntry).filter_by(chain=agreement_chain(ident), kind="matter_raised").all()
        assert "Uro" not in rows[0].body.decode()


def test_a_matter_without_a_title_is_asked_for_one_and_keeps_the_rest(site: Site, ident: str) -> None:
    browser = site.browser("ordforer.moss")
    raised = form(browser.get(at(ident)), "description")
    raised["description"] = "En lang forklaring"
    again = raised.submit(status=422)
    assert form(again, "description")["description"].value == "En lang forklaring"


def test_a_matter_after_the_day_the_clause_names_is_taken_in_and_marked(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = signed(site, moss, text=REPORTING)
    planned(moss["slt"], ident, "2025-04-03")
    site.today = date(2025, 3, 24)
    moss["ordforer"].post(at(ident, 1), {"action": "raise", "title": "I tide"})
    site.today = date(2025, 3, 25)
    moss["ordforer"].post(at(ident, 1), {"action": "raise", "title": "For sent"})
    assert [p["late"] for p in moss["slt"].get(at(ident, 1))["agenda"]] == [False, True]


def test_what_is_raised_before_a_meeting_is_planned_waits_for_it(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = signed(site, moss)
    moss["stasjonssjef"].post(at(ident), {"action": "raise", "title": "Ungdomsklubben"})
    assert [p["title"] for p in moss["slt"].get(at(ident))["waiting"]] == ["Ungdomsklubben"]
    planned(moss["slt"], ident, "2025-04-03", "2025-06-05")
    assert (titles(moss["slt"], ident, 1), titles(moss["slt"], ident, 2)) == (["Ungdomsklubben"], [])
    moss["slt"].post(at(ident, 1), {"action": "cancel", "reason": "Sykdom"})
    assert titles(moss["slt"], ident, 2) == ["Ungdomsklubben"], "it goes to the next one"


def test_the_order_is_changed_with_numbers_and_points_taken_off(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    moss["ordforer"].post(at(ident, 1), {"action": "raise", "title": "Uro"})
    browser = site.browser("politikontakt.moss")
    order = with_button(browser.get(at(ident, 1)), "order")
    places = sorted(name for name in order.fields if name and name.startswith("place-"))
    order[places[-1]] = "1"
    order[places[0]] = "2"
    order[places[1]] = "3"
    page = press(order, "order", status=303).follow()
    assert titles(moss["slt"], ident) == ["Uro", "Siden sist", "Kort fra politiet"]
    press(with_button(page, "remove"), "remove", status=303)
    assert titles(moss["slt"], ident) == ["Siden sist", "Kort fra politiet"]
    assert [p["title"] for p in moss["slt"].get(at(ident))["waiting"]] == ["Uro"], "a matter is not lost"


def test_two_who_write_the_agenda_at_once_are_told(site: Site, moss: dict[str, Program], ident: str) -> None:
    seen = moss["slt"].get(at(ident, 1))["meeting"]["version"]
    moss["politikontakt"].post(at(ident, 1), {"action": "add", "title": "Budsjett", "seen": seen})
    late = moss["slt"].post(at(ident, 1), {"action": "add", "title": "Eventuelt", "seen": seen}, status=409)
    assert late["error"] == "stale_version"
    assert titles(moss["slt"], ident)[-1] == "Budsjett"


def test_a_standing_point_comes_on_every_agenda_not_sent_yet(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-06-05")
    browser = site.browser("slt.moss")
    standing = next(
        f for f in browser.get(at(ident)).forms.values()
        if "title" in f.fields and f.fields.get("action") and f["action"].value == "standing"
    )  # fmt: skip
    standing["title"] = "Eventuelt"
    standing.submit(status=303)
    assert titles(moss["slt"], ident, 1)[-1] == titles(moss["slt"], ident, 2)[-1] == "Eventuelt"
    item = moss["slt"].get(at(ident))["standing"][0]["id"]
    moss["slt"].post(at(ident), {"action": "no_standing", "item": item})
    assert "Eventuelt" not in titles(moss["slt"], ident, 2)
    planned(moss["slt"], ident, "2025-09-04")
    assert titles(moss["slt"], ident, 3) == ["Siden sist", "Kort fra politiet"]


def test_open_decisions_and_the_evaluation_are_offered_and_never_put_there(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-11-04")
    with site.session() as db, db.begin():
        db.add(Decision(meeting_id=1, number=1, text="Kommunen ordner lys i parken", created_at=site.now))
    browser = site.browser("slt.moss")
    page = browser.get(at(ident, 2))
    offered = [li.strong.get_text() for li in page.html.select(".offered li")]
    assert any("lys i parken" in o for o in offered)
    assert any("2025" in o for o in offered)
    for _ in range(2):
        page = press(with_button(page, "add"), "add", status=303).follow()
    kinds = [p["kind"] for p in moss["slt"].get(at(ident, 2))["agenda"]]
    assert kinds == ["text", "text", "follow_up", "evaluation"]
    assert not has_form(page, "decision")
    strange = {"action": "add", "kind": "follow_up", "decision": "1"}
    moss["slt"].post(at(ident, 2), strange, status=422)
