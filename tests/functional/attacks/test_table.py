"""Each cell of the table is a test: the attack is done, the detector is asked, the answer is the table's.

Print the table with ``python -m tests.functional.attacks``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.functional.attacks import forging
from tests.functional.attacks.detecting import Paper, alarmed, fetch, final_by, paper_differs
from tests.functional.attacks.table import BOTH, DETECTORS, KOMMUNE, PAPER, POLICE, RECEIPT, TABLE, markdown
from tests.functional.attacks.world import Scene, World, both_sign
from tests.support.witnessing import Watcher
from workflow_app.domain.trail import decode, parse_checkpoint, parse_note, parse_vkey, verify_bundle
from workflow_app.models.agreements import Agreement
from workflow_app.models.passkeys import Passkey
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.services import people, trail
from workflow_app.services.log import checking, witnesses
from workflow_app.services.passkeys import told
from workflow_app.services.people_roles import give_role
from workflow_app.services.trail_check import verify_database

pytestmark = pytest.mark.xdist_group("attacks")

NOW = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
"""When the operator goes to work."""


def give_himself_a_role(session: Session, world: World) -> None:
    """The operator makes an account of his own mayor, with the command that is there for it."""
    his = people.add_person(session, username="drift.1", name="Drift Ansvarlig", now=NOW)
    moss = session.scalars(select(Party).where(Party.key == "3103")).one()
    give_role(session, his, moss, "mayor", from_date=NOW.date(), now=NOW)


def give_himself_a_key(session: Session, world: World) -> None:
    """The operator puts a passkey of his own in the station chief's name, so that he can sign as her."""
    hers = world.site.person["stasjonssjef.moss"]
    passkey = Passkey(
        person_id=hers, key="ab" * 32, credential_id=b"his", public_key=b"his", counter=0, transports=[],
        described={"kty": "EC", "crv": "P-256", "x": "aa", "y": "bb"}, name="Mobil", rp_id="avtaler.example",
        origins=["https://avtaler.example"], created_at=NOW,
    )  # fmt: skip
    session.add(passkey)
    session.flush()
    told.tell_added(session, passkey, actor=None, now=NOW)


def give_the_kommune_a_witness(session: Session, world: World) -> None:
    """The operator ends the kommune's witness, and registers a key of his own in its place."""
    moss = session.scalars(select(Party).where(Party.key == "3103")).one()
    true = witnesses.find(session, moss, world.kommune.vkey)
    witnesses.retire(session, true, "not_wanted", now=NOW, real_now=datetime.now(UTC))
    folder = Path(str(session.get_bind().url.database)).parent / "his"  # type: ignore[union-attr]
    his = Watcher.new(folder, "kommune.example/2", world.signer.vkey, world.url)
    witnesses.register(session, moss, his.vkey, now=NOW, real_now=datetime.now(UTC))


def take_a_step_alone(session: Session, world: World) -> None:
    """The operator enters in the mayor's name that the agreement was prolonged; the police never said yes."""
    agreement = session.get_one(Agreement, world.agreement)
    trail.append(
        session, trail.agreement_chain(agreement.id), kind="transition", now=NOW,
        actor=trail.EntryActor(world.site.person["ordforer.moss"], "mayor", "3103"), transition="extend",
        from_state=agreement.state, to_state=agreement.state, definition=agreement.definition_digest,
        agreement=agreement.digest, data={"effective_date": "2030-12-31"},
    )  # fmt: skip


FRONT_DOOR: Mapping[str, Callable[[Session, World], None]] = {
    "role": give_himself_a_role,
    "key": give_himself_a_key,
    "witness": give_the_kommune_a_witness,
    "step": take_a_step_alone,
}
"""Attacks that forge nothing: they use what an operator may do."""


@pytest.fixture
def attacked(request: pytest.FixtureRequest, scene: Scene) -> Scene:
    """The copy after the attack of this cell; of a split, what the police's witness is shown lies beside."""
    do(scene, request.param)
    return scene


def do(scene: Scene, name: str) -> None:
    if name in FRONT_DOOR:
        with scene.world.serving(scene.file) as session, session.begin():
            FRONT_DOOR[name](session, scene.world)
    elif name == "split":
        shutil.copy(scene.file, scene.other)
        forging.attack(scene.other, scene.world.target, "uncosigned")
    else:
        forging.attack(scene.file, scene.world.target, name)


@contextmanager
def shown_to_the_police(scene: Scene) -> Iterator[None]:
    """What the police's witness meets at the address: in a split another log, else the same."""
    file = scene.other if scene.other.exists() else scene.file
    with scene.world.serving(file):
        yield


@contextmanager
def shown_to_the_kommune(scene: Scene) -> Iterator[None]:
    with scene.world.serving(scene.file):
        yield


def ask_the_kommunes_witness(scene: Scene) -> bool:
    with shown_to_the_kommune(scene):
        return alarmed(scene.kommune)


def ask_the_polices_witness(scene: Scene) -> bool:
    with shown_to_the_police(scene):
        return alarmed(scene.police)


def ask_both(scene: Scene) -> bool:
    """Both come by; caught where one of them rings the alarm, and where what each was shown is not final."""
    if [ask_the_kommunes_witness(scene), ask_the_polices_witness(scene)] != [False, False]:
        return True
    keys = [parse_vkey(scene.kommune.vkey), parse_vkey(scene.police.vkey)]
    final = []
    for shown in (shown_to_the_kommune, shown_to_the_police):
        with shown(scene):
            final.append(final_by(fetch(f"{scene.world.url}/checkpoint"), keys))
    assert len(set(final)) == 1
    return not final[0]


