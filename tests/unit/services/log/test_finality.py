"""What is final: compared with the rule in plain Python, for witnesses that come, go and lag as they like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft
from tests.support.witnessing import Cosigner
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.tree import Checkpoint
from workflow_app.models.witnesses import Cosignature, Witness
from workflow_app.services import parties
from workflow_app.services.log import finality
from workflow_app.services.log.finality import MUNICIPAL, Standing, is_final

START = datetime(2026, 1, 1, tzinfo=UTC)
PARTIES = ("3103", "3413", POLICE)
KEYS = {name: Cosigner(f"{name}.example/1").vkey for name in ("a", "b", "c", "d", "e")}


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@dataclass
class World:
    """Two kommuner and a police unit with one agreement; what happens is one event a minute."""

    session: Session
    agreement: Agreement
    party: dict[str, Party] = field(default_factory=dict)
    minute: int = 0

    def tick(self) -> datetime:
        self.minute += 1
        return at(self.minute)

    def register(self, key: str, party: str) -> None:
        made = Witness(party=self.party[party], name=key, vkey=KEYS[key], since=self.tick())
        self.session.add(made)
        self.session.flush()

    def retire(self, key: str, party: str) -> None:
        found = self.session.query(Witness).filter_by(vkey=KEYS[key], party_id=self.party[party].id).one()
        found.retired_at, found.retired_because = self.tick(), "replaced"
        self.session.flush()

    def cosign(self, key: str, size: int) -> None:
        """The head is kept when it is first cosigned; the witness's clock is a minute behind."""
        now = self.tick()
        if self.session.get(Checkpoint, size) is None:
            self.session.add(Checkpoint(size=size, root=bytes([size]) * 32, note=b"note", at=now))
        time = int((now - timedelta(minutes=1)).timestamp())
        self.session.add(Cosignature(size=size, vkey=KEYS[key], time=time, blob=b"x" * 72, received_at=now))
        self.session.flush()

    @property
    def standing(self) -> Standing:
        return finality.standing(self.session, self.agreement)


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
    assert watched.standing.size == 0
    watched.cosign("b", 3)
    assert watched.standing.size == 0, "each has cosigned, and never the same head"
    watched.cosign("b", 4)
    found = watched.standing
    assert (found.size, found.root, found.missing, found.waiting) == (4, b"\x04" * 32, (), ())
    assert found.municipal is not None
    assert found.police is not None
    assert (found.municipal.party_name, found.police.vkey) == ("Moss kommune", KEYS["b"])
    assert found.since == found.police.time == at(watched.minute - 1)
    assert [is_final(n, found) for n in (None, 0, 3, 4)] == [False, True, True, False]


def test_one_that_is_down_is_named_with_when_it_was_seen(watched: World) -> None:
    for key in "ab":
        watched.cosign(key, 4)
    seen = watched.standing.watches[-1].seen
    watched.cosign("a", 9)
    found = watched.standing
    assert found.size == 4, "what was final stays so"
    assert [(w.party, w.size, w.seen) for w in found.waiting] == [(POLICE, 4, seen)]


def test_a_kommune_that_keeps_a_witness_is_waited_for_from_then_on(watched: World) -> None:
    watched.cosign("a", 4)
    watched.cosign("b", 4)
    before = watched.standing
    watched.register("c", "3413")
    assert watched.standing.size == 4, "it came after that head"
    watched.cosign("c", 4)
    assert watched.standing.since == before.since, "and nobody waited for it"
    watched.cosign("a", 6)
    watched.cosign("b", 6)
    assert watched.standing.size == 4
    watched.cosign("c", 6)
    found = watched.standing
    assert found.size == 6
    assert {c.party for c in found.cosigned} == set(PARTIES)
    assert found.since == at(watched.minute - 1)


def test_what_a_retired_one_has_cosigned_stays_and_no_more_counts(watched: World) -> None:
    watched.cosign("a", 4)
    watched.cosign("b", 4)
    watched.retire("b", POLICE)
    assert watched.standing.size == 4
    assert watched.standing.missing == ("police",)
    watched.cosign("a", 6)
    watched.cosign("b", 6)
    assert watched.standing.size == 4
    watched.register("d", POLICE)
    watched.cosign("d", 6)
    assert watched.standing.size == 6


def test_what_was_cosigned_before_a_party_chose_the_witness_is_not_its_word(world: World) -> None:
    world.register("a", "3103")
    world.cosign("a", 4)
    world.cosign("b", 4)
    world.register("b", POLICE)
    assert world.standing.size == 0


def test_the_oldest_head_that_covers_an_entry_says_since_when_it_is_final(watched: World) -> None:
    for size in (3, 6, 9):
        watched.cosign("a", size)
        watched.cosign("b", size)
    watched.cosign("a", 12)

    def covering(position: int) -> int:
        return finality.standing(watched.session, watched.agreement.id, covering=position).size

    assert [covering(n) for n in (0, 2, 3, 5, 8, 9, 11, 99)] == [3, 3, 6, 6, 9, 0, 0, 0]


def test_an_agreement_that_is_not_there_has_no_standing(world: World) -> None:
    assert finality.standing(world.session, "nothing") == Standing()
    assert finality.standings(world.session, ["nothing"]) == {"nothing": Standing()}


def test_it_is_two_statements_however_many_heads_there_are(watched: World) -> None:
    for size in range(1, 40):
        for key in "ab":
            watched.cosign(key, size)
    asked: list[str] = []
    engine = watched.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert watched.standing.size == 39
    assert len(asked) == 2


def plain_rule(world: World) -> tuple[int, datetime | None]:
    """The rule in words: for each head, newest first, are all there who must be?"""
    witnesses = world.session.query(Witness).all()
    heads = sorted(world.session.query(Checkpoint).all(), key=lambda head: -head.size)
    for head in heads:
        times: dict[int, datetime] = {}
        for one in world.session.query(Cosignature).filter_by(size=head.size):
            for witness in witnesses:
                gone = witness.retired_at is not None and one.received_at > witness.retired_at
                if witness.vkey == one.vkey and one.received_at >= witness.since and not gone:
                    time = datetime.fromtimestamp(one.time, UTC)
                    times[witness.party_id] = min(times.get(witness.party_id, time), time)
        since = {
            party.id: [w.since for w in witnesses if w.party_id == party.id and w.retired_at is None]
            for party in world.party.values()
        }
        must = [ident for ident, first in since.items() if first and min(first) <= head.at]
        first = {side: [t for p, t in times.items() if (_side(world, p) == MUNICIPAL) is side]
                 for side in (True, False)}  # fmt: skip
        if all(first.values()) and all(ident in times for ident in must):
            return head.size, max(*map(min, first.values()), *(times[ident] for ident in must))
    return 0, None


def _side(world: World, party_id: int) -> str:
    return next(party.side for party in world.party.values() if party.id == party_id)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_is_the_rule_whatever_happens(world: World, data: st.DataObject) -> None:
    nested, world.minute = world.session.begin_nested(), 0
    try:
        live(world, data)
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
                open_ = world.session.query(Witness).filter_by(
                    vkey=KEYS[who[0]], party_id=world.party[who[1]].id, retired_at=None
                )
                if open_.count():
                    world.retire(*who)
            case "cosign":
                size = data.draw(st.integers(1, 8))
                if (key, size) not in signed:
                    signed.add((key, size))
                    world.cosign(key, size)
        found = world.standing
        size, since = plain_rule(world)
        assert (found.size, found.since) == (size, since)
        assert finality.standings(world.session, [world.agreement]) == {world.agreement.id: found}
        assert size >= before, "what was final stays so"
        before = size
