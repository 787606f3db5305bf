"""Which deadlines the front page tells of."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from workflow_app.services import worklist_ahead
from workflow_app.services.worklist_ahead import FEW, coming

TODAY = date(2026, 6, 1)


def agreement(ident: int, latest: str | None) -> Any:
    """An agreement whose stored deadline is on that day."""
    return SimpleNamespace(id=str(ident), next_deadline={"latest": latest} if latest else None)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every agreement has one deadline over and two ahead, the nearest second."""
    days = [
        SimpleNamespace(latest=date.fromisoformat(d), kind=k, reminds=r, to_json=lambda d=d: {"latest": d})
        for d, k, r in (
            ("2020-07-29", "report", True),
            ("2026-12-31", "evaluation", True),
            ("2026-06-09", "agenda", True),
            ("2026-06-02", "agenda", False),
        )
    ]
    monkeypatch.setattr(
        worklist_ahead, "read_chronicle", lambda *_: SimpleNamespace(deadlines=lambda: tuple(days))
    )


def told(*agreements: Any) -> list[tuple[str, str]]:
    """Agreement and day of each row."""
    return [(a.id, d["latest"]) for a, d in coming(cast(Any, None), agreements, TODAY)]


@pytest.mark.usefixtures("ahead")
def test_what_is_over_is_followed_by_what_is_ahead() -> None:
    found = told(agreement(1, "2020-07-29"), agreement(2, "2026-06-04"), agreement(3, None))
    assert found == [("1", "2020-07-29"), ("2", "2026-06-04"), ("1", "2026-06-09")]
    assert told(agreement(1, "2026-06-01")) == [("1", "2026-06-01")], "today is not over"


def test_whoever_follows_many_has_what_is_stored() -> None:
    many = [agreement(n, "2020-07-29") for n in range(FEW + 1)]
    assert len(told(*many)) == FEW + 1
