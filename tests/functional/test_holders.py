"""Who holds an office on the day: expired roles, acting holders, two hats, two kommuner."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any

import pytest

from tests.functional.conftest import CHEAP, PASSWORD, TEXT, TODAY, Program, Site
from tests.functional.door_support import furnish
from workflow_app.models.people import Person
from workflow_app.services import parties, people, people_acting, people_roles
from workflow_app.services.trail_check import verify_database

YESTERDAY = TODAY - timedelta(days=1)


def add(site: Site, username: str, *roles: tuple[str, str], until: date | None = None) -> str:
    """A new person with (role, nickname of the party) until a day; returns the user name."""
    with site.session() as db, db.begin():
        person = people.add_person(
            db, username=username, name=username.title(), password=PASSWORD, now=site.now, hashing=CHEAP
        )
        site.person[username] = person.id
        for role, party in roles:
            people_roles.give_role(
                db, person, parties.find(db, site.party[party]), role, from_date=date(2015, 1, 1),
                to_date=until, now=site.now,
            )  # fmt: skip
    return username


def end_role(site: Site, username: str, last_day: date) -> None:
    """Let the person's one role end."""
    with site.session() as db, db.begin():
        (held,) = people_roles.list_roles(db, today=site.today, person=people.find(db, username))
        people_roles.end_role(db, held.id, last_day=last_day, now=site.now)


