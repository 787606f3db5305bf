"""Receipts: one file that says it all, refused when a single byte of it is another."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE
from tests.support.proved import KOMMUNE, POLITI, SIGNER, WITNESSED, Scene, Watch, scene
from workflow_app.domain import trail
from workflow_app.domain.trail import Held, verify_receipt
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf
from workflow_app.services import parties
from workflow_app.services import trail as entries_of
from workflow_app.services.errors import Conflict
from workflow_app.services.log import checkpoints, cosigning, tree, witnesses
from workflow_app.services.receipts import receipt


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for the module; what a test writes is rolled back."""
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('receipts') / 'test.sqlite'}")
    create_all(made)
    yield made
    made.dispose()


def play(session: Session) -> Scene:
    """Signed by both by passkey; the station chief's yes is seen by the kommune's witness alone."""
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    made.cosign(KOMMUNE, POLITI)
    made.take("chief", "sign", by="passkey")
    made.cosign(KOMMUNE)
    return made


@pytest.fixture(scope="module")
def receipts(engine: Engine) -> dict[str, bytes]:
    """A receipt of each kind, made once."""
    with Session(engine) as session:
        made = play(session)
        rows = chain_of(made)
        found = {row.kind: receipt(session, row, SIGNER) for row in rows if row.kind != "transition"}
        found["mayor"] = receipt(session, rows[-2], SIGNER)
        found["chief"] = receipt(session, rows[-1], SIGNER)
        party = entries_of.entries(session, entries_of.party_chain("3103"))
        return found | {"party": receipt(session, party[1], SIGNER)}


def chain_of(made: Scene) -> list[TrailEntry]:
    """The agreement's entries."""
    return entries_of.entries(made.session, entries_of.agreement_chain(made.agreement.id))


def told(raw: bytes, held: Held | None = None) -> str:
    """Everything that is said of it in English; it must hold."""
    verdict = verify_receipt(raw, held)
    assert verdict.ok, verdict.first_fault
    return "\n".join(said.en for said in (*verdict.checked, *verdict.unchecked))


def fault(raw: bytes) -> str:
    """The first fault in English; there must be one."""
    verdict = verify_receipt(raw)
    assert verdict.exit_code == 1
    assert verdict.first_fault is not None
    return verdict.first_fault.en


def test_a_final_sign_off_needs_nothing_but_its_receipt(receipts: dict[str, bytes]) -> None:
    said = told(receipts["mayor"])
    assert "Entry 5 of the chain" in said
    assert "as mayor for '3103'" in said
    assert "The entry is final: cosigned by 'moss.example/vitne' (municipality '3103'" in said
    assert "By passkey: 1." in said
    assert "Approvals: 1, each by one who had been given the role in an earlier entry." in said
    assert "Roles given by whoever runs the system: 1, first entry 3 of the chain 'party/3103'" in said
    assert "were not taken back before entry 5, the whole bundle alone shows" in said


def test_one_that_waits_says_for_whom(receipts: dict[str, bytes]) -> None:
    said = told(receipts["chief"])
    assert "The entry is not final: there is no cosignature by the police on one root." in said


def late(made: Scene, size: int) -> Watch:
    """A witness of the police that is registered now, and cosigns an older head as well."""
    watch = Watch("politi.example/ny", 3)
    police = parties.find(made.session, POLICE)
    witnesses.register(made.session, police, watch.vkey, now=NOW, real_now=NOW)
    kept = checkpoints.stored(made.session, size)
    assert kept is not None
    text = trail.parse_note(kept).text
    body = trail.note_bytes(text, [watch.line(text, int(WITNESSED.timestamp()))])
    cosigning.accept(made.session, cosigning.read(body), SIGNER, WITNESSED)
    return watch


def test_a_witness_that_came_after_the_head_takes_nothing_from_a_receipt(session: Session) -> None:
    """Nothing under that head shows whose it is; those of before are enough."""
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    late(made, made.cosign(KOMMUNE, POLITI))
    said = told(receipt(session, chain_of(made)[-1], SIGNER))
    assert "The entry is final: cosigned by 'moss.example/vitne'" in said
    assert "'politi.example/vitne' (police" in said
    assert "politi.example/ny" not in said


def test_and_alone_it_makes_nothing_final_before_it_has_seen_a_head_with_itself_in_it(
    session: Session,
) -> None:
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    watch = late(made, made.cosign(KOMMUNE))
    signed = chain_of(made)[-1]
    assert "The entry is not final" in told(receipt(session, signed, SIGNER))
    made.cosign(KOMMUNE, watch)
    said = told(receipt(session, signed, SIGNER))
    assert "The entry is final: cosigned by 'moss.example/vitne'" in said
    assert "'politi.example/ny' (police" in said


