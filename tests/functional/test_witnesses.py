"""Two witnesses and a server over real HTTP: what becomes final, what waits, and what never can."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.functional.conftest import Site, make_site
from tests.functional.pages_support import fresh
from tests.support.fake_log import FakeLog, SigningKey, many
from tests.support.witnessing import Watcher, known_to, log_key, served
from workflow_app.domain.trail import decode, note_bytes, parse_note
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf
from workflow_app.models.witnesses import Cosignature
from workflow_app.services import parties
from workflow_app.services.log import finality, tree, witnesses
from workflow_app.services.log.finality import Standing
from workflow_app.services.log.signer import Signer

ORIGIN = "avtaler.example/log"


@dataclass
class Stage:
    """A site whose log is served, and a witness of the kommune and of the police."""

    site: Site
    signer: Signer
    url: str
    kommune: Watcher
    police: Watcher
    agreement: str = ""

    def register(self) -> None:
        """Both parties register their witness."""
        with self.site.session() as db, db.begin():
            for nick, watcher in (("moss", self.kommune), ("politi.moss", self.police)):
                party = parties.find(db, self.site.party[nick])
                now = self.site.now
                witnesses.register(db, party, watcher.vkey, now=now, real_now=now)

    @property
    def standing(self) -> Standing:
        with self.site.session() as db:
            return finality.standing(db, self.agreement)

    def final(self) -> list[bool]:
        """For each entry of the agreement's chain, whether it is final."""
        with self.site.session() as db:
            chain = TrailEntry.chain == f"agreement/{self.agreement}"
            ids = list(db.scalars(select(TrailEntry.id).where(chain).order_by(TrailEntry.number)))
            places, standing = tree.positions(db, ids), finality.standing(db, self.agreement)
            return [finality.is_final(places.get(ident), standing) for ident in ids]

    def size(self) -> int:
        with self.site.session() as db:
            return tree.tree_size(db)

    def hand_in(self, body: bytes) -> int:
        request = urllib.request.Request(f"{self.url}/checkpoint/cosignatures", body)
        request.add_header("Content-Type", "text/plain")
        try:
            with urllib.request.urlopen(request) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    signer, settings = log_key(tmp_path, ORIGIN)
    site = make_site(tmp_path, **settings)
    with site.session() as db, db.begin():
        known_to(db, signer, site.now)
    with served(site.app) as url:
        pair = [Watcher.new(tmp_path / n, f"{n}.example/1", signer.vkey, url) for n in ("kommune", "police")]
        yield Stage(site, signer, url, *pair)
    site.app.registry["engine"].dispose()


def test_what_both_sides_have_cosigned_is_final_and_nothing_else(stage: Stage) -> None:
    slt, contact = stage.site.program("slt.moss"), stage.site.program("politikontakt.moss")
    stage.agreement = fresh(stage.site, slt)
    assert stage.kommune.do("once") == 1, "nobody has registered it"
    assert "403" in stage.kommune.complained
    stage.register()
    assert stage.standing.missing == ()
    assert stage.standing.size == 0
    with stage.police.process("once") as police, stage.kommune.process("once", "--quiet") as kommune:
        assert (police.wait(30), kommune.wait(30)) == (0, 0)
    # They came at the same moment, so perhaps not by the same head; the next round brings them together.
    assert (stage.kommune.do("once"), stage.police.do("once")) == (0, 0)
    before = stage.standing
    assert before.size == stage.size()
    assert before.municipal is not None
    assert before.police is not None
    assert before.since == max(before.municipal.time, before.police.time)
    assert all(stage.final())

    # A sign-off, which waits for both.
    slt.post(f"/agreements/{stage.agreement}/rules", {"confirm": True})
    slt.do(stage.agreement, "agree")
    contact.do(stage.agreement, "agree")
    waits = stage.final()
    assert not waits[-1]
    assert any(waits), "what was final stays final"
    assert stage.kommune.do("once") == 0
    down = stage.standing
    assert down.size == before.size, "one witness makes nothing final"
    assert [(watch.side, watch.size) for watch in down.waiting] == [("police", before.size)]
    assert down.waiting[0].seen == before.police.time
    assert stage.police.do("once") == 0
    assert all(stage.final())
    assert stage.standing.waiting == ()

    # What is published carries both lines, and the second time nothing changes.
    with urllib.request.urlopen(f"{stage.url}/checkpoint") as answer:
        published = answer.read()
    assert {line.name for line in parse_note(published).signatures} == {
        ORIGIN, "kommune.example/1", "police.example/1",
    }  # fmt: skip
    with stage.site.session() as db:
        kept = db.query(Cosignature).count()
    assert stage.hand_in(published) == 200
    assert stage.kommune.do("once") == stage.police.do("once") == 0
    with stage.site.session() as db:
        assert db.query(Cosignature).count() == kept

    # The register is in the parties' chains, with the keys.
    with stage.site.session() as db:
        told = [
            decode(b) for b in db.scalars(select(TrailEntry.body).where(TrailEntry.kind == "witness_added"))
        ]
    assert {entry["data"]["vkey"] for entry in told} == {stage.kommune.vkey, stage.police.vkey}


def test_two_histories_shown_to_two_witnesses_never_become_final(stage: Stage) -> None:
    slt = stage.site.program("slt.moss")
    stage.agreement = fresh(stage.site, slt)
    stage.register()
    assert stage.kommune.do("once") == stage.police.do("once") == 0
    common = stage.standing.size
    assert common
    slt.post(f"/agreements/{stage.agreement}/rules", {"confirm": True})
    with stage.site.session() as db:
        leaves = list(db.scalars(select(TrailLeaf.hash).order_by(TrailLeaf.number)))
    forged = leaves[:common] + many(len(leaves) - common, "another history")
    key = SigningKey(ORIGIN)
    key._private, key.known = stage.signer._private, stage.signer.key
    with FakeLog(forged, key) as other:
        # The police are led to a log with the true name and the true key, and another end.
        stage.police.point_at(other.url)
        assert stage.kommune.do("once") == stage.police.do("once") == 0
        assert other.heads(stage.police.vkey)[-1][0] == len(leaves) == stage.kommune.memory.size
        assert stage.standing.size == common
        shown = other.handed_in[-1]
        assert stage.hand_in(shown) == 409, "that head is not this log's"
        # Nor does the police's signature fit under the true head.
        true = stage.kommune.memory
        assert stage.hand_in(note_bytes(true.text, parse_note(shown).signatures)) == 422
        assert stage.standing.size == common
        assert not stage.final()[-1]
        # As soon as one of them sees the other's log, it says so, and signs no more.
        stage.kommune.point_at(other.url)
        assert stage.kommune.do("once") == 1
        assert "ALARM" in stage.kommune.complained
    stage.police.point_at(stage.url)
    assert stage.police.do("once") == 1
    assert "to forskjellige historier" in stage.police.complained
    assert "two different histories" in stage.police.complained
    assert stage.standing.size == common
