"""``avtaleflyt acting``: in whose office, for how long."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
ADD = ("acting", "add", "vara.moss", "--for", "ordforer.moss", "--role", "mayor", "--party", "3103")


@pytest.fixture
def moss(house: Run) -> Run:
    house("party", "add", "--municipal", "3103")
    for username in ("ordforer.moss", "vara.moss"):
        house("person", "add", username, "--name", "Kari Nordmann", "--generate-password")
    house("role", "add", "ordforer.moss", "mayor", "3103", "--from", "2023-10-01", "--to", "2027-09-30")
    return house


def test_added_listed_and_ended(moss: Run) -> None:
    said = moss(*ADD, "--from", "2026-03-01", "--to", "2026-03-31", "--title", "Varaordfører")
    assert said.out == (
        "1: vara.moss acts as mayor for Moss kommune in the office of ordforer.moss "
        "from 2026-03-01 to 2026-03-31\n"
    )
    assert json.loads(moss("acting", "list", "--json", "--today", "2026-03-31").out) == [
        {
            "id": 1,
            "username": "vara.moss",
            "for": "ordforer.moss",
            "role": "mayor",
            "party": "3103",
            "title": "Varaordfører",
            "from": "2026-03-01",
            "to": "2026-03-31",
        }
    ]
    assert moss("acting", "end", "1", "--to", "2026-03-10").out == (
        "1: vara.moss acts as mayor for Moss kommune until 2026-03-10\n"
    )
    assert json.loads(moss("acting", "list", "--json", "--today", "2026-03-11").out) == []
    assert len(json.loads(moss("acting", "list", "--json", "--ended", "--party", "3103").out)) == 1


def test_from_today_where_nothing_is_said(moss: Run) -> None:
    assert "from 2026-03-02 to" in moss(*ADD, "--to", "2026-03-31", "--today", "2026-03-02").out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--to", "2027-10-01", "--from", "2027-09-01"), "is not mayor for Moss kommune on 2027-10-01"),
        (("--to", "2026-13-01"), "--to: «2026-13-01» is not a date"),
        (("--to", "2026-03-31", "--from", "2026-04-01"), "is before the first day"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_done(
    moss: Run, words: tuple[str, ...], part: str
) -> None:
    said = moss(*ADD, *words)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert said.err.count("\n") == 1
    assert json.loads(moss("acting", "list", "--json", "--ended").out) == []


def test_the_last_day_must_be_said(moss: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        moss(*ADD)
    assert ended.value.code == 2
