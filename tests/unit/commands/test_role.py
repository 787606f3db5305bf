"""``avtaleflyt role``: from a day to a day, with the local title."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.people import RoleAssignment
from workflow_app.services import trail

Run = Callable[..., Any]
UNIT = "ost-moss-politistasjonsdistrikt"


@pytest.fixture
def moss(house: Run) -> Run:
    house("party", "add", "--municipal", "3103")
    house("party", "add", "--police", "Moss politistasjonsdistrikt", "--district", "ost")
    house("person", "add", "slt.moss", "--name", "Kari Nordmann", "--generate-password")
    return house


def test_given_listed_and_ended(moss: Run) -> None:
    said = moss(
        "role", "add", "slt.moss", "slt_coordinator", "3103", "--title", "Leder", "--from", "2026-01-01"
    )
    assert said.out == (
        "1: slt.moss is slt_coordinator for Moss kommune from 2026-01-01 until further notice\n"
    )
    assert json.loads(moss("role", "list", "--json", "--today", "2026-02-01").out) == [
        {
            "id": 1,
            "username": "slt.moss",
            "role": "slt_coordinator",
            "party": "3103",
            "title": "Leder",
            "from": "2026-01-01",
            "to": None,
        }
    ]
    assert moss("role", "end", "1", "--to", "2026-06-30").out == (
        "1: slt.moss is slt_coordinator for Moss kommune until 2026-06-30\n"
    )
    assert len(moss("role", "list", "--today", "2026-06-30").out.splitlines()) == 2
    assert len(moss("role", "list", "--today", "2026-07-01").out.splitlines()) == 1
    assert len(moss("role", "list", "--today", "2026-07-01", "--ended").out.splitlines()) == 2


def test_from_today_and_ended_today_where_nothing_is_said(moss: Run, session: Session) -> None:
    moss("role", "add", "slt.moss", "politikontakt", UNIT, "--today", "2026-03-02")
    moss("role", "end", "1", "--today", "2026-03-09")
    given = session.scalars(select(RoleAssignment)).one()
    assert (given.from_date.isoformat(), str(given.to_date)) == ("2026-03-02", "2026-03-09")
    entries = trail.entries(session, trail.party_chain(UNIT))
    assert [e.kind for e in entries] == ["party_added", "role_given", "role_ended"]


def test_filtered_by_person_and_party(moss: Run) -> None:
    moss("role", "add", "slt.moss", "slt_coordinator", "3103")
    moss("role", "add", "slt.moss", "administrator", UNIT)
    assert len(json.loads(moss("role", "list", "--json", "--username", "slt.moss").out)) == 2
    [one] = json.loads(moss("role", "list", "--json", "--party", UNIT).out)
    assert one["role"] == "administrator"
    assert moss("role", "list", "--party", "nowhere").code == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("slt.moss", "station_chief", "3103"), "its roles are slt_coordinator, mayor, council_secretary"),
        (("slt.moss", "mayor", "310"), "Did you mean 3103"),
        (("slt.mos", "mayor", "3103"), "Did you mean slt.moss"),
        (("slt.moss", "mayor", "3103", "--from", "1.1.2026"), "--from: «1.1.2026» is not a date"),
        (("slt.moss", "mayor", "3103", "--from", "2026-02-01", "--to", "2026-01-01"), "before the first day"),
        (("slt.moss", "mayor", "3103", "--title", " "), "The title is empty"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_done(
    moss: Run, session: Session, words: tuple[str, ...], part: str
) -> None:
    said = moss("role", "add", *words)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert said.err.count("\n") == 1
    assert session.scalars(select(RoleAssignment)).all() == []


def test_there_is_nothing_to_end(moss: Run) -> None:
    said = moss("role", "end", "7")
    assert (said.code, said.err) == (2, "avtaleflyt role: There is no role with the number 7.\n")
