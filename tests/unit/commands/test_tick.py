"""``avtaleflyt tick``: what a date alone does, said and entered, each agreement by itself."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.unit.commands.conftest import Run
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.trail import TrailEntry
from workflow_app.services.demonstration import fill
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords
from workflow_app.services.trail import agreement_chain


@pytest.fixture
def demo(house: Run, sessions: sessionmaker[Session]) -> Run:
    with sessions.begin() as db:
        fill(db, datetime(2026, 11, 21, 12, tzinfo=OSLO), hashing=Passwords(time_cost=1, memory_kib=8))
    return house


def stange(session: Session) -> Agreement:
    session.expire_all()
    return session.scalars(
        select(Agreement).join(AgreementParty).where(AgreementParty.party.has(key="3413"))
    ).one()


def test_nothing_is_due_before_the_last_day_is_over(demo: Run, session: Session) -> None:
    for day in ("2026-11-21", "2027-12-31"):
        said = demo("tick", "--today", day)
        assert (said.code, said.out, said.err) == (0, "", "")
    assert stange(session).state == "annual_evaluation"


def test_the_day_after_it_lapses_and_the_trail_says_so(demo: Run, ini: Path, session: Session) -> None:
    said = demo("tick", "--today", "2028-01-01")
    agreement = stange(session)
    assert (said.code, said.out) == (0, f"{agreement.id}: lapse\n")
    assert agreement.state == "lapsed"
    entry = session.scalars(
        select(TrailEntry).where(
            TrailEntry.chain == agreement_chain(agreement.id), TrailEntry.transition == "lapse"
        )
    ).one()
    assert b'"actor":null' in entry.body
    session.rollback()
    again = demo("tick", "--today", "2028-01-02")
    assert (again.code, again.out) == (0, "")
    assert demo("verify", "--database", "--config", str(ini)).code == 0


def test_one_that_cannot_be_dealt_with_stops_no_other(demo: Run, session: Session) -> None:
    agreement = stange(session)
    moss = session.scalars(
        select(Agreement).join(AgreementParty).where(AgreementParty.party.has(key="3103"))
    ).one()
    session.rollback()
    with session.begin():
        broken = session.get(Agreement, moss.id)
        assert broken is not None
        broken.definition_digest, broken.effective_end = "0" * 64, stange(session).effective_end
    said = demo("tick", "--today", "2028-01-01")
    assert (said.code, said.out) == (1, f"{agreement.id}: lapse\n")
    assert re.fullmatch(rf"avtaleflyt tick: {moss.id}: .*politiradsavtale.*\n", said.err)


def test_no_database_is_a_sentence(run: Run) -> None:
    said = run("tick")
    assert said.code == 2
    assert "not made yet" in said.err


def next_due(session: Session) -> dict[str, object]:
    """The kept next deadline of every agreement, without holding anything afterwards."""
    session.rollback()
    found = {a.id: a.next_due for a in session.scalars(select(Agreement)) if a.next_due}
    session.rollback()
    return found


def test_a_deadline_that_passed_is_not_the_next_one_for_ever(demo: Run, session: Session) -> None:
    before = next_due(session)
    assert demo("tick", "--today", "2027-07-01").code == 0
    after = next_due(session)
    assert after != before
    assert demo("worklists", "--today", "2027-07-01").code == 0
    assert next_due(session) == after
