"""Two witnesses with the same head at the same moment, on a real PostgreSQL server, where neither waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from tests.support.drafts import NOW, POLICE, draft
from tests.support.witnessing import Cosigner
from workflow_app.domain.trail import checkpoint_text
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.people import Party
from workflow_app.services import parties
from workflow_app.services.log import cosigning, finality, sequencer, tree, watching, witnesses
from workflow_app.services.log.asking import Answer
from workflow_app.services.log.pushing import push
from workflow_app.services.log.signer import new_signer

pytestmark = pytest.mark.xdist_group("postgresql")
REAL = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_both_are_taken_and_it_is_final(postgresql: str) -> None:
    engine = make_engine(postgresql, pool_size=8)
    sessions, signer = make_session_factory(engine), new_signer("log.example/x")
    pair = {"3103": Cosigner("kommune.example/1"), POLICE: Cosigner("police.example/1")}
    with sessions.begin() as session:
        agreement = draft(session)[0].id
        for key, one in pair.items():
            party: Party = parties.find(session, key)
            before = REAL - timedelta(days=1)
            witnesses.register(session, party, one.vkey, now=NOW, real_now=before, url="https://w.example")
    sequencer.drain(engine)
    with sessions() as session:
        size = tree.tree_size(session)
        text = checkpoint_text(signer.origin, size, tree.root(session, size))
    ready, time = Barrier(4), int(REAL.timestamp())

    def hand_in(one: Cosigner) -> tuple[str, ...]:
        given = cosigning.read(one.note(text, time))
        with sessions.begin() as session:
            ready.wait()
            return cosigning.accept(session, given, signer, REAL).new

    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(hand_in, [*pair.values(), *pair.values()]))
    assert sorted(new) == [(), (), ("kommune.example/1",), ("police.example/1",)]
    with sessions() as session:
        found = finality.standing(session, agreement)
        assert (found.size, found.since, found.missing) == (size, REAL, ())
        assert finality.standings(session, [agreement]) == {agreement: found}
        assert finality.standing(session, agreement, covering=size - 1).size == size
        report = watching.reports(session, parties.find(session, "3103"))
        assert [(one.size, one.seen) for one in report] == [(size, REAL)]
    assert push(sessions, signer, lambda: REAL, ask=lambda url, body, clock: Answer(0)) == []
    engine.dispose()
