"""Files that others signed: what is told of them, and that nothing a file does stops us."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.support.sealing import (
    NOW,
    Authority,
    Certificate,
    TimeServer,
    ec_key,
    issue,
    paper,
    pem,
    time_server,
)
from workflow_app.domain.trail import decode
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services import blobs, trail
from workflow_app.services.files import pool
from workflow_app.services.sealing import foreign
from workflow_app.services.sealing.pdf import seal_pdf
from workflow_app.services.sealing.settings import SealSettings
from workflow_app.services.sealing.timestamps import Timestamps

ROOT = Authority("Signeringstjenesten")
MAYOR, CHIEF = ROOT.holder("Kari Ordfører"), ROOT.holder("Ola Stasjonssjef")
NOBODY = SealSettings()


@cache
def signed_by_both() -> bytes:
    first = seal_pdf(paper(), MAYOR, now=NOW - timedelta(days=2), label="Ordfører")
    return seal_pdf(first, CHIEF, now=NOW - timedelta(days=1), label="Stasjonssjef")


@pytest.fixture
def trusting(tmp_path: Path) -> SealSettings:
    """A folder with the one issuer that is trusted, beside things that are no certificates."""
    (tmp_path / "signering.pem").write_bytes(pem(ROOT.certificate))
    (tmp_path / "odd.crt").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (tmp_path / "notes.txt").write_text("not looked at")
    return SealSettings(trust=tmp_path)


def look(content: bytes, settings: SealSettings = NOBODY, now: datetime = NOW) -> foreign.Reading:
    found = foreign.look(content, settings, now)
    assert found is not None
    return found


@pytest.fixture
def times() -> Iterator[TimeServer]:
    with time_server() as server:
        yield server


def test_each_signature_is_told_with_who_when_and_whether_it_holds(trusting: SealSettings) -> None:
    first, second = look(signed_by_both(), trusting).signatures
    assert (first["name"], second["name"]) == ("Kari Ordfører", "Ola Stasjonssjef")
    assert first["at"] == (NOW - timedelta(days=2)).isoformat()
    assert {s["issuer"] for s in (first, second)} == {"Signeringstjenesten"}
    assert [(s["intact"], s["valid"], s["changed"], s["trust"]) for s in (first, second)] == [
        (True, True, False, "now"), (True, True, False, "now"),
    ]  # fmt: skip
    assert [s["whole"] for s in (first, second)] == [False, True]
    assert first["certificate"] == MAYOR.fingerprint
    assert "timestamp" not in first


def test_nobody_is_trusted_unless_a_person_said_so() -> None:
    assert [s["trust"] for s in look(signed_by_both()).signatures] == ["no", "no"]


def test_a_folder_that_is_not_there_trusts_nobody_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = look(signed_by_both(), SealSettings(trust=tmp_path / "none"))
    assert [s["trust"] for s in found.signatures] == ["no", "no"]
    assert "avtaleflyt.seal_trust" in caplog.text


def test_of_a_certificate_somebody_made_himself_no_name_stands_in_clear() -> None:
    key = ec_key()
    own = Certificate(key, issue("Kari Ordfører", key))
    (found,) = look(seal_pdf(paper(), own, now=NOW, label="Ordfører")).signatures
    assert found.pop("name") == "Kari Ordfører"
    assert "Kari" not in str(found)


def test_what_was_changed_in_the_file_shows() -> None:
    changed = signed_by_both().replace(b"/Lang (nb)", b"/Lang (nn)", 1)
    assert changed != signed_by_both()
    assert {s["intact"] for s in look(changed).signatures} == {False}


def test_what_was_added_after_signing_shows() -> None:
    one = seal_pdf(paper(), MAYOR, now=NOW, label="Ordfører")
    body = b"\n4 0 obj\n<< /Type /Catalog >>\nendobj\n"
    start = len(one)
    xref = start + len(body)
    old = one[one.rindex(b"startxref") :].split()[1]
    table = (
        b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 60 /Root 34 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    )
    (found,) = look(one + body + table % (start + 1, old, xref)).signatures
    assert (found.get("whole"), found.get("changed")) == (False, True)


def test_a_certificate_that_has_run_out_counts_for_when_it_was_used(trusting: SealSettings) -> None:
    end = NOW - timedelta(days=400)
    past = ROOT.holder("Kari Ordfører", start=end - timedelta(days=700), end=end)
    for day, trust in ((end - timedelta(days=10), "then"), (end + timedelta(days=10), "no")):
        (found,) = look(seal_pdf(paper(), past, now=day, label="Ordfører"), trusting).signatures
        assert (found["valid"], found["trust"]) == (True, trust)


def test_a_timestamp_confirms_the_time(times: TimeServer, trusting: SealSettings) -> None:
    content = seal_pdf(paper(), MAYOR, now=NOW, label="Ordfører", timestamps=Timestamps(times.url))
    (found,) = look(content, trusting).signatures
    assert datetime.fromisoformat(found["timestamp"]) == NOW
    assert found["timestamp_trusted"] is False
    assert trusting.trust is not None
    (trusting.trust / "tid.pem").write_bytes(pem(times.certificate))
    assert look(content, trusting).signatures[0]["timestamp_trusted"] is True


@pytest.mark.parametrize("content", [b"", b"Vedlegg 1\n", b"PK\x03\x04", b"%PDF-1.7\nno signature in it\n"])
def test_a_file_without_signatures_is_none_of_ours(content: bytes) -> None:
    assert foreign.look(content, NOBODY, NOW) is None
    assert foreign.look(paper(), NOBODY, NOW) is None


def test_a_file_that_only_looks_signed_says_that_it_cannot_be_read() -> None:
    assert look(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n").problem == foreign.UNREADABLE


def test_mangled_files_get_an_answer() -> None:
    lots = random.Random(20261122)
    for _ in range(40):
        content = bytearray(signed_by_both())
        for _ in range(lots.randrange(1, 6)):
            match lots.randrange(3):
                case 0:
                    content[lots.randrange(len(content))] = lots.randrange(256)
                case 1:
                    del content[lots.randrange(len(content)) :]
                    content += b"/ByteRange"
                case _:
                    at = lots.randrange(len(content))
                    content[at : at + 40] = content[at // 2 : at // 2 + 60]
        found = foreign.look(bytes(content), NOBODY, NOW)
        for one in found.signatures if found else ():
            assert one.get("intact") is not True or one["valid"] in (True, False)


def test_a_file_that_hangs_the_library_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = pool.Pool(seconds=0.01)
    monkeypatch.setattr(pool, "shared", lambda: impatient)
    try:
        assert look(signed_by_both()).problem == foreign.UNREADABLE
    finally:
        impatient.close()


@pytest.fixture
def agreement(session: Session) -> Agreement:
    made = Agreement(
        title="Avtale", definition_id="x", definition_version=1, definition_digest="0" * 64, _state="draft",
        digest="0" * 64, created_at=NOW, moved_at=NOW, parties=[],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def noted(session: Session, agreement: Agreement, reading: foreign.Reading) -> dict[str, Any]:
    sha256 = blobs.store(session, signed_by_both())
    row = foreign.note(session, agreement, sha256, reading, who=None, now=NOW)
    session.flush()
    entry = session.get_one(TrailEntry, row.entry_id)
    found: dict[str, Any] = decode(entry.body)
    assert found["data"]["sha256"] == sha256
    return found


def test_what_was_found_is_bound_without_a_name_in_clear(session: Session, agreement: Agreement) -> None:
    entry = noted(session, agreement, look(signed_by_both()))
    assert "Kari" not in str(entry)
    assert [s["intact"] for s in entry["data"]["signatures"]] == [True, True]
    assert set(entry["private"]) == {"signers"}
    (known,) = foreign.known(session, agreement).values()
    assert [name for _, name in known.findings] == ["Kari Ordfører", "Ola Stasjonssjef"]
    trail.verify_database(session)


def test_names_that_were_erased_are_not_there_any_more(session: Session, agreement: Agreement) -> None:
    noted(session, agreement, look(signed_by_both()))
    session.execute(delete(TrailClear))
    (known,) = foreign.known(session, agreement).values()
    assert [name for _, name in known.findings] == [None, None]
    assert len(known.findings) == 2


def test_signatures_that_could_not_be_read_are_told_as_such(session: Session, agreement: Agreement) -> None:
    entry = noted(session, agreement, foreign.Reading(problem=foreign.UNREADABLE))
    assert entry["data"]["problem"] == "unreadable"
    (known,) = foreign.known(session, agreement).values()
    assert (known.problem, known.findings, known.read_at) == ("unreadable", (), NOW.astimezone(UTC))


def test_an_agreement_without_signed_files_asks_once(session: Session, agreement: Agreement) -> None:
    assert foreign.known(session, agreement) == {}
