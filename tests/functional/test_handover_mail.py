"""After an election: who gets which letter, on which day, over a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.functional.conftest import CHEAP, PASSWORD, TODAY
from tests.functional.postal import Postal, postal_site
from tests.support.smtp import SmtpServer
from workflow_app.services import parties, people, people_roles
from workflow_app.services.coverage_nightly import nightly
from workflow_app.services.definitions import workflow_definitions

MOSS = "/parties/3103"


@pytest.fixture
def postal(tmp_path: Path) -> Iterator[Postal]:
    """A site with an administrator and two who may become mayor, and its mail server."""
    with SmtpServer() as server, postal_site(tmp_path, server) as made:
        site = made.site
        with site.session() as db, db.begin():
            for username in ("admin.moss", "valgt.moss", "uten.post"):
                email = None if username == "uten.post" else f"{username}@kommune.example"
                people.add_person(
                    db, username=username, name=username.title(), email=email, password=PASSWORD,
                    now=site.now, hashing=CHEAP,
                )  # fmt: skip
            people_roles.give_role(
                db, people.find(db, "admin.moss"), parties.find(db, "3103"), "administrator",
                from_date=date(2015, 1, 1), now=site.now,
            )  # fmt: skip
        yield made


def elect(postal: Postal, old: str, new: str, first: date) -> None:
    sent = {"role": "mayor", "from": old, "to": new, "first_day": first.isoformat(), "confirm": True}
    postal.program("admin").post(f"{MOSS}/handover", sent)


def test_the_one_whose_turn_it_is_now_is_told_and_the_one_who_leaves_is_thanked(postal: Postal) -> None:
    ident = postal.agreed()
    elect(postal, "ordforer.moss", "valgt.moss", TODAY)
    came = postal.came()
    assert set(came) == {"valgt.moss", "ordforer.moss"}
    assert "Samarbeidsavtale mellom Moss kommune og Øst politidistrikt" in came["valgt.moss"].text
    assert "Ordforer Moss" in came["valgt.moss"].text
    assert "https://avtaleflyt.kommune.example/" in came["valgt.moss"].text
    assert "Valgt.Moss" in came["ordforer.moss"].text
    assert "https://avtaleflyt.kommune.example/" not in came["ordforer.moss"].text.split("--")[0]
    assert postal.came() == {}
    postal.site.program("valgt.moss").do(ident, "sign", password=PASSWORD)


def test_dated_ahead_the_letters_come_that_morning_and_what_comes_later_goes_to_the_new_one(
    postal: Postal,
) -> None:
    postal.draft()
    first = TODAY + timedelta(days=20)
    elect(postal, "ordforer.moss", "valgt.moss", first)
    assert postal.came() == {}
    postal.site.today = first - timedelta(days=1)
    assert postal.came(23) == {}
    postal.site.today = first
    assert postal.came(5) == {}
    assert set(postal.came(7)) == {"valgt.moss", "ordforer.moss"}
    agreed = postal.draft()
    postal.program("slt").do(agreed, "agree")
    postal.program("politikontakt").do(agreed, "agree")
    assert {"valgt.moss", "stasjonssjef.moss"} <= set(postal.came())


def test_undone_before_its_day_nobody_gets_a_letter_about_it(postal: Postal) -> None:
    first = TODAY + timedelta(days=20)
    elect(postal, "ordforer.moss", "valgt.moss", first)
    told = postal.program("admin").get(MOSS)["roles"]
    coming = next(r for r in told if r["username"] == "valgt.moss")
    sent = {
        "action": "end_role",
        "assignment": str(coming["number"]),
        "last_day": (first - timedelta(1)).isoformat(),
    }
    postal.program("admin").post(MOSS, sent)
    postal.site.today = first
    # The old one's role did end that day, and the letter says that nobody has it.
    came = postal.came(7)
    assert set(came) == {"ordforer.moss"}
    assert "Valgt.Moss" not in came["ordforer.moss"].text


def test_brought_forward_the_one_who_leaves_is_thanked_once(postal: Postal) -> None:
    elect(postal, "ordforer.moss", "valgt.moss", TODAY + timedelta(days=20))
    elect(postal, "ordforer.moss", "sekretaer.moss", TODAY + timedelta(days=5))
    postal.site.today = TODAY + timedelta(days=5)
    assert set(postal.came(7)) == {"ordforer.moss", "sekretaer.moss"}
    postal.site.today = TODAY + timedelta(days=20)
    assert set(postal.came(7)) == {"valgt.moss"}


def test_one_without_an_address_is_said_before_it_matters(postal: Postal) -> None:
    sent = {"role": "mayor", "from": "ordforer.moss", "to": "uten.post", "first_day": TODAY.isoformat()}
    plan = postal.program("admin").post(f"{MOSS}/handover", sent)
    assert any("Uten.Post" in note for note in plan["notes"])
    elect(postal, "ordforer.moss", "uten.post", TODAY)
    assert set(postal.came()) == {"ordforer.moss"}


def test_a_kommune_without_a_mayor_is_told_of_once(postal: Postal) -> None:
    postal.agreed()
    mayor = next(r for r in postal.program("admin").get(MOSS)["roles"] if r["role"] == "mayor")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    sent = {"action": "end_role", "assignment": str(mayor["number"]), "last_day": yesterday}
    postal.program("admin").post(MOSS, sent)
    counts = []
    for days in range(4):
        postal.site.today = TODAY + timedelta(days=days)
        with postal.site.session() as db, db.begin():
            counts.append(nightly(db, postal.at(6), workflow_definitions()))
        came = postal.came(7)
        assert set(came) == ({"admin.moss", "slt.moss", "politikontakt.moss"} if days == 0 else set())
        for letter in came.values():
            assert "Moss kommune" in letter.subject
            assert "https://avtaleflyt.kommune.example/parties/3103" in letter.text
    assert counts == [3, 0, 0, 0]


def test_who_left_leaves_nothing_open(postal: Postal) -> None:
    """The day after: no page, no token, no session, nothing that waits, no mail."""
    agreed = postal.agreed()
    token, browser = postal.program("ordforer"), postal.site.browser("ordforer.moss")
    elect(postal, "ordforer.moss", "valgt.moss", TODAY)
    postal.came()
    token.get(f"/agreements/{agreed}", status=404)
    assert token.get("/")["mine"] == []
    with postal.site.session() as db, db.begin():
        nightly(db, postal.site.now, workflow_definitions())
    token.get("/", status=401)
    assert "/login" in browser.get("/", status=303).headers["Location"]
    postal.site.program("valgt.moss").do(agreed, "sign", password=PASSWORD)
    assert "ordforer.moss" not in postal.came()
    assert "Ordforer Moss" in postal.site.browser("ordforer.moss").get("/").text, "the account stays"
