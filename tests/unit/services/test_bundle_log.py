"""The bundle under a log with witnesses: what is final, and forgeries of heads, proofs, roles and keys."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft
from tests.support.proved import KOMMUNE, POLITI, REGISTRY, SIGNER, WITNESSED, Scene, Watch, scene
from workflow_app.domain import trail
from workflow_app.domain.trail import Held, parse_note, verify_bundle
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine
from workflow_app.models.people import Party, RoleAssignment
from workflow_app.models.trail import TrailEntry
from workflow_app.services import bundle, parties, people_roles
from workflow_app.services import trail as entries_of
from workflow_app.services.bundle import export
from workflow_app.services.log import tree, witnesses
from workflow_app.services.log.keys import enter
from workflow_app.services.takeaway import trail_bundle
from workflow_app.services.transitions import take_transition

Members = dict[str, bytes]
STRANGER = replace(SIGNER, seed=bytes(32)).vkey


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for the module; what a test writes is rolled back."""
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('bundle_log') / 'test.sqlite'}")
    create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def played(session: Session) -> Scene:
    """Signed by both, by passkey; both witnesses have seen all but the station chief's."""
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    made.cosign(KOMMUNE, POLITI)
    made.take("chief", "sign", by="passkey")
    made.cosign(KOMMUNE)
    return made


@pytest.fixture(scope="module")
def packed(engine: Engine) -> bytes:
    """That scene's bundle, made once."""
    with Session(engine) as session:
        made = scene(session)
        made.take("mayor", "sign", by="passkey")
        made.cosign(KOMMUNE, POLITI)
        made.take("chief", "sign", by="passkey")
        made.cosign(KOMMUNE)
        return bundle_of(made)


def bundle_of(made: Scene) -> bytes:
    """The bundle as it is handed out."""
    return trail_bundle(made.session, made.agreement, "nb", SIGNER)


def unpack(raw: bytes) -> Members:
    """The members by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(members: Members) -> bytes:
    """An archive of ``members``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def told(raw: bytes, held: Held | None = None) -> str:
    """Everything that is said of it in English; it must hold."""
    verdict = verify_bundle(raw, held)
    assert verdict.ok, verdict.first_fault
    return "\n".join(said.en for said in (*verdict.checked, *verdict.unchecked))


def fault(raw: bytes, held: Held | None = None) -> str:
    """The first fault in English; there must be one."""
    verdict = verify_bundle(raw, held)
    assert verdict.exit_code == 1
    assert verdict.first_fault is not None
    assert verdict.first_fault.nb != verdict.first_fault.en
    return verdict.first_fault.en


def test_what_is_final_is_said_with_both_witnesses(packed: bytes) -> None:
    said = told(packed)
    assert "15 of 16 entries are final: cosigned by 'moss.example/vitne' (municipality '3103'" in said
    assert f"and 'politi.example/vitne' (police '{POLICE}', 2025-03-10 10:00:00 UTC) on one root" in said
    assert "the rest wait" in said
    assert "Approvals: 4, each by one who had been given the role" in said
    assert "By passkey: 2. Challenge, site and user verification" in said
    assert "and the signature fits" in said
    assert re.search(r"The passkey [0-9a-f]{16}… of '[0-9a-f]{32}': entry 4 of the chain 'party/3103'", said)
    assert "Roles given by whoever runs the system: 4" in said
    assert "just signed in: 2" in said
    assert "The keys are the file's own word" in said


def test_the_same_log_gives_the_same_bytes(played: Scene) -> None:
    assert bundle_of(played) == bundle_of(played)


