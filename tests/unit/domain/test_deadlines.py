"""The table of readings, by hand, and the five real agreements."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workflow_app.domain.deadlines import Deadline, compute
from workflow_app.domain.history import History
from workflow_app.domain.rules import Rule

EXPECTED = Path(__file__).resolve().parents[3] / ".." / "shared" / "agreements" / "expected.json"
FIVE = (
    "moss-2020.txt",
    "lillehammer-2018.txt",
    "raelingen-2018.txt",
    "sor-varanger-2024.txt",
    "stange-2025.txt",
)

REVISED = {"kind": "revision", "form": "every", "months": 12, "anchor": "signing"}
YEAR_END = {"kind": "evaluation", "form": "yearly", "month": 12, "day": 31}


def rules(*raw: dict[str, Any]) -> list[Rule]:
    """Rules in the order of an imagined text, each quoting its own kind."""
    return [
        Rule.from_json({"quote": f"<{r['kind']}>", "start": i * 10, "end": i * 10 + 9, **r})
        for i, r in enumerate(raw)
    ]


def signed(day: str) -> dict[str, Any]:
    return {"kind": "signed", "form": "date", "date": day, "precision": "day" if len(day) == 10 else "month"}


def period(first: str, last: str) -> dict[str, Any]:
    return {"kind": "validity", "form": "period", "from": first, "to": last}


def dated(found: tuple[Deadline, ...]) -> list[tuple[str, str]]:
    """Kind and day; an interval as earliest/latest."""
    return [
        (d.kind, str(d.earliest) if d.earliest == d.latest else f"{d.earliest}/{d.latest}") for d in found
    ]


def asked(given: list[Rule], until: str, **history: Any) -> list[tuple[str, str]]:
    return dated(
        compute(given, History(**history), today=date(2026, 11, 21), until=date.fromisoformat(until))
    )


TABLE: dict[str, tuple[list[dict[str, Any]], str, list[tuple[str, str]]]] = {
    "revised each year, counted from signing": (
        [signed("2020-04-30"), REVISED],
        "2030-12-31",
        [("revision", "2021-04-30")],
    ),
    "signed on a leap day": ([signed("2020-02-29"), REVISED], "2030-12-31", [("revision", "2021-02-28")]),
    "revised every third year": (
        [signed("2018-12-03"), REVISED | {"months": 36}],
        "2030-12-31",
        [("revision", "2021-12-03")],
    ),
    "revised by the end of the year": (
        [signed("2020-04-30"), REVISED | {"anchor": "year_end"}],
        "2030-12-31",
        [("revision", "2020-12-31")],
    ),
    "revised twice a year, one at the end of it": (
        [signed("2020-04-30"), REVISED | {"months": 6, "anchor": "year_end"}],
        "2030-12-31",
        [("revision", "2020-06-30")],
    ),
    "revised every third year, at the end of it": (
        [signed("2020-04-30"), REVISED | {"months": 36, "anchor": "year_end"}],
        "2030-12-31",
        [("revision", "2022-12-31")],
    ),
    "revised on a named day": (
        [signed("2020-04-30"), REVISED | {"month": 4, "day": 30}],
        "2030-12-31",
        [("revision", "2021-04-30")],
    ),
    "revised each year from a named date": (
        [REVISED | {"anchor": "2019-01-31", "months": 13}],
        "2030-12-31",
        [("revision", "2020-02-29")],
    ),
    "the period named by its years": (
        [period("2024-01-01", "2026-12-31")],
        "2027-12-31",
        [("expiry", "2026-12-31")],
    ),
    "evaluated at year's end from the year of signing": (
        [signed("2020-04-30"), YEAR_END],
        "2022-12-31",
        [("evaluation", "2020-12-31"), ("evaluation", "2021-12-31"), ("evaluation", "2022-12-31")],
    ),
    "evaluated at year's end, signed on the last day of the year": (
        [signed("2020-12-31"), YEAR_END],
        "2021-12-30",
        [("evaluation", "2020-12-31")],
    ),
    "evaluated at year's end to the end of the period": (
        [signed("2025-02"), period("2025-01-01", "2026-12-31"), YEAR_END],
        "2029-12-31",
        [("evaluation", "2025-12-31"), ("evaluation", "2026-12-31"), ("expiry", "2026-12-31")],
    ),
    "evaluated on a named day, the first one after signing": (
        [signed("2018-12-06"), YEAR_END | {"month": 6, "day": 1}],
        "2020-12-31",
        [("evaluation", "2019-06-01"), ("evaluation", "2020-06-01")],
    ),
    "signed on the named day itself": (
        [signed("2019-06-01"), YEAR_END | {"month": 6, "day": 1}],
        "2020-12-31",
        [("evaluation", "2020-06-01")],
    ),
    "evaluated on leap day": (
        [signed("2019-03-01"), YEAR_END | {"month": 2, "day": 29}],
        "2021-12-31",
        [("evaluation", "2020-02-29"), ("evaluation", "2021-02-28")],
    ),
    "evaluated each spring": (
        [signed("2024-04-10"), {"kind": "evaluation", "form": "yearly", "season": "spring"}],
        "2026-03-01",
        [("evaluation", "2025-03-01/2025-05-31"), ("evaluation", "2026-03-01/2026-05-31")],
    ),
    "evaluated each winter, over new year": (
        [signed("2023-04-10"), {"kind": "evaluation", "form": "yearly", "season": "winter"}],
        "2024-06-30",
        [("evaluation", "2023-12-01/2024-02-29")],
    ),
    "evaluated once, by a day": (
        [{"kind": "evaluation", "form": "once", "by": "2020-10-01"}],
        "2030-12-31",
        [("evaluation", "2020-10-01")],
    ),
    "evaluated continuously, and on request": (
        [
            signed("2020-04-30"),
            {"kind": "evaluation", "form": "continuous", "reason": "no day"},
            {"kind": "revision", "form": "on_request", "reason": "no day"},
        ],
        "2030-12-31",
        [],
    ),
    "silent about everything": ([signed("2018-12-06")], "2030-12-31", []),
    "a half-known signing keeps every date counted from it half known": (
        [signed("2025-02"), REVISED, {"kind": "validity", "form": "duration", "months": 24, "from": None}],
        "2030-12-31",
        [("revision", "2026-02-01/2026-02-28"), ("expiry", "2027-01-31/2027-02-27")],
    ),
    "of two signing dates the last": (
        [signed("2020-04-30"), signed("2020-05-04"), REVISED],
        "2030-12-31",
        [("revision", "2021-05-04")],
    ),
    "evaluated in a period whose signing is blank": (
        [
            period("2024-01-01", "2025-12-31"),
            {"kind": "signed", "form": "blank", "reason": "empty"},
            YEAR_END,
        ],
        "2030-12-31",
        [("evaluation", "2024-12-31"), ("evaluation", "2025-12-31"), ("expiry", "2025-12-31")],
    ),
    "the revision is counted from signing, never from the period": (
        [period("2024-01-01", "2025-12-31"), REVISED],
        "2030-12-31",
        [("expiry", "2025-12-31")],
    ),
    "a date for a part of the agreement is not its own": (
        [period("2024-01-01", "2025-12-31") | {"scope": "appendix 2"}],
        "2030-12-31",
        [],
    ),
    "meetings, agenda, tasks and visits give no day without a meeting": (
        [
            signed("2020-04-30"),
            {"kind": "meetings", "form": "council", "per_year": 4, "strength": "must"},
            {"kind": "agenda", "form": "lead", "days": 7},
            {"kind": "task", "form": "yearly", "what": "night walk", "per_year_min": 1},
            {"kind": "attendance", "form": "yearly", "who": "PST", "per_year": 1},
            {"kind": "council", "form": "referatsak"},
            {"kind": "rotation", "form": "every", "months": 24, "what": "secretary"},
            {"kind": "supplement", "form": "to", "date": "2008-08-20"},
        ],
        "2030-12-31",
        [],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_each_reading_of_the_table(name: str) -> None:
    raw, until, expected = TABLE[name]
    assert asked(rules(*raw), until) == expected


@pytest.mark.parametrize("name", FIVE)
def test_the_five_agreements_exactly(name: str) -> None:
    if not EXPECTED.exists():
        pytest.skip(f"no {EXPECTED.name} beside the repository")
    agreement = json.loads(EXPECTED.read_text(encoding="utf-8"))[name]
    given = rules(*agreement["rules"], *({"reason": "undated", **r} for r in agreement["undated"]))
    ((until, expected),) = (
        (key.removeprefix("deadlines_until_"), value)
        for key, value in agreement.items()
        if key.startswith("deadlines_until_")
    )
    assert asked(given, until) == [tuple(pair) for pair in expected]


def test_the_recorded_signing_stands_above_the_text() -> None:
    given = rules(signed("2020-04-30"), REVISED)
    assert asked(given, "2030-12-31", signed=date(2020, 6, 2)) == [("revision", "2021-06-02")]


def test_a_deadline_carries_clause_counting_and_assumptions() -> None:
    assumption = "counted from the signing date; the clause does not say"
    (found,) = compute(
        rules(signed("2025-02"), REVISED | {"assumptions": [assumption]}),
        History(),
        today=date(2025, 3, 1),
        until=date(2030, 1, 1),
    )
    assert found.quote == "<revision>"
    assert found.assumptions == (assumption,)
    assert str(found.rule_sentence) == "12 months after 2025-02-01/2025-02-28."
    assert found.settled_by is not None
    assert "day of signing" in str(found.settled_by)
    assert found.to_json() == {
        "kind": "revision",
        "source": "clause",
        "earliest": "2026-02-01",
        "latest": "2026-02-28",
        "quote": "<revision>",
        "assumptions": [assumption],
        "status": "open",
        "undocumented": False,
        "met_by": None,
        "party": None,
        "year": None,
        "occasion": "agreement",
        "progress": None,
        "floor": None,
        "half": None,
        "about": None,
        "meeting": None,
        "key": found.key,
    }


def test_two_clauses_asking_the_same_give_one_deadline_quoting_the_first() -> None:
    twice = rules(signed("2020-04-30"), YEAR_END | {"quote": "first"}, YEAR_END | {"quote": "second"})
    found = compute(twice, History(), today=date(2020, 5, 1), until=date(2020, 12, 31))
    assert [d.quote for d in found] == ["first"]


def test_several_signing_dates_are_an_assumption() -> None:
    given = rules(signed("2020-04-30"), signed("2020-05-04"), REVISED)
    (found,) = compute(given, History(), today=date(2020, 6, 1), until=date(2030, 1, 1))
    assert found.assumptions == ("the text has several signing dates; counted from the last of them",)
