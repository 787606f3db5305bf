"""Signing on PostgreSQL while offices end, and the paper sealed afterwards: one life, on a real server."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.functional.conftest import Site, _fill, make_application
from tests.functional.door_support import furnish, site_now, who
from tests.support.sealing import Authority, write
from workflow_app.domain.trail import verify_bundle
from workflow_app.models.seals import Seal
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, people, people_roles
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.documents_anchor import PrintedLog
from workflow_app.services.log import sequencer, tree
from workflow_app.services.log.checking import check_tree
from workflow_app.services.log.signer import new_signer
from workflow_app.services.sealing.running import Done, seal_waiting
from workflow_app.services.sealing.settings import SealSettings
from workflow_app.services.takeaway import trail_bundle
from workflow_app.services.transitions import Taken, lock, take_transition

pytestmark = pytest.mark.xdist_group("postgresql")
REGISTRY, SIGNER = workflow_definitions(), new_signer("avtaler.example/log")


def sign(site: Site, db: Session, ident: str, username: str) -> Taken:
    held = lock(db, ident)
    assert held is not None
    return take_transition(
        db, held, "sign", who(site, username), {"password": "checked"}, site_now(site), registry=REGISTRY,
        reauthenticated=True,
    )  # fmt: skip


def end(site: Site, db: Session, username: str) -> None:
    """The office was over yesterday, says somebody today."""
    (role,) = people_roles.list_roles(db, today=site.today, person=people.find(db, username))
    yesterday = site.today - timedelta(days=1)
    people_roles.end_role(db, role.id, last_day=yesterday, now=site_now(site))


def crossing(site: Site, first: Any, second: Any) -> Any:
    """What comes of ``second``, begun in another thread when ``first`` has done its work and not committed.

    Fails where it does not wait.
    """
    sessions = site.app.registry["sessions"]

    def other() -> Any:
        with sessions.begin() as db:
            return second(db)

    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with ThreadPoolExecutor(1) as pool:
        with sessions.begin() as db:
            first(db)
            later: Future[Any] = pool.submit(other)
            with site.session() as look:
                for _ in range(1000):
                    if later.done() or look.scalar(waiting):
                        break
                    look.rollback()
                    time.sleep(0.01)
            assert not later.done(), "they crossed"
        return later.result(timeout=30)


def test_an_office_that_ends_while_its_holder_signs_and_the_seal(postgresql: str, tmp_path: Path) -> None:
    site = Site(make_application(postgresql))
    sessions = site.app.registry["sessions"]
    _fill(sessions, site)
    ident = furnish(site, "negotiated").id
    mayor, chief = "ordforer.moss", "stasjonssjef.moss"
    # The yes came first, so its entry does: whoever checks finds the office still held.
    crossing(site, lambda db: sign(site, db, ident, mayor), lambda db: end(site, db, mayor))
    # The end came first, so there is no yes.
    refused = crossing(site, lambda db: end(site, db, chief), lambda db: sign(site, db, ident, chief))
    assert refused.forbidden
    with sessions.begin() as db:
        office = people.find(db, chief), parties.find(db, site.party["politi.moss"]), "station_chief"
        people_roles.give_role(db, *office, from_date=site.today, now=site_now(site))
    with sessions.begin() as db:
        assert sign(site, db, ident, chief).done
    sequencer.drain(site.app.registry["engine"])
    with sessions() as db:
        kinds = "approval", "role_ended"
        rows = db.execute(
            select(TrailEntry.id, TrailEntry.kind).where(TrailEntry.kind.in_(kinds)).order_by(TrailEntry.id)
        ).all()
        places = tree.positions(db, [row.id for row in rows])
        assert sorted(places.values()) == [places[row.id] for row in rows]
    write(tmp_path, Authority().holder("Avtaleflyt Moss"))
    settings = SealSettings(tmp_path / "key.pem", tmp_path / "certificate.pem")
    together = Barrier(2)

    def look() -> Done:
        return seal_waiting(
            sessions, settings, lambda: site.now, registry=REGISTRY, printed=PrintedLog(SIGNER)
        )

    def both() -> Done:
        together.wait()
        return look()

    with ThreadPoolExecutor(2) as pool:
        done = [one.result(timeout=60) for one in [pool.submit(both) for _ in range(2)]]
    assert sum(one.frozen for one in done) == 1
    if not any(one.sealed for one in done):
        # Each left it to the other: it is the next look's.
        done.append(look())
    assert sum(one.sealed for one in done) == 1, [one.stopped for one in done]
    sequencer.drain(site.app.registry["engine"])
    with ExitStack() as left:
        db = left.enter_context(sessions())
        (row,) = db.scalars(select(Seal)).all()
        assert (row.problem, row.sealed_sha256 is not None) == (None, True)
        check_tree(db)
        held = lock(db, ident)
        assert held is not None
        verdict = verify_bundle(trail_bundle(db, held, "nb", SIGNER, REGISTRY))
        assert verdict.ok, verdict.first_fault
    site.app.registry["engine"].dispose()
