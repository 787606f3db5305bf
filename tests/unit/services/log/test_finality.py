"""What is final: the verifier's own word on bundles and receipts, however witnesses come, go and lag."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft
from tests.support.witnessing import Cosigner
from workflow_app.domain.trail import Verdict, checkpoint_text, verify_bundle, verify_receipt
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.tree import Checkpoint
from workflow_app.models.witnesses import Cosignature
from workflow_app.services import parties, trail
from workflow_app.services.bundle import export
from workflow_app.services.log import checkpoints, finality, tree, witnesses
from workflow_app.services.log.finality import MUNICIPAL, Standing, is_final
from workflow_app.services.log.signer import new_signer
from workflow_app.services.receipts import receipt

START = datetime(2026, 1, 1, tzinfo=UTC)
PARTIES = ("3103", "3413", POLICE)
SIGNER = new_signer("example.com/log")
COSIGNERS = {name: Cosigner(f"{name}.example/1") for name in ("a", "b", "c", "d", "e")}
KEYS = {name: one.vkey for name, one in COSIGNERS.items()}


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@dataclass
class World:
    """Two kommuner and a police unit with one agreement; what happens is one event a minute.

    Sizes are told from how long the log was at the beginning.
    """

    session: Session
    agreement: Agreement
    party: dict[str, Party] = field(default_factory=dict)
    minute: int = 0
    spans: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = tree.tree_size(self.session)
        self.chain = trail.agreement_chain(self.agreement.id)

    @property
    def grown(self) -> int:
        return tree.tree_size(self.session) - self.base

    def tick(self) -> datetime:
        self.minute += 1
        return at(self.minute)

    def register(self, key: str, party: str) -> None:
        witnesses.register(self.session, self.party[party], KEYS[key], now=NOW, real_now=self.tick())
        self.spans[key, party] = [self.grown]

    def retire(self, key: str, party: str) -> None:
        found = witnesses.find(self.session, self.party[party], KEYS[key])
        witnesses.retire(self.session, found, "replaced", now=NOW, real_now=self.tick())
        self.spans[key, party].append(self.grown)

    def cosign(self, key: str, size: int) -> None:
        """The head is kept when it is first cosigned; the witness's clock is a minute behind."""
        while self.grown < size:
            trail.append(self.session, self.chain, kind="note", now=NOW)
        now, whole = self.tick(), self.base + size
        if checkpoints.stored(self.session, whole) is None:
            checkpoints.store(self.session, checkpoints.at(self.session, SIGNER, whole), now)
        time = int((now - timedelta(minutes=1)).timestamp())
        line = COSIGNERS[key].line(checkpoint_text(SIGNER.origin, whole, self.root(size)), time)
        row = Cosignature(size=whole, vkey=KEYS[key], time=time, blob=line.blob, received_at=now)
        self.session.add(row)
        self.session.flush()

    def root(self, size: int) -> bytes:
        return tree.root(self.session, self.base + size)

    @property
    def standing(self) -> Standing:
        return finality.standing(self.session, self.agreement)

    @property
    def final(self) -> int:
        """The size of the head that makes final, as the page has it; 0 for none."""
        return max(0, self.standing.size - self.base)


@pytest.fixture
def world(session: Session) -> World:
    parties.add_municipal(session, "3413", now=NOW)
    made, _ = draft(session, municipal=["3103", "3413"])
    return World(session, made, {key: parties.find(session, key) for key in PARTIES})


@pytest.fixture
def watched(world: World) -> World:
    """Moss and the police have a witness each; Stange relies on Moss'."""
    world.register("a", "3103")
    world.register("b", POLICE)
    return world


def test_nothing_is_final_where_nobody_watches(world: World) -> None:
    found = world.standing
    assert (found.size, found.root, found.municipal, found.police, found.since) == (0, b"", None, None, None)
    assert found.missing == ("municipal", "police")
    assert len(found.watches) == 3
    assert not is_final(0, found)


