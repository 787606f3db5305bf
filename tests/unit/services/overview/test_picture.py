"""Every count is what its filter shows, every row comes once, and what is secret stays so."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from tests.support.country import TODAY, Country, at, days
from workflow_app.models.agreements import Agreement
from workflow_app.services import norway
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.overview import picture as module
from workflow_app.services.overview import rows
from workflow_app.services.overview.picture import Picture, lines, picture
from workflow_app.services.overview.places import Line, Place
from workflow_app.services.overview.wanted import DUE, HAVING, IN_FORCE, SORTS, UNKNOWN, WAITS, Wanted

REGISTRY = workflow_definitions()
STATES = ("draft", "negotiated", "signed", "reported", "reported.politiradsavtale_vedtak", "lapsed")


def seen(country: Country, who: Who, wanted: Wanted, after: Place | None = None) -> Picture:
    return picture(country.session, who, REGISTRY, wanted, TODAY, after=after)


def every(country: Country, who: Who, wanted: Wanted) -> list[Line]:
    return list(lines(country.session, who, REGISTRY, wanted, TODAY))


def named(found: list[Line]) -> list[str]:
    return [line.id if isinstance(line, Agreement) else line.number for line in found]


@pytest.fixture
def chief(country: Country) -> Who:
    """One who sees whatever p.moss, p.ost and p.hamar are part of, among many sorts of agreements."""
    who = country.reader("station_chief", "p.moss")
    others = [country.reader("station_chief", name) for name in ("p.ost", "p.hamar")]
    who = replace(who, holdings=(*who.holdings, *(h for o in others for h in o.holdings)))
    sides = ("municipal", "police", "both", "council", None)
    dues = (days(-400), days(-1), days(0), days(30), days(31), days(90), days(91), None)
    ends = (None, days(-1), days(0), days(500))
    states = ("draft", "negotiated", "signed", "reported", "annual_evaluation", "lapsed")
    kommuner = ("moss", "stange", "aa", "bo")
    units = ("p.moss", "p.ost", "p.hamar")
    for n in range(48):
        state, side = states[n % 6], sides[n % 5]
        country.agreement(
            kommuner[n % 4], units[n % 3], _state=state,
            definition="politiradsavtale_vedtak" if n % 7 == 3 else "politiradsavtale",
            waits_for=side, waits_since=at(-(n % 9)) if side else None, next_due=dues[n % 8],
            signed_on=days(-1000) if n % 6 > 1 else None, in_force_to=ends[n % 4] if n % 6 > 1 else None,
            title=f"Samarbeid {n} om {'ungdom' if n % 2 else 'uteliv'}",
        )  # fmt: skip
    return who


def test_each_count_is_the_number_of_rows_its_filter_shows(country: Country, chief: Who) -> None:
    asked = [Wanted(), Wanted(district="ost"), Wanted(words="ungdom"), Wanted(party="3413")]
    asked += [Wanted(state="signed", due="30"), Wanted(waits_for="police", in_force="yes"),
              Wanted(due="overdue", in_force="no", words="uteliv")]  # fmt: skip
    for wanted in asked:
        counts = seen(country, chief, wanted).counts
        for name, told, values in (
            ("waits_for", counts.waits_for, WAITS),
            ("due", counts.due, DUE),
            ("in_force", counts.in_force, IN_FORCE),
        ):
            for value in values:
                chosen = replace(wanted, **{name: value, "agreement": "some"})  # type: ignore[arg-type]  # a name
                shown = len(every(country, chief, chosen))
                assert told.get(value, 0) == shown == seen(country, chief, chosen).counts.total, (
                    wanted,
                    value,
                )
        for (digest, state), number in counts.states.items():
            ident = REGISTRY.by_digest(digest).id
            chosen = replace(wanted, state=f"{state}.{ident}", agreement="some")
            assert number == len(every(country, chief, chosen)), (wanted, state, ident)


def test_every_row_comes_once_in_every_order_and_on_pages_of_any_size(
    country: Country, chief: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sort in SORTS:
        for wanted in (Wanted(sort=sort), Wanted(sort=sort, state="signed"), Wanted(sort=sort, words="vik")):
            whole = named(every(country, chief, wanted))
            assert len(whole) == len(set(whole))
            for size in (1, 7, 50):
                monkeypatch.setattr(rows, "PAGE", size)
                reading = module._reading(
                    country.session, chief, REGISTRY, wanted, TODAY,
                    seen(country, chief, wanted).scope, False,
                )  # fmt: skip
                found, after = list[str](), None
                while True:
                    page = rows.page(reading, after, size)
                    found += named(list(page.lines))
                    if page.next is None:
                        break
                    after = page.next
                assert found == whole, (sort, wanted, size)


def test_the_orders(country: Country, chief: Who) -> None:
    due = [a.next_due for a in every(country, chief, Wanted(agreement="some")) if isinstance(a, Agreement)]
    dated = [day for day in due if day is not None]
    assert dated == sorted(dated)
    assert due[: len(dated)] == dated
    since = [a.waits_since for a in every(country, chief, Wanted(agreement="some", sort="since"))
             if isinstance(a, Agreement)]  # fmt: skip
    waited = [moment for moment in since if moment is not None]
    assert since[: len(waited)] == waited == sorted(waited)
    names = [
        line.name if isinstance(line, norway.Kommune) else line.parties[0].party.name.removesuffix(" kommune")
        for line in every(country, chief, Wanted(sort="kommune"))
    ]
    assert names == sorted(names, key=lambda name: norway.sort_key(name))
    assert names.index("Bø") < names.index("Moss") < names.index("Alta") + len(names)


def test_few_and_many_are_asked_in_other_ways_and_answer_the_same(
    country: Country, chief: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [Wanted(), Wanted(district="innlandet", due="90"), Wanted(state="reported", sort="kommune")]
    few = [(seen(country, chief, w).counts, named(every(country, chief, w))) for w in asked]
    monkeypatch.setattr("workflow_app.services.visibility.MANY", 1)
    assert [(seen(country, chief, w).counts, named(every(country, chief, w))) for w in asked] == few


def test_a_kommune_without_an_agreement_reads_like_one_whose_agreement_is_secret(country: Country) -> None:
    who = country.reader("politikontakt", "p.moss")
    country.agreement("moss", "p.moss")
    before = seen(country, who, Wanted())
    hidden = country.agreement("stange", "p.hamar", title="Hemmelig", waits_for="police", next_due=days(3))
    after = seen(country, who, Wanted())
    assert after.counts == before.counts
    assert named(list(after.page.lines)) == named(list(before.page.lines))
    assert after.without == before.without == len(norway.kommuner()) - 1
    assert after.scope == before.scope
    for wanted in (
        Wanted(words="Hemmelig"),
        Wanted(party="3413"),
        Wanted(due="30"),
        Wanted(district="innlandet"),
    ):
        assert hidden.id not in named(every(country, who, wanted))
        assert seen(country, who, wanted).counts.total == 0
    with pytest.raises(ValueError, match="not in this list"):
        seen(country, who, Wanted(), Place("a", hidden.id))


def test_a_state_that_may_not_be_seen_is_a_secret_too(country: Country) -> None:
    auditor = country.reader("auditor", "p.moss")
    country.agreement("moss", "p.moss", _state="draft")
    found = seen(country, auditor, Wanted())
    assert found.counts.total == 0
    assert "3103" in {k.number for k in found.scope.without}
    country.agreement("moss", "p.moss", _state="lapsed", signed_on=days(-2000), in_force_to=days(-900))
    assert seen(country, auditor, Wanted(in_force="no")).counts.total == 1


def test_a_kommunes_own_people_have_rows_for_their_own_alone(country: Country) -> None:
    mayor = country.reader("mayor", "alta")
    found = seen(country, mayor, Wanted())
    assert not found.scope.whole_country
    assert named(list(found.page.lines)) == ["5601"]
    country.agreement("alta", "p.moss")
    country.agreement("moss", "p.moss")
    assert named(list(seen(country, mayor, Wanted()).page.lines)) == ["t0001"]


def test_who_sees_the_whole_country(country: Country) -> None:
    for role, name, whole in (("politikontakt", "p.moss", True), ("station_chief", "p.moss", True),
                              ("auditor", "moss", True), ("mayor", "moss", False),
                              ("slt_coordinator", "moss", False)):  # fmt: skip
        assert seen(country, country.reader(role, name), Wanted()).scope.whole_country == whole, role
    operator = Who("0" * 32, "Drift", is_operator=True)
    found = seen(country, operator, Wanted())
    assert found.scope.whole_country
    assert (found.counts.total, found.without) == (0, len(norway.kommuner()))


def test_several_kommuner_of_one_agreement_have_one_row_and_none_of_them_is_without(country: Country) -> None:
    who = country.reader("politikontakt", "p.hamar")
    country.agreement("stange", "moss", "aa", "p.hamar", signed_on=days(-9))
    found = seen(country, who, Wanted(sort="kommune"))
    assert found.counts.total == 1
    assert found.without == len(norway.kommuner()) - 3
    assert named(every(country, who, Wanted(sort="kommune"))).count("t0001") == 1
    assert found.scope.in_force == 3


def test_those_without_are_found_by_name_and_have_no_known_district(country: Country) -> None:
    who = country.reader("politikontakt", "p.moss")
    country.agreement("moss", "p.moss")
    found = seen(country, who, Wanted(words="sør-varanger"))
    assert named(list(found.page.lines)) == ["5605"]
    assert seen(country, who, Wanted(district="ost")).without == 0
    assert seen(country, who, Wanted(district=UNKNOWN)).without == len(norway.kommuner()) - 1
    assert seen(country, who, Wanted(district=UNKNOWN)).counts.total == 0
    assert seen(country, who, Wanted(state="signed")).without == 0


def test_with_and_without_are_two_halves_of_everything(country: Country, chief: Who) -> None:
    both = seen(country, chief, Wanted())
    halves = {having: seen(country, chief, Wanted(agreement=having)) for having in HAVING}
    assert halves["some"].counts.total == both.counts.total == both.with_agreement
    assert halves["none"].counts.total == halves["some"].without == 0
    assert halves["none"].without == both.without == both.without_any


def test_words_find_norwegian_letters_in_names_whatever_their_capitals(country: Country) -> None:
    who = country.reader("politikontakt", "p.moss")
    made = country.agreement("bo", "p.moss", title="ØKT TRYGGHET")
    for word in ("bø", "BØ", "Bø", "økt", "Økt", "ØKT", "trygg", "1867"):
        assert made.id in named(every(country, who, Wanted(words=word, agreement="some"))), word


def test_what_nobody_has_counted_waits_for_nobody_in_the_counts(country: Country) -> None:
    who = country.reader("politikontakt", "p.moss")
    country.agreement("moss", "p.moss", waiting=None)
    assert seen(country, who, Wanted()).counts.waits_for == {"nobody": 1}


def test_a_place_that_is_none_is_refused(country: Country, chief: Who) -> None:
    for text in ("", "x~1", "a~", "k~" + "9" * 41, "3103"):
        with pytest.raises(ValueError, match="not a place"):
            Place.parse(text)
    for place, sort in itertools.product((Place("k", "0000"), Place("a", "nothing")), SORTS):
        with pytest.raises(ValueError, match="not in"):
            seen(country, chief, Wanted(sort=sort), place)
