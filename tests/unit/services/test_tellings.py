"""Entries read out of their chains: in the order they were made, refused attempts left out."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.tellings import read

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_in_the_order_they_were_made_across_chains(session: Session, engine: Engine) -> None:
    for chain, kind in (("a", "one"), ("b", "two"), ("a", "three"), ("a", "refusal"), ("c", "four")):
        trail.append(session, chain, kind=kind, now=NOW, data={"kind": kind})
    session.commit()
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    found = read(session, TrailEntry.chain.in_(("a", "b")))
    assert [(t.chain, t.number, t.kind) for t in found] == [
        ("a", 1, "one"),
        ("b", 1, "two"),
        ("a", 2, "three"),
    ]
    assert [t.id for t in found] == sorted(t.id for t in found)
    assert found[0].entry["data"] == {"kind": "one"}
    assert len([s for s in seen if s.startswith("SELECT")]) == 1


def test_nothing_fits_is_nothing(session: Session) -> None:
    assert read(session, TrailEntry.chain == "nowhere") == ()
