"""The page of the mail: an administrator sees her own people's, the operator all; sending again is a POST."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.functional.conftest import CHEAP, PASSWORD, Program, make_site
from tests.functional.pages_support import press, with_button
from tests.functional.postal import Postal, postal_site
from tests.support.smtp import SmtpServer
from workflow_app.models.mail import REFUSED
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, people, people_roles
from workflow_app.services.mail import outbox


@pytest.fixture
def postal(tmp_path: Path) -> Iterator[Postal]:
    """A site with administrators of both kommuner, an operator, and three mails refused: two of Moss."""
    with SmtpServer() as server, postal_site(tmp_path, server) as made:
        site = made.site
        with site.session() as db, db.begin():
            for name in ("moss", "stange"):
                admin = people.add_person(
                    db, username=f"admin.{name}", name=f"Admin {name}", password=PASSWORD, now=site.now,
                    email=f"admin.{name}@kommune.example", hashing=CHEAP,
                )  # fmt: skip
                for key in (site.party[name], site.party[f"politi.{name}"]):
                    party = db.scalars(select(Party).where(Party.key == key)).one()
                    people_roles.give_role(
                        db, admin, party, "administrator", from_date=date(2015, 1, 1), now=site.now
                    )
            people.add_person(
                db,
                username="drift",
                name="Drift",
                password=PASSWORD,
                operator=True,
                now=site.now,
                hashing=CHEAP,
            )
            for username in ("slt.moss", "politikontakt.moss", "slt.stange"):
                outbox.enqueue(
                    db, kind="trial", key=username, person_id=site.person[username], now=made.at(8)
                )
        server.refuse([f"{u}@kommune.example" for u in ("slt.moss", "politikontakt.moss", "slt.stange")])
        made.go()
        yield made


def names(page: Any) -> list[str]:
    """Those on the page whom mail did not reach."""
    return sorted(h.get_text() for h in page.html.select(".cards h3"))


def test_each_sees_her_own_people(postal: Postal) -> None:
    admin = postal.site.browser("admin.moss")
    assert names(admin.get("/mail", status=200)) == ["Politikontakt Moss", "Slt Moss"]
    assert names(postal.site.browser("admin.stange").get("/mail")) == ["Slt Stange"]
    assert len(names(postal.site.browser("drift").get("/mail"))) == 3


def test_mail_about_another_party_is_not_shown_to_the_administrator_of_this_one(postal: Postal) -> None:
    site = postal.site
    with site.session() as db, db.begin():
        stange = db.scalars(select(Party).where(Party.key == site.party["stange"])).one()
        mail = outbox.enqueue(
            db,
            kind="trial",
            key="elsewhere",
            person_id=site.person["slt.moss"],
            now=postal.at(8),
            party=stange,
        )
        assert mail is not None
        mail.status, mail.done_at = REFUSED, postal.at(8)
    assert names(site.browser("admin.moss").get("/mail")) == ["Politikontakt Moss", "Slt Moss"]
    assert len(names(site.browser("drift").get("/mail"))) == 4


def test_the_servers_answer_is_shown_and_nobodys_address_but_their_own(postal: Postal) -> None:
    page = postal.site.browser("admin.stange").get("/mail")
    text = page.html.get_text()
    assert "550 No such user here (…)" in text
    assert "slt.stange@kommune.example" in text
    assert "moss@kommune.example" not in text


def test_the_number_stands_in_the_menu_of_whoever_minds_it_and_nobody_else(postal: Postal) -> None:
    menu = postal.site.browser("admin.moss").get("/").html.select_one(".main-nav a[href='/mail']")
    assert menu.select_one(".count").get_text() == "2"
    assert postal.site.browser("slt.moss").get("/").html.select_one("a[href='/mail']") is None
    postal.site.browser("slt.moss").get("/mail", status=403)


def of_one(page: Any) -> Any:
    """The form of the first mail on the page."""
    return next(form for form in page.forms.values() if "ids" in form.fields and "email" not in form.fields)


def test_sent_again_after_the_address_is_mended(postal: Postal) -> None:
    browser = postal.site.browser("admin.moss")
    page = browser.get("/mail")
    postal.server.accept()
    answer = press(of_one(page), "again", status=303)
    assert "done=mail_waits" in answer.location
    assert answer.follow().html.select_one(".flashes .ds-alert") is not None
    assert list(postal.came()) in (["slt.moss"], ["politikontakt.moss"])
    assert postal.came() == {}


def correcting(page: Any, name: str) -> Any:
    """The form that corrects the address of one of those on the page."""
    card = next(c for c in page.html.select(".cards .card") if c.h3.get_text() == name)
    ident = card.select_one("form input[name=email]").find_parent("form").select_one("[name=ids]")["value"]
    return next(f for f in page.forms.values() if "email" in f.fields and f["ids"].value == ident)


def test_an_administrator_corrects_an_address_and_the_mail_arrives(postal: Postal) -> None:
    site, new = postal.site, "solveig.ny@kommune.example"
    browser = site.browser("admin.moss")
    with site.session() as db, db.begin():
        outbox.enqueue(db, kind="trial", key="waits", person_id=site.person["slt.moss"], now=postal.at(8))
    form = correcting(browser.get("/mail"), "Slt Moss")
    form["email"] = "nobody"
    refused = press(form, "correct", status=422)
    assert correcting(refused, "Slt Moss")["email"].value == "nobody"
    assert refused.html.select_one(".ds-error-summary a")["href"] == f"#email-{form['ids'].value}"
    for wrong in ("", "slt.moss@kommune.example"):
        form["email"] = wrong
        press(form, "correct", status=422)
    form["email"] = new
    done = press(form, "correct", status=303).follow()
    assert new in done.text
    with site.session() as db:
        entry = db.scalars(select(TrailEntry).where(TrailEntry.kind == "person_changed")).one()
        actor, data = json.loads(entry.body)["actor"], json.loads(entry.body)["data"]
    assert (actor["role"], data["changed"]) == ("administrator", ["email"])
    assert new not in entry.body.decode()
    postal.server.accept()
    assert list(postal.came()) == ["solveig.ny"], "what waits goes there, what came back waits to be told"
    press(of_one(done), "again", status=303)


def test_nobody_corrects_the_address_of_somebody_who_works_for_others_too(postal: Postal) -> None:
    site = postal.site
    with site.session() as db, db.begin():
        shared, stange = people.find(db, "slt.moss"), parties.find(db, site.party["stange"])
        people_roles.give_role(db, shared, stange, "auditor", from_date=site.today, now=site.now)
    page = site.browser("admin.moss").get("/mail")
    assert page.text.count('name="email"') == 1, "the other of the two has a form"
    ids = {m.key: m.id for m in postal.rows()}
    program = site.program("admin.moss")
    asked = {"action": "correct", "email": "a@kommune.example"}
    no = program.post("/mail", asked | {"ids": ids["slt.moss"]}, status=409)
    assert no["error"] == "acts_for_others"
    program.post("/mail", asked | {"ids": ids["slt.stange"]}, status=422)
    assert site.program("drift").post("/mail", asked | {"ids": ids["slt.moss"]}) == {"done": 1}


def test_all_of_hers_at_once_and_nobody_elses(postal: Postal) -> None:
    page = postal.site.browser("admin.moss").get("/mail")
    everything = next(form for form in page.forms.values() if "all" in form.fields)
    postal.server.accept()
    press(everything, "again", status=303)
    assert set(postal.came()) == {"slt.moss", "politikontakt.moss"}
    assert [m.status for m in postal.rows()] == ["sent", "sent", "refused"]


def test_set_aside_it_rests_for_good(postal: Postal) -> None:
    browser = postal.site.browser("admin.moss")
    answer = press(of_one(browser.get("/mail")), "aside", status=303).follow()
    assert len(names(answer)) == 1
    assert answer.html.select_one("form input[name=all]") is None, "of one there is no all"
    postal.server.accept()
    assert postal.came() == {}
    assert sorted(m.status for m in postal.rows()) == ["dropped", "refused", "refused"]


def test_looking_changes_nothing(postal: Postal) -> None:
    before = [(m.id, m.status, m.attempts) for m in postal.rows()]
    postal.site.browser("admin.moss").get("/mail?action=again&ids=1")
    assert [(m.id, m.status, m.attempts) for m in postal.rows()] == before


def test_what_is_not_hers_cannot_be_sent_by_her(postal: Postal) -> None:
    stange = next(m.id for m in postal.rows() if m.key == "slt.stange")
    program: Program = postal.site.program("admin.moss")
    no = program.post("/mail", {"action": "again", "ids": [stange]}, status=422)
    assert "ids" in no["fields"]
    assert postal.rows()[2].status == "refused"
    both = [m.id for m in postal.rows()]
    program.post("/mail", {"action": "again", "ids": both}, status=422)
    assert {m.status for m in postal.rows()} == {"refused"}


def test_a_program_sees_and_sends_the_same(postal: Postal) -> None:
    program = postal.site.program("admin.moss")
    seen = program.get("/mail")
    assert [(m["to"], m["status"], m["code"]) for m in seen["stopped"]] == [
        ("politikontakt.moss", "refused", 550),
        ("slt.moss", "refused", 550),
    ]
    assert "kommune.example" not in str(seen)
    done = program.post("/mail", {"action": "again", "ids": [m["id"] for m in seen["stopped"]]})
    assert done == {"done": 2}


@pytest.mark.parametrize(
    "body",
    [{}, {"action": "again"}, {"action": "burn"}, {"action": "again", "ids": ["x"]},
     {"action": "again", "ids": [10**30]}, {"action": "again", "ids": {"a": 1}},
     {"action": "again", "ids": [None]}],
)  # fmt: skip
def test_what_cannot_be_meant_is_a_422(postal: Postal, body: dict[str, object]) -> None:
    postal.site.program("admin.moss").post("/mail", body, status=422)
    assert {m.status for m in postal.rows()} == {"refused"}


def test_a_trial_mail_goes_to_whoever_asks(postal: Postal) -> None:
    browser = postal.site.browser("admin.moss")
    press(with_button(browser.get("/mail"), "trial"), "trial", status=303)
    assert list(postal.came()) == ["admin.moss"]


def test_without_an_address_there_is_no_trial(postal: Postal) -> None:
    page = postal.site.browser("drift").get("/mail")
    assert not [b for f in page.forms.values() for b in f.fields.get("action", ()) if b._value == "trial"]
    postal.site.program("drift").post("/mail", {"action": "trial"}, status=422)


def test_an_installation_without_mail_says_so(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with site.session() as db, db.begin():
        people.add_person(
            db, username="drift", name="Drift", password=PASSWORD, operator=True, now=site.now, hashing=CHEAP
        )
    page = site.browser("drift").get("/mail")
    assert page.html.select_one(".ds-alert[data-color=warning]") is not None
    assert site.program("drift").get("/mail")["sends"] is False
    site.app.registry["engine"].dispose()