def test_a_foreign_program_finds_whole_paths_in_it(packed: bytes) -> None:
    """With the few lines that anybody would write: the path, and the upper end of the one before."""
    members = unpack(packed)
    head = trail.parse_checkpoint(parse_note(members["checkpoint"]).text)
    path: list[bytes] = []
    for raw, line in zip(
        members["entries.jsonl"].splitlines(), members["proofs.jsonl"].splitlines(), strict=True
    ):
        proof = json.loads(line)
        path = [bytes.fromhex(n) for n in proof["path"]] + path[len(path) - proof["shared"] :]
        trail.verify_inclusion(trail.leaf_hash(raw), proof["index"], head.size, path, head.root)


def test_nothing_is_final_by_one_side_alone(session: Session) -> None:
    made = scene(session)
    assert "0 of 14 entries are final: there is no cosignature by the municipality and the police" in told(
        bundle_of(made)
    )
    made.cosign(KOMMUNE)
    assert "0 of 14 entries are final: there is no cosignature by the police" in told(bundle_of(made))
    made.cosign(POLITI)
    assert "14 of 14 entries are final" in told(bundle_of(made))


def test_who_keeps_a_witness_is_waited_for(session: Session) -> None:
    """A second witness of the kommune's is the kommune's; a party's only witness must be among them."""
    made = scene(session)
    other = Watch("moss.example/vitne2", 3)
    moss = session.scalars(select(Party).where(Party.key == "3103")).one()
    witnesses.register(session, moss, other.vkey, now=NOW, real_now=NOW)
    made.cosign(other, POLITI)
    assert "15 of 15 entries are final: cosigned by 'moss.example/vitne2'" in told(bundle_of(made))


def test_a_retired_witness_makes_nothing_final_that_came_after(session: Session) -> None:
    """Its key may be in anybody's hands: what it signed of heads that tell of its end is not counted."""
    made = scene(session)
    made.cosign(KOMMUNE, POLITI)
    assert "14 of 14 entries are final" in told(bundle_of(made))
    party = session.scalars(select(Party).where(Party.key == POLICE)).one()
    (police,) = witnesses.of_parties(session, [party.id])
    witnesses.retire(session, police, "key_exposed", now=NOW, real_now=WITNESSED)
    made.cosign(KOMMUNE)
    raw = bundle_of(made)
    assert "14 of 15 entries are final" in told(raw)

    def also_the_police(members: Members) -> Members:
        note = parse_note(members["checkpoint"])
        line = POLITI.line(note.text, int(WITNESSED.timestamp()))
        return members | {"checkpoint": trail.note_bytes(note.text, [*note.signatures, line])}

    assert "14 of 15 entries are final" in told(pack(also_the_police(unpack(raw))))


def test_who_entered_a_witness_is_said(packed: bytes) -> None:
    assert re.search(
        r"The witness 'politi.example/vitne': entry 5 of the chain 'party/ost.*by whoever runs the system",
        told(packed),
    )


def test_without_witnesses_and_without_a_key(session: Session) -> None:
    made = scene(session, witnessed=False)
    assert "0 of 12 entries are final" in told(bundle_of(made))
    bare = trail_bundle(session, made.agreement, "nb")
    assert "The bundle has no signed checkpoint: no entry is final" in told(bare)
    assert "Approvals: 2, each by one" in told(bare)


def test_ones_own_keys_and_a_head_from_paper(played: Scene) -> None:
    raw = bundle_of(played)
    heads = [(size, tree.root(played.session, size)) for size in (20, 21)]
    keys = (SIGNER.key, KOMMUNE.key, POLITI.key)
    said = told(raw, Held(keys, (heads[0],)))
    assert "own word" not in said
    assert (
        "Keys that you hold: 'avtaler.example/trail', 'moss.example/vitne', 'politi.example/vitne'." in said
    )
    assert "The head that you hold over 20 entries is the beginning of the log." in said
    assert "15 of 16 entries are final" in said
    assert "is not in here; ask for a proof" in told(raw, Held(heads=((7, bytes(32)),)))
    # A key that one holds is the only one that counts: the police's word alone makes nothing final.
    assert "0 of 16 entries are final" in told(raw, Held((SIGNER.key, POLITI.key)))
    # Of witnesses she holds none: theirs are the bundle's word, and named as such.
    said = told(raw, Held((SIGNER.key,)))
    assert "15 of 16 entries are final" in said
    assert "own word; compare them with those made public: 'moss.example/vitne'" in said
    assert "history was rewritten" in fault(raw, Held(heads=((20, heads[1][1]),)))
    stranger = replace(SIGNER, seed=bytes(32)).key
    assert "not signed with a key that you hold" in fault(raw, Held((stranger,)))


