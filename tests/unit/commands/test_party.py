"""``avtaleflyt party``: from nothing to parties with their own rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail

Run = Callable[..., Any]


def test_a_kommune_and_a_police_unit(house: Run) -> None:
    assert house("party", "add", "--municipal", "3103").out == "3103: Moss kommune added, written to in nb\n"
    said = house("party", "add", "--police", "Moss politistasjonsdistrikt", "--district", "ost")
    assert said.out.startswith("ost-moss-politistasjonsdistrikt: Moss politistasjonsdistrikt added")
    lines = house("party", "list").out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["key", "3103", "ost-moss-politistasjonsdistrikt"]
    assert (
        len({line.index(word) for line, word in zip(lines, ("side", "municipal", "police"), strict=True)})
        == 1
    )
    assert lines[1].split() == ["3103", "municipal", "Moss", "kommune", "nb", "-", "-"]


def test_the_list_as_json(house: Run) -> None:
    assert json.loads(house("party", "list", "--json").out) == []
    house("party", "add", "--municipal", "1515", "--language", "nn")
    house("party", "end", "1515", "--to", "2025-12-31")
    assert json.loads(house("party", "list", "--json").out) == []
    assert json.loads(house("party", "list", "--json", "--ended").out) == [
        {
            "key": "1515",
            "side": "municipal",
            "name": "Herøy kommune",
            "language": "nn",
            "district": None,
            "ended_on": "2025-12-31",
        }
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("add", "--municipal", "3002"), "3002 was the number of Moss from 2020 to 2023; it is now 3103"),
        (("add", "--municipal", "Våler"), "Våler (Østfold)"),
        (("add", "--police", "Moss", "--district", "øst"), "Did you mean ost"),
        (("add", "--police", "Moss"), "--district goes with --police"),
        (("add", "--municipal", "3103", "--district", "ost"), "--district goes with --police"),
        (("add", "--municipal", "3105"), "is here already"),
        (("end", "3106"), "Did you mean 3105"),
        (("end", "3105", "--to", "2026-02-30"), "--to: «2026-02-30» is not a date"),
        (("rule", "3105", "report", "mange"), "«mange» is not a number of days"),
        (("rule", "3105", "report", "0"), "give 1 to 3660"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_done(
    house: Run, session: Session, words: tuple[str, ...], part: str
) -> None:
    house("party", "add", "--municipal", "3105")
    said = house("party", *words)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert said.err.startswith("avtaleflyt party: ")
    assert said.err.count("\n") == 1
    assert [e.kind for e in session.scalars(select(TrailEntry))] == ["party_added"]


def test_every_change_is_an_entry_by_the_console(house: Run, session: Session) -> None:
    house("party", "add", "--municipal", "3103")
    assert house("party", "rule", "3103", "report", "60").out == "3103: report is 60 days\n"
    assert house("party", "rule", "3103", "report", "none").out == "3103: report is 90 days\n"
    assert house("party", "rule", "3103", "review", "none").out == "3103: review is not set\n"
    assert house("party", "language", "3103", "nn").code == 0
    assert house("party", "end", "3103").code == 0
    entries = [decode(e.body) for e in trail.entries(session, "party/3103")]
    assert [e["kind"] for e in entries] == [
        "party_added",
        "house_rule_set",
        "house_rule_removed",
        "party_language_set",
        "party_ended",
    ]
    assert {(e["actor"], e["data"]["by"]) for e in entries} == {(None, "console")}
    # Norwegian time, with its offset.
    assert {e["at"][-6:] for e in entries} <= {"+01:00", "+02:00"}
