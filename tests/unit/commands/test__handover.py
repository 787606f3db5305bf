"""``avtaleflyt role handover``: said first with --dry-run, for one party or for all, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
TODAY = ("--today", "2027-10-11")
UNITS = ("ost-moss-politistasjonsdistrikt", "ost-follo-politistasjonsdistrikt")


@pytest.fixture
def contact(house: Run) -> Run:
    """A politikontakt of two units, and somebody to take over."""
    for name in ("Moss politistasjonsdistrikt", "Follo politistasjonsdistrikt"):
        house("party", "add", "--police", name, "--district", "ost")
    for username in ("gammel", "fersk"):
        house("person", "add", username, "--name", username.title(), "--generate-password")
    for unit in UNITS:
        house("role", "add", "gammel", "politikontakt", unit, "--from", "2020-01-01")
    return house


def held(run: Run, username: str, day: str) -> set[str]:
    rows = json.loads(run("role", "list", "--json", "--username", username, "--today", day).out)
    return {r["party"] for r in rows if r["from"] <= day}


def hand(run: Run, *words: str) -> Any:
    return run("role", "handover", "politikontakt", "--to", "fersk", *words, *TODAY)


def test_every_party_at_once(contact: Run) -> None:
    said = hand(contact, "--from", "gammel", "--all", "--first-day", "2027-10-15")
    assert said.code == 0
    assert said.out.splitlines() == [
        "Follo politistasjonsdistrikt, politikontakt: gammel until 2027-10-14",
        "Follo politistasjonsdistrikt, politikontakt: fersk from 2027-10-15 until further notice",
        "Moss politistasjonsdistrikt, politikontakt: gammel until 2027-10-14",
        "Moss politistasjonsdistrikt, politikontakt: fersk from 2027-10-15 until further notice",
        "waiting for this role: 0",
    ]
    assert held(contact, "gammel", "2027-10-14") == set(UNITS)
    assert held(contact, "fersk", "2027-10-15") == set(UNITS)
    assert held(contact, "gammel", "2027-10-15") == set()


def test_a_dry_run_does_nothing(contact: Run) -> None:
    said = hand(contact, "--from", "gammel", "--party", UNITS[0], "--dry-run", "--title", "Kontakt")
    assert "fersk from 2027-10-11" in said.out
    assert held(contact, "fersk", "2027-10-11") == set()


def test_from_nobody(contact: Run) -> None:
    assert hand(contact, "--party", UNITS[0], "--last-day", "2027-12-31").out.splitlines() == [
        "Moss politistasjonsdistrikt, politikontakt: fersk from 2027-10-11 to 2027-12-31",
        "Moss politistasjonsdistrikt, politikontakt: gammel holds it as well",
        "waiting for this role: 0",
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--from", "gammel", "--all", "--first-day", "2020-01-01"), "must lie between"),
        (("--from", "fersk", "--all"), "fersk is politikontakt for nobody"),
        (("--all",), "--all: name who has the role with --from"),
        (("--from", "gammel", "--party", "3103"), "There is no party «3103»"),
        (("--from", "nobody", "--all"), "There is nobody with the user name «nobody»"),
        (("--from", "gammel", "--all", "--first-day", "snart"), "--first-day: «snart» is not a date"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_2(contact: Run, words: tuple[str, ...], part: str) -> None:
    said = hand(contact, *words)
    assert (said.code, said.out) == (2, "")
    assert part in said.err
    assert len(said.err.splitlines()) == 1
