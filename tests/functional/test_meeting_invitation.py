"""The invitation: who gets it by mail, what lies with it, and what it is when something has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
import vobject

from tests.functional.conftest import CHEAP, PASSWORD, Program
from tests.functional.pages_support import form, press, with_button
from tests.functional.postal import Postal, postal_site
from tests.functional.test_life import kinds, signed
from tests.functional.test_meetings import ROTATING, at, planned
from tests.support.smtp import Received, SmtpServer
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.models.people import RoleAssignment
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, people, people_roles
from workflow_app.services.trail import agreement_chain

DEPUTIES = ROTATING.replace(
    "## 3. Evaluering", "Det kan utnevnes faste stedfortredere for møtedeltagerne.\n\n## 3. Evaluering"
)
MEMBERS = {"slt.moss", "ordforer.moss", "politikontakt.moss", "stasjonssjef.moss"}


@pytest.fixture
def postal(tmp_path: Path) -> Iterator[Postal]:
    """A site and its mail server."""
    with SmtpServer() as server, postal_site(tmp_path, server) as made:
        yield made


@pytest.fixture
def moss(postal: Postal) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {
        first: postal.program(first)
        for first in ("slt", "politikontakt", "ordforer", "stasjonssjef", "sekretaer")
    }


@pytest.fixture
def ident(postal: Postal, moss: dict[str, Program]) -> str:
    """A signed agreement with a meeting on 3 April; all older mail has come."""
    made = signed(postal.site, moss, text=ROTATING)
    planned(moss["slt"], made, "2025-04-03")
    postal.came()
    return made


def parts(mail: Received) -> dict[str, Any]:
    """The attachments by media type."""
    return {p.get_content_type(): p for p in mail.message.iter_attachments()}


def pdf_text(content: bytes, path: Path) -> str:
    """What the paper says."""
    path.write_bytes(content)
    return " ".join("\n".join(p.extract_text() for p in pypdf.PdfReader(path).pages).split())


def test_the_members_get_it_with_the_agenda_a_paper_and_the_calendar(
    postal: Postal, moss: dict[str, Program], ident: str, tmp_path: Path
) -> None:
    moss["ordforer"].post(at(ident, 1), {"action": "raise", "title": "Uro ved stasjonen"})
    browser = postal.site.browser("slt.moss")
    press(with_button(browser.get(at(ident, 1)), "send"), "send", status=303)
    came = postal.came()
    assert set(came) == MEMBERS, "the council secretary is not of the politiråd"
    mail = came["stasjonssjef.moss"]
    for said in ("Uro ved stasjonen", "Siden sist", "Rådhuset", "10.00", f"{at(ident, 1)}"):
        assert said in mail.text
    assert "Sakslisten sendes ut senest én uke før møtet." in " ".join(mail.text.split())
    assert "\n1. Siden sist" in mail.text
    paper = parts(mail)["application/pdf"].get_content()
    assert "Uro ved stasjonen" in pdf_text(paper, tmp_path / "invitation.pdf")
    event = vobject.readOne(parts(mail)["text/calendar"].get_content()).vevent
    assert (event.dtstart.value.isoformat(), event.location.value) == (
        "2025-04-03T10:00:00+02:00",
        "Rådhuset",
    )
    shown = postal.site.browser("ordforer.moss").get(f"{at(ident, 1)}/invitation.pdf")
    assert shown.body == paper, "the page shows what was sent"
    with postal.site.session() as db:
        row = db.query(TrailEntry).filter_by(chain=agreement_chain(ident), kind="agenda_sent").one()
        assert hashlib.sha256(paper).hexdigest() in row.body.decode()


def test_sent_in_time_it_meets_the_deadline_by_its_entry(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    moss["slt"].post(at(ident, 1), {"action": "send"})
    (agenda,) = [
        d for d in moss["slt"].get(f"/agreements/{ident}/deadlines")["deadlines"] if d["kind"] == "agenda"
    ]
    assert (agenda["latest"], agenda["status"]) == ("2025-03-27", "met")
    assert agenda["met_by"] == len(kinds(postal.site, ident))


def test_sent_too_late_the_page_says_so(postal: Postal, moss: dict[str, Program], ident: str) -> None:
    postal.site.today = date(2025, 3, 28)
    moss["slt"].post(at(ident, 1), {"action": "send"})
    page = postal.site.browser("slt.moss").get(at(ident, 1))
    assert page.html.select_one(".send-box [data-status=missed]")


def test_sent_in_time_and_again_too_late_the_first_counts(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    moss["slt"].post(at(ident, 1), {"action": "send"})
    postal.site.today = date(2025, 4, 1)
    moss["slt"].post(at(ident, 1), {"action": "add", "title": "Budsjett"})
    moss["slt"].post(at(ident, 1), {"action": "send"})
    page = postal.site.browser("slt.moss").get(at(ident, 1))
    assert page.html.select_one(".send-box [data-status=met]")
    assert not page.html.select(".send-box [data-status=missed]")


def test_after_a_change_it_is_sent_again_marked_and_the_calendar_moves(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    moss["slt"].post(at(ident, 1), {"action": "send"})
    before = vobject.readOne(parts(postal.came()["slt.moss"])["text/calendar"].get_content()).vevent
    assert moss["slt"].post(at(ident, 1), {"action": "send"}, status=409)["error"] == "already_sent"
    moss["politikontakt"].post(
        at(ident, 1), {"action": "move", "on": "2025-04-08", "starts_at": "10:00", "place": "Rådhuset"}
    )
    assert postal.came() == {}, "nothing goes out by itself"
    moss["slt"].post(at(ident, 1), {"action": "send"})
    came = postal.came()
    assert set(came) == MEMBERS
    after = vobject.readOne(parts(came["slt.moss"])["text/calendar"].get_content()).vevent
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value.date() == date(2025, 4, 8)
    assert came["slt.moss"].subject != ""
    assert moss["slt"].get(at(ident, 1))["meeting"]["sendings"] == 2


def test_an_invitation_overtaken_before_it_left_is_not_sent(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    moss["slt"].post(at(ident, 1), {"action": "send"})
    moss["slt"].post(at(ident, 1), {"action": "add", "title": "Budsjett"})
    moss["slt"].post(at(ident, 1), {"action": "send"})
    came = postal.came()
    assert set(came) == MEMBERS
    assert "Budsjett" in came["slt.moss"].text


def test_called_off_after_the_invitation_all_who_had_it_are_told(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    moss["slt"].post(at(ident, 1), {"action": "send"})
    postal.came()
    moss["politikontakt"].post(at(ident, 1), {"action": "cancel", "reason": "Sykdom hos Kari"})
    came = postal.came()
    assert set(came) == MEMBERS
    event = vobject.readOne(parts(came["slt.moss"])["text/calendar"].get_content()).vevent
    assert event.status.value == "CANCELLED"
    assert "Kari" not in came["slt.moss"].text


def test_called_off_before_the_invitation_nobody_is_bothered(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    moss["politikontakt"].post(at(ident, 1), {"action": "cancel", "reason": "Sykdom"})
    assert postal.came() == {}


def test_a_guest_gets_the_paper_and_no_link_and_stands_in_no_hashed_byte(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    browser = postal.site.browser("slt.moss")
    guest = form(browser.get(at(ident, 1)), "guest_title")
    guest["name"], guest["guest_title"], guest["email"] = "Gro Gjest", "PST", "ingen adresse"
    again = guest.submit(status=422)
    guest = form(again, "guest_title")
    assert guest["name"].value == "Gro Gjest"
    guest["email"] = "gro@pst.example"
    guest.submit(status=303)
    moss["slt"].post(at(ident, 1), {"action": "guest", "name": "Uten Adresse"})
    moss["slt"].post(at(ident, 1), {"action": "send"})
    came = postal.came()
    assert set(came) == {*MEMBERS, "gro"}
    assert "application/pdf" in parts(came["gro"])
    assert "/agreements/" not in came["gro"].text
    assert "lenken" not in came["gro"].text
    assert "lenken" in came["slt.moss"].text
    assert "Moss kommune og " in " ".join(came["gro"].text.split())
    own, members = (parts(came[who])["text/calendar"].get_content() for who in ("gro", "slt.moss"))
    assert "/agreements/" not in own.replace("\r\n ", "")
    assert hasattr(vobject.readOne(members).vevent, "url")
    assert not hasattr(vobject.readOne(own).vevent, "url")
    with postal.site.session() as db:
        bodies = [r.body.decode() for r in db.query(TrailEntry).filter_by(chain=agreement_chain(ident))]
    assert not any("Gro" in b or "gro@" in b for b in bodies)
    assert all("gro" not in str(mail.data).lower() for mail in postal.rows())


def test_a_guest_taken_off_the_list_gets_nothing(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    made = moss["slt"].post(
        at(ident, 1), {"action": "guest", "name": "Gro Gjest", "email": "gro@pst.example"}
    )
    moss["slt"].post(at(ident, 1), {"action": "no_guest", "guest": made["guests"][0]["id"]})
    moss["slt"].post(at(ident, 1), {"action": "send"})
    assert set(postal.came()) == MEMBERS


def test_a_guest_the_mail_does_not_reach_is_named_to_the_administrator(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    with postal.site.session() as db, db.begin():
        admin = people.add_person(
            db, username="admin.moss", name="Admin", password=PASSWORD, now=postal.site.now, hashing=CHEAP
        )
        moss_kommune = parties.find(db, postal.site.party["moss"])
        people_roles.give_role(
            db, admin, moss_kommune, "administrator", from_date=date(2015, 1, 1), now=postal.site.now
        )
    moss["slt"].post(at(ident, 1), {"action": "guest", "name": "Gro Gjest", "email": "gro@pst.example"})
    moss["slt"].post(at(ident, 1), {"action": "send"})
    with postal.site.session() as db, db.begin():
        # Whoever called the guest has left before the letter goes; the guest is called all the same.
        people.find(db, "slt.moss").active = False
    postal.server.refuse(["gro@pst.example"])
    postal.came()
    page = postal.site.browser("admin.moss").get("/mail")
    card = page.html.select_one(".cards")
    assert "Gro Gjest" in card.get_text()
    assert "gro@pst.example" in card.get_text()
    assert "Slt Moss" not in card.get_text()
    assert card.select_one(f"a[href$='{at(ident, 1)}']"), "where the guest is invited anew"


def test_a_guest_the_mail_does_not_reach_is_mended_on_the_meeting_s_page(
    postal: Postal, moss: dict[str, Program], ident: str
) -> None:
    """Told to those who call people, and the guest who is invited again gets the first word of it."""
    wrong = {"action": "guest", "name": "Gro Gjest", "email": "gor@pst.example"}
    guest = moss["slt"].post(at(ident, 1), wrong)["guests"][0]
    assert guest["undelivered"] is None
    moss["slt"].post(at(ident, 1), {"action": "send"})
    postal.server.refuse(["gor@pst.example"])
    postal.came()
    page = postal.site.browser("politikontakt.moss").get(at(ident, 1))
    marked = page.html.select(".called [data-status=missed]")
    assert len(marked) == 1
    assert "Gro Gjest" in marked[0].find_parent("li").get_text()
    assert moss["slt"].get(at(ident, 1))["guests"][0]["undelivered"]["uncertain"] is False
    assert "undelivered" not in moss["ordforer"].get(at(ident, 1))["guests"][0]
    assert not postal.site.browser("ordforer.moss").get(at(ident, 1)).html.select(".called [data-status]")

    moss["slt"].post(at(ident, 1), {"action": "no_guest", "guest": guest["id"]})
    anew = moss["slt"].post(at(ident, 1), {**wrong, "email": "gro@pst.example"})["guests"][0]
    assert anew["undelivered"] is None, "a number that is given once more takes over no mail"
    assert [m.status for m in postal.rows() if m.guest is not None] == ["dropped"]
    moss["slt"].post(at(ident, 1), {"action": "send"})
    came = postal.came()
    assert set(came) == {*MEMBERS, "gro"}
    assert came["gro"].subject != came["slt.moss"].subject, "to the new guest nothing has changed"
    assert moss["slt"].get(at(ident, 1))["guests"][0]["undelivered"] is None


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ([{"action": "move", "on": "2025-04-03", "starts_at": "", "place": ""}], "no_time_or_place"),
        ([{"action": "cancel", "reason": "x"}], "meeting_cancelled"),
    ],
)
def test_what_is_not_ready_is_not_sent_and_says_what_is_missing(
    postal: Postal, moss: dict[str, Program], ident: str, before: list[dict[str, str]], code: str
) -> None:
    for step in before:
        moss["slt"].post(at(ident, 1), step)
    assert moss["slt"].post(at(ident, 1), {"action": "send"}, status=409)["error"] == code
    assert postal.came() == {}


def test_an_empty_agenda_is_not_sent(postal: Postal, moss: dict[str, Program]) -> None:
    other = signed(postal.site, moss)
    planned(moss["slt"], other, "2025-04-03")
    postal.came()
    assert moss["slt"].post(at(other, 1), {"action": "send"}, status=409)["error"] == "no_agenda"
    page = postal.site.browser("slt.moss").get(at(other, 1))
    assert not page.html.select("button[value=send]")


def test_the_convener_s_side_sends(postal: Postal, moss: dict[str, Program], ident: str) -> None:
    police = {"action": "posts", "convener": postal.site.party["politi.moss"], "secretary": "none"}
    moss["slt"].post(at(ident, 1), police)
    assert moss["slt"].post(at(ident, 1), {"action": "send"}, status=403)["error"] == "not_convener"
    moss["politikontakt"].post(at(ident, 1), {"action": "send"})
    assert set(postal.came()) == MEMBERS


def test_a_draft_of_the_paper_can_be_looked_at(
    postal: Postal, moss: dict[str, Program], ident: str, tmp_path: Path
) -> None:
    shown = postal.site.browser("sekretaer.moss").get(f"{at(ident, 1)}/invitation.pdf")
    assert shown.content_type == "application/pdf"
    assert "Siden sist" in pdf_text(shown.body, tmp_path / "draft.pdf")
    assert kinds(postal.site, ident)[-1][0] == "meeting_planned", "looking changes nothing"


def test_a_deputy_is_called_where_nobody_holds_the_role_and_when_a_member_cannot_come(
    postal: Postal, moss: dict[str, Program]
) -> None:
    ident = signed(postal.site, moss, text=DEPUTIES)
    with postal.site.session() as db, db.begin():
        for username, key, role in (("vara", "moss", "mayor"), ("kollega", "politi.moss", "politikontakt")):
            person = people.add_person(
                db, username=f"{username}.moss", name=username.title(),
                now=postal.site.now, hashing=CHEAP, email=f"{username}.moss@kommune.example",
            )  # fmt: skip
            row = MeetingDeputy(
                person_id=person.id, party_id=parties.find(db, postal.site.party[key]).id, agreement_id=ident,
                role=role, from_date=date(2025, 1, 1), created_at=postal.site.now,
            )  # fmt: skip
            db.add(row)
        office = db.query(RoleAssignment).filter_by(person_id=postal.site.person["ordforer.moss"]).one()
        office.to_date = date(2025, 3, 31)
    planned(moss["slt"], ident, "2025-04-03")
    called = {c["name"]: c["deputy"] for c in moss["slt"].get(at(ident, 1))["called"]}
    assert called["Vara"] is True
    assert "Ordforer Moss" not in called
    page = postal.site.browser("slt.moss").get(at(ident, 1))
    press(with_button(page, "deputy"), "deputy", status=303)
    postal.came()
    moss["slt"].post(at(ident, 1), {"action": "send"})
    assert set(postal.came()) == {"vara.moss", "kollega.moss", *MEMBERS} - {"ordforer.moss"}
