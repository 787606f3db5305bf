"""``avtaleflyt party reminders``: a kommune's ladder from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.services import trail

Run = Callable[..., Any]


@pytest.fixture
def moss(house: Run) -> Run:
    """A house with one kommune and one police unit."""
    house("party", "add", "--municipal", "3103")
    house("party", "add", "--police", "Moss politistasjonsdistrikt", "--district", "ost")
    return house


def test_the_usual_ones_are_told(moss: Run) -> None:
    assert moss("party", "reminders", "3103").out == (
        "3103: the usual ones: before 90, 30, 7, 0 days, after 8 weeks, leader 14 days overdue, off nothing\n"
    )


def test_what_is_set_stands_and_is_an_entry(moss: Run, session: Session) -> None:
    said = moss(
        "party", "reminders", "3103", "--before", "60, 14", "--weeks", "2", "--escalate-after", "none",
        "--off", "task,attendance",
    )  # fmt: skip
    assert said.out == (
        "3103: its own: before 60, 14, 0 days, after 2 weeks, leader never, off attendance, task\n"
    )
    assert "before 60, 14, 0 days, after 3 weeks" in moss("party", "reminders", "3103", "--weeks", "3").out
    assert "the usual ones" in moss("party", "reminders", "3103", "--usual").out
    entries = [decode(e.body) for e in trail.entries(session, "party/3103")]
    told = [e["data"] for e in entries if e["kind"] == "reminders_set"]
    assert told == [
        {"before": [60, 14, 0], "weeks": 2, "off": ["attendance", "task"], "by": "console"},
        {"before": [60, 14, 0], "weeks": 3, "off": ["attendance", "task"], "by": "console"},
        {"usual": True, "by": "console"},
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("3103", "--before", "400"), "each from 1 to 366"),
        (("3103", "--before", "en uke"), "Write whole numbers of days"),
        (("3103", "--weeks", "-1"), "Write a whole number of weeks"),
        (("3103", "--escalate-after", "0"), "give 1 to 90"),
        (("3103", "--off", "revisjon"), "«revisjon» is no kind of deadline"),
        (("ost-moss-politistasjonsdistrikt", "--weeks", "2"), "follow the first kommune of each agreement"),
        (("3104", "--weeks", "2"), "no party «3104»"),
    ],
)
def test_what_cannot_be_is_one_sentence(moss: Run, words: tuple[str, ...], part: str) -> None:
    said = moss("party", "reminders", *words)
    assert said.code == 2
    assert part in said.err
    assert said.err.count("\n") == 1