def test_an_older_bundle_says_what_it_lacks(packed: bytes) -> None:
    """As they were handed out before there were heads: version 1, the agreement's chain first."""
    members = unpack(packed)
    lines = members["entries.jsonl"].splitlines(keepends=True)
    first = [line for line in lines if trail.decode(line[:-1])["chain"].startswith("agreement/")][:4]
    chain = trail.decode(first[0][:-1])["chain"]
    manifest = trail.parse(members["manifest.json"])
    manifest["v"] = 1
    manifest["chains"] = [{"chain": chain, "size": 4, "head": trail.entry_hash(first[-1][:-1])}]
    old = {name: content for name, content in members.items() if name not in trail._LOG_MEMBERS}
    old |= {"entries.jsonl": b"".join(first), "manifest.json": trail.canonical(manifest)}
    said = told(pack(old))
    assert "no signed checkpoint" in said
    assert "who held which role was not checked" in said
    assert "Approvals" not in said
    mixed = members | {name: old[name] for name in ("entries.jsonl", "manifest.json")}
    assert "manifest.json is of an older kind" in fault(pack(mixed))
    assert "no signed checkpoint to try your keys on" in fault(pack(old), Held((SIGNER.key,)))


def test_without_cryptography_all_but_signatures_is_checked(
    packed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "CAN_CHECK_SIGNATURES", False)
    verdict = verify_bundle(packed)
    assert verdict.ok
    assert trail.NO_SIGNATURES in verdict.unchecked
    said = told(packed)
    assert "are final" not in said
    assert "signature fits" not in said
    report = trail.report(verdict)
    assert "RESULTAT: Sporet er helt, men ingen signatur er prøvd." in report
    assert "RESULT: The trail is whole, but no signature was checked." in report
    broken = unpack(packed)
    broken["proofs.jsonl"] = broken["proofs.jsonl"].replace(b'"index":5,', b'"index":6,')
    assert "place in the log" in fault(pack(broken)) or "does not lead" in fault(pack(broken))


# Forgeries


def lines(name: str, change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Members], Members]:
    """A change of one member's lines."""
    return lambda members: members | {name: b"".join(change(members[name].splitlines(keepends=True)))}


def swap(name: str, old: str, new: str) -> Callable[[Members], Members]:
    """A change of words in one member."""

    def tamper(members: Members) -> Members:
        changed = re.sub(old.encode(), new.encode(), members[name], count=1)
        assert changed != members[name]
        return members | {name: changed}

    return tamper


def edit(name: str, change: Callable[[Any], object]) -> Callable[[Members], Members]:
    """A change of one JSON member, written canonically again."""

    def tamper(members: Members) -> Members:
        value = trail.parse(members[name], 1 << 20)
        change(value)
        return members | {name: trail.canonical(value)}

    return tamper


def without(*names: str) -> Callable[[Members], Members]:
    """Members gone."""
    return lambda members: {name: content for name, content in members.items() if name not in names}


def own_head(members: Members) -> Members:
    """Another log key's signature over another tree: all written anew by somebody without the key."""
    forger = replace(SIGNER, seed=bytes(32))
    text = parse_note(members["checkpoint"]).text
    return members | {"checkpoint": forger.sign(text)}


