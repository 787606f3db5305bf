"""Meetings through HTTP: a year planned from the clauses, moved, called off, and what cannot be."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.functional.conftest import PASSWORD, PEOPLE, TEXT, Program, Site
from tests.functional.looking_support import english, words
from tests.functional.pages_support import (
    encoded,
    form,
    fresh,
    has_form,
    press,
    radio,
    wanted,
    with_button,
    wrong,
)
from tests.functional.test_life import evaluate, kinds, signed
from tests.functional.test_races import race
from workflow_app.models.trail import TrailEntry
from workflow_app.services.trail import agreement_chain, clear

ROTATING = TEXT.replace(
    "## 3. Evaluering",
    "Sekretær og tilrettelegger veksler hvert andre år mellom partene.\n\n"
    "Faste punkter for politirådet:\n\n1. Siden sist\n2. Kort fra politiet\n\n## 3. Evaluering",
)


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


@pytest.fixture
def ident(site: Site, moss: dict[str, Program]) -> str:
    """A signed agreement: at least four meetings a year, the agenda a week before."""
    return signed(site, moss)


def at(ident: str, number: int | str = "") -> str:
    """The address of the meetings, or of one."""
    return f"/agreements/{ident}/meetings" + (f"/{number}" if number else "")


def planned(slt: Program, ident: str, *days: str) -> None:
    """Meetings on these days."""
    slt.post(
        f"{at(ident)}/plan",
        {"meetings": [{"on": d, "starts_at": "10:00", "place": "Rådhuset"} for d in days]},
    )


# --- the year ----------------------------------------------------------------


def test_a_year_is_proposed_changed_and_saved_without_a_script(site: Site, ident: str) -> None:
    browser = site.browser("slt.moss")
    page = browser.get(at(ident))
    assert "Politirådet møtes minst fire ganger i året." in page.text
    page = page.click(href=r"/plan\?year=2025")
    proposed = [i["value"] for i in page.html.select("input[type=date]") if i.get("value")]
    assert len(proposed) == 4
    assert proposed[0] >= "2025-03-17", "its agenda could still be sent"
    days = with_button(page, "plan")
    days["on-1"], days["on-2"], days["starts_at-1"] = "2025-04-03", "", "9.30"
    days["on-6"] = "2025-06-05"
    saved = press(days, "plan", status=303).follow()
    held = [t["datetime"] for t in saved.html.select(".meeting-rows time")]
    assert sorted(held) == held
    assert set(held) == {"2025-04-03", "2025-06-05", proposed[2], proposed[3]}
    told = site.program("slt.moss").get(f"{at(ident)}?year=2025")
    assert [m["starts_at"] for m in told["meetings"] if m["on"] == "2025-04-03"] == ["09:30"]
    assert (told["floor"], told["held"]) == (4, 0)


def test_the_wish_is_in_the_address_and_what_is_wrong_with_it_stays_in_its_field(
    site: Site, ident: str
) -> None:
    browser = site.browser("politikontakt.moss")
    page = browser.get(f"{at(ident)}/plan?year=2025&count=2&weekday=3&weeks_off=8,%20fri&starts_at=25:00")
    assert set(wrong(page)) == {"weeks_off", "starts_at"}
    assert page.html.select_one("#weeks_off")["value"] == "8, fri"
    told = site.program("slt.moss").get(f"{at(ident)}/plan?year=2026&count=2&weekday=3&weeks_off=8")
    assert [date.fromisoformat(p["on"]).weekday() for p in told["proposed"]] == [3, 3]
    assert told["wish"]["weeks_off"] == [8]


def test_the_habits_of_a_kommune_are_its_coordinator_s_to_keep(site: Site, ident: str) -> None:
    browser = site.browser("slt.moss")
    page = browser.get(
        f"{at(ident)}/plan?year=2026&weekday=4&starts_at=12:00&place=Lensmannsg%C3%A5rden&weeks_off=9,41"
    )
    press(with_button(page, "habits"), "habits", status=303)
    wish = site.program("politikontakt.moss").get(f"{at(ident)}/plan?year=2026")["wish"]
    assert wish["weeks_off"] == [9, 41]
    assert (wish["weekday"], wish["starts_at"], wish["place"]) == (4, "12:00", "Lensmannsgården")
    refused = site.program("politikontakt.moss").post(
        f"{at(ident)}/plan", {"action": "habits", "weeks_off": "1"}, status=403
    )
    assert refused["error"] == "not_your_kommune"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-05-17", "grunnlovsdag"),
        ("2025-12-24", "julaften"),
        ("2025-03-30", "2025"),
        ("2025-03-07", "2025"),
        ("2028-03-07", "2027"),
        ("9999-03-08", "9999"),
        ("i morgen", "i morgen"),
    ],
)
def test_a_day_no_meeting_can_be_on_is_refused_in_its_own_row(
    site: Site, ident: str, day: str, said: str
) -> None:
    before = kinds(site, ident)
    browser = site.browser("slt.moss")
    days = with_button(browser.get(f"{at(ident)}/plan?year=2025"), "plan")
    kept, days["on-2"] = days["on-1"].value, day
    again = press(days, "plan", status=422)
    assert wrong(again) == ["on-2"]
    assert said in again.html.select_one("#on-2-problem").get_text()
    assert again.html.select_one("#on-1")["value"] == kept
    assert kinds(site, ident) == before


def test_all_that_is_wrong_with_the_days_is_told_at_once(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    days = with_button(site.browser("slt.moss").get(f"{at(ident)}/plan?year=2025"), "plan")
    days["on-1"], days["starts_at-1"] = "2025-04-03", "25:00"
    days["on-2"], days["starts_at-2"] = "2025-05-17", "halv ti"
    days["on-3"], days["on-4"], days["on-5"] = "2025-04-03", "2025-06-05", "snart"
    again = press(days, "plan", status=422)
    assert wrong(again) == ["starts_at-1", "on-2", "starts_at-2", "on-3", "on-5"]
    assert again.html.select_one("#starts_at-1")["value"] == "25:00"
    rows = [{"on": "2025-04-03", "starts_at": "25:00"}, {"on": "2025-05-17"}, {"on": "2025-06-05"}]
    told = moss["slt"].post(f"{at(ident)}/plan", {"meetings": rows}, status=422)
    assert sorted(told["fields"]) == ["on-2", "starts_at-1"]
    assert moss["slt"].get(at(ident))["meetings"] == [], "none of them, not even the right one"


def test_from_one_year_s_plan_it_is_a_step_to_the_years_beside_it(site: Site, ident: str) -> None:
    browser = english(site, "slt.moss")
    page = browser.get(f"{at(ident)}/plan?year=2029")
    assert [li.get_text(strip=True) for li in page.html.select(".years li")] == ["2028", "2029", "2030"]
    for where in (at(ident), f"{at(ident)}/plan"):
        for other in ("1999", "2036", "9999", "20x6"):
            answer = browser.get(where, {"year": other}, status=404)
            assert f"2000 to 2035, not for “{other}”" in answer.text
        last = browser.get(f"{where}?year=2035").html.select("nav.years li")
        assert last[-1].text.strip() == "2035", "no way on to a year without a page"


def test_two_meetings_are_not_on_one_day(site: Site, moss: dict[str, Program], ident: str) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    told = moss["politikontakt"].post(at(ident), {"action": "one", "on": "2025-04-03"}, status=422)
    assert "2025-04-03" in told["message"] or "3. april 2025" in told["message"]
    twice = {"meetings": [{"on": "2025-05-06"}, {"on": "2025-05-06"}]}
    moss["slt"].post(f"{at(ident)}/plan", twice, status=422)
    assert len(moss["slt"].get(at(ident))["meetings"]) == 1


# --- at short notice ---------------------------------------------------------


def test_a_meeting_in_haste_is_possible_only_knowingly_and_the_deadline_stands_as_missed(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    browser = site.browser("slt.moss")
    page = browser.get(at(ident))
    assert not has_form(page, "confirm")
    one = form(page, "on")
    one["on"], one["starts_at"], one["place"] = "2025-03-13", "08:00", "Telefon"
    again = one.submit(status=422)
    assert "17. mars 2025" in again.text, "the first day that keeps the deadline"
    asked = form(again, "confirm")
    assert asked["on"].value == "2025-03-13"
    asked["confirm"] = True
    assert asked.submit(status=303).location.endswith(f"{at(ident, 1)}?done=saved")
    agenda = [
        d for d in moss["slt"].get(f"/agreements/{ident}/deadlines")["deadlines"] if d["kind"] == "agenda"
    ]
    assert [(d["latest"], d["status"]) for d in agenda] == [("2025-03-06", "missed")]


# --- moved, called off, held -------------------------------------------------


def test_a_meeting_is_moved_and_its_deadline_with_it(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    browser = site.browser("politikontakt.moss")
    move = form(browser.get(at(ident, 1)), "ends_at")
    assert move["on"].value == "2025-04-03"
    move["on"], move["ends_at"] = "2025-04-08", "12:00"
    move.submit(status=303)
    told = moss["slt"].get(at(ident, 1))["meeting"]
    assert (told["on"], told["ends_at"], told["agenda_by"]) == ("2025-04-08", "12:00", "2025-04-01")
    agenda = [
        d for d in moss["slt"].get(f"/agreements/{ident}/deadlines")["deadlines"] if d["kind"] == "agenda"
    ]
    assert [d["latest"] for d in agenda] == ["2025-04-01"]


def test_two_who_move_the_same_meeting_do_not_move_it_twice(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    one, other = (site.browser(f"{u}.moss") for u in ("slt", "politikontakt"))
    first, second = (form(b.get(at(ident, 1)), "ends_at") for b in (one, other))
    first["on"], second["on"], second["place"] = "2025-04-08", "2025-04-10", "Politistasjonen"
    first.submit(status=303)
    again = second.submit(status=409)
    assert form(again, "ends_at")["place"].value == "Politistasjonen", "what was written is kept"
    assert moss["slt"].get(at(ident, 1))["meeting"]["on"] == "2025-04-08"


def test_ten_who_plan_the_same_day_at_once_plan_one_meeting(site: Site, ident: str) -> None:
    racers = [site.program(f"{u}.moss") for u in ("slt", "politikontakt")] * 5
    answers = race(site, racers, at(ident), {"action": "one", "on": "2025-04-03"})
    assert sorted(status for status, _ in answers) == [200] + [422] * 9
    assert [k for k, _ in kinds(site, ident)].count("meeting_planned") == 1


def test_called_off_it_says_why_and_is_planned_no_more(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    moss["politikontakt"].post(at(ident, 1), {"action": "cancel"}, status=422)
    moss["politikontakt"].post(at(ident, 1), {"action": "cancel", "reason": "Kari Nordmann er syk"})
    assert moss["slt"].get(at(ident, 1))["meeting"]["status"] == "cancelled"
    moved = {"action": "move", "on": "2025-04-10"}
    assert moss["slt"].post(at(ident, 1), moved, status=409)["error"] == "meeting_cancelled"
    moss["slt"].post(at(ident), {"action": "one", "on": "2025-04-03"})
    with site.session() as db:
        rows = db.query(TrailEntry).filter_by(chain=agreement_chain(ident), kind="meeting_cancelled").all()
        assert "Kari" not in rows[0].body.decode()
        assert clear(db, rows)[rows[0].id]["reason"] == "Kari Nordmann er syk"


def test_a_meeting_held_before_is_recorded_and_counts(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    site.today = date(2025, 6, 10)
    ahead = moss["slt"].post(at(ident), {"action": "held", "on": "2025-06-11"}, status=422)
    assert ahead["error"] == "invalid"
    moss["slt"].post(at(ident), {"action": "held", "on": "2025-01-14"}, status=422)  # before the signing
    moss["slt"].post(at(ident), {"action": "held", "on": "2025-05-17"})
    told = moss["slt"].get(at(ident))
    assert (told["held"], told["meetings"][0]["status"]) == (1, "held")
    browser = site.browser("ordforer.moss")
    assert "1" in browser.get(f"/agreements/{ident}").html.select_one("aside").get_text()


# --- who may -----------------------------------------------------------------


@pytest.mark.parametrize("first", ["ordforer", "sekretaer", "stasjonssjef"])
def test_others_look_and_do_not_plan(site: Site, moss: dict[str, Program], ident: str, first: str) -> None:
    assert moss[first].post(at(ident), {"action": "one", "on": "2025-04-03"}, status=403)
    moss[first].get(f"{at(ident)}/plan", status=403)
    page = site.browser(f"{first}.moss").get(at(ident))
    assert not has_form(page, "on")
    assert has_form(page, "description"), "whoever holds a role may raise a matter"


def test_a_draft_has_no_meetings(site: Site, moss: dict[str, Program]) -> None:
    draft = fresh(site, moss["slt"])
    assert (
        moss["slt"].post(at(draft), {"action": "one", "on": "2025-04-03"}, status=409)["error"]
        == "not_signed"
    )
    assert not has_form(site.browser("slt.moss").get(at(draft)), "on")


def test_what_is_not_there_is_not_found(site: Site, moss: dict[str, Program], ident: str) -> None:
    for path in (at(ident, 1), at(ident, "x"), at(ident, "1/invitation.pdf"), f"{at(ident)}?year=20x5"):
        moss["slt"].get(path, status=404)
    planned(moss["slt"], ident, "2025-04-03")
    site.program("slt.stange").get(at(ident, 1), status=404)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", {}),
        ("", {"action": ["one"]}),
        ("", {"action": "one"}),
        ("", {"action": "one", "on": 20250403}),
        ("", {"action": "one", "on": "2025-04-03", "starts_at": "tolv"}),
        ("", {"action": "one", "on": "2025-04-03", "starts_at": "12:00", "ends_at": "11:00"}),
        ("", {"action": "one", "on": "2025-04-03", "color": "red"}),
        ("", {"action": "no_standing", "item": "x"}),
        ("", {"action": "turn", "clause": 7, "side": "municipal", "year": 2025}),
        ("/plan", {"meetings": ["2025-04-03"]}),
        ("/plan", {"meetings": []}),
        ("/plan", {"action": {}}),
        ("/plan", {"action": "habits", "weeks_off": ["8"]}),
        ("/1", {"action": "order", "order": [{}], "place-1": "x"}),
        ("/1", {"action": "move", "on": "2025-04-04", "seen": "in"}),
        ("/1", {"action": "raise", "title": "x" * 301}),
        ("/1", {"action": "add", "kind": 3}),
    ],
)
def test_whatever_is_sent_gets_one_sentence(
    site: Site, moss: dict[str, Program], ident: str, path: str, body: dict[str, object]
) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    told = moss["slt"].post(f"{at(ident)}{path}", body, status=422)
    assert told["message"]


def test_under_an_agreement_that_is_over_a_meeting_can_only_be_called_off(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-06-05")
    moss["ordforer"].do(
        ident, "terminate", reason="Ny organisering", given_date="2025-03-10", effective_date="2025-03-31",
        basis="agreed",
    )  # fmt: skip
    moved = {"action": "move", "on": "2025-06-10"}
    assert moss["slt"].post(at(ident, 1), moved, status=409)["error"] == "over"
    told = site.browser("slt.moss").get(at(ident)).html
    assert "31" in told.select_one(".ds-alert[data-color=warning]").text, "it is said that one is left"
    moss["slt"].post(at(ident, 1), {"action": "cancel", "reason": "Avtalen er sagt opp"})
    assert site.browser("slt.moss").get(at(ident)).html.select_one(".ds-alert[data-color=warning]") is None


def test_meetings_after_the_signing_of_the_next_agreement_belong_to_that_one(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    site.today = date(2025, 12, 1)
    planned(moss["slt"], ident, "2026-03-10", "2026-06-09")
    evaluate(moss, ident, 2025, "to_be_revised")
    moss["slt"].do(ident, "revise")
    moss["politikontakt"].do(ident, "revise")
    new = next(a["id"] for a in moss["slt"].get("/agreements")["agreements"] if a["state"] == "draft")
    version = moss["slt"].get(f"/agreements/{new}/rules")["version"]
    moss["slt"].post(f"/agreements/{new}/rules", {"version": version, "confirm": True})
    for who in ("slt", "politikontakt"):
        moss[who].do(new, "agree")
    assert english(site, "slt.moss").get(at(ident)).html.select_one(".ds-alert") is None
    site.today = date(2026, 4, 1)
    for who in ("ordforer", "stasjonssjef"):
        moss[who].do(new, "sign", password=PASSWORD)
    told = english(site, "slt.moss").get(at(ident)).html.select_one(".ds-alert[data-color=warning]").text
    assert "1 April 2026" in told
    assert "planned after it: 1." in told
    page = english(site, "slt.moss").get(at(new))
    assert page.click("plan them anew here").html.select_one(f"a[href$='{at(ident, 2)}']"), "the one left"
    assert moss["slt"].get(at(new))["left_before"] == [{"agreement": ident, "meetings": [2]}]
    old = english(site, "slt.moss").get(at(ident))
    assert [d["id"] for d in old.html.select(".meeting-forms details")] == ["held"]
    assert [d["id"] for d in english(site, "slt.moss").get(at(ident, 2)).html.select("main details")] == [
        "cancel"
    ]
    assert (
        moss["slt"].post(at(ident, 2), {"action": "move", "on": "2026-03-30"}, status=409)["error"] == "over"
    )
    assert "2026-06-09" not in str(moss["slt"].get(f"/agreements/{ident}/year?year=2026")), "not on the wheel"
    raised = {"action": "raise", "title": "Skolevei"}
    assert moss["stasjonssjef"].post(at(ident), raised, status=409)["error"] == "over"
    late = moss["slt"].post(at(ident), {"action": "one", "on": "2026-09-08"}, status=422)
    assert list(late["fields"]) == ["on"]
    moss["slt"].post(at(new), {"action": "one", "on": "2026-09-08"})


# --- turns -------------------------------------------------------------------


def test_whose_turn_it_is_is_asked_once_and_counted_from_there(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss, text=ROTATING)
    assert moss["slt"].get(at(ident))["turns"][0]["side"] is None
    planned(moss["slt"], ident, "2025-04-03", "2027-04-06")
    assert moss["slt"].get(at(ident, 1))["meeting"]["secretary"] is None, "nobody has chosen who begins"
    browser = site.browser("politikontakt.moss")
    turn = form(browser.get(at(ident)), "side")
    radio(turn, "police")
    turn["year"] = "2024"
    turn.submit(status=303)
    told = moss["slt"].get(at(ident))["turns"][0]
    assert (told["side"], told["from"], told["to"]) == ("police", 2024, 2025)
    assert moss["slt"].get(at(ident, 1))["meeting"]["secretary"] == site.party["politi.moss"]
    assert moss["slt"].get(at(ident, 2))["meeting"]["secretary"] == site.party["moss"]
    again = {"action": "turn", "clause": told["clause"], "side": "municipal", "year": "2024"}
    assert moss["slt"].post(at(ident), again, status=409)["error"] == "turn_chosen"
    page = browser.get(at(ident))
    assert "2024" in page.text
    assert not has_form(page, "side")


def test_convener_and_secretary_can_be_chosen_for_one_meeting(
    site: Site, moss: dict[str, Program], ident: str
) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    browser = site.browser("slt.moss")
    posts = form(browser.get(at(ident, 1)), "convener")
    posts["convener"] = site.party["politi.moss"]
    posts.submit(status=303)
    told = moss["slt"].get(at(ident, 1))["meeting"]
    assert (told["convener"], told["secretary"]) == (site.party["politi.moss"], None)
    strange = {"action": "posts", "convener": site.party["stange"], "secretary": "none"}
    moss["slt"].post(at(ident, 1), strange, status=422)


def test_the_trail_tells_it_in_words(site: Site, moss: dict[str, Program], ident: str) -> None:
    planned(moss["slt"], ident, "2025-04-03")
    moss["slt"].post(at(ident, 1), {"action": "move", "on": "2025-04-08"})
    said = [e["sentence"] for e in moss["slt"].get(f"/agreements/{ident}/trail")["entries"]][:2]
    assert all(said)
    assert "8" in said[0]
    bodies = [json.dumps(e["entry"]) for e in moss["slt"].get(f"/agreements/{ident}/trail")["entries"]]
    assert all("Rådhuset" not in b for b in bodies)


def test_where_kommuner_stand_together_their_weeks_are_one_and_a_person_names_the_convener(
    site: Site,
) -> None:
    everybody = {
        f"{first}.{town}": site.program(f"{first}.{town}") for first in PEOPLE for town in ("moss", "stange")
    }
    slt, other = everybody["slt.moss"], everybody["slt.stange"]
    body = wanted(site, content_base64=encoded(ROTATING))
    body["municipal"] = [site.party["moss"], site.party["stange"]]
    body["police"] = [site.party["politi.moss"]]
    made = slt.post("/agreements/add", body, status=201)
    ident = made["id"]
    slt.post(f"/agreements/{ident}/rules", {"version": made["version"], "confirm": True})
    for name in ("slt.moss", "slt.stange", "politikontakt.moss"):
        everybody[name].do(ident, "agree")
    for name in ("ordforer.moss", "ordforer.stange", "stasjonssjef.moss"):
        everybody[name].do(ident, "sign", password=PASSWORD)
    slt.post(f"{at(ident)}/plan", {"action": "habits", "weeks_off": "8"})
    other.post(f"{at(ident)}/plan", {"action": "habits", "weeks_off": "9, 41"})
    assert slt.get(f"{at(ident)}/plan?year=2026")["wish"]["weeks_off"] == [8, 9, 41]
    planned(other, ident, "2025-04-03")
    clause = slt.get(at(ident))["turns"][0]["clause"]
    slt.post(at(ident), {"action": "turn", "clause": clause, "side": "municipal", "year": 2025})
    told = slt.get(at(ident, 1))
    assert slt.get(at(ident))["turns"][0]["side"] == "municipal"
    assert told["meeting"]["convener"] is None, "which of the two nobody has said"
    assert {c["name"] for c in told["called"]} == {
        "Slt Moss", "Ordforer Moss", "Slt Stange", "Ordforer Stange", "Politikontakt Moss",
        "Stasjonssjef Moss",
    }  # fmt: skip


def test_the_plan_of_a_draft_says_that_it_is_not_signed(site: Site, moss: dict[str, Program]) -> None:
    draft = fresh(site, moss["slt"])
    page = english(site, "slt.moss").get(f"{at(draft)}/plan", status=409)
    said = words(page)
    assert "The agreement is not signed yet; meetings are planned once it is." in said
    assert "been there first" not in said
    assert "its next step" in said
