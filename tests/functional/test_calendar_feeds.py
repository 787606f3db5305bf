"""Calendars over HTTP: what is in them, and that what moves is an update and never a second event."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.functional.calendar_support import (
    Moss,
    change,
    english_moss,
    events,
    fetch,
    new,
    plan,
    signed,
    signed_in_many,
    version,
)
from tests.functional.conftest import KOMMUNER, Site
from tests.functional.looking_support import drafts
from tests.support.calendar_reading import read, strict, titled
from workflow_app.services import parties, parties_rules
from workflow_app.services.norway import OSLO


@pytest.fixture
def moss(site: Site) -> Moss:
    return english_moss(site)


def test_a_deadline_sits_on_its_last_day_and_tells_where_it_is_from(site: Site, moss: Moss) -> None:
    signed(site, moss)
    feed = events(site, new(moss["slt"]))
    (evaluation,) = titled(feed, "Evaluation 2025")
    assert (evaluation.start, evaluation.end) == (date(2025, 12, 31), date(2026, 1, 1))
    assert type(evaluation.start) is date, "all day"
    assert evaluation.raw.dtstart.params["VALUE"] == ["DATE"]
    assert "Ved årets slutt skal politirådet evaluere tiltakene skriftlig." in evaluation.description
    assert evaluation.description.endswith("/deadlines")
    assert evaluation.raw.url.value == evaluation.description.rsplit("\n", 1)[1]
    assert evaluation.raw.transp.value == "TRANSPARENT"
    assert evaluation.status == "CONFIRMED"
    assert evaluation.stamp.date() == site.today, "when it came to be, not when it was fetched"
    (expiry,) = [e for e in feed.values() if e.start == date(2027, 12, 31) and "Expiry" in e.title]
    assert expiry.end == date(2028, 1, 1)


def test_a_year_long_obligation_does_not_lie_over_the_year(site: Site, moss: Moss) -> None:
    signed(site, moss)
    for event in events(site, new(moss["slt"])).values():
        assert event.end - event.start == timedelta(days=1)
    (year,) = titled(events(site, new(moss["slt"])), "Meetings of the politiråd in 2026")
    assert year.start == date(2026, 12, 31)
    assert "1 January 2026" in year.description
    assert "31 December 2026" in year.description


def test_the_same_state_gives_the_same_bytes_and_a_304(site: Site, moss: Moss) -> None:
    signed(site, moss)
    path = new(moss["slt"])
    first, again = fetch(site, path), fetch(site, path)
    assert first.body == again.body
    assert first.headers["ETag"] == again.headers["ETag"]
    assert first.headers["Cache-Control"].startswith("private")
    assert "no-store" not in first.headers["Cache-Control"]
    known = fetch(site, path, 304, **{"If-None-Match": first.headers["ETag"]})
    assert known.body == b""
    strict(first.body)


def test_a_new_day_of_signing_moves_the_same_event(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    path = new(moss["slt"], f"agreements/{ident}")
    before = titled(events(site, path), "Revision")
    site.today = date(2026, 1, 10)
    moss["slt"].do(ident, "begin_evaluation", year=2025)
    written = {"year": 2025, "body": "Sett på.", "learning_points": "Ingen.", "outcome": "reviewed_unchanged"}
    moss["slt"].post(f"/agreements/{ident}/evaluation", {**version(moss, ident), **written})
    for first in ("slt", "politikontakt"):
        moss[first].do(ident, "continue")
    after = events(site, path)
    done = after[before[0].uid]
    assert done.sequence > before[0].sequence
    assert done.title.startswith("Done: ")
    (next_one,) = [e for e in titled(after, "Revision") if e.uid != done.uid]
    assert next_one.start == date(2027, 1, 10)


def test_a_moved_meeting_is_an_update_of_itself_and_of_its_agenda(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    path = new(moss["politikontakt"])
    number = plan(moss, ident, on="2025-06-10", starts_at="09:00", ends_at="11:30", place="Rådhuset")
    before = events(site, path)
    (meeting,) = titled(before, "Meeting of the politiråd –")
    (agenda,) = titled(before, "The agenda of the meeting")
    assert meeting.start == datetime(2025, 6, 10, 9, tzinfo=OSLO)
    assert meeting.end == datetime(2025, 6, 10, 11, 30, tzinfo=OSLO)
    assert meeting.raw.location.value == "Rådhuset"
    assert agenda.start == date(2025, 6, 3)
    change(moss, ident, number, "move", on="2025-06-17", starts_at="09:00", ends_at="11:30", place="Rådhuset")
    after = events(site, path)
    assert after.keys() == before.keys(), "no second event, none lost"
    assert after[meeting.uid].start == datetime(2025, 6, 17, 9, tzinfo=OSLO)
    assert after[meeting.uid].sequence > meeting.sequence
    assert after[agenda.uid].start == date(2025, 6, 10)
    assert after[agenda.uid].sequence > agenda.sequence
    untouched = [uid for uid in before if uid not in (meeting.uid, agenda.uid)]
    assert untouched
    assert all(after[uid].sequence == before[uid].sequence for uid in untouched)
    assert all(after[uid].stamp == before[uid].stamp for uid in untouched)


def test_a_meeting_called_off_is_cancelled_and_not_gone(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    path = new(moss["slt"])
    number = plan(moss, ident, on="2025-06-10")
    (meeting,) = titled(events(site, path), "Meeting of the politiråd –")
    (agenda,) = titled(events(site, path), "The agenda of the meeting")
    assert meeting.start == date(2025, 6, 10), "all day where nobody has said when"
    change(moss, ident, number, "cancel", reason="Valg")
    after = events(site, path)
    for former in (meeting, agenda):
        assert after[former.uid].status == "CANCELLED"
        assert after[former.uid].sequence > former.sequence
        assert not after[former.uid].alarms
    site.today = date(2026, 6, 20)
    assert agenda.uid not in events(site, path), "told of for a year"
    assert meeting.uid not in events(site, path)


@pytest.mark.parametrize(
    ("day", "offset"), [("2026-03-27", 1), ("2026-03-30", 2), ("2026-10-23", 2), ("2026-10-26", 1)]
)
def test_a_meeting_keeps_its_hour_around_summer_time(site: Site, moss: Moss, day: str, offset: int) -> None:
    ident = signed(site, moss)
    plan(moss, ident, on=day, starts_at="09:00")
    body = fetch(site, new(moss["slt"])).body
    (meeting,) = titled(read(body), "Meeting of the politiråd –")
    assert f"DTSTART;TZID=Europe/Oslo:{day.replace('-', '')}T090000" in strict(body)
    assert isinstance(meeting.start, datetime)
    assert (meeting.start.hour, meeting.start.utcoffset()) == (9, timedelta(hours=offset))
    assert isinstance(meeting.end, datetime)
    assert meeting.end - meeting.start == timedelta(hours=2)


def test_an_alarm_goes_off_only_for_what_is_mine_to_do(site: Site, moss: Moss) -> None:
    signed(site, moss)
    (mine,) = titled(events(site, new(moss["slt"])), "Evaluation 2025")
    (alarm,) = mine.alarms
    assert alarm.action.value == "DISPLAY"
    assert alarm.trigger.value == timedelta(days=-7, hours=9), "nine o'clock, seven days before"
    (others,) = titled(events(site, new(moss["ordforer"])), "Evaluation 2025")
    assert not others.alarms
    site.today = date(2026, 1, 2)
    (late,) = titled(events(site, new(moss["slt"])), "Evaluation 2025")
    assert not late.alarms, "no calendar should ring for what is past"


def test_nothing_lies_farther_off_than_ten_years(site: Site, moss: Moss) -> None:
    signed(site, moss)
    for year in (2025, 2026, 2027):
        site.today = date(year, 5, 5)
        found = events(site, new(moss["slt"])).values()
        assert found
        assert all(e.start <= date(year + 10, 12, 31) for e in found)
        # The matter before the kommunestyre still waits; nothing else is shown that long after.
        old = [e.title for e in found if e.start < date(year - 1, 1, 1)]
        assert all("before the kommunestyre" in title or "Report" in title for title in old)


def test_what_is_still_to_be_done_stands_whatever_its_age(site: Site, moss: Moss) -> None:
    signed(site, moss)
    site.today = date(2027, 5, 5)
    kept = [e for e in events(site, new(moss["slt"])).values() if e.start == date(2025, 4, 20)]
    assert len(kept) == 1, "the front page still has it"
    assert not kept[0].title.startswith(("Done", "No longer"))


def test_a_longer_house_rule_moves_the_same_event(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    path = new(moss["sekretaer"], f"agreements/{ident}")
    (before,) = titled(events(site, path), "Report to the kommunestyre")
    assert before.start == date(2025, 4, 20)
    with site.session() as db, db.begin():
        (kommune,) = [p for p in parties.list_parties(db, today=site.today) if p.key == site.party["moss"]]
        now = datetime.combine(site.today, datetime.now(OSLO).time(), OSLO)
        parties_rules.set_house_rule(db, kommune, "report", 120, now=now)
    after = events(site, path)[before.uid]
    assert after.start == date(2025, 5, 20)
    assert after.sequence > before.sequence


def test_a_draft_has_no_events(site: Site, moss: Moss) -> None:
    (ident,) = drafts(site, 1)
    assert events(site, new(moss["slt"], f"agreements/{ident}")) == {}


def test_one_politikontakt_for_eight_kommuner(site: Site, moss: Moss) -> None:
    numbers = ["3101", "3105", "3107", "3110", "3112", "3114", "3116", "3118"]
    assert not set(numbers) & {number for number, _, _ in KOMMUNER.values()}
    ids = signed_in_many(site, numbers)
    feed = events(site, new(moss["politikontakt"]))
    assert len({e.uid.partition("-")[0] for e in feed.values()}) == len(numbers)
    assert {e.uid.partition("-")[0] for e in feed.values()} == set(ids)
    # What one kommune must do is no deadline of the police's.
    assert not titled(feed, "Report to the kommunestyre")
    evaluations = titled(feed, "Evaluation 2025")
    assert len({e.title for e in evaluations}) == len(numbers), "each says whose it is"


def test_what_ends_early_is_cancelled_and_what_it_ends_with_is_not(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    path = new(moss["slt"])
    for day in ("2025-06-05", "2025-09-04"):
        moss["slt"].post(f"/agreements/{ident}/meetings", {"action": "one", "on": day})
    before = events(site, path)
    notice = {"reason": "Ny avtale", "given_date": "2025-03-10", "effective_date": "2025-06-30"}
    moss["ordforer"].do(ident, "terminate", **notice)
    after = events(site, path)
    assert before.keys() <= after.keys(), "whoever has an event is told what became of it"
    (fallen,) = titled(after, "Evaluation 2025")
    assert fallen.status == "CANCELLED"
    assert fallen.title.startswith("No longer applies: ")
    assert fallen.sequence > before[fallen.uid].sequence
    assert fallen.start == before[fallen.uid].start
    june, september = titled(after, "Meeting of the politiråd")
    assert (june.status, september.status) == ("CONFIRMED", "CANCELLED")
    assert september.title.startswith("No longer applies: ")
    assert september.sequence > before[september.uid].sequence
    assert september.start == before[september.uid].start
    site.today = date(2026, 4, 1)
    gone = events(site, path)
    assert not {fallen.uid, september.uid} & gone.keys(), "for a year, and no longer"
    assert june.uid in gone


def _own(rule: dict[str, Any]) -> dict[str, Any]:
    return {key: rule[key] for key in ("kind", "form", "quote", "start", "end", "month", "day")}


def test_a_corrected_rule_moves_its_event_and_its_own_alone(site: Site, moss: Moss) -> None:
    ident = signed(site, moss)
    path = new(moss["slt"], f"agreements/{ident}")
    before = events(site, path)
    rules = moss["slt"].get(f"/agreements/{ident}/rules")["rules"]
    index, rule = next((n, r) for n, r in enumerate(rules) if r["kind"] == "evaluation")
    corrected = {"index": index, "rule": {**_own(rule), "month": 11, "day": 15}}
    moss["slt"].post(f"/agreements/{ident}/rules", {**version(moss, ident), "corrections": [corrected]})
    assert events(site, path) == before, "a proposal moves nothing"
    for first in ("slt", "politikontakt"):
        moss[first].do(ident, "correct_rules")
    after = events(site, path)
    assert after.keys() == before.keys()
    moved = {uid for uid in after if after[uid].start != before[uid].start}
    assert moved == {e.uid for e in titled(before, "Evaluation")}
    assert {uid for uid in after if after[uid].sequence > before[uid].sequence} == moved
