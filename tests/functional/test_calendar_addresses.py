"""Addresses of calendars: each opens one feed and nothing else, and only what its person may see today."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from webtest import TestApp

from tests.functional.calendar_support import Moss, english_moss, events, fetch, new, signed
from tests.functional.conftest import Site
from workflow_app.models.people import RoleAssignment
from workflow_app.models.trail import TrailEntry
from workflow_app.services import people, people_roles


@pytest.fixture
def moss(site: Site) -> Moss:
    return english_moss(site)


def test_an_address_opens_its_own_feed_and_nothing_else(site: Site, moss: Moss) -> None:
    ident, other = signed(site, moss), signed(site, moss)
    narrow = new(moss["slt"], f"agreements/{ident}").partition("?")[2]
    wide = new(moss["slt"]).partition("?")[2]
    assert fetch(site, f"/agreements/{ident}/calendar.ics?{narrow}")
    refused = [
        f"/calendar.ics?{narrow}", f"/agreements/{other}/calendar.ics?{narrow}",
        f"/parties/{site.party['moss']}/calendar.ics?{narrow}",
        f"/agreements/{other}/calendar.ics?token=avtalekalender_{'x' * 43}",
        "/calendar.ics?token=", "/calendar.ics?token=x",
        "/agreements/nothere/calendar.ics?token=x", f"/agreements/nothere/calendar.ics?{wide}",
        f"/parties/{site.party['stange']}/calendar.ics?{wide}",
    ]  # fmt: skip
    answers = {(a.status_int, a.content_type, a.body) for path in refused for a in [fetch(site, path, 404)]}
    assert len(answers) == 1, "one answer, whatever is there"
    # A person's own address opens every part of what is hers.
    for path in (f"/agreements/{other}", f"/parties/{site.party['moss']}"):
        assert events(site, f"{path}/calendar.ics?{wide}")
    for path in ("/", "/agreements", f"/agreements/{ident}", f"/agreements/{ident}/deadlines", "/calendar"):
        assert fetch(site, f"{path}?{wide}", 303).location.startswith("http://localhost/login")
    fetch(site, f"/agreements/{ident}/deadlines/calendar.ics?{wide}", 303)
    TestApp(site.app).post(f"/calendar.ics?{wide}", status=405)


def test_a_cookie_beside_a_bad_token_counts_for_nothing(site: Site, moss: Moss) -> None:
    browser = site.browser("slt.moss")
    assert browser.get("/calendar.ics").content_type == "text/calendar"
    browser.get("/calendar.ics?token=wrong", status=404)


def test_what_is_taken_back_opens_nothing(site: Site, moss: Moss) -> None:
    signed(site, moss)
    path = new(moss["slt"])
    (feed,) = moss["slt"].get("/calendar")["feeds"]
    moss["politikontakt"].post("/calendar", {"action": "revoke", "feed": feed["id"]}, status=404)
    fetch(site, path)
    assert moss["slt"].post("/calendar", {"action": "revoke", "feed": feed["id"]})["feeds"] == []
    fetch(site, path, 404)
    moss["slt"].post("/calendar", {"action": "revoke", "feed": feed["id"]}, status=409)


def test_only_what_one_may_see_today(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    mine, one = new(moss["slt"]), new(moss["slt"], f"agreements/{ident}")
    assert events(site, mine)
    with site.session() as db, db.begin():
        role = db.query(RoleAssignment).filter_by(person_id=site.person["slt.moss"]).one()
        people_roles.end_role(db, role.id, last_day=site.today - timedelta(days=1), now=site.now)
    assert events(site, mine) == {}, "nothing is hers now"
    fetch(site, one, 404)
    with site.session() as db, db.begin():
        people.end_person(db, people.find(db, "slt.moss"), now=site.now)
    fetch(site, mine, 404)


def test_reading_changes_nothing_and_making_is_told_in_the_trail(site: Site, moss: Moss) -> None:
    signed(site, moss)
    path = new(moss["slt"])
    with site.session() as db:
        (made,) = db.query(TrailEntry).filter(TrailEntry.kind.like("calendar%"))
        size = db.query(TrailEntry).count()
    assert made.kind == "calendar_feed_made"
    assert path.partition("token=")[2].encode() not in made.body
    for _ in range(3):
        fetch(site, path)
    with site.session() as db:
        assert db.query(TrailEntry).count() == size


def test_a_token_stands_in_no_log(site: Site, moss: Moss, caplog: pytest.LogCaptureFixture) -> None:
    signed(site, moss)
    path = new(moss["slt"])
    token = path.partition("token=")[2]
    with caplog.at_level(logging.DEBUG):
        answer = fetch(site, path)
        site.app.registry["read_engine"].dispose()
        fetch(site, "/calendar.ics?token=" + token[:-1] + "!", 404)
    assert token[15:40] not in caplog.text
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


def test_whoever_is_not_signed_in_and_has_no_token_is_sent_to_the_login(site: Site) -> None:
    page = TestApp(site.app, extra_environ={"HTTP_ACCEPT": "text/html"}).get("/calendar.ics", status=303)
    assert "/login" in page.location
