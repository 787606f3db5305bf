"""Expiry, renewal, notice and option; when an agreement ends, and when it is in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import compute, effective_end, in_force
from workflow_app.domain.history import Extension, History, Termination
from workflow_app.domain.rules import Rule


def to(last: str, first: str = "2023-01-01") -> Rule:
    return Rule("validity", "period", "the period", 0, 10, {"from": first, "to": last})


NOTICE = Rule("termination", "notice", "three months", 20, 30, {"months": 3})
RENEWS = Rule("renewal", "automatic", "a year at a time", 40, 50, {"months": 12})
ONE_PLUS_ONE = Rule("renewal", "option", "1 + 1", 40, 50, {"months": [12, 12]})
OPEN_ENDED = Rule("validity", "until_terminated", "until terminated", 0, 10, {"from": "2012-07-01"})
SIGNED = date(2022, 12, 1)


def standing(
    *rules: Rule, today: str = "2023-06-01", until: str = "2027-12-31", **history: Any
) -> list[tuple[str, str, str, int | None]]:
    known = History(**{"signed": SIGNED, **history})
    found = compute(rules, known, today=date.fromisoformat(today), until=date.fromisoformat(until))
    return [(d.kind, str(d.latest), d.status, d.met_by) for d in found]


def longer(last: str, entry: int, *, by_option: bool = False) -> Extension:
    return Extension(date.fromisoformat(last), date(2025, 1, 1), entry, by_option)


def given(on: str, effective: str) -> Termination:
    return Termination(date.fromisoformat(on), date.fromisoformat(effective), 30)


def test_notice_before_an_expiry_leaves_three_whole_months() -> None:
    assert standing(to("2026-04-30"), NOTICE) == [
        ("notice", "2026-01-31", "open", None),
        ("expiry", "2026-04-30", "open", None),
    ]


def test_notice_says_how_it_is_counted_and_what_it_is_worth() -> None:
    found = compute((to("2026-04-30"), NOTICE), History(signed=SIGNED), today=SIGNED, until=date(2026, 2, 1))
    assert str(found[0].rule_sentence) == (
        "The last day to give notice: 3 whole months must remain until 2026-04-30."
    )
    assert found[0].assumptions == (
        "the agreement ends by itself; after this day a notice no longer ends it earlier",
    )
    assert found[0].quote == "three months"


def test_a_notice_clause_alone_dates_nothing() -> None:
    assert standing(NOTICE) == []
    assert standing(OPEN_ENDED, NOTICE) == []


def test_an_automatic_renewal_renews_and_never_expires() -> None:
    assert standing(to("2025-12-31"), RENEWS, NOTICE) == [
        ("notice", "2025-09-30", "open", None),
        ("renewal", "2026-01-01", "open", None),
        ("notice", "2026-09-30", "open", None),
        ("renewal", "2027-01-01", "open", None),
        ("notice", "2027-09-30", "open", None),
    ]


def test_renewals_gone_by_are_moot_not_missed() -> None:
    found = standing(to("2025-12-31"), RENEWS, NOTICE, today="2026-02-01", until="2026-12-31")
    assert [status for *_, status, _ in found] == ["moot", "moot", "open"]


def test_renewals_keep_the_last_day_of_the_month() -> None:
    monthly = Rule("renewal", "automatic", "a month at a time", 40, 50, {"months": 1})
    found = standing(to("2024-01-31"), monthly, until="2024-05-01")
    assert [day for _, day, _, _ in found] == ["2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"]


def test_a_notice_in_time_ends_a_renewing_agreement() -> None:
    found = standing(
        to("2025-12-31"), RENEWS, NOTICE, terminated=given("2026-08-01", "2026-12-31"), today="2026-10-01"
    )
    assert found == [("notice", "2026-09-30", "met", 30), ("expiry", "2026-12-31", "open", None)]


def test_an_option_is_the_next_one_at_a_time() -> None:
    assert standing(to("2025-07-01"), ONE_PLUS_ONE) == [
        ("expiry", "2025-07-01", "open", None),
        ("option", "2025-07-01", "open", None),
    ]
    used = longer("2026-07-01", 8, by_option=True)
    assert standing(to("2025-07-01"), ONE_PLUS_ONE, extensions=(used,), today="2025-08-01") == [
        ("option", "2025-07-01", "met", 8),
        ("expiry", "2026-07-01", "open", None),
        ("option", "2026-07-01", "open", None),
    ]
    both = (used, longer("2027-07-01", 9, by_option=True))
    assert standing(to("2025-07-01"), ONE_PLUS_ONE, extensions=both, today="2026-08-01") == [
        ("option", "2025-07-01", "met", 8),
        ("option", "2026-07-01", "met", 9),
        ("expiry", "2027-07-01", "open", None),
    ]


def test_an_option_with_a_notice_of_its_own() -> None:
    noticed = Rule("renewal", "option", "1 year", 40, 50, {"months": [12], "notice_months": 3})
    assert standing(to("2025-04-30"), noticed)[0] == ("option", "2025-01-31", "open", None)
    assert standing(to("2025-04-30"), noticed, today="2025-02-01")[0] == (
        "option",
        "2025-01-31",
        "moot",
        None,
    )


def test_an_option_is_moot_after_notice() -> None:
    found = standing(to("2025-07-01"), ONE_PLUS_ONE, terminated=given("2024-01-01", "2025-07-01"))
    assert ("option", "2025-07-01", "moot", None) in found


def test_an_extension_moves_the_expiry_and_says_so() -> None:
    rules, history = (to("2025-12-31"),), History(signed=SIGNED, extensions=(longer("2026-06-30", 8),))
    (expiry,) = compute(rules, history, today=date(2026, 1, 15), until=date(2030, 1, 1))
    assert (str(expiry.latest), expiry.status, expiry.quote) == ("2026-06-30", "open", "the period")
    assert "entry 8" in str(expiry.rule_sentence)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ({}, ("missed", None)),
        ({"lapsed_on": date(2026, 1, 1)}, ("moot", None)),
        ({"successor_signed_on": date(2025, 11, 1), "successor_entry": 40}, ("met", 40)),
        ({"terminated": given("2025-03-01", "2025-12-31")}, ("met", 30)),
    ],
)
def test_what_becomes_of_an_expiry_gone_by(history: dict[str, Any], expected: tuple[str, int | None]) -> None:
    assert standing(to("2025-12-31"), today="2026-03-01", **history)[0][2:] == expected


def test_a_terminated_agreement_without_an_end_expires_on_the_day_it_takes_effect() -> None:
    found = compute(
        (OPEN_ENDED, NOTICE),
        History(signed=SIGNED, terminated=given("2024-01-10", "2024-04-30")),
        today=date(2024, 2, 1),
        until=date(2030, 1, 1),
    )
    assert [(d.kind, str(d.latest), d.quote) for d in found] == [("expiry", "2024-04-30", "three months")]


def test_without_a_clause_a_termination_ends_it_and_dates_no_deadline() -> None:
    history = History(signed=SIGNED, terminated=given("2024-01-10", "2024-04-30"))
    assert compute((), history, today=date(2024, 2, 1), until=date(2030, 1, 1)) == ()
    assert effective_end((), history, date(2024, 2, 1)).date == date(2024, 4, 30)


@pytest.mark.parametrize("months", [0, -12, "12", None])
def test_a_term_of_no_months_is_refused_instead_of_renewing_for_ever(months: Any) -> None:
    broken = Rule("renewal", "automatic", "…", 40, 50, {"months": months})
    with pytest.raises(ValueError, match="at least 1"):
        standing(to("2025-12-31"), broken)


END: dict[str, tuple[tuple[Rule, ...], dict[str, Any], str | None, str]] = {
    "silent": ((), {}, None, "The agreement does not say when it expires."),
    "until terminated": ((OPEN_ENDED,), {}, None, "The agreement runs until it is terminated."),
    "open": (
        (Rule("validity", "open", "from", 0, 10, {"from": "2018-01-01"}),),
        {},
        None,
        "The agreement does not say when it expires.",
    ),
    "period": ((to("2026-12-31"),), {}, "2026-12-31", "The clause gives 2026-12-31 as the last day."),
    "two years from a named day": (
        (Rule("validity", "duration", "two years", 0, 10, {"months": 24, "from": "2013-07-01"}),),
        {},
        "2015-06-30",
        "The clause gives 2015-06-30 as the last day.",
    ),
    "two years from signing": (
        (Rule("validity", "duration", "two years", 0, 10, {"months": 24, "from": None}),),
        {},
        "2024-11-30",
        "The clause gives 2024-11-30 as the last day.",
    ),
    "extended, then shortened again": (
        (to("2026-12-31"),),
        {"extensions": (longer("2028-12-31", 8), longer("2027-12-31", 9))},
        "2027-12-31",
        "Extended to 2027-12-31.",
    ),
    "terminated": (
        (to("2026-12-31"),),
        {"terminated": given("2025-01-01", "2025-06-30")},
        "2025-06-30",
        "Terminated on 2025-01-01; 2025-06-30 is the last day.",
    ),
    "terminated beyond its own end": (
        (to("2026-12-31"),),
        {"terminated": given("2026-11-01", "2027-06-30")},
        "2026-12-31",
        "The clause gives 2026-12-31 as the last day.",
    ),
    "renewing": (
        (to("2025-12-31"), RENEWS),
        {},
        None,
        "Renews itself on 2027-01-01 for 12 months at a time, unless terminated in time.",
    ),
}


@pytest.mark.parametrize("name", END)
def test_when_it_ends_and_why(name: str) -> None:
    rules, history, day, reason = END[name]
    end = effective_end(rules, History(**{"signed": SIGNED, **history}), date(2026, 3, 1))
    assert (end.date and str(end.date), str(end.reason)) == (day, reason)
    assert end.renews == (name == "renewing")
    assert end.renews_on == (date(2027, 1, 1) if end.renews else None)


def test_clauses_that_disagree_about_the_end_give_both_days() -> None:
    end = effective_end((to("2026-12-31"), to("2027-06-30")), History(signed=SIGNED), SIGNED)
    assert end.interval == Interval(date(2026, 12, 31), date(2027, 6, 30))
    (expiry,) = compute(
        (to("2026-12-31"), to("2027-06-30")), History(signed=SIGNED), today=SIGNED, until=date(2028, 1, 1)
    )
    assert expiry.assumptions == (
        "the clauses give different last days; the earliest and the latest are shown",
    )


@pytest.mark.parametrize(
    ("history", "span"),
    [
        ({"signed": None}, (None, None)),
        ({}, ("2022-12-01", "2026-12-31")),
        ({"successor_signed_on": date(2026, 5, 1)}, ("2022-12-01", "2026-05-01")),
        ({"terminated": given("2025-01-01", "2025-06-30")}, ("2022-12-01", "2025-06-30")),
        ({"extensions": (longer("2027-12-31", 9),)}, ("2022-12-01", "2027-12-31")),
    ],
)
def test_in_force_from_signing_to_the_earliest_end(
    history: dict[str, Any], span: tuple[str | None, str | None]
) -> None:
    first, last = in_force((to("2026-12-31"),), History(**{"signed": SIGNED, **history}))
    assert (first and str(first), last and str(last)) == span


def test_in_force_without_an_end() -> None:
    assert in_force((), History(signed=SIGNED)) == (SIGNED, None)
    assert in_force((to("2025-12-31"), RENEWS), History(signed=SIGNED)) == (SIGNED, None)


def test_a_notice_longer_than_the_terms_is_told_for_every_end_it_still_reaches() -> None:
    """Whoever looks to the end of 2024 must see that the end of 2026 is given notice of by then."""
    two_years = Rule("termination", "notice", "two years", 20, 30, {"months": 24})
    found = standing(to("2024-12-31"), RENEWS, two_years, until="2024-12-31")
    assert [day for kind, day, *_ in found if kind == "notice"] == ["2022-12-31", "2023-12-31", "2024-12-31"]