def test_a_role_that_ended_yesterday_sees_nothing_today(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    mayor, client = site.program("ordforer.moss"), site.browser("ordforer.moss")
    mayor.get(agreement.path)
    end_role(site, "ordforer.moss", YESTERDAY)
    nothing = mayor.get("/agreements/zzzzzzzzzz", status=404)
    assert mayor.get(agreement.path, status=404) == nothing
    refused = mayor.post(f"{agreement.path}/transitions/sign", {"data": {"password": PASSWORD}}, status=404)
    assert refused == nothing
    client.get(agreement.path, status=404)
    assert mayor.get("/agreements")["agreements"] == []


def test_a_role_counts_to_the_end_of_its_last_day(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    mayor = site.program("ordforer.moss")
    end_role(site, "ordforer.moss", TODAY)
    assert mayor.do(agreement.id, "sign", password=PASSWORD)["approvals"]
    site.today = TODAY + timedelta(days=1)
    mayor.get(agreement.path, status=404)


def test_a_role_that_begins_tomorrow_sees_nothing_today(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    with site.session() as db, db.begin():
        coming = people.add_person(
            db, username="ny.ordforer", name="Ny", password=PASSWORD, now=site.now, hashing=CHEAP
        )
        people_roles.give_role(
            db, coming, parties.find(db, site.party["moss"]), "mayor", from_date=TODAY + timedelta(days=1),
            now=site.now,
        )  # fmt: skip
    mayor = site.program("ny.ordforer")
    mayor.get(agreement.path, status=404)
    site.today = TODAY + timedelta(days=1)
    mayor.get(agreement.path)


def acting(site: Site, username: str, until: date) -> str:
    """A varaordfører who acts for the mayor of Moss."""
    add(site, username)
    with site.session() as db, db.begin():
        people_acting.add_acting(
            db, people.find(db, username), people.find(db, "ordforer.moss"),
            parties.find(db, site.party["moss"]), "mayor", title="Varaordfører", from_date=YESTERDAY,
            to_date=until, now=site.now,
        )  # fmt: skip
    return username


def test_an_acting_mayor_signs_and_the_entry_says_for_whom(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    vara = site.program(acting(site, "vara.moss", until=TODAY))
    (approval,) = vara.do(agreement.id, "sign", password=PASSWORD)["approvals"]
    assert approval["role"] == "mayor"
    entries = vara.get(f"{agreement.path}/trail")["entries"]
    signing = next(e["entry"] for e in entries if e["kind"] == "approval")
    assert signing["transition"] == "sign"
    assert signing["actor"] == {
        "person": site.person["vara.moss"],
        "role": "mayor",
        "party": site.party["moss"],
        "acting_for": site.person["ordforer.moss"],
    }
    # The office has signed: the mayor cannot fill the same place again.
    assert site.program("ordforer.moss").do(agreement.id, "sign", status=409, password=PASSWORD)["refusals"]
    assert site.program("stasjonssjef.moss").do(agreement.id, "sign", password=PASSWORD)["state"] == "signed"
    page = site.browser("slt.moss").get(f"{agreement.path}/trail").text
    assert "Vara.Moss" in page
    with site.session() as db:
        assert verify_database(db).ok


def test_after_the_period_nobody_acts(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    vara = site.program(acting(site, "vara.moss", until=TODAY))
    vara.get(agreement.path)
    site.today = TODAY + timedelta(days=1)
    vara.post(f"{agreement.path}/transitions/sign", {"data": {"password": PASSWORD}}, status=404)


def test_the_acting_ends_with_the_office_it_is_for(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    vara = site.program(acting(site, "vara.moss", until=TODAY + timedelta(days=30)))
    end_role(site, "ordforer.moss", YESTERDAY)
    vara.get(agreement.path, status=404)


def test_one_person_never_signs_for_both_sides(site: Site) -> None:
    both = site.program(add(site, "to.hatter", ("mayor", "moss"), ("station_chief", "politi.moss")))
    agreement = furnish(site, "negotiated")
    assert len(both.do(agreement.id, "sign", password=PASSWORD)["approvals"]) == 1
    refused = both.do(agreement.id, "sign", status=409, password=PASSWORD)
    assert [r["code"] for r in refused["refusals"]] == ["nobody_signs_for_both_sides"]
    told = both.get(agreement.path)
    assert (told["state"], len(told["approvals"])) == ("negotiated", 1)
    # Nor after the other side's own has been first.
    again = furnish(site, "negotiated")
    site.program("stasjonssjef.moss").do(again.id, "sign", password=PASSWORD)
    assert both.do(again.id, "sign", password=PASSWORD)["state"] == "signed", "for the kommune alone"


THREE = {"dal": "3411", "fjell": "3412", "vik": "3414"}


@pytest.fixture
def three(site: Site) -> str:
    """An agreement of three kommuner with one police unit; one coordinator works for two of them."""
    with site.session() as db, db.begin():
        for name, number in THREE.items():
            site.party[name] = parties.add_municipal(db, number, now=site.now).key
    for name in THREE:
        add(site, f"ordforer.{name}", ("mayor", name))
        add(site, f"sekretaer.{name}", ("council_secretary", name))
    add(site, "slt.felles", ("slt_coordinator", "dal"), ("slt_coordinator", "fjell"))
    add(site, "slt.vik", ("slt_coordinator", "vik"))
    slt = site.program("slt.felles")
    made = slt.post(
        "/agreements/add",
        {"filename": "avtale.txt", "content_base64": base64.b64encode(TEXT.encode()).decode(),
         "municipal": [site.party[name] for name in THREE], "police": [site.party["politi.moss"]],
         "definition": "politiradsavtale"},
        status=201,
    )  # fmt: skip
    ident: str = made["id"]
    slt.post(f"/agreements/{ident}/rules", {"version": made["version"], "confirm": True})
    return ident


def given(told: dict[str, Any]) -> list[tuple[str, str]]:
    """(role, party) of the approvals in an agreement's JSON."""
    return sorted((a["role"], a["party"]) for a in told["approvals"])


def test_a_coordinator_of_two_kommuner_answers_for_each(site: Site, three: str) -> None:
    slt = site.program("slt.felles")
    once = slt.do(three, "agree")
    assert len(given(once)) == 1
    twice = slt.do(three, "agree")
    expected = [("slt_coordinator", site.party["dal"]), ("slt_coordinator", site.party["fjell"])]
    assert given(twice) == sorted(expected)
    assert given(slt.do(three, "agree")) == sorted(expected), "a third yes has no place to fill"
    site.program("politikontakt.moss").do(three, "agree")
    assert slt.get(f"/agreements/{three}")["state"] == "draft"
    assert site.program("slt.vik").do(three, "agree")["state"] == "negotiated"


def test_three_mayors_are_needed(site: Site, three: str) -> None:
    for username in ("slt.felles", "slt.felles", "slt.vik", "politikontakt.moss"):
        site.program(username).do(three, "agree")
    site.program("stasjonssjef.moss").do(three, "sign", password=PASSWORD)
    for name in ("vik", "dal"):
        told = site.program(f"ordforer.{name}").do(three, "sign", password=PASSWORD)
        assert told["state"] == "negotiated", "two of three mayors are not three"
    last = site.program("ordforer.fjell")
    waiting = last.get(f"/agreements/{three}/transitions/sign")
    assert waiting["allowed"] is True
    assert last.do(three, "sign", password=PASSWORD)["state"] == "signed"
    # One matter before each kommunestyre.
    for name in ("dal", "fjell"):
        secretary = site.program(f"sekretaer.{name}")
        told = secretary.do(
            three, "report", outcome="noted", meeting_date=TODAY.isoformat(), party=site.party[name]
        )
        assert told["state"] == "signed"
    theirs = {"outcome": "noted", "meeting_date": TODAY.isoformat(), "party": site.party["vik"]}
    refused = site.program("sekretaer.dal").do(three, "report", status=403, **theirs)
    assert refused["error"] == "not_for_that_party"
    vik = site.program("sekretaer.vik")
    assert vik.do(three, "report", outcome="noted", meeting_date=TODAY.isoformat())["state"] == "reported"


def test_the_operator_has_no_hand_in_it(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    with site.session() as db, db.begin():
        operator = people.add_person(
            db, username="drift", name="Drift", password=PASSWORD, operator=True, now=site.now, hashing=CHEAP
        )
        assert isinstance(operator, Person)
    drift: Program = site.program("drift")
    drift.get(agreement.path, status=404)
    drift.post(f"{agreement.path}/transitions/sign", {"data": {"password": PASSWORD}}, status=404)
