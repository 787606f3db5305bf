"""Reading the trail: its head, its pages, and what is left to show in clear."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from workflow_app.models.trail import TrailClear
from workflow_app.services import trail, trail_reading

CHAIN = trail.agreement_chain(1)


@pytest.fixture
def filled(session: Session) -> Session:
    """Five entries with two private fields each, and one of another chain."""
    now = datetime(2020, 4, 30, 10, tzinfo=UTC)
    for n in range(5):
        private = {"reason": f"grunn {n}", "title": "varaordfører"}
        trail.append(session, CHAIN, kind="k", now=now, private=private)
    trail.append(session, trail.party_chain("3103"), kind="k", now=now, private={"name": "Kari Eksempel"})
    return session


def test_a_chain_that_is_not_there_has_no_head_and_no_entries(filled: Session) -> None:
    assert trail_reading.head(filled, "agreement/2") == (0, None)
    assert trail_reading.entries(filled, "agreement/2") == []


def test_the_head_is_the_last_entry_of_that_chain(filled: Session) -> None:
    last = trail_reading.entries(filled, CHAIN)[-1]
    assert trail_reading.head(filled, CHAIN) == (5, last.hash)


def test_pages_of_entries_in_order(filled: Session) -> None:
    def numbers(after: int, limit: int) -> list[int]:
        return [entry.number for entry in trail_reading.entries(filled, CHAIN, after=after, limit=limit)]

    assert (numbers(0, 2), numbers(2, 2), numbers(4, 2), numbers(5, 2)) == ([1, 2], [3, 4], [5], [])


def test_clear_values_stand_by_entry_and_field(filled: Session) -> None:
    page = trail_reading.entries(filled, CHAIN, after=2, limit=2)
    assert trail_reading.clear(filled, page) == {
        page[0].id: {"reason": "grunn 2", "title": "varaordfører"},
        page[1].id: {"reason": "grunn 3", "title": "varaordfører"},
    }
    assert trail_reading.clear(filled, []) == {}


def test_what_is_erased_is_left_out(filled: Session) -> None:
    page = trail_reading.entries(filled, CHAIN, limit=2)
    filled.execute(delete(TrailClear).where(TrailClear.field == "title"))
    filled.execute(delete(TrailClear).where(TrailClear.entry_id == page[0].id))
    assert trail_reading.clear(filled, page) == {page[1].id: {"reason": "grunn 1"}}


def test_more_entries_than_one_statement_takes(filled: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [entry.id for entry in trail_reading.entries(filled, CHAIN)]
    whole = trail_reading.openings(filled, ids)
    monkeypatch.setattr(trail_reading, "BATCH", 2)
    assert trail_reading.openings(filled, ids) == whole
    assert len(whole) == 5
