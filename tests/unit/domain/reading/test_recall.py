"""Clauses written by people who had not seen the reader: what it reads of them, and what it must not add."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from tests.support.clause_sets import judged, rows, summed
from workflow_app.domain.reading import read

SEEN, HELD_OUT = rows("seen"), rows("held_out")

NOT_READ = {
    "I går ble den nye avtalen om politiråd underskrevet av ordfø",
    "Til sammen fire møter avholdes i løpet av året, hvorav to i ",
    "Dato: .................... For kommunen For politiet Namn: N",
    "Den som ønskjer ei sak handsama i politirådet, melder saka t",
    "Tenesteavtala mellom sjukehuset og kommunen vert evaluert år",
    "Deretter rullar avtala vidare eitt år i slengen heilt til ei",
    "Møter i politirådet avvikles ved behov og minimum 2ganger pr",
    "Leiaren for GDE vert invitert til eitt møte årleg i rådet, u",
    "Kommunen og politiet arrangerer en felles fagdag hver høst, ",
    "På vegne av partene signerer SLT-koordinator og politikontak",
}
"""Rows of the seen set that are known to be misread; one that is mended leaves the list."""

LEAST_RECALL = 0.95
"""The held-out set measured 0.97 when it was written; below this the reader has lost something."""


def _named(row: dict[str, Any]) -> str:
    return " ".join(row["text"].split())[:60]


@pytest.mark.parametrize("row", SEEN, ids=_named)
def test_a_seen_clause_gives_its_rules_and_no_more(row: dict[str, Any]) -> None:
    verdict = judged(row)
    if _named(row) in NOT_READ:
        assert not verdict.right, "this one is read now: take it off the list"
    else:
        assert verdict.right, verdict


def test_the_list_of_the_misread_names_rows_that_are_there() -> None:
    assert {_named(row) for row in SEEN} >= NOT_READ


def test_most_of_what_nobody_has_looked_at_is_read() -> None:
    """The sum alone: who mends the reader against its rows takes the measure away."""
    assert summed(judged(row) for row in HELD_OUT)["recall"] >= LEAST_RECALL


def _pairs() -> dict[str, list[dict[str, Any]]]:
    pairs: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in (*SEEN, *HELD_OUT):
        if "pair" in row:
            pairs[row["pair"]].append(row)
    return {name: both for name, both in pairs.items() if len(both) == 2}


PAIRS = _pairs()
WORDS = frozenset({"who", "what", "where", "event"})
"""Values that are words of the clause, so each language has its own."""


def test_there_are_pairs() -> None:
    assert len(PAIRS) >= 40


@pytest.mark.parametrize("name", PAIRS)
def test_bokmal_and_nynorsk_say_the_same(name: str) -> None:
    def said(text: str) -> list[tuple[str, str, dict[str, Any]]]:
        reading = read(text)
        held = [
            (r.kind, r.form, {k: v for k, v in r.values.items() if k not in WORDS})
            for r in (*reading.rules, *reading.undated)
        ]
        return sorted(held, key=repr)

    one, other = PAIRS[name]
    assert said(one["text"]) == said(other["text"])
