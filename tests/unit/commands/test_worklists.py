"""``avtaleflyt worklists``: the kept columns are what the function says, whatever stood there before."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from tests.unit.commands.conftest import Run
from workflow_app.commands import worklists
from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import NOTHING, derived, read_chronicle
from workflow_app.services.demonstration import fill
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords


@pytest.fixture
def demo(house: Run, sessions: sessionmaker[Session]) -> Run:
    with sessions.begin() as db:
        fill(db, datetime(2026, 11, 21, 12, tzinfo=OSLO), hashing=Passwords(time_cost=1, memory_kib=8))
    return house


def columns(session: Session) -> dict[str, dict[str, Any]]:
    session.rollback()
    session.expire_all()
    return {a.id: {name: getattr(a, name) for name in NOTHING} for a in session.scalars(select(Agreement))}


def waited(session: Session) -> dict[str, tuple[Any, ...]]:
    session.rollback()
    session.expire_all()
    return {a.id: (a.waits_for, a.waits_since, a.waiting) for a in session.scalars(select(Agreement))}


def right(session: Session, day: date) -> dict[str, dict[str, Any]]:
    return {
        a.id: derived(read_chronicle(session, a, day)) if a.signed_on else dict(NOTHING)
        for a in session.scalars(select(Agreement))
    }


def test_what_steps_wrote_is_what_the_function_says(demo: Run, session: Session) -> None:
    said = demo("worklists", "--today", "2026-11-21")
    assert (said.code, said.out) == (0, "5 agreements looked at, 0 brought up to date\n")
    found = columns(session)
    assert found == right(session, date(2026, 11, 21))
    assert sum(row["next_due"] is not None for row in found.values()) == 3


def test_columns_that_were_spoilt_are_rebuilt(demo: Run, session: Session) -> None:
    before = columns(session)
    old = date(1999, 1, 1)
    wrong = {"next_due": old, "next_deadline": {"kind": "nonsense"}, "effective_end": old}
    session.execute(update(Agreement).values(**wrong))
    session.commit()
    assert demo("worklists", "--today", "2026-11-21").out == "5 agreements looked at, 5 brought up to date\n"
    assert columns(session) == before


def test_whom_each_waits_for_is_rebuilt_too(demo: Run, session: Session) -> None:
    before = waited(session)
    assert {row[0] for row in before.values()} > {None}
    wrong = {"waits_for": "police", "waits_since": datetime(1999, 1, 1, tzinfo=OSLO), "waiting": []}
    session.execute(update(Agreement).values(**wrong))
    session.commit()
    demo("worklists", "--today", "2026-11-21")
    assert waited(session) == before


def test_an_upgrade_counts_what_nobody_has_counted_yet(demo: Run, session: Session, ini: Path) -> None:
    before = waited(session)
    session.execute(update(Agreement).values(waits_for=None, waits_since=None, waiting=None))
    session.commit()
    args = argparse.Namespace(config=str(ini), today=None)
    assert worklists.rebuild(args, uncounted=True) == (5, 5)
    assert waited(session) == before
    session.rollback()
    assert worklists.rebuild(args, uncounted=True) == (0, 0)


def test_another_day_moves_what_comes_next(demo: Run, session: Session) -> None:
    demo("worklists", "--today", "2028-03-01")
    assert columns(session) == right(session, date(2028, 3, 1))


def test_a_house_rule_moves_the_report_at_once(demo: Run, session: Session) -> None:
    demo("party", "rule", "3103", "report", "9999")
    demo("party", "rule", "3103", "report", "3000")
    assert demo("worklists", "--today", "2026-11-21").out.endswith(" 0 brought up to date\n")
    assert columns(session) == right(session, date(2026, 11, 21))
    assert date(2020, 7, 29) not in [kept["next_due"] for kept in columns(session).values()]


def test_the_columns_of_the_unsigned_are_all_there_are(demo: Run, session: Session) -> None:
    signed = session.scalars(select(Agreement).where(Agreement.signed_on.is_not(None))).first()
    assert signed is not None
    assert set(derived(read_chronicle(session, signed, date(2026, 11, 21)))) == set(NOTHING)


def test_state_version_and_trail_stay_as_they_were(demo: Run, ini: Path, session: Session) -> None:
    def standing() -> list[tuple[Any, ...]]:
        wanted = select(Agreement.id, Agreement._state, Agreement.version)
        found = [tuple(row) for row in session.execute(wanted)]
        # The command writes, and would wait for this one.
        session.rollback()
        return found

    before = standing()
    assert demo("worklists", "--today", "2028-03-01").code == 0
    assert standing() == before
    assert demo("verify", "--database", "--config", str(ini)).code == 0


def test_more_than_one_batch(demo: Run, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow_app.commands.worklists.BATCH", 2)
    assert demo("worklists", "--today", "2026-11-21").out == "5 agreements looked at, 0 brought up to date\n"