def ask_the_receipt(scene: Scene) -> bool:
    """It holds offline whatever was done, by its owner's own keys; then it is held against the log."""
    world = scene.world
    told = offline(world, world.receipt)
    assert "Oppføringen er endelig" in told
    head = receipt_head(world.receipt)
    return held_against_the_log(scene, head)


def ask_the_paper(scene: Scene) -> bool:
    """The number and the root in ink."""
    return held_against_the_log(scene, scene.world.paper)


def held_against_the_log(scene: Scene, paper: Paper) -> bool:
    """Against the log of today, at either party's desk."""
    world, caught = scene.world, []
    for shown in (shown_to_the_kommune, shown_to_the_police):
        with shown(scene):
            caught.append(paper_differs(world.url, paper, world.signer.vkey))
    return any(caught)


def offline(world: World, file: Path, code: int = 0) -> str:
    """What ``verify.py`` says of a file, as a process of its own with the holder's own keys."""
    verified = subprocess.run(
        [sys.executable, str(world.bundle.parent / "verify.py"), str(file), "--key", str(world.keys)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert verified.returncode == code, verified.stdout + verified.stderr
    return verified.stdout


def receipt_head(receipt: Path) -> Paper:
    """The head that a receipt was given under, as its holder reads it there."""
    head = parse_checkpoint(parse_note(json.loads(receipt.read_bytes())["checkpoint"].encode()).text)
    return Paper(head.size, head.root.hex())


ASK: Mapping[str, Callable[[Scene], bool]] = {
    KOMMUNE: ask_the_kommunes_witness,
    POLICE: ask_the_polices_witness,
    BOTH: ask_both,
    RECEIPT: ask_the_receipt,
    PAPER: ask_the_paper,
}

SHORT = dict(zip(DETECTORS, ("kommune", "police", "both", "receipt", "paper"), strict=True))
CELLS = [
    pytest.param(row.name, detector, detector in row.caught, id=f"{row.name}-{SHORT[detector]}")
    for row in TABLE
    for detector in DETECTORS
]


@pytest.mark.parametrize(("attacked", "detector", "caught"), CELLS, indirect=["attacked"])
def test_cell(attacked: Scene, detector: str, caught: bool) -> None:
    assert ASK[detector](attacked) is caught


@pytest.mark.parametrize("name", ["delete", "reorder", "truncate", "rewrite", "uncosigned"])
def test_the_installations_own_check_sees_nothing(scene: Scene, name: str) -> None:
    do(scene, name)
    with scene.world.serving(scene.file) as session:
        assert verify_database(session).ok
        assert checking.check_tree(session)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("role", "role_given"), ("key", "passkey_added"), ("witness", "witness_added")],
)
def test_what_came_by_the_front_door_stands_there_and_says_who(scene: Scene, name: str, kind: str) -> None:
    with scene.world.serving(scene.file) as session:
        before = set(session.scalars(select(TrailEntry.id)))
    do(scene, name)
    with scene.world.serving(scene.file) as session:
        new = session.scalars(select(TrailEntry).where(TrailEntry.kind == kind, TrailEntry.id.not_in(before)))
        told_of = [(entry.chain.partition("/")[0], decode(entry.body)["data"]["by"]) for entry in new]
    assert told_of == [("party", "console")]


def test_a_step_without_its_approvals_fails_the_bundle_offline(scene: Scene) -> None:
    do(scene, "step")
    bundle = scene.file.parent / "new.zip"
    with shown_to_the_kommune(scene):
        reader = scene.world.site.browser("slt.moss")
        bundle.write_bytes(reader.get(f"/agreements/{scene.world.agreement}/trail.zip").body)
    found = offline(scene.world, bundle, code=1)
    assert "steget 'extend' mangler godkjenninger som fremgangsmåten krever: ordfører for '3103'" in found
    assert (
        "the step 'extend' lacks approvals that the workflow asks for: mayor of '3103', station chief"
        in found
    )


def test_a_paper_printed_after_the_split_shows_it_at_the_other_party(scene: Scene) -> None:
    do(scene, "split")
    with shown_to_the_kommune(scene):
        head = parse_checkpoint(parse_note(fetch(f"{scene.world.url}/checkpoint")).text)
        paper = Paper(head.size, head.root.hex())
        assert not paper_differs(scene.world.url, paper, scene.world.signer.vkey)
    with shown_to_the_police(scene):
        assert paper_differs(scene.world.url, paper, scene.world.signer.vkey)


def test_a_witness_of_his_own_makes_nothing_final_for_who_brings_her_own_keys(scene: Scene) -> None:
    do(scene, "witness")
    bundle = scene.file.parent / "new.zip"
    with shown_to_the_kommune(scene):
        both_sign(Watcher(scene.file.parent / "his", "kommune.example/2"), scene.police)
        reader = scene.world.site.browser("slt.moss")
        bundle.write_bytes(reader.get(f"/agreements/{scene.world.agreement}/trail.zip").body)
    told = [said.en for said in verify_bundle(bundle.read_bytes()).checked if " final: " in said.en]
    own = [line for line in offline(scene.world, bundle).splitlines() if " final: " in line]
    assert "kommune.example/2" in told[0]
    assert own
    assert "kommune.example/2" not in own[0]


def test_the_readme_has_this_very_table(root: Path) -> None:
    assert markdown() in (root / "README.md").read_text(encoding="utf-8")
