"""``avtaleflyt token``: the token alone on standard output, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from workflow_app.services import norway, tokens

Run = Callable[..., Any]


@pytest.fixture
def kari(house: Run) -> Run:
    house("person", "add", "slt.moss", "--name", "Kari Nordmann", "--generate-password")
    return house


def later(days: int) -> str:
    return (norway.local_date(datetime.now(UTC)) + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("words", [("token", "slt.moss"), ("token", "add", "slt.moss")])
def test_both_ways_of_saying_it(kari: Run, session: Session, words: tuple[str, ...]) -> None:
    said = kari(*words)
    clear = said.out.removesuffix("\n")
    assert "\n" not in clear
    bearer = tokens.find(session, clear, datetime.now(UTC))
    assert bearer is not None
    assert (bearer.person.username, bearer.scope) == ("slt.moss", "write")
    assert said.err.startswith("token 1 for slt.moss, write, until ")
    assert clear not in said.err


def test_a_scope_and_a_last_day_that_counts_to_its_end(kari: Run, session: Session) -> None:
    last = later(30)
    clear = kari("token", "slt.moss", "--scope", "write", "--until", last).out.strip()
    end = norway.end_of_day(datetime.fromisoformat(last).date())
    found = tokens.find(session, clear, end - timedelta(seconds=1))
    assert found is not None
    assert found.may_write
    assert tokens.find(session, clear, end) is None


def test_a_clock_that_was_set_does_not_keep_a_token_alive(kari: Run, session: Session) -> None:
    clear = kari("token", "slt.moss", "--today", "2030-01-01").out.strip()
    found = tokens.find(session, clear, datetime.now(UTC) + timedelta(days=91))
    assert found is None


def test_listed_without_the_token_and_ended(kari: Run, session: Session) -> None:
    clear = kari("token", "slt.moss").out.strip()
    listed = kari("token", "list", "slt.moss", "--json").out
    assert clear not in listed
    [row] = json.loads(listed)
    assert (row["id"], row["username"], row["scope"], row["ended"]) == (1, "slt.moss", "write", None)
    assert kari("token", "end", "1").out == "1: the token of slt.moss is over\n"
    assert tokens.find(session, clear, datetime.now(UTC)) is None
    assert json.loads(kari("token", "list", "--json").out) == []
    assert len(json.loads(kari("token", "list", "--json", "--ended").out)) == 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("add",), "say: token add USERNAME"),
        (("end",), "say: token add USERNAME"),
        (("slt.moss", "extra"), "say: token add USERNAME"),
        (("slt.mosss",), "Did you mean slt.moss?"),
        (("list", "nobody"), "There is nobody"),
        (("end", "one"), "«one» is not a token's number"),
        (("end", "9" * 30), "is not a token's number"),
        (("end", "7"), "There is no token with the number 7"),
        (("slt.moss", "--until", "snart"), "--until: «snart» is not a date"),
        (("slt.moss", "--until", "2020-01-01"), "A token must end between"),
        (("slt.moss", "--until", "9999-12-31"), "A token must end between"),
    ],
)
def test_what_is_wrong_is_one_sentence(kari: Run, words: tuple[str, ...], part: str) -> None:
    said = kari("token", *words)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert said.err.count("\n") == 1
    assert json.loads(kari("token", "list", "--json", "--ended").out) == []
