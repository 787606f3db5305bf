"""What waits is frozen and sealed, told in the trail, tried again, and never sealed twice."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.support.sealing import Authority, paper, time_server, write
from workflow_app.domain.trail import decode
from workflow_app.migrations import create_all
from workflow_app.models.agreements import Agreement
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.seals import Seal
from workflow_app.models.trail import TrailEntry
from workflow_app.services import blobs, demonstration, trail
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords
from workflow_app.services.sealing import running, sealed
from workflow_app.services.sealing.freezing import freeze
from workflow_app.services.sealing.outbox import to_be_sealed
from workflow_app.services.sealing.running import Done, seal_waiting
from workflow_app.services.sealing.settings import SealSettings

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=OSLO)
REGISTRY = workflow_definitions()
PAPER = paper()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a country of five agreements, three of them signed, with nothing sealed yet."""
    file = tmp_path_factory.mktemp("filled") / "filled.sqlite"
    engine = make_engine(f"sqlite:///{file}")
    create_all(engine)
    with make_session_factory(engine).begin() as session:
        demonstration.fill(session, NOW - timedelta(days=1), hashing=Passwords(time_cost=1, memory_kib=8))
    # The last connection that is closed brings what stands beside the file into it.
    engine.dispose()
    return file


@pytest.fixture
def stand(filled: Path, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """That country, for one test to change."""
    engine = make_engine(f"sqlite:///{copyfile(filled, tmp_path / 'own.sqlite')}")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> SealSettings:
    return SealSettings(*write(tmp_path, Authority().holder("Avtaleflyt Moss")))


def look(sessions: sessionmaker[Session], settings: SealSettings, now: datetime = NOW) -> Done:
    return seal_waiting(sessions, settings, lambda: now, registry=REGISTRY)


def rows(sessions: sessionmaker[Session]) -> list[Seal]:
    with sessions() as session:
        return list(session.scalars(select(Seal).order_by(Seal.id)))


def told(sessions: sessionmaker[Session], kind: str) -> list[dict[str, Any]]:
    with sessions() as session:
        found = session.scalars(select(TrailEntry).where(TrailEntry.kind == kind).order_by(TrailEntry.id))
        return [decode(entry.body)["data"] for entry in found]


def few(sessions: sessionmaker[Session], keep: int = 1) -> None:
    """Leave a paper or two to be sealed, frozen already, of bytes that cost little."""
    with sessions.begin() as session:
        agreement = session.scalars(select(Agreement).limit(1)).one()
        made = list(session.scalars(select(Seal)))
        for row in made:
            session.delete(row)
        for number in range(1, keep + 1):
            source = blobs.store(session, PAPER + b"\n" * number)
            to_be_sealed(
                session, agreement.id, "matter", number=number, source_sha256=source,
                now=NOW - timedelta(minutes=5),
            )  # fmt: skip


def test_what_was_signed_and_approved_is_frozen_sealed_and_told(
    stand: sessionmaker[Session], settings: SealSettings
) -> None:
    waiting = rows(stand)
    assert {(r.document, r.number) for r in waiting} >= {("agreement", None), ("evaluation", 2025)}
    done = look(stand, settings)
    assert (done.frozen, done.sealed, done.failed) == (
        len([r for r in waiting if r.source_sha256 is None]), len(waiting), [],
    )  # fmt: skip
    frozen = {t["sha256"]: t for t in told(stand, "paper_frozen")}
    assert len(frozen) == done.frozen
    seals = told(stand, "sealed")
    assert len(seals) == len(waiting)
    made = rows(stand)
    with stand() as session:
        for row, entry in zip(made, seals, strict=True):
            assert row.source_sha256 is not None
            original = blobs.fetch(session, row.source_sha256)
            found = sealed.newest(session, row.source_sha256)
            assert found is not None
            assert found.startswith(original)
            assert hashlib.sha256(found).hexdigest() == entry["sealed_sha256"] == row.sealed_sha256
            assert entry["sha256"] == row.source_sha256
            assert (entry["level"], row.level, row.remark, row.problem) == ("B-B", "B-B", None, None)
            assert entry["certificate"] == row.certificate
        agreement = session.get_one(Agreement, made[0].agreement_id)
        own = sealed.of_agreement(session, agreement)
        assert own is not None
        assert own.source_sha256 is not None
        content = sealed.bytes_of(session, own) or b""
        assert len(PdfReader(io.BytesIO(content)).pages) > 1
        assert sealed.bytes_of(session, own, sealed=False) == blobs.fetch(session, own.source_sha256)
        trail.verify_database(session)
    assert look(stand, settings).line == "0 papers frozen, 0 sealed, 0 not"


def test_the_same_paper_is_frozen_once(stand: sessionmaker[Session]) -> None:
    row = next(r for r in rows(stand) if r.source_sha256 is None)
    for first in (True, False):
        with stand.begin() as session:
            assert freeze(session, row.id, NOW, REGISTRY) is first
    assert len(told(stand, "paper_frozen")) == 1


def test_without_a_certificate_papers_are_frozen_and_wait(
    stand: sessionmaker[Session], settings: SealSettings
) -> None:
    done = look(stand, SealSettings())
    assert done.frozen
    assert not done.sealed
    assert done.stopped is not None
    assert done.stopped.code == "no_certificate"
    # Nothing was tried, so nothing has to be waited for once there is one.
    assert {r.attempts for r in rows(stand)} == {0}
    assert look(stand, settings).sealed == len(rows(stand))


def test_development_makes_a_key_of_its_own(stand: sessionmaker[Session], tmp_path: Path) -> None:
    few(stand)
    own = SealSettings(tmp_path / "var" / "key.pem", tmp_path / "var" / "certificate.pem", make=True)
    assert look(stand, own).sealed == 1
    assert look(stand, own).stopped is None


def test_development_without_a_folder_to_write_in_seals_nothing_and_goes_on(
    stand: sessionmaker[Session], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    few(stand)
    (tmp_path / "file").write_text("no folder")
    done = look(stand, SealSettings(tmp_path / "file" / "key", tmp_path / "file" / "cert", make=True))
    assert done.stopped is not None
    assert done.stopped.code == "missing"


@pytest.fixture
def times() -> Iterator[Any]:
    with time_server() as server:
        yield server


def with_times(settings: SealSettings, server: Any) -> SealSettings:
    return SealSettings(settings.key, settings.certificate, timestamp_url=server.url)


def test_with_a_timestamp_server_the_seal_is_a_b_t(
    stand: sessionmaker[Session], settings: SealSettings, times: Any
) -> None:
    few(stand)
    assert look(stand, with_times(settings, times)).sealed == 1
    assert [(r.level, r.remark) for r in rows(stand)] == [("B-T", None)]
    assert told(stand, "sealed")[0]["level"] == "B-T"


def test_a_timestamp_server_that_is_down_is_asked_once_a_look_and_again_later(
    stand: sessionmaker[Session], settings: SealSettings, times: Any
) -> None:
    few(stand, 3)
    times.mood = "error"
    done = look(stand, with_times(settings, times))
    assert (done.sealed, [code for _, code in done.failed], times.asked) == (0, ["timestamp"], 1)
    failed = rows(stand)[0]
    assert (failed.problem, failed.attempts, failed.due_at) == ("timestamp", 1, NOW + timedelta(minutes=1))
    times.mood = None
    assert look(stand, with_times(settings, times)).sealed == 2
    assert look(stand, with_times(settings, times), NOW + timedelta(minutes=2)).sealed == 1
    assert {(r.level, r.problem) for r in rows(stand)} == {("B-T", None)}


def test_after_a_day_it_is_sealed_without_and_says_so(
    stand: sessionmaker[Session], settings: SealSettings, times: Any
) -> None:
    few(stand, 2)
    times.mood = "refuse"
    look(stand, with_times(settings, times))
    later = NOW + timedelta(hours=25)
    assert look(stand, with_times(settings, times), later).sealed == 2
    assert times.asked == 2
    assert {(r.level, r.remark) for r in rows(stand)} == {("B-B", "no_timestamp")}
    assert {t["remark"] for t in told(stand, "sealed")} == {"no_timestamp"}


def test_a_paper_that_cannot_be_sealed_stops_no_other(
    stand: sessionmaker[Session], settings: SealSettings, caplog: pytest.LogCaptureFixture
) -> None:
    few(stand, 2)
    with stand.begin() as session:
        bad = session.scalars(select(Seal).order_by(Seal.id)).first()
        assert bad is not None
        bad.source_sha256 = blobs.store(session, b"this is no PDF")
    done = look(stand, settings)
    assert (done.sealed, [code for _, code in done.failed]) == (1, ["defect"])
    assert "a paper of agreement" in caplog.text
    waits = []
    now = NOW
    for _ in range(9):
        row = rows(stand)[0]
        waits.append(row.due_at - now)
        now = row.due_at
        look(stand, settings, now)
    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert waits[-1] == timedelta(hours=1)


def test_of_two_processes_one_seals(
    stand: sessionmaker[Session], settings: SealSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(stand)
    inner: list[Done] = []
    real = running._written

    def second(*args: Any) -> bool:
        # Another process comes between the making of the seal and its being written down.
        if not inner:
            inner.append(Done())
            args[0].rollback()
            inner[0] = look(stand, settings)
            args[0].begin()
        return real(*args)

    monkeypatch.setattr(running, "_written", second)
    assert look(stand, settings).sealed == 0
    assert inner[0].sealed == 1
    assert len(told(stand, "sealed")) == 1


def test_a_server_that_stops_begins_nothing_more(
    stand: sessionmaker[Session], settings: SealSettings
) -> None:
    few(stand, 2)
    answers = iter([False, True])
    done = seal_waiting(stand, settings, lambda: NOW, registry=REGISTRY, stopping=lambda: next(answers))
    assert done.sealed == 1