def test_both_sides_on_one_head_and_the_later_of_their_clocks(watched: World) -> None:
    watched.cosign("a", 4)
    assert watched.final == 0
    watched.cosign("b", 3)
    assert watched.final == 0, "each has cosigned, and never the same head"
    watched.cosign("b", 4)
    found = watched.standing
    assert (found.size, found.root) == (watched.base + 4, watched.root(4))
    assert (found.missing, found.waiting) == ((), ())
    assert found.municipal is not None
    assert found.police is not None
    assert (found.municipal.party_name, found.police.vkey) == ("Moss kommune", KEYS["b"])
    assert found.since == found.police.time == at(watched.minute - 1)
    assert [is_final(n, found) for n in (None, 0, found.size - 1, found.size)] == [False, True, True, False]


def test_one_that_is_down_is_named_with_when_it_was_seen(watched: World) -> None:
    for key in "ab":
        watched.cosign(key, 4)
    seen = watched.standing.watches[-1].seen
    watched.cosign("a", 9)
    assert watched.final == 4, "what was final stays so"
    waiting = watched.standing.waiting
    assert [(w.party, w.size, w.seen) for w in waiting] == [(POLICE, watched.base + 4, seen)]


def test_a_kommune_that_keeps_a_witness_is_waited_for_from_then_on(watched: World) -> None:
    watched.cosign("a", 4)
    watched.cosign("b", 4)
    before = watched.standing
    watched.register("c", "3413")
    assert watched.final == 4, "it came after that head"
    watched.cosign("c", 4)
    assert watched.standing.since == before.since, "and nobody waited for it"
    watched.cosign("a", 6)
    watched.cosign("b", 6)
    assert watched.final == 4
    watched.cosign("c", 6)
    found = watched.standing
    assert watched.final == 6
    assert {c.party for c in found.cosigned} == set(PARTIES)
    assert found.since == at(watched.minute - 1)


def test_what_a_retired_one_has_cosigned_stays_and_no_more_counts(watched: World) -> None:
    watched.cosign("a", 4)
    watched.cosign("b", 4)
    watched.retire("b", POLICE)
    assert watched.final == 4
    assert watched.standing.missing == ("police",)
    watched.cosign("a", 6)
    watched.cosign("b", 6)
    assert watched.final == 4
    watched.register("d", POLICE)
    watched.cosign("d", 6)
    assert watched.final == 4, "nothing under that head shows whose witness it is"
    for key in "ad":
        watched.cosign(key, 8)
    assert watched.final == 8


def test_what_was_cosigned_before_a_party_chose_the_witness_is_not_its_word(world: World) -> None:
    world.register("a", "3103")
    world.cosign("a", 4)
    world.cosign("b", 4)
    world.register("b", POLICE)
    assert world.final == 0


def test_the_oldest_head_that_covers_an_entry_says_since_when_it_is_final(watched: World) -> None:
    for size in (3, 6, 9):
        watched.cosign("a", size)
        watched.cosign("b", size)
    watched.cosign("a", 12)

    def covering(position: int) -> int:
        there = watched.base + position
        found = finality.standing(watched.session, watched.agreement.id, covering=there).size
        return max(0, found - watched.base)

    assert [covering(n) for n in (0, 2, 3, 5, 8, 9, 11, 99)] == [3, 3, 6, 6, 9, 0, 0, 0]


def test_an_agreement_that_is_not_there_has_no_standing(world: World) -> None:
    assert finality.standing(world.session, "nothing") == Standing()
    assert finality.standings(world.session, ["nothing"]) == {"nothing": Standing()}


def test_it_is_four_statements_however_many_heads_there_are(watched: World) -> None:
    for size in range(3, 40):
        for key in "ab":
            watched.cosign(key, size)
    asked: list[str] = []
    engine = watched.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert watched.standing.size == watched.base + 39
    assert len(asked) == 4


def plain_rule(world: World) -> tuple[int, datetime | None]:
    """The rule in words: for each head, newest first, are all there who must be?"""
    homes = {(KEYS[key], world.party[party].id): span for (key, party), span in world.spans.items()}
    for head in sorted(world.session.query(Checkpoint).all(), key=lambda head: -head.size):
        size, times = head.size - world.base, dict[int, datetime]()
        for one in world.session.query(Cosignature).filter_by(size=head.size):
            for (vkey, home), (first, *ended) in homes.items():
                if vkey == one.vkey and first <= size and not (ended and ended[0] <= size):
                    time = datetime.fromtimestamp(one.time, UTC)
                    times[home] = min(times.get(home, time), time)
        must = {home for (_, home), (first, *ended) in homes.items() if not ended and first <= size}
        first = {side: [t for p, t in times.items() if (_side(world, p) == MUNICIPAL) is side]
                 for side in (True, False)}  # fmt: skip
        if all(first.values()) and all(ident in times for ident in must):
            return head.size, max(*map(min, first.values()), *(times[ident] for ident in must))
    return 0, None