@pytest.mark.parametrize("kind", ["created", "rules_confirmed", "approval", "party"])
def test_any_entry_has_one(receipts: dict[str, bytes], kind: str) -> None:
    assert told(receipts[kind])


def test_it_says_what_it_does_not_prove(receipts: dict[str, bytes]) -> None:
    assert trail.parse(receipts["chief"])["limits"] == {"nb": trail.LIMITS.nb, "en": trail.LIMITS.en}
    assert trail.LIMITS.nb in trail.report(verify_receipt(receipts["chief"]))
    assert "RESULTAT: Kvitteringen holder." in trail.report(verify_receipt(receipts["chief"]))


def test_the_same_entry_under_the_same_head_gives_the_same_bytes(session: Session) -> None:
    made = play(session)
    assert receipt(session, chain_of(made)[-2], SIGNER) == receipt(session, chain_of(made)[-2], SIGNER)


def test_names_are_in_it_or_not(session: Session) -> None:
    row = entries_of.append(session, "installation", kind="k", now=NOW, private={"reason": "fordi Ærlig"})
    clear, sealed = receipt(session, row, SIGNER), receipt(session, row, SIGNER, clear=False)
    assert "Ærlig".encode() in clear
    assert "Ærlig".encode() not in sealed
    assert "1 names and free texts are those entered; 0 are erased" in told(clear)
    assert "0 names and free texts are those entered; 1 are erased" in told(sealed)


def test_an_entry_that_waits_for_its_place_has_none_yet(session: Session, engine: Engine) -> None:
    row = entries_of.append(session, "installation", kind="k", now=NOW)
    connection = session.connection()
    connection.exec_driver_sql("DROP TRIGGER trail_leaf_no_delete")
    connection.execute(delete(TrailLeaf.__table__).where(TrailLeaf.entry_id == row.id))  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="no place in the log yet"):
        receipt(session, row, SIGNER)


def test_an_approval_that_leans_on_nothing_has_none(session: Session) -> None:
    made = scene(session, witnessed=False)
    row = entries_of.append(
        session, entries_of.agreement_chain(made.agreement.id), kind="approval", now=NOW, transition="sign",
        actor=entries_of.EntryActor("nobody", "mayor", "3103"), data={"bound_to": "ab" * 32},
    )  # fmt: skip
    with pytest.raises(Conflict, match="who gave the signer the role"):
        receipt(session, row, SIGNER)


def test_ones_own_keys(receipts: dict[str, bytes]) -> None:
    every = Held((SIGNER.key, KOMMUNE.key, POLITI.key))
    assert "own word" not in told(receipts["mayor"], every)
    assert "The entry is final" in told(receipts["mayor"], every)
    assert "The entry is not final" in told(receipts["mayor"], Held((SIGNER.key, POLITI.key)))


