"""The last day and what brings it are told by the same clauses and events as everywhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import in_force
from workflow_app.domain.history import Extension, History, Termination
from workflow_app.domain.rules import Rule
from workflow_app.domain.timeline.validity import last_day

SIGNED = date(2024, 2, 1)


def rule(kind: str, form: str, **values: Any) -> Rule:
    return Rule.from_json({"kind": kind, "form": form, "quote": "…", "start": 0, "end": 1, **values})


PERIOD = rule("validity", "period", **{"from": "2024-01-01", "to": "2026-12-31"})
NOTICE = rule("validity", "until_terminated")
RENEWS = rule("renewal", "automatic", months=12)


def history(**more: Any) -> History:
    return History(**{"signed": SIGNED, **more})


@pytest.mark.parametrize(
    ("rules", "told", "how", "last"),
    [
        ([PERIOD], {}, "expires", date(2026, 12, 31)),
        ([], {}, "unsaid", None),
        ([NOTICE], {}, "until_terminated", None),
        ([PERIOD, RENEWS], {}, "renews", None),
        ([PERIOD], {"extensions": (Extension(date(2028, 12, 31), date(2026, 5, 1), 7, False),)}, "extended",
         date(2028, 12, 31)),
        ([PERIOD], {"terminated": Termination(date(2025, 1, 1), date(2025, 6, 30), 8)}, "terminated",
         date(2025, 6, 30)),
        ([PERIOD], {"successor_signed_on": date(2026, 3, 3)}, "succeeded", date(2026, 3, 3)),
        ([PERIOD], {"replaced_on": date(2025, 3, 3), "successor_signed_on": date(2025, 3, 3)}, "replaced",
         date(2025, 3, 3)),
        ([], {"lapsed_on": date(2026, 1, 1)}, "lapsed", date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_how_it_ends(rules: list[Rule], told: dict[str, Any], how: str, last: date | None) -> None:
    found = last_day(rules, history(**told))
    assert found is not None
    assert found.how == how
    assert (found.span.latest if found.span else None) == last == in_force(rules, history(**told))[1]


def test_an_unsigned_one_has_no_end() -> None:
    assert last_day([PERIOD], History()) is None


def test_a_half_known_end_stays_so() -> None:
    months = rule("validity", "duration", months=24, **{"from": "signing"})
    found = last_day([months], history(signed=Interval.parse("2024-02")))
    assert found is not None
    assert found.span == Interval(date(2026, 1, 31), date(2026, 2, 27))
    assert found.how == "expires"
