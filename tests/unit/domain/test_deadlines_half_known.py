"""A half-known day: what would settle it, by which clause counts it, and how it stands as time goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import compute, effective_end, in_force, silences
from workflow_app.domain.deadlines.facts import BY_CLAUSE, BY_NOBODY, BY_REGISTERING, BY_SIGNING
from workflow_app.domain.history import History
from workflow_app.domain.rules import Rule

UNTIL = date(2035, 12, 31)
FEBRUARY = Interval.parse("2025-02")


def rule(kind: str, form: str, **values: Any) -> Rule:
    """A rule with a quote of its own."""
    return Rule(kind, form, f"{kind} {form}", 0, 10, values)


SIGNED = rule("signed", "date", date="2025-02", precision="month")
YEARLY = rule("revision", "every", months=12, anchor="signing")
TWO_YEARS = rule("validity", "duration", months=24, **{"from": None})
TO_JUNE = rule("validity", "period", **{"from": "2025-01-01", "to": "2027-06"})
NOTICE = rule("termination", "notice", months=3)


def settled(rules: list[Rule], history: History, kind: str) -> Any:
    """What would settle the first deadline of the kind."""
    found = compute(rules, history, today=date(2025, 3, 1), until=UNTIL)
    return next(d for d in found if d.kind == kind).settled_by


@pytest.mark.parametrize(
    ("rules", "signed", "kind", "wanted"),
    [
        ([SIGNED, YEARLY], None, "revision", BY_SIGNING),
        ([SIGNED, TWO_YEARS], None, "expiry", BY_SIGNING),
        ([SIGNED, TWO_YEARS, NOTICE], None, "notice", BY_SIGNING),
        ([SIGNED, YEARLY], FEBRUARY, "revision", BY_NOBODY),
        ([SIGNED, YEARLY], date(2025, 2, 3), "revision", None),
        ([SIGNED, TO_JUNE], None, "expiry", BY_CLAUSE),
        ([SIGNED, TO_JUNE], FEBRUARY, "expiry", BY_CLAUSE),
        ([SIGNED, TO_JUNE, NOTICE], FEBRUARY, "notice", BY_CLAUSE),
        ([SIGNED, TO_JUNE], date(2025, 2, 3), "expiry", BY_CLAUSE),
    ],
)
def test_what_settles_it_is_what_it_is_counted_from(
    rules: list[Rule], signed: date | Interval | None, kind: str, wanted: object
) -> None:
    assert settled(rules, History(signed=signed), kind) == wanted


def test_what_no_day_is_known_for_says_what_would_give_one() -> None:
    partial = Rule("signed", "partial", "onsdag 25. juni", 0, 5, {"date": "--06-25"}, reason="x")
    told = {s.kind: s.settled_by for s in silences([partial, YEARLY, TWO_YEARS])}
    assert told["signed"] == told["revision"] == told["expiry"] == BY_REGISTERING
    assert {s.settled_by for s in silences([rule("signed", "date", date="2025-02-03")])} == {None}


@given(st.dates(date(2026, 1, 1), date(2026, 4, 1)))
def test_it_is_open_until_its_last_day_is_past(today: date) -> None:
    [found] = [
        d
        for d in compute([YEARLY], History(signed=FEBRUARY), today=today, until=UNTIL)
        if d.kind == "revision"
    ]
    assert (found.earliest, found.latest) == (date(2026, 2, 1), date(2026, 2, 28))
    assert found.status == ("missed" if today > found.latest else "open")


def test_it_is_in_force_from_when_that_is_certain() -> None:
    assert in_force([TWO_YEARS], History(signed=FEBRUARY)) == (date(2025, 2, 28), date(2027, 2, 27))


@pytest.mark.parametrize("text", ["2025-02-03", "2025-02", "2024-02", "2025", "2025-12"])
def test_what_was_written_is_written_again(text: str) -> None:
    assert Interval.parse(text).written == text


def test_days_between_two_are_written_as_both() -> None:
    assert Interval(date(2025, 3, 1), date(2025, 3, 10)).written == "2025-03-01/2025-03-10"


OPEN = rule("validity", "until_terminated")


@pytest.mark.parametrize(
    ("rules", "replaced", "wanted"),
    [
        ([OPEN], date(2018, 12, 3), date(2018, 12, 3)),
        ([TO_JUNE], date(2026, 1, 1), date(2026, 1, 1)),
        ([rule("validity", "period", **{"from": "2025-01-01", "to": "2025-12-31"})], date(2026, 5, 1),
         date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_what_is_replaced_ends_then_unless_it_had_ended(
    rules: list[Rule], replaced: date, wanted: date
) -> None:
    history = History(signed=date(2008, 5, 12), successor_signed_on=replaced, replaced_on=replaced)
    assert effective_end(rules, history, date(2026, 6, 1)).date == wanted
    assert in_force(rules, history)[1] == wanted


def test_what_renews_itself_ends_when_it_is_replaced() -> None:
    renewing = [
        rule("validity", "period", **{"from": "2020-01-01", "to": "2020-12-31"}),
        rule("renewal", "automatic", months=12),
    ]
    history = History(
        signed=date(2020, 1, 1), successor_signed_on=date(2025, 3, 1), replaced_on=date(2025, 3, 1)
    )
    end = effective_end(renewing, history, date(2025, 6, 1))
    assert (end.date, end.renews) == (date(2025, 3, 1), False)
