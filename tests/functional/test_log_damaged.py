"""Leaves that an operator took away: a sentence everywhere, a signature nowhere, and papers all the same."""

from __future__ import annotations

import io
import logging
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from webtest import TestApp

from tests.functional.conftest import Site
from tests.functional.door_support import Furnished, furnish, one_sentence
from tests.support.witnessing import known_to
from workflow_app.domain.trail import parse_checkpoint, parse_note
from workflow_app.services import parties, people, people_roles, trail
from workflow_app.services.log import checkpoints
from workflow_app.services.log.signer import new_signer

JSON, PAGE = {"Accept": "application/json"}, {"Accept": "text/html"}
GONE, COMMAND = 270, "avtaleflyt log check"
SIGNED = ("/checkpoint", "/log/checkpoint", "/log/proof/inclusion?index=1", "/log/proof/consistency?from=265")


class Robbed:
    """A site of some three hundred leaves, its triggers dropped; one head was kept on the way."""

    def __init__(self, site: Site, file: Path, agreement: Furnished, kept: int) -> None:
        self.site, self.file, self.agreement, self.kept = site, file, agreement, kept
        self.client = TestApp(site.app)
        for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.rows(f'DROP TRIGGER "{name}"')

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.file)) as db:
            found = db.execute(statement, values).fetchall()
            db.commit()
        return found

    def refused(self, path: str, caplog: pytest.LogCaptureFixture) -> None:
        """A sentence for a program, for one that reads JSON, and for a person; a line for the operator."""
        caplog.clear()
        text = self.client.get(path, status=503)
        assert text.content_type == "text/plain"
        assert (COMMAND in text.text, text.text.count("\n"), text.text.endswith("\n")) == (True, 1, True)
        told = self.client.get(path, headers=JSON, status=503)
        one_sentence(told, 503)
        assert told.json["error"] == "log_damaged"
        page = self.client.get(path, headers=PAGE, status=503)
        one_sentence(page, 503)
        assert COMMAND in page.text
        lines = [record.message for record in caplog.records if record.levelno == logging.ERROR]
        assert len(lines) == 3
        assert all("the log is damaged" in line and "Traceback" not in line for line in lines)
        assert not any(record.exc_info for record in caplog.records)


@pytest.fixture
def robbed(site: Site, tmp_path: Path) -> Robbed:
    signer = site.app.registry["log_signer"] = new_signer("avtaler.example/log")
    with site.session() as db, db.begin():
        known_to(db, signer, site.now)
        office = people.find(db, "sekretaer.moss"), parties.find(db, site.party["moss"])
        people_roles.give_role(db, *office, "administrator", from_date=site.today, now=site.now)
        for n in range(250):
            trail.append(db, trail.INSTALLATION, kind="filler", now=site.now, data={"n": n})
    agreement = furnish(site, "negotiated")
    with site.session() as db, db.begin():
        for n in range(20):
            trail.append(db, trail.INSTALLATION, kind="filler", now=site.now, data={"n": n})
        head = checkpoints.current(db, signer)
        checkpoints.store(db, head, site.now)
        trail.append(db, trail.INSTALLATION, kind="filler", now=site.now)
    return Robbed(site, tmp_path / "site.sqlite", agreement, head.size)


def test_a_leaf_is_taken_away_and_put_back(robbed: Robbed, caplog: pytest.LogCaptureFixture) -> None:
    slt, admin = robbed.site.browser("slt.moss"), robbed.site.browser("sekretaer.moss")
    path, number = robbed.agreement.path, robbed.agreement.matter
    witnesses = f"/parties/{robbed.site.party['moss']}/witnesses"
    (leaf,) = robbed.rows("SELECT number, entry_id, hash FROM trail_leaf WHERE number = ?", GONE)
    size = parse_checkpoint(parse_note(robbed.client.get("/checkpoint").body).text).size
    robbed.rows("DELETE FROM trail_leaf WHERE number = ?", GONE)
    for one in (*SIGNED, f"/tile/0/001.p/{size - 256}"):
        robbed.refused(one, caplog)
    for accept in (JSON, PAGE):
        one_sentence(robbed.client.get("/log", headers=accept, expect_errors=True), 503)
        for private in (f"{path}/trail.zip", f"{path}/trail/1/receipt.json"):
            one_sentence(slt.get(private, headers=accept, expect_errors=True), 503)
    assert robbed.client.get("/health").json["log"] == "damaged"
    for who in (admin, slt):
        assert COMMAND in who.get(witnesses).html.select_one(".ds-alert[data-color=danger]").get_text()
    # What needs no head is as it was, and a paper comes all the same.
    for there in (path, f"{path}/trail", "/log/keys", "/tile/0/000", f"/checkpoint/{robbed.kept}", "/"):
        slt.get(there, status=200)
    printed = PdfReader(io.BytesIO(slt.get(f"{path}/matters/{number}.pdf").body))
    assert "database" in " ".join(page.extract_text() for page in printed.pages)
    written = zipfile.ZipFile(io.BytesIO(slt.get(f"{path}/matters/{number}.docx").body))
    assert "database" in written.read("word/document.xml").decode()
    program, day = robbed.site.program("slt.moss"), (robbed.site.today + timedelta(days=30)).isoformat()
    prepared = {"kind": "referatsak", "archive_case": "25/17", "meeting_date": day}
    program.post(f"{path}/matters", prepared)
    program.post(f"{path}/matters", {"action": "freeze", "matter": number})
    frozen = program.get(f"{path}/trail")["entries"][0]
    assert frozen["kind"] == "matter_frozen"
    assert "checkpoint" not in str(frozen)
    robbed.rows("INSERT INTO trail_leaf VALUES (?, ?, ?)", *leaf)
    assert parse_checkpoint(parse_note(robbed.client.get("/checkpoint").body).text).size > size
    assert "log" not in robbed.client.get("/health").json


def test_a_leaf_that_is_another_and_a_tail_that_is_gone_are_not_signed(
    robbed: Robbed, caplog: pytest.LogCaptureFixture
) -> None:
    """What others hold a signed head of: a second one of other leaves is evidence against the log itself."""
    robbed.rows("UPDATE trail_leaf SET hash = zeroblob(32) WHERE number = ?", GONE)
    robbed.refused("/checkpoint", caplog)
    robbed.rows("DELETE FROM trail_leaf WHERE number >= ?", GONE)
    robbed.refused("/checkpoint", caplog)
