"""Handing over a role in the browser and from a program: looked at first, done once, for one or many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from webtest import TestApp

from tests.functional.conftest import CHEAP, PASSWORD, TODAY, Site
from tests.functional.door_support import furnish, house
from tests.functional.looking_support import english, words
from tests.functional.pages_support import form, press, wrong
from workflow_app.models.mail import Mail
from workflow_app.services import parties, people, people_roles
from workflow_app.services.trail_check import verify_database

TOMORROW = TODAY + timedelta(days=1)
MOSS = "/parties/3103"


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Site]:
    """A site with administrators, and somebody who holds nothing yet."""
    site = house(tmp_path)
    with site.session() as db, db.begin():
        people.add_person(
            db, username="ny.mann", name="Ny Mann", email="ny@example.org", password=PASSWORD, now=site.now,
            hashing=CHEAP,
        )  # fmt: skip
    yield site
    site.app.registry["engine"].dispose()


def give(site: Site, username: str, role: str, party: str) -> None:
    """One more role from long ago."""
    with site.session() as db, db.begin():
        found = parties.find(db, site.party[party])
        people_roles.give_role(
            db, people.find(db, username), found, role, from_date=date(2015, 1, 1), now=site.now
        )


def handover(browser: TestApp, role: str, username: str, party: str = "3103") -> Any:
    """The form of a role and its holder."""
    page = browser.get(f"/parties/{party}/handover?role={role}&from={username}")
    return form(page, "first_day")


def mails(site: Site) -> list[tuple[str, str]]:
    with site.session() as db:
        return [(m.kind, m.person.username) for m in db.scalars(select(Mail).order_by(Mail.id))]


def test_from_the_partys_page_to_a_new_mayor_who_signs(open_house: Site) -> None:
    site, agreement = open_house, furnish(open_house, "negotiated")
    browser = english(site, "admin.moss")
    page = browser.get(MOSS)
    assert "Ordforer Moss" in words(page)
    filled = form(page.click("Hand over", href="role=mayor"), "first_day")
    filled["to"] = "ny.mann"
    seen = press(filled, "preview")
    said = words(seen)
    assert "Ny Mann becomes mayor on 10 March 2025." in said
    assert "Ordforer Moss has it until 9 March 2025, that day included." in said
    assert "One agreement waits for this role" in said
    assert "Ordforer Moss has no e-mail address and gets no letter" in said
    assert "Ny Mann gets a letter now." in said
    assert agreement.id not in seen.text, "an administrator sees how many, and not which"
    assert mails(site) == []
    done = press(form(seen, "first_day"), "confirm", status=303).follow()
    assert "The role is handed over." in words(done)
    assert mails(site) == [("handover", "ny.mann"), ("handover_taken", "ordforer.moss")]
    site.program("ordforer.moss").get(agreement.path, status=404)
    signed = site.program("ny.mann").do(agreement.id, "sign", password=PASSWORD)
    assert [a["role"] for a in signed["approvals"]] == ["mayor"]
    with site.session() as db:
        assert verify_database(db).ok


def test_what_was_approved_stands_and_what_is_open_is_the_new_ones(open_house: Site) -> None:
    site, agreement = open_house, furnish(open_house, "draft")
    site.program("slt.moss").do(agreement.id, "agree")
    admin = site.program("admin.moss")
    sent = {"role": "slt_coordinator", "from": "slt.moss", "to": "ny.mann", "first_day": TODAY.isoformat()}
    refused = admin.post(f"{MOSS}/handover", sent, status=422)
    assert "11. mars 2025" in refused["fields"]["first_day"]
    sent["first_day"] = TOMORROW.isoformat()
    plan = admin.post(f"{MOSS}/handover", sent)
    assert plan["moves"][0]["approved"] == 1
    assert plan["waiting"] == 0
    done = admin.post(f"{MOSS}/handover", {**sent, "confirm": True, "seen": plan["seen"]})
    assert (len(done["given"]), len(done["ended"])) == (1, 1)
    site.program("ny.mann").get(agreement.path, status=404)
    site.today = TOMORROW
    site.program("slt.moss").get(agreement.path, status=404)
    seen = site.program("ny.mann").get(agreement.path)
    assert [a["role"] for a in seen["approvals"]] == ["slt_coordinator"]
    agreed = site.program("politikontakt.moss").do(agreement.id, "agree")
    assert agreed["state"] == "negotiated"


def test_one_kontakt_with_many_parties_in_one_action(open_house: Site) -> None:
    site = open_house
    for party in ("politi.moss", "politi.stange"):
        give(site, "admin.moss", "administrator", party)
    give(site, "politikontakt.moss", "politikontakt", "politi.stange")
    filled = handover(
        english(site, "admin.moss"), "politikontakt", "politikontakt.moss", site.party["politi.moss"]
    )
    assert [box.checked for box in filled.fields["parties"]] == [True, True]
    filled["to"] = "ny.mann"
    press(form(press(filled, "preview"), "first_day"), "confirm", status=303)
    told = site.program("ny.mann").get("/parties/" + site.party["politi.stange"])
    held = {(r["role"], r["username"]) for r in told["roles"]}
    assert ("politikontakt", "ny.mann") in held
    assert ("politikontakt", "politikontakt.stange") in held
    assert ("politikontakt", "politikontakt.moss") not in held


def test_a_party_one_does_not_administer_is_refused(open_house: Site) -> None:
    sent = {
        "role": "mayor", "from": "ordforer.moss", "to": "ny.mann", "first_day": TODAY.isoformat(),
        "parties": ["3103", "3413"], "confirm": True,
    }  # fmt: skip
    refused = open_house.program("admin.moss").post(f"{MOSS}/handover", sent, status=422)
    assert "Stange kommune" in refused["fields"]["parties"]
    assert mails(open_house) == []


def test_two_administrators_at_once(open_house: Site) -> None:
    site = open_house
    give(site, "revisor.moss", "administrator", "moss")
    pages = []
    for username in ("admin.moss", "revisor.moss"):
        filled = handover(english(site, username), "mayor", "ordforer.moss")
        filled["to"] = "ny.mann" if username == "admin.moss" else "sekretaer.moss"
        pages.append(form(press(filled, "preview"), "first_day"))
    press(pages[0], "confirm", status=303)
    again = press(pages[1], "confirm", status=409)
    assert "Somebody has changed these roles since you looked" in words(again)
    assert "Ny Mann holds the role as well" in words(again)
    told = site.program("admin.moss").get(MOSS)
    assert [r["username"] for r in told["roles"] if r["role"] == "mayor" and r["to"] is None] == ["ny.mann"]


def test_what_is_changed_after_the_look_is_looked_at_anew(open_house: Site) -> None:
    filled = handover(english(open_house, "admin.moss"), "mayor", "ordforer.moss")
    filled["to"] = "ny.mann"
    seen = form(press(filled, "preview"), "first_day")
    seen["to"] = "sekretaer.moss"
    again = press(seen, "confirm", status=409)
    assert "Sekretaer Moss becomes mayor" in words(again)
    assert mails(open_house) == []


def test_somebody_new_chooses_a_password_once(open_house: Site) -> None:
    site = open_house
    filled = handover(english(site, "admin.moss"), "mayor", "ordforer.moss")
    filled["whom"], filled["username"], filled["name"] = "new", "fersk.ordforer", "Fersk Ordfører"
    done = press(form(press(filled, "preview"), "first_day"), "confirm")
    link = done.html.select_one("code.whole").text
    client = TestApp(site.app, extra_environ={"HTTP_ACCEPT": "text/html"})
    client.set_cookie("avtaleflyt_language", "en")
    path = link[link.index("/password") :]
    page = form(client.get(path), "again")
    page["password"], page["again"] = PASSWORD, "noe annet enn det"
    assert "The two passwords differ" in words(page.submit(status=422))
    page["again"] = page["password"] = "kort"
    assert wrong(page.submit(status=422)) == ["password"]
    page["password"] = page["again"] = PASSWORD
    assert page.submit(status=303).headers["Location"].endswith("/login?done=password_set")
    assert "used or is too old" in words(client.get(path, status=404))
    assert "Fersk Ordfører" in words(site.browser("fersk.ordforer").get("/"))


def test_a_lost_address_is_made_anew_until_a_password_is_chosen(open_house: Site) -> None:
    site = open_house
    admin = site.program("admin.moss")
    new = {"username": "fersk.ordforer", "name": "Fersk Ordfører"}
    sent = {"role": "mayor", "from": "ordforer.moss", "first_day": TODAY.isoformat(), "new": new}
    first = admin.post(f"{MOSS}/handover", {**sent, "confirm": True})["password_link"]
    browser = english(site, "admin.moss")
    forms = [f for f in browser.get(MOSS).forms.values() if "action" in f.fields]
    page = next(f for f in forms if f["action"].value == "new_link")
    second = page.submit().html.select_one("code.whole").text
    assert first != second
    anybody = TestApp(site.app, extra_environ={"HTTP_ACCEPT": "text/html"})
    anybody.get(first[first.index("/password") :], status=404)
    chosen = form(anybody.get(second[second.index("/password") :]), "again")
    chosen["password"] = chosen["again"] = PASSWORD
    chosen.submit(status=303)
    asked = {"action": "new_link", "username": "fersk.ordforer"}
    assert admin.post(MOSS, asked, status=409)["error"] == "password_chosen"
    others = {"action": "new_link", "username": "politikontakt.moss"}
    assert "username" in admin.post(MOSS, others, status=422)["fields"]


def test_no_address_is_made_for_one_who_acts_for_others_as_well(open_house: Site) -> None:
    """Whoever has the address can become the person, also where the administrator has no say."""
    site = open_house
    with site.session() as db, db.begin():
        people.add_person(db, username="uten.passord", name="Uten Passord", now=site.now)
    give(site, "uten.passord", "auditor", "moss")
    asked = {"action": "new_link", "username": "uten.passord"}
    assert site.program("admin.moss").post(MOSS, asked)["password_link"]
    give(site, "uten.passord", "auditor", "stange")
    assert site.program("admin.moss").post(MOSS, asked, status=409)["error"] == "acts_for_others"


def test_one_from_the_other_side_is_refused_beside_the_field(open_house: Site) -> None:
    furnish(open_house, "draft")
    filled = handover(english(open_house, "admin.moss"), "mayor", "ordforer.moss")
    filled["to"] = "stasjonssjef.moss"
    page = press(filled, "preview", status=422)
    assert wrong(page) == ["to"]
    assert "is station chief for Moss politistasjonsdistrikt, which has an agreement" in words(page)
    assert form(page, "first_day")["to"].value == "stasjonssjef.moss"


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("to", "nobody.here", "to"),
        ("to", "", "to"),
        ("to", "ordforer.moss", "to"),
        ("first_day", "", "first_day"),
        ("first_day", "i morgen", "first_day"),
        ("first_day", "2024-01-01", "first_day"),
        ("last_day", "2025-03-09", "last_day"),
        ("title", "x" * 201, "title"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_lost(
    open_house: Site, field: str, value: str, where: str
) -> None:
    filled = handover(english(open_house, "admin.moss"), "mayor", "ordforer.moss")
    filled["to"], filled["title"] = "ny.mann", "Ordfører"
    filled[field] = value
    page = press(filled, "preview", status=422)
    assert wrong(page) == [where]
    kept = form(page, "first_day")
    assert {n: kept[n].value for n in ("to", "title", "first_day", "last_day")} == {
        n: filled[n].value for n in ("to", "title", "first_day", "last_day")
    }


def test_no_party_chosen(open_house: Site) -> None:
    filled = handover(english(open_house, "admin.moss"), "mayor", "ordforer.moss")
    filled["to"] = "ny.mann"
    filled.fields["parties"][0].checked = False
    assert wrong(press(filled, "preview", status=422)) == ["parties"]


def test_twice_the_same_day_and_the_letters_of_what_was_undone_say_nothing(open_house: Site) -> None:
    from workflow_app.services.mail.kinds import writer

    site = open_house
    for old, new in (("ordforer.moss", "ny.mann"), ("ny.mann", "sekretaer.moss")):
        filled = handover(english(site, "admin.moss"), "mayor", old)
        filled["to"] = new
        press(form(press(filled, "preview"), "first_day"), "confirm", status=303)
    with site.session() as db:
        letters = {
            (m.kind, m.person.username): writer(m.kind)(db, m, TODAY) is not None
            for m in db.scalars(select(Mail))
        }
    assert letters == {
        ("handover", "ny.mann"): False,
        ("handover_taken", "ordforer.moss"): True,
        ("handover", "sekretaer.moss"): True,
        ("handover_taken", "ny.mann"): False,
    }


def test_dated_ahead_it_happens_by_itself(open_house: Site) -> None:
    site = open_house
    filled = handover(english(site, "admin.moss"), "mayor", "ordforer.moss")
    filled["to"], filled["first_day"] = "ny.mann", "2026-02-28"
    press(form(press(filled, "preview"), "first_day"), "confirm", status=303)
    page = words(english(site, "admin.moss").get(MOSS))
    assert "Ny Mann becomes mayor on 28 February 2026." in page
    site.today = date(2026, 2, 28)
    assert [
        h["role"] for h in site.program("ny.mann").get("/parties/3103")["roles"] if h["username"] == "ny.mann"
    ]
    site.program("ordforer.moss").get(MOSS, status=404)