FORGERIES: dict[str, tuple[Callable[[Members], Members], str]] = {
    "checkpoint gone": (without("checkpoint"), "checkpoint is missing"),
    "proofs gone": (without("proofs.jsonl"), "proofs.jsonl is missing"),
    "root": (swap("checkpoint", r"\n21\n(.{4})(.{4})", r"\n21\n\2\1"), "beginning|does not fit|the same"),
    "size": (swap("checkpoint", r"\n21\n", r"\n22\n"), "signature does not fit|beginning"),
    "origin": (swap("checkpoint", "avtaler", "avtalen"), "another log|has not signed"),
    "another key's head": (own_head, "has not signed"),
    "no log signature": (swap("checkpoint", "— avtaler[^\n]*\n", ""), "has not signed"),
    "an unknown witness": (edit("keys.json", lambda v: v["witnesses"].pop()), "signed, but is not known"),
    "a witness on the other side": (
        edit("keys.json", lambda v: v["witnesses"][0].update(side="police")), "is not entered in the chain"),
    "a witness of another party": (
        edit("keys.json", lambda v: v["witnesses"][0].update(party="0301")), "is not entered in the chain"),
    "one key on both sides": (
        edit("keys.json", lambda v: v["witnesses"][1].update(vkey=v["witnesses"][0]["vkey"])), "not as it"),
    "a side nobody knows": (
        edit("keys.json", lambda v: v["witnesses"][0].update(side="church")), "not as it should be"),
    "a key of the wrong kind": (
        edit("keys.json", lambda v: v["logs"].append({"vkey": KOMMUNE.vkey})), "not as it should be"),
    "a key too many": (
        edit("keys.json", lambda v: v["logs"].append({"vkey": STRANGER})), "signed nothing here"),
    "no log key": (edit("keys.json", lambda v: v["logs"].clear()), "not as it should be|has not signed"),
    "a cosignature": (swap("cosigned.json", "moss.example/vitne ....", "moss.example/vitne AAAA"), "known"),
    "a cosigned head's proof": (
        edit("cosigned.json", lambda v: v["heads"][0]["proof"].pop()), "beginning|too short"),
    "a cosigned head twice": (
        edit("cosigned.json", lambda v: v["heads"].append(v["heads"][0])), "not as they should be"),
    "too many heads": (
        edit("cosigned.json", lambda v: v["heads"].extend(v["heads"] * 100)), "not as they should be"),
    "cosigned is a list": (lambda m: m | {"cosigned.json": b"[]"}, "cosigned.json is not as"),
    "a proof's node": (swap("proofs.jsonl", '"path":\\["....', '"path":["0000'), "does not lead"),
    "a proof's index": (swap("proofs.jsonl", '"index":2,', '"index":3,'), "does not lead"),
    "a proof's share": (swap("proofs.jsonl", '"shared":[1-9]', '"shared":0'), "does not lead"),
    "a proof too few": (lines("proofs.jsonl", lambda all_: all_[:-1]), "has no proof of it"),
    "a proof too many": (lines("proofs.jsonl", lambda all_: [*all_, all_[-1]]), "a proof too many"),
    "proofs swapped": (lines("proofs.jsonl", lambda all_: [all_[1], all_[0], *all_[2:]]), "does not lead"),
    "a place withheld": (lines("proofs.jsonl", lambda all_: [b"null\n", *all_[1:]]), "stands before the"),
    "the same place twice": (lines("proofs.jsonl", lambda all_: [all_[0], *all_[:-1]]), "stands before the"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_shows(packed: bytes, name: str) -> None:
    tamper, words = FORGERIES[name]
    found = fault(pack(tamper(unpack(packed))))
    assert re.search(words, found), found


def test_a_last_entry_may_wait_for_its_place(packed: bytes) -> None:
    """As on PostgreSQL before the sequencer came by; it is counted with those that wait."""
    said = told(pack(lines("proofs.jsonl", lambda all_: [*all_[:-1], b"null\n"])(unpack(packed))))
    assert "15 entries here are in the log; 1 have no place there yet." in said
    assert "15 of 16 entries are final" in said


# Whoever runs the system writes entries of his own: the tree holds, and the approval does not


def forged(made: Scene, **change: Any) -> str:
    """The fault of a bundle in which the operator appended an approval with these changes."""
    rows = entries_of.entries(made.session, entries_of.agreement_chain(made.agreement.id))
    last = trail.decode(next(row for row in rows if row.kind == "approval" and b"signoff" in row.body).body)
    data = json.loads(json.dumps(last["data"]))
    actor = dict(last["actor"])
    transition = change.pop("transition", last["transition"])
    data |= change.pop("data", {})
    data["signoff"]["statement"] |= change.pop("statement", {})
    data["signoff"] |= change.pop("signoff", {})
    actor |= change.pop("actor", {})
    assert not change
    entries_of.append(
        made.session,
        entries_of.agreement_chain(made.agreement.id),
        kind="approval",
        now=NOW,
        actor=entries_of.EntryActor(**actor),
        transition=transition,
        agreement=last["agreement"],
        data=data,
    )
    return fault(bundle_of(made))


MADE_UP: list[tuple[dict[str, Any], str]] = [
    ({}, "number used once was used twice"),
    ({"statement": {"nonce": "A" * 43}}, "signed something else"),
    ({"data": {"bound_to": "ab" * 32}}, "another digest"),
    ({"transition": "terminate"}, "another transition"),
    ({"actor": {"role": "slt_coordinator"}}, "the role SLT coordinator for '3103' that day"),
    ({"actor": {"person": "operator"}}, "no entry before it gives 'operator' the role mayor"),
    ({"actor": {"party": "0301"}}, "'0301' is no party to the agreement"),
    ({"signoff": {"key": "cd" * 32}, "statement": {"nonce": "A" * 43}}, "was not registered to the"),
    ({"signoff": {"key": 7}, "statement": {"nonce": "A" * 43}}, "not whole"),
    ({"signoff": {"how": "finger"}}, "not rightly told"),
    ({"signoff": {"extra": 1}}, "not whole"),
    ({"signoff": {"statement": []}}, "not whole"),
    ({"data": {"round": 99}}, "used twice"),
    ({"statement": {"opening": {"number": 1, "hash": "ab" * 32}}}, "another opening"),
    ({"statement": {"agreement": "x"}}, "another agreement"),
    ({"statement": {"origin": "elsewhere.example"}}, "another origin"),
    ({"statement": {"v": True}}, "another v"),
    ({"statement": {"nonce": "short"}}, "not base64url|used twice"),
]


def test_an_approval_made_up_by_the_operator_shows(session: Session) -> None:
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    for change, words in MADE_UP:
        with session.begin_nested() as point:
            found = forged(made, **change)
            point.rollback()
        assert re.search(words, found), (change, found)


def made_up(made: Scene, kind: str, who: str, *, now: datetime = NOW, **told: Any) -> None:
    """An entry that the operator wrote himself, in the name of a person with a role."""
    person = made.people[who]
    holding = person.actor.holdings[0]
    entries_of.append(
        made.session,
        entries_of.agreement_chain(made.agreement.id),
        kind=kind,
        now=now,
        actor=entries_of.EntryActor(person.person_id, holding.role, holding.party),
        transition="sign",
        agreement=made.agreement.digest,
        **told,
    )


def test_an_approval_of_nothing_is_none(session: Session) -> None:
    made = scene(session)
    made_up(made, "approval", "mayor", data={"remaining": 1, "round": 9})
    assert "the approval does not say of what" in fault(bundle_of(made))


def test_a_step_that_nobody_approved_is_said(session: Session) -> None:
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    made_up(made, "transition", "chief", from_state="negotiated", to_state="signed")
    said = told(bundle_of(made))
    assert "Steps without any approval in the trail: 1: 'sign' to 'signed' (entry 6)." in said


def test_who_approved_a_step_how_and_what_is_said(session: Session) -> None:
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    made.take("chief", "sign", password="x")
    said = told(bundle_of(made))
    assert "The step 'sign' to 'signed' (entry 6), approved by mayor for '3103' (passkey), " in said
    assert f"station chief for '{POLICE}' (password); of the agreement as it stands in the entry." in said


ROUNDS: list[tuple[str, dict[str, Any], str]] = [
    ("transition", {"bound_to": "ab" * 32}, "approvals of one round are not of the same"),
    ("transition", {"remaining": 1}, "more are missing than before"),
    ("approval", {"remaining": 0}, "the number of those missing do not agree"),
    ("approval", {"remaining": 2}, "more are missing than before"),
]


@pytest.mark.parametrize(("kind", "change", "words"), ROUNDS)
def test_a_round_is_of_one_thing_and_comes_to_an_end(
    session: Session, kind: str, change: dict[str, Any], words: str
) -> None:
    made = scene(session)
    made.take("mayor", "sign", password="x")
    last = trail.decode(entries_of.entries(session, entries_of.agreement_chain(made.agreement.id))[-1].body)
    data = {**last["data"], "remaining": 0, **change}
    made_up(made, kind, "chief", data=data)
    assert words in fault(bundle_of(made))


def test_a_round_that_is_complete_takes_no_more(session: Session) -> None:
    made = scene(session)
    made.take("mayor", "sign", password="x")
    made.take("chief", "sign", password="x")
    last = trail.decode(entries_of.entries(session, entries_of.agreement_chain(made.agreement.id))[-1].body)
    made_up(made, "transition", "mayor", data=last["data"], to_state="signed")
    assert "the round was complete" in fault(bundle_of(made))


def test_witnesses_of_others_make_nothing_final(session: Session) -> None:
    """The operator has a police party of his own, with his own witness, and leaves the true one out."""
    made = scene(session, witnessed=False)
    others = parties.add_police(session, "Ingens politistasjonsdistrikt", "ost", now=NOW)
    own = Watch("operator.example/vitne", 9)
    witnesses.register(session, parties.find(session, "3103"), KOMMUNE.vkey, now=NOW, real_now=NOW)
    witnesses.register(session, others, own.vkey, now=NOW, real_now=NOW)
    made.cosign(KOMMUNE, own)
    raw = export(
        session, entries_of.agreement_chain(made.agreement.id), {}, signer=SIGNER,
        extra_chains=[entries_of.party_chain(others.key)],
    )  # fmt: skip
    assert re.search(r"\b0 of \d+ entries are final", told(raw))


def test_the_chain_of_a_party_may_not_be_left_out(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement, _ = draft(session)
    chain = entries_of.agreement_chain(agreement.id)
    kept = bundle._read

    def without(db: Session, name: str, people: set[str] | None) -> Any:
        found = kept(db, name, people)
        return found._replace(rows=[]) if name == entries_of.party_chain(POLICE) else found

    monkeypatch.setattr(bundle, "_read", without)
    enter(session, SIGNER, NOW)
    assert "is missing in the bundle" in fault(export(session, chain, {}, signer=SIGNER))


def test_that_later_entries_may_be_kept_back_is_said(packed: bytes) -> None:
    assert "Whether any of the chains has later entries than those here, a bundle cannot" in told(packed)


def test_a_passkey_taken_away_before_signs_nothing_after(session: Session) -> None:
    made = scene(session)
    key = trail.decode(
        session.scalars(select(TrailEntry.body).where(TrailEntry.kind == "passkey_added").limit(1)).one()
    )["data"]
    entries_of.append(
        session,
        entries_of.party_chain("3103"),
        kind="passkey_removed",
        now=NOW,
        data={"key": key["key"], "person": key["person"], "because": "lost"},
    )
    made.take("mayor", "sign", by="passkey")
    assert "was not registered to the signer" in fault(bundle_of(made))


def test_a_role_given_after_the_approval_does_not_mend_it(session: Session) -> None:
    made = scene(session)
    chain = entries_of.agreement_chain(made.agreement.id)
    entries_of.append(
        session, chain, kind="approval", now=NOW, transition="sign", data={"bound_to": "ab" * 32},
        actor=entries_of.EntryActor("late", "mayor", "3103"),
    )  # fmt: skip
    entries_of.append(
        session, entries_of.party_chain("3103"), kind="role_given", now=NOW,
        data={"person": "late", "role": "mayor", "assignment": 99, "from": "2020-01-01"},
    )  # fmt: skip
    assert "no entry before it gives 'late'" in fault(bundle_of(made))


def test_an_office_that_is_over_is_not_used_again_by_an_earlier_date(session: Session) -> None:
    made = scene(session)
    person = made.people["mayor"].person_id
    given = session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == person)).one()
    people_roles.end_role(session, given.id, last_day=NOW.date() - timedelta(days=1), now=NOW)
    made_up(
        made, "approval", "mayor", now=NOW - timedelta(days=20),
        data={"bound_to": "ab" * 32, "round": 9, "remaining": 1},
    )  # fmt: skip
    assert "the role mayor for '3103' that day" in fault(bundle_of(made))


def test_an_office_that_ends_while_somebody_waits_to_sign_signs_nothing(session: Session) -> None:
    """She was let in as a mayor; before her turn at the agreement the office was handed over."""
    made = scene(session)
    person = made.people["mayor"].person_id
    given = session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == person)).one()
    people_roles.end_role(session, given.id, last_day=NOW.date() - timedelta(days=1), now=NOW)
    taken = take_transition(
        session, made.agreement, "sign", made.people["mayor"], {"password": "x"}, NOW,
        registry=REGISTRY, reauthenticated=True,
    )  # fmt: skip
    assert taken.forbidden
    assert told(bundle_of(made))


