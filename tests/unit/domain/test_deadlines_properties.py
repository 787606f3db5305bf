"""What must hold for any rules and any history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.domain.deadlines import (
    Deadline,
    HouseRule,
    compute,
    effective_end,
    in_force,
    moves,
    silences,
)
from workflow_app.domain.history import (
    EvaluationDone,
    Extension,
    History,
    MatterDone,
    MeetingFact,
    Termination,
)
from workflow_app.domain.rules import Rule

dates = st.dates(date(2010, 1, 1), date(2035, 12, 31))
iso = dates.map(str)
half_known = st.one_of(iso, iso.map(lambda d: d[:7]), iso.map(lambda d: d[:4]))
months = st.integers(1, 60)
month_day = st.fixed_dictionaries({"month": st.integers(1, 12), "day": st.integers(1, 31)})
season = st.fixed_dictionaries({"season": st.sampled_from(["spring", "summer", "autumn", "winter"])})

FORMS: dict[tuple[str, str], st.SearchStrategy[dict[str, Any]]] = {
    ("signed", "date"): st.fixed_dictionaries({"date": half_known}),
    ("validity", "period"): st.tuples(dates, dates).map(
        lambda pair: {"from": str(min(pair)), "to": str(max(pair))}
    ),
    ("validity", "duration"): st.fixed_dictionaries(
        {"months": months, "from": st.one_of(iso, st.just("signing"), st.none())}
    ),
    ("validity", "open"): st.fixed_dictionaries({"from": iso}),
    ("validity", "until_terminated"): st.just({}),
    ("revision", "every"): st.one_of(
        st.fixed_dictionaries(
            {"months": months, "anchor": st.one_of(iso, st.sampled_from(["signing", "year_end"]))}
        ),
        st.builds(lambda m, d: {"months": m, "anchor": "signing", **d}, months, month_day),
    ),
    ("evaluation", "yearly"): st.one_of(month_day, season),
    ("evaluation", "once"): st.fixed_dictionaries({"by": half_known}),
    ("renewal", "automatic"): st.fixed_dictionaries({"months": months}),
    ("renewal", "option"): st.builds(
        lambda terms, notice: {"months": terms} | ({"notice_months": notice} if notice else {}),
        st.lists(months, min_size=1, max_size=3),
        st.one_of(st.none(), st.integers(1, 12)),
    ),
    ("termination", "notice"): st.fixed_dictionaries({"months": st.integers(1, 24)}),
    ("council", "referatsak"): st.just({}),
    ("council", "adoption"): st.just({}),
    ("task", "yearly"): st.just({"what": "walk", "per_year_min": 1}),
    ("attendance", "yearly"): st.fixed_dictionaries(
        {"who": st.sampled_from(["PST", "the leader"]), "per_year": st.integers(1, 3)}
    ),
    ("meetings", "council"): st.one_of(
        st.fixed_dictionaries(
            {"per_year": st.integers(1, 6), "strength": st.sampled_from(["must", "should"])}
        ),
        st.fixed_dictionaries({"per_year_min": st.integers(1, 3)}),
        st.fixed_dictionaries({"per_year": st.just(4), "spring": st.integers(1, 3), "autumn": st.just(2)}),
        st.just({"per_year_max": 4}),
    ),
    ("agenda", "lead"): st.fixed_dictionaries({"days": st.integers(1, 30)}),
}


@st.composite
def rule_lists(draw: st.DrawFn, without: frozenset[str] = frozenset()) -> list[Rule]:
    chosen = draw(st.lists(st.sampled_from([f for f in FORMS if f[0] not in without]), max_size=6))
    rules = []
    for place, (kind, form) in enumerate(chosen):
        reason = draw(st.sampled_from([None, None, None, "no date in it"]))
        rules.append(
            Rule(kind, form, f"clause {place}", place, place + 1, draw(FORMS[kind, form]), (), reason)
        )
    return rules


entries = st.integers(1, 999)
evaluations = st.builds(
    EvaluationDone,
    st.integers(2010, 2035),
    dates,
    st.sampled_from(["continues", "reviewed_unchanged", "to_be_revised"]),
    entries,
)
facts = st.builds(
    MeetingFact,
    st.integers(1, 9),
    dates,
    st.sampled_from(["planned", "cancelled", "held"]),
    entries,
    st.one_of(st.none(), dates),
    entries,
    entries,
)
histories = st.builds(
    History,
    signed=st.one_of(st.none(), dates),
    evaluations=st.lists(evaluations, max_size=4).map(tuple),
    extensions=st.lists(st.builds(Extension, dates, dates, entries, st.booleans()), max_size=2).map(tuple),
    terminated=st.one_of(st.none(), st.builds(Termination, dates, dates, entries)),
    successor_signed_on=st.one_of(st.none(), dates),
    lapsed_on=st.one_of(st.none(), dates),
    matters=st.lists(
        st.builds(
            MatterDone,
            st.sampled_from(["3103", "3105"]),
            st.sampled_from(["noted", "postponed"]),
            dates,
            entries,
        ),
        max_size=2,
    ).map(tuple),
    municipal=st.sampled_from([(), ("3103",), ("3103", "3105")]),
    meetings=st.lists(facts, max_size=4, unique_by=lambda m: m.number).map(tuple),
)
HOUSE = (
    HouseRule("report_within_days", "3103", days=30),
    HouseRule("review_after_months", "3105", months=24),
)


def asked(rules: list[Rule], history: History, today: date, until: date) -> tuple[Deadline, ...]:
    return compute(rules, history, today=today, until=until, house_rules=HOUSE)


@given(rule_lists(), histories, dates, dates)
@settings(max_examples=300, deadline=None)
def test_every_deadline_stands_on_a_clause_and_is_in_order(
    rules: list[Rule], history: History, today: date, until: date
) -> None:
    found = asked(rules, history, today, until)
    assert [d.earliest for d in found] == sorted(d.earliest for d in found)
    for deadline in found:
        assert deadline.earliest <= deadline.latest
        assert deadline.earliest <= until
        late = deadline.kind == "agenda" and deadline.status == "missed"
        assert deadline.status == "met" or late or deadline.met_by is None
        assert deadline.met_by is None or not deadline.reminds
        assert not deadline.undocumented or deadline.status == "missed"
        if deadline.source == "clause":
            assert deadline.rule in [r for r in rules if r.dated]
            assert deadline.rule is not None
            assert deadline.quote == deadline.rule.quote
        else:
            assert deadline.party in history.municipal
            assert (deadline.kind, deadline.rule) == ("revision", None) or deadline.kind == "report"


@given(rule_lists(), histories, dates, dates, dates)
@settings(max_examples=200, deadline=None)
def test_looking_further_only_adds(
    rules: list[Rule], history: History, today: date, one: date, other: date
) -> None:
    near, far = sorted((one, other))
    wide = asked(rules, history, today, far)
    strip = [replace(d, undocumented=False) for d in wide if d.earliest <= near]
    assert strip == [replace(d, undocumented=False) for d in asked(rules, history, today, near)]


@given(rule_lists(), histories, dates, dates, dates)
@settings(max_examples=200, deadline=None)
def test_the_day_of_asking_moves_no_date(
    rules: list[Rule], history: History, one: date, other: date, until: date
) -> None:
    first = [(d.kind, d.earliest, d.latest, d.quote) for d in asked(rules, history, one, until)]
    assert first == [(d.kind, d.earliest, d.latest, d.quote) for d in asked(rules, history, other, until)]


@given(rule_lists(without=frozenset({"signed", "validity"})), dates, dates)
@settings(deadline=None)
def test_without_signing_or_period_only_dates_named_in_the_clause(
    rules: list[Rule], today: date, until: date
) -> None:
    for deadline in asked(rules, History(municipal=("3103", "3105")), today, until):
        assert deadline.rule is not None
        own = deadline.rule.values
        assert deadline.rule.form == "once" or own.get("anchor", "signing") not in ("signing", "year_end")
        assert "month" not in own


@given(rule_lists(), histories, dates, dates, st.integers(2010, 2035), dates)
@settings(max_examples=200, deadline=None)
def test_an_evaluation_meets_exactly_the_year_it_names(
    rules: list[Rule], history: History, today: date, until: date, year: int, on: date
) -> None:
    bare = replace(history, evaluations=())
    held = replace(history, evaluations=(EvaluationDone(year, on, "continues", 7),))
    before = [d for d in asked(rules, bare, today, until) if d.kind == "evaluation"]
    after = [d for d in asked(rules, held, today, until) if d.kind == "evaluation"]
    assert [(d.earliest, d.year) for d in before] == [(d.earliest, d.year) for d in after]
    for was, now in zip(before, after, strict=True):
        expected = ("met", 7) if was.year == year else (was.status, None)
        assert (now.status, now.met_by) == expected


@given(rule_lists(), histories, dates, dates)
@settings(deadline=None)
def test_history_never_invents_a_clause(
    rules: list[Rule], history: History, today: date, until: date
) -> None:
    quotes = {r.quote for r in rules if r.dated} | {""}
    kinds = {d.quote for d in compute(rules, history, today=today, until=until)}
    assert kinds <= quotes
    assert compute([], history, today=today, until=until) == ()


@given(rule_lists(), histories, dates, dates)
@settings(deadline=None)
def test_the_same_rules_move_nothing_and_the_order_given_does_not_matter(
    rules: list[Rule], history: History, today: date, until: date
) -> None:
    assert moves(rules, list(reversed(rules)), history, today=today, until=until, house_rules=HOUSE) == ()


@given(rule_lists(), histories, dates)
@settings(deadline=None)
def test_ends_and_silences_answer_for_any_history(rules: list[Rule], history: History, today: date) -> None:
    end = effective_end(rules, history, today)
    assert (end.renews_on is not None) == end.renews
    assert not end.renews or (end.date is None and end.renews_on is not None and end.renews_on > today)
    first, last = in_force(rules, history)
    assert first is not None or last is None
    said = silences(rules, history)
    assert all(str(s.sentence) for s in said)


@given(rule_lists(), histories, dates, dates, dates)
@settings(max_examples=200, deadline=None)
def test_keys_tell_deadlines_apart_and_outlive_the_day_of_asking_and_the_horizon(
    rules: list[Rule], history: History, today: date, other: date, until: date
) -> None:
    found = asked(rules, history, today, until)
    keys = [d.key for d in found]
    assert len(set(keys)) == len(keys)
    assert keys == [d.key for d in asked(rules, history, other, until)]
    assert keys == [d.key for d in asked(rules, history, today, date(2040, 1, 1)) if d.earliest <= until]
    assert all(d.reminder_key == f"{d.key}/{d.latest}" for d in found)


@given(rule_lists(), histories, dates, dates)
@settings(max_examples=200, deadline=None)
def test_a_year_is_never_asked_for_before_signing_nor_beyond_the_end(
    rules: list[Rule], history: History, today: date, until: date
) -> None:
    for deadline in asked(rules, history, today, until):
        if not deadline.window:
            continue
        assert history.signing is not None
        assert deadline.latest >= history.signing.latest
        assert deadline.progress is not None
        assert deadline.floor is not None
        if deadline.status == "missed":
            assert deadline.progress[0] < deadline.floor
            assert deadline.earliest >= history.signing.latest
            assert (deadline.latest.month, deadline.latest.day) in ((6, 30), (12, 31))


def test_the_last_day_there_is_stops_nothing() -> None:
    every = [
        Rule("signed", "date", "s", 0, 1, {"date": "9990-02-28"}),
        Rule("validity", "duration", "v", 1, 2, {"months": 100_000, "from": "9990-01-01"}),
        Rule("validity", "period", "p", 2, 3, {"from": "9990-01-01", "to": "9999-12-31"}),
        Rule("renewal", "automatic", "r", 3, 4, {"months": 12}),
        Rule("renewal", "option", "o", 4, 5, {"months": [12]}),
        Rule("termination", "notice", "n", 5, 6, {"months": 200_000}),
        Rule("revision", "every", "e", 6, 7, {"months": 12 * 9_999}),
        Rule("revision", "every", "f", 7, 8, {"months": 120, "anchor": "year_end"}),
        Rule("evaluation", "yearly", "w", 8, 9, {"season": "winter"}),
        Rule("evaluation", "yearly", "y", 9, 10, {"month": 12, "day": 31}),
        Rule("meetings", "council", "m", 10, 11, {"per_year": 4, "spring": 2, "autumn": 2}),
        Rule("task", "yearly", "t", 11, 12, {"what": "walk", "per_year_min": 1}),
    ]
    for left_out in range(len(every)):
        rules = every[:left_out] + every[left_out + 1 :]
        found = asked(rules, History(municipal=("3103",)), date.max, date.max)
        assert found
        assert all(d.latest < date.max for d in found)
        assert effective_end(rules, History(), date.max).reason.text
