"""The conduct of a meeting through HTTP: who came, minutes, decisions, and the paper that is kept."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from typing import Any

import pypdf
import pytest

from tests.functional.conftest import PASSWORD, PEOPLE, TEXT, Program, Site
from tests.functional.looking_support import drafts, english, section, words
from tests.functional.pages_support import form, has_form, press, with_button
from tests.functional.test_life import kinds
from workflow_app.domain.trail import FILES, MANIFEST

MEETINGS = "Politirådet møtes minst fire ganger i året."
PUBLIC = TEXT.replace(MEETINGS, f"{MEETINGS} Det skrives offentlige referat fra møtene.")
CLOSED = TEXT.replace(MEETINGS, f"{MEETINGS} Møtene i politirådet er lukket for publikum.")


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def signed(site: Site, moss: dict[str, Program], text: str) -> str:
    """An agreement of this text, signed the day the site begins."""
    (ident,) = drafts(site, 1, text=text)
    for first in ("slt", "politikontakt"):
        moss[first].do(ident, "agree")
    for first in ("ordforer", "stasjonssjef"):
        moss[first].do(ident, "sign", password=PASSWORD)
    return ident


def met(site: Site, moss: dict[str, Program], text: str = PUBLIC) -> tuple[str, str]:
    """A meeting planned with one matter, looked at on its day: the agreement and its minutes."""
    ident = signed(site, moss, text)
    path = f"/agreements/{ident}/meetings"
    moss["slt"].post(path, {"action": "one", "on": "2025-04-10", "starts_at": "10:00", "place": "Rådhuset"})
    moss["politikontakt"].post(f"{path}/1", {"action": "raise", "title": "Uro ved stasjonen"})
    site.today = date(2025, 4, 10)
    return ident, f"{path}/1/minutes"


def everybody(program: Program, path: str) -> list[str]:
    return [p["key"] for p in program.get(path)["people"]]


def minuted(program: Program, path: str, **more: Any) -> dict[str, Any]:
    """Everybody came, and something is written."""
    program.post(path, {"action": "attendance", "present": everybody(program, path)})
    told: dict[str, Any] = program.post(
        path, {"action": "write", "minutes": "1. Uro ved stasjonen\nDrøftet.", **more}
    )
    return told


def test_a_secretary_writes_and_keeps_the_minutes_without_a_script(
    site: Site, moss: dict[str, Program]
) -> None:
    _, path = met(site, moss)
    browser = english(site, "slt.moss")
    page = browser.get(path.removesuffix("/minutes")).click(href=r"/minutes$")
    people = with_button(page, "attendance")
    boxes = sorted(name for name in people.fields if name and name.startswith("came-"))
    assert len(boxes) == 4
    for name in boxes[:3]:
        people[name] = True
    page = press(people, "attendance", status=303).follow()
    came = form(page, "guest_title")
    came["name"], came["guest_title"] = "Ida Gjest", "rektor"
    page = came.submit("submit", status=303).follow()
    writing = form(page, "minutes")
    assert "1. Uro ved stasjonen" in writing["minutes"].value
    writing["minutes"] = "1. Uro ved stasjonen\nPolitiet orienterte."
    page = writing.submit("submit", status=303).follow()
    decide = form(page, "responsible")
    decide["text"], decide["responsible"], decide["due"] = "Vandring før ferien.", "Kari", "2025-06-15"
    decide["point"] = "1"
    page = decide.submit("submit", status=303).follow()
    page = press(with_button(page, "keep"), "keep", status=303).follow()
    assert "Kept" in words(page)
    assert not has_form(page, "minutes")
    assert "Ida Gjest" in section(page, "people-title")
    assert "Not present" in section(page, "people-title")
    assert "Politiet orienterte." in section(page, "text-title")
    assert "Followed up by Kari · by 15 June 2025" in section(page, "decided-title")


def test_the_paper_is_frozen_under_its_hash_in_the_trail(site: Site, moss: dict[str, Program]) -> None:
    ident, path = met(site, moss)
    minuted(moss["slt"], path)
    kept = moss["slt"].post(path, {"action": "keep"})["kept"]
    paper = site.browser("politikontakt.moss").get(f"{path}.pdf")
    assert (paper.content_type, hashlib.sha256(paper.body).hexdigest()) == (
        "application/pdf",
        kept[0]["sha256"],
    )
    entries = moss["slt"].get(f"/agreements/{ident}/trail")["entries"]
    told = next(e["entry"] for e in entries if e["entry"]["kind"] == "minutes_kept")
    assert told["data"] == {"meeting": 1, "number": 1, "public": True, "sha256": kept[0]["sha256"]}
    bundle = zipfile.ZipFile(io.BytesIO(site.browser("slt.moss").get(f"/agreements/{ident}/trail.zip").body))
    assert bundle.read(FILES + kept[0]["sha256"]) == paper.body
    assert b'"meeting-1-minutes-1.pdf"' in bundle.read(MANIFEST)
    found = pypdf.PdfReader(io.BytesIO(paper.body))
    text = " ".join(p.extract_text() for p in found.pages)
    assert "Drøftet." in text
    assert "referat.json" in found.attachments


def test_saving_who_came_counts_toward_the_year_once(site: Site, moss: dict[str, Program]) -> None:
    ident, path = met(site, moss)
    for _ in range(2):
        moss["slt"].post(path, {"action": "attendance", "present": everybody(moss["slt"], path)})
    told = moss["slt"].get(f"/agreements/{ident}/deadlines")["deadlines"]
    year = next(d for d in told if d["kind"] == "meeting")
    assert (year["year"], year["progress"], year["status"]) == (2025, [1, 4], "open")
    told = [kind for kind, _ in kinds(site, ident)]
    assert told.count("meeting_held") == 1
    assert told.count("attendance_saved") == 2
    assert moss["slt"].get(f"/agreements/{ident}/meetings")["held"] == 1


def test_kept_minutes_are_not_written_in_and_a_correction_is_a_new_version(
    site: Site, moss: dict[str, Program]
) -> None:
    _, path = met(site, moss)
    slt = moss["slt"]
    minuted(slt, path)
    first = slt.post(path, {"action": "keep"})["kept"][0]
    for wanted in (
        {"action": "write", "minutes": "Noe annet."},
        {"action": "attendance", "present": []},
        {"action": "came", "name": "Noen"},
        {"action": "decide", "text": "Noe"},
        {"action": "keep"},
    ):
        assert slt.post(path, wanted, status=409)["error"] == "minutes_kept"
    assert list(slt.post(path, {"action": "again"}, status=422)["fields"]) == ["reason"]
    slt.post(path, {"action": "again", "reason": "Feil navn."})
    assert slt.post(path, {"action": "again", "reason": "Feil navn."}, status=409)["error"] == "not_kept"
    slt.post(path, {"action": "write", "minutes": "1. Uro ved stasjonen\nDrøftet grundig."})
    both = slt.post(path, {"action": "keep"})["kept"]
    assert [k["number"] for k in both] == [1, 2]
    assert both[0] == first
    browser = site.browser("slt.moss")
    papers = [browser.get(f"{path}.pdf?number={n}").body for n in (1, 2)]
    assert [hashlib.sha256(p).hexdigest() for p in papers] == [k["sha256"] for k in both]
    assert browser.get(f"{path}.pdf").body == papers[1]
    browser.get(f"{path}.pdf?number=3", status=404)


def test_what_is_missing_is_said_before_the_minutes_are_kept(site: Site, moss: dict[str, Program]) -> None:
    _, path = met(site, moss, TEXT)
    slt = moss["slt"]
    assert slt.post(path, {"action": "keep"}, status=409)["error"] == "nobody_came"
    slt.post(path, {"action": "attendance", "present": everybody(slt, path)[:1]})
    assert slt.post(path, {"action": "keep"}, status=409)["error"] == "not_written"
    slt.post(path, {"action": "write", "minutes": "Drøftet."})
    assert slt.post(path, {"action": "keep"}, status=409)["error"] == "public_or_closed"
    slt.post(path, {"action": "write", "minutes": "Drøftet.", "access": "closed"})
    assert slt.post(path, {"action": "keep"}, status=409)["error"] == "no_legal_basis"
    body = {"action": "write", "minutes": "Drøftet.", "access": "closed", "legal_basis": "offl. § 13"}
    assert slt.post(path, body)["legal_basis"] == "offl. § 13"
    assert slt.post(path, {"action": "keep"})["kept"][0]["public"] is False


def test_the_clause_decides_whether_minutes_are_public(site: Site, moss: dict[str, Program]) -> None:
    _, path = met(site, moss, CLOSED)
    page = english(site, "slt.moss").get(path)
    assert "Møtene i politirådet er lukket for publikum." in page.text
    assert form(page, "minutes")["legal_basis"].value == "offl. § 13 jf. fvl. § 13"
    assert not has_form(page, "access")
    told = minuted(moss["slt"], path, legal_basis="offl. § 13 jf. fvl. § 13")
    assert (told["public"], told["public_by_clause"]) == (False, False)


def test_public_minutes_are_not_closed_against_the_clause(site: Site, moss: dict[str, Program]) -> None:
    _, public = met(site, moss, PUBLIC)
    assert not has_form(english(site, "slt.moss").get(public), "legal_basis")
    assert list(
        moss["slt"].post(public, {"action": "write", "minutes": "x", "access": "closed"}, status=422)[
            "fields"
        ]
    ) == ["access"]


def test_a_decision_is_followed_up_at_the_next_meeting_and_told_as_done(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, path = met(site, moss)
    slt, meetings = moss["slt"], f"/agreements/{ident}/meetings"
    minuted(slt, path)
    slt.post(path, {"action": "decide", "text": "Vandring før ferien.", "point": 1, "due": "2025-06-15"})
    slt.post(path, {"action": "keep"})
    listed = section(english(site, "slt.moss").get(meetings), "undone-title")
    assert "decided at meeting 1 Vandring før ferien. by 15 June 2025" in listed
    slt.post(meetings, {"action": "one", "on": "2025-06-19", "starts_at": "10:00", "place": "Rådhuset"})
    page = english(site, "slt.moss").get(f"{meetings}/2")
    assert "decided at meeting 1, not done yet" in page.text
    press(with_button(page, "add"), "add", status=303)
    site.today = date(2025, 6, 19)
    second = f"{meetings}/2/minutes"
    [open_one] = slt.get(second)["follow_ups"]
    assert (open_one["meeting"], open_one["number"], open_one["done_on"]) == (1, 1, None)
    page = english(site, "slt.moss").get(second)
    assert "Overdue" in section(page, "follow-title")
    done = next(f for f in page.forms.values() if "done_on" in f.fields)
    done["done_on"] = "2025-06-18"
    page = done.submit("submit", status=303).follow()
    assert "Done 18 June 2025" in section(page, "follow-title")
    page = press(with_button(page, "undone"), "undone", status=303).follow()
    assert "Done 18 June 2025" not in section(page, "follow-title")
    assert [k for k, _ in kinds(site, ident)][-2:] == ["decision_done", "decision_opened"]
    ahead = {"action": "done", "meeting": 1, "decision": 1, "done_on": "2025-06-20"}
    assert list(slt.post(second, ahead, status=422)["fields"]) == ["done_on"]
    before = {"action": "done", "meeting": 1, "decision": 1, "done_on": "2025-04-09"}
    assert list(slt.post(second, before, status=422)["fields"]) == ["done_on"]


def test_a_deputy_who_was_not_called_can_have_come_in_a_members_place(
    site: Site, moss: dict[str, Program]
) -> None:
    text = TEXT.replace(MEETINGS, f"{MEETINGS} Det kan utnevnes faste stedfortredere for møtedeltagerne.")
    ident, path = met(site, moss, text)
    deputies = f"/agreements/{ident}/deputies"
    version = moss["slt"].get(deputies)["version"]
    moss["slt"].post(deputies, {"version": version, "office": "3103 mayor", "username": "sekretaer.moss"})
    people = {p["name"]: p for p in moss["slt"].get(path)["people"]}
    [(name, deputy)] = [(n, p) for n, p in people.items() if p["deputy_for"]]
    mayor = deputy["deputy_for"]
    assert (deputy["role"], people[mayor]["role"], deputy["present"]) == ("mayor", "mayor", None)
    came = [p["key"] for n, p in people.items() if n != mayor]
    told = {p["name"]: p for p in moss["slt"].post(path, {"action": "attendance", "present": came})["people"]}
    assert (told[mayor]["present"], told[name]["present"]) == (False, True)
    assert f"for {mayor}" in section(english(site, "slt.moss").get(path), "people-title")


def test_a_deputy_who_did_not_come_is_on_no_list(site: Site, moss: dict[str, Program]) -> None:
    text = TEXT.replace(MEETINGS, f"{MEETINGS} Det kan utnevnes faste stedfortredere for møtedeltagerne.")
    ident, path = met(site, moss, text)
    deputies = f"/agreements/{ident}/deputies"
    version = moss["slt"].get(deputies)["version"]
    moss["slt"].post(deputies, {"version": version, "office": "3103 mayor", "username": "sekretaer.moss"})
    people = moss["slt"].get(path)["people"]
    members = [p["key"] for p in people if not p["deputy_for"]]
    told = moss["slt"].post(path, {"action": "attendance", "present": members})["people"]
    assert [p["present"] for p in told] == [True] * len(members) + [None]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({}, "action"),
        ({"action": "burn"}, "action"),
        ({"action": ["keep"]}, "action"),
        ({"action": "attendance", "present": []}, "present"),
        ({"action": "attendance", "present": "p-1"}, "present"),
        ({"action": "attendance", "present": ["p-ukjent"]}, "present"),
        ({"action": "came"}, "name"),
        ({"action": "came", "name": "x" * 201}, "name"),
        ({"action": "decide"}, "text"),
        ({"action": "decide", "text": "Noe", "point": 7}, "point"),
        ({"action": "decide", "text": "Noe", "due": "2025-04-09"}, "due"),
        ({"action": "decide", "text": "Noe", "party": "9999"}, "party"),
        ({"action": "strike", "decision": "x"}, "decision"),
        ({"action": "write", "minutes": 7}, "minutes"),
        ({"action": "write", "minutes": "x", "seen": "x"}, "seen"),
    ],
)
def test_what_cannot_be_is_told_by_field(
    site: Site, moss: dict[str, Program], wanted: dict[str, Any], field: str
) -> None:
    _, path = met(site, moss)
    assert list(moss["slt"].post(path, wanted, status=422)["fields"]) == [field]


def test_a_meeting_ahead_or_called_off_has_no_minutes(site: Site, moss: dict[str, Program]) -> None:
    _, path = met(site, moss)
    site.today = date(2025, 4, 9)
    body = {"action": "attendance", "present": everybody(moss["slt"], path)}
    assert moss["slt"].post(path, body, status=409)["error"] == "meeting_ahead"
    assert not has_form(english(site, "slt.moss").get(path), "minutes")
    moss["slt"].post(path.removesuffix("/minutes"), {"action": "cancel", "reason": "Sykdom."})
    site.today = date(2025, 4, 10)
    assert moss["slt"].post(path, body, status=409)["error"] == "meeting_cancelled"


def test_only_coordinators_write_and_a_page_that_is_old_changes_nothing(
    site: Site, moss: dict[str, Program]
) -> None:
    _, path = met(site, moss)
    people = everybody(moss["slt"], path)
    for other in ("ordforer", "stasjonssjef", "sekretaer"):
        refused = moss[other].post(path, {"action": "attendance", "present": people}, status=403)
        assert refused["error"] == "not_coordinator"
        assert not has_form(site.browser(f"{other}.moss").get(path), "minutes")
    seen = moss["slt"].get(path)["meeting"]["version"]
    moss["politikontakt"].post(path, {"action": "attendance", "present": people, "seen": seen})
    late = moss["slt"].post(path, {"action": "write", "minutes": "x", "seen": seen}, status=409)
    assert late["error"] == "stale_version"


def test_a_name_added_by_mistake_is_taken_off(site: Site, moss: dict[str, Program]) -> None:
    _, path = met(site, moss)
    told = moss["slt"].post(path, {"action": "came", "name": "Ida Gjest"})
    row = next(p["key"] for p in told["people"] if p["name"] == "Ida Gjest").removeprefix("r-")
    told = moss["slt"].post(path, {"action": "gone", "row": int(row)})
    assert "Ida Gjest" not in [p["name"] for p in told["people"]]
    assert moss["slt"].post(path, {"action": "gone", "row": int(row)}, status=404)["error"] == "not_there"


def test_what_was_written_stays_when_something_is_wrong(site: Site, moss: dict[str, Program]) -> None:
    _, path = met(site, moss)
    page = english(site, "slt.moss").get(path)
    decide = form(page, "responsible")
    decide["text"], decide["due"] = "Vandring.", "2025-01-01"
    page = decide.submit("submit", status=422)
    again = form(page, "responsible")
    assert (again["text"].value, again["due"].value) == ("Vandring.", "2025-01-01")
    assert "is before the meeting" in page.text