def verified(world: World) -> None:
    """What a stranger finds with the files alone: the same, of the bundle and of each entry's receipt."""
    found = world.standing
    chains = [trail.party_chain(key) for key in PARTIES]
    bundle = verify_bundle(export(world.session, world.chain, {}, extra_chains=chains, signer=SIGNER))
    assert _said(bundle) == found.size
    entries = trail.entries(world.session, world.chain, limit=500)
    places = tree.positions(world.session, [one.id for one in entries])
    for one in (entries[0], entries[len(entries) // 2], entries[-1]):
        told = verify_receipt(receipt(world.session, one, SIGNER))
        assert bool(_said(told)) == is_final(places[one.id], found), told


def _said(verdict: Verdict) -> int:
    """The size of the head that the verifier says makes final; 0 where it says that none does."""
    assert verdict.ok, verdict.first_fault
    words = " ".join(said.en for said in verdict.checked)
    sizes = re.findall(r"on one root \((\d+) entries\)", words)
    assert bool(sizes) != ("there is no cosignature by" in words)
    return int(sizes[0]) if sizes else 0


def _side(world: World, party_id: int) -> str:
    return next(party.side for party in world.party.values() if party.id == party_id)


def test_a_head_of_before_a_witness_is_nobodys_word_and_waits_for_nobody(world: World) -> None:
    """Cosigned after a registration, of a tree from before it: page, bundle and receipts, step by step."""
    world.cosign("a", 3)
    world.register("a", "3103")
    world.register("b", POLICE)
    for key in "ab":
        world.cosign(key, 4)
    verified(world)
    assert world.final == 0, "a is under that head, and b is not"
    for key in "ab":
        world.cosign(key, 6)
    assert world.final == 6
    world.register("c", "3413")
    world.register("a", "3413")
    world.retire("a", "3413")
    verified(world)
    for key in "ab":
        world.cosign(key, 7)
    assert world.final == 6, "c is under that head and has not cosigned it"
    verified(world)
    world.cosign("c", 7)
    assert world.final == 7
    verified(world)
    for key in "bc":
        world.cosign(key, 9)
    assert world.final == 7, "a is at work for its first kommune still"
    verified(world)
    world.cosign("a", 9)
    assert world.final == 9
    verified(world)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_is_the_rule_whatever_happens(world: World, data: st.DataObject) -> None:
    nested, world.minute = world.session.begin_nested(), 0
    world.spans.clear()
    try:
        live(world, data)
        verified(world)
    finally:
        nested.rollback()
        world.session.expire_all()


def live(world: World, data: st.DataObject) -> None:
    """What happens in one life, and after each event the rule."""
    homes = {"a": ["3103", "3413"], "b": [POLICE], "c": ["3413"], "d": [POLICE], "e": ["3103"]}
    registered: set[tuple[str, str]] = set()
    signed: set[tuple[str, int]] = set()
    before = 0
    for _ in range(data.draw(st.integers(1, 25))):
        key = data.draw(st.sampled_from("ab" * 4 + "cde"))
        match data.draw(st.sampled_from(["register", "cosign", "cosign", "cosign", "cosign", "retire"])):
            case "register":
                home = data.draw(st.sampled_from(homes[key]))
                if (key, home) not in registered:
                    registered.add((key, home))
                    world.register(key, home)
            case "retire" if registered:
                who = data.draw(st.sampled_from(sorted(registered)))
                if len(world.spans[who]) == 1:
                    world.retire(*who)
            case "cosign":
                size = max(1, world.grown + data.draw(st.integers(-3, 2)))
                if (key, size) not in signed:
                    signed.add((key, size))
                    world.cosign(key, size)
        found = world.standing
        size, since = plain_rule(world)
        assert (found.size, found.since) == (size, since)
        assert finality.standings(world.session, [world.agreement]) == {world.agreement.id: found}
        assert size >= before, "what was final stays so"
        before = size