def test_the_same_given_again_and_again_is_refused(session: Session) -> None:
    """Each approval is held against every one of them: so many would keep a reader busy for hours."""
    made = scene(session)
    for number in range(trail.MAX_GRANTS):
        entries_of.append(
            session, entries_of.party_chain("3103"), kind="role_given", now=NOW,
            data={"person": made.people["mayor"].person_id, "role": "mayor", "assignment": 100 + number},
        )  # fmt: skip
    assert "the same was given too many times" in fault(bundle_of(made))


def test_who_acts_in_anothers_office_needs_both(session: Session) -> None:
    made = scene(session)
    chain, party = entries_of.agreement_chain(made.agreement.id), entries_of.party_chain("3103")
    mayor = made.people["mayor"].person_id
    acting = entries_of.EntryActor("deputy", "mayor", "3103", mayor)
    given = {"person": "deputy", "acting_for": mayor, "role": "mayor", "acting": 1, "from": "2025-01-01"}
    entries_of.append(session, party, kind="acting_added", now=NOW, data=given | {"to": "2025-12-31"})
    entries_of.append(
        session, chain, kind="approval", now=NOW, transition="x", data={"bound_to": "ab" * 32}, actor=acting
    )
    assert "Approvals: 3" in told(bundle_of(made))
    entries_of.append(session, party, kind="acting_ended", now=NOW, data=given | {"to": "2025-02-01"})
    assert "Approvals: 3" in told(bundle_of(made))
    entries_of.append(
        session, chain, kind="approval", now=NOW, transition="x", data={"bound_to": "ab" * 32}, actor=acting
    )
    assert "no entry before it gives 'deputy'" in fault(bundle_of(made))


def test_the_file_in_the_bundle_runs_on_older_pythons() -> None:
    import ast

    source = Path(trail.__file__).read_text("utf-8")
    ast.parse(source, feature_version=(3, 9))