def test_the_file_alone_verifies_it(receipts: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(Path(trail.__file__).read_bytes())
    (tmp_path / "mayor.json").write_bytes(receipts["mayor"])
    (tmp_path / "keys").write_text(f"{SIGNER.vkey}\n{KOMMUNE.vkey} # the kommune's\n{POLITI.vkey}\n", "utf-8")
    for options, words in (
        (["-I"], "RESULT: The receipt holds."),
        (["-I", "-S"], "RESULT: The receipt holds, but no signature was checked."),
    ):
        done = subprocess.run(
            [sys.executable, *options, "-W", "error", "verify.py", "mayor.json", "--key", "keys"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert words in done.stdout


# Every change


def every_byte(raw: bytes, at: range, rng: random.Random) -> None:
    """Refuse the receipt with another byte in each of these places."""
    for place in at:
        changed = bytearray(raw)
        changed[place] ^= rng.choice((0x01, 0x20, 1 << rng.randrange(8), rng.randrange(1, 256)))
        verdict = verify_receipt(bytes(changed))
        assert not verdict.ok, (place, bytes(changed[max(0, place - 20) : place + 20]))


@pytest.mark.parametrize("kind", ["mayor", "chief", "created"])
def test_a_changed_byte_anywhere_is_refused(receipts: dict[str, bytes], kind: str) -> None:
    raw, rng = receipts[kind], random.Random(7)
    assert verify_receipt(raw).ok
    every_byte(raw, range(rng.randrange(9), len(raw), 9), rng)


@pytest.mark.fuzz
def test_every_byte_of_a_receipt_changed_in_eight_ways_is_refused(receipts: dict[str, bytes]) -> None:
    for seed in range(8):
        for kind in ("mayor", "chief", "created"):
            every_byte(receipts[kind], range(len(receipts[kind])), random.Random(seed))


def test_a_byte_less_or_more_is_refused(receipts: dict[str, bytes]) -> None:
    raw = receipts["chief"]
    for changed in (
        raw[:-1],
        raw[1:],
        raw + b"\n",
        b" " + raw,
        raw.replace(b",", b", ", 1),
        b"{}",
        b"[]",
        b"",
    ):
        assert not verify_receipt(changed).ok


def edited(raw: bytes, change: Any) -> bytes:
    """The receipt with a change of its parts, written canonically again."""
    value = trail.parse(raw, 1 << 22)
    change(value)
    return trail.canonical(value)


CHANGES = {
    "another field": (lambda v: v.update(extra=1), "not a receipt"),
    "another kind": (lambda v: v.update(kind="x"), "not a receipt"),
    "another version": (lambda v: v.update(v=2), "not a receipt"),
    "a true version": (lambda v: v.update(v=True), "not a receipt"),
    "no limits": (lambda v: v.update(limits={}), "not a receipt"),
    "keys and more": (lambda v: v["keys"].update(more=[]), "keys.json is not as it should be"),
    "no checkpoint": (lambda v: v.update(checkpoint=None), "no checkpoint"),
    "another index": (lambda v: v.update(index=v["index"] - 1), "does not lead"),
    "an index that is none": (lambda v: v.update(index="1"), "not a number"),
    "a path too short": (lambda v: v["path"].pop(), "does not lead"),
    "a path of numbers": (lambda v: v.update(path=[1]), "not as it should be"),
    "an entry changed": (lambda v: v["entry"].update(at="2025-03-10T09:00:01+00:00"), "does not lead"),
    "no entry": (lambda v: v.update(entry=None), "an entry is an object"),
    "no grounds": (lambda v: v["grounds"].clear(), "does not show who the parties are"),
    "no role": (lambda v: drop_kind(v, "role_given"), "no entry before it gives"),
    "grounds that are none": (lambda v: v.update(grounds={}), "grounds are not"),
    "a ground with more": (lambda v: v["grounds"][0].update(x=1), "grounds are not"),
    "grounds out of order": (lambda v: v["grounds"].reverse(), "not in order"),
    "a ground twice": (lambda v: v["grounds"].append(v["grounds"][-1]), "not in order"),
    "no parties": (lambda v: drop(v, "agreement/"), "does not show who the parties are"),
    "no opening": (lambda v: drop_kind(v, "transition"), "another opening"),
    "no witness": (lambda v: drop_kind(v, "witness_added"), "is not entered in the chain"),
    "no passkey": (lambda v: drop_kind(v, "passkey_added"), "was not registered to the signer"),
    "no party": (lambda v: drop_kind(v, "party_added"), "is not entered in the chain"),
    "a clear value of nothing": (
        lambda v: v["openings"].append({"field": "x", "salt": "00" * 32, "value": ""}), "has no field 'x'"),
    "a key too many": (lambda v: v["keys"]["logs"].append({"vkey": STRANGER}), "signed nothing here"),
}  # fmt: skip
STRANGER = "x+3180bf6a+AXm1Vi6P5lT5QHixEuipi6eQH4U65pW+1+DjkQutBJZk"


def drop(value: Any, chain: str) -> None:
    """The grounds of these chains gone."""
    value["grounds"] = [g for g in value["grounds"] if not g["entry"]["chain"].startswith(chain)]


def drop_kind(value: Any, kind: str) -> None:
    """The grounds of this kind gone."""
    value["grounds"] = [g for g in value["grounds"] if g["entry"]["kind"] != kind]


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_of_its_parts_is_refused(receipts: dict[str, bytes], name: str) -> None:
    change, words = CHANGES[name]
    found = fault(edited(receipts["mayor"], change))
    assert words in found, found


def test_two_histories_have_two_receipts_and_one_paper(session: Session) -> None:
    """A receipt from another history holds in itself; the head that stood on paper tells."""
    made = play(session)
    raw = receipt(session, chain_of(made)[-2], SIGNER)
    assert "is the beginning of the log" in told(raw, Held(heads=((20, tree.root(session, 20)),)))
    other = verify_receipt(raw, Held(heads=((20, bytes(32)),)))
    assert other.first_fault is not None
    assert "history was rewritten" in other.first_fault.en
    assert session.scalar(select(TrailEntry.id).limit(1))
