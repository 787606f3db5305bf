"""The timeline of what one may see: whole kommuner, their gaps, and a picture at a time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.country import TODAY, Country, days
from workflow_app.domain.dates import Interval
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.overview import timeline as module
from workflow_app.services.overview.timeline import Timeline, timeline
from workflow_app.services.overview.wanted import Wanted

REGISTRY = workflow_definitions()


def seen(country: Country, who: Who, wanted: Wanted | None = None, after: str | None = None) -> Timeline:
    return timeline(country.session, who, REGISTRY, wanted or Wanted(), TODAY, after=after)


def test_a_kommune_with_two_agreements_a_gap_and_a_draft(country: Country) -> None:
    who = country.reader("politikontakt", "p.moss")
    country.agreement("moss", "p.moss", signed_on=date(2024, 3, 31), signed_earliest=date(2024, 3, 1),
                      ends_how="unsaid")  # fmt: skip
    country.agreement("moss", "p.moss", _state="draft")
    country.agreement("moss", "p.moss", signed_on=date(2020, 1, 5), in_force_to=date(2023, 12, 31),
                      ends_how="expires", _state="lapsed")  # fmt: skip
    (strip,) = seen(country, who).strips
    assert [t.id for t in strip.times] == ["t0003", "t0001", "t0002"]
    assert [t.how for t in strip.times] == ["expires", "unsaid", None]
    assert strip.times[1].period is not None
    assert strip.times[1].period.signed == Interval(date(2024, 3, 1), date(2024, 3, 31))
    (gap,) = strip.gaps
    assert gap.days(TODAY) == (60, 90)
    assert [t.running(TODAY) for t in strip.times] == [False, True, False]


def test_what_may_not_be_seen_is_neither_drawn_nor_fills_a_gap(country: Country) -> None:
    who = country.reader("politikontakt", "p.moss")
    country.agreement("moss", "p.moss", signed_on=days(-900), in_force_to=days(-500), _state="lapsed")
    country.agreement("moss", "p.hamar", signed_on=days(-499), _state="signed")
    country.agreement("stange", "p.hamar", signed_on=days(-499))
    (strip,) = seen(country, who).strips
    assert [t.id for t in strip.times] == ["t0001"]
    assert len(strip.gaps) == 1


def test_a_kommunes_people_see_their_own_alone_and_the_police_each_kommune(country: Country) -> None:
    country.agreement("stange", "aa", "bo", "p.hamar", signed_on=days(-5))
    mayor, police = country.reader("mayor", "aa"), country.reader("station_chief", "p.hamar")
    assert [s.key for s in seen(country, mayor).strips] == ["4203"]
    names = [s.name for s in seen(country, police).strips]
    assert names == ["Arendal kommune", "Bø kommune", "Stange kommune"]


def test_the_filters_on_words_district_and_party_count_and_no_others(country: Country) -> None:
    who = country.reader("station_chief", "p.moss")
    country.agreement("moss", "p.moss", signed_on=days(-5))
    country.agreement("alta", "p.moss", signed_on=days(-5), title="Nord")
    for wanted, keys in (
        (Wanted(words="nord"), ["5601"]), (Wanted(party="3103"), ["3103"]),
        (Wanted(district="innlandet"), []),
        (Wanted(state="draft", due="30"), ["5601", "3103"]),
    ):  # fmt: skip
        assert [s.key for s in seen(country, who, wanted).strips] == keys


def test_a_picture_at_a_time_and_none_twice(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    who = country.reader("station_chief", "p.moss")
    for name in ("moss", "stange", "aa", "bo", "alta"):
        for _ in range(3):
            country.agreement(name, "p.moss", signed_on=days(-5))
    whole = [s.key for s in seen(country, who).strips]
    assert len(whole) == 5
    for kommuner, periods in ((2, 99), (50, 7), (50, 1)):
        monkeypatch.setattr(module, "KOMMUNER", kommuner)
        monkeypatch.setattr(module, "PERIODS", periods)
        found, after = list[str](), None
        while True:
            part = seen(country, who, after=after)
            assert part.strips
            assert len(part.strips) <= kommuner
            found += [s.key for s in part.strips]
            if part.next is None:
                break
            after = part.next
        assert found == whole
    monkeypatch.setattr(module, "KOMMUNER", 50)
    monkeypatch.setattr(module, "PERIODS", 150)
    with pytest.raises(LookupError):
        seen(country, who, after="nothing")
