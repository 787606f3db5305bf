"""The workflow in a bundle: taken along as the entries hash it, and no step passes that it does not allow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy.orm import Session

from tests.support.proved import REGISTRY, SIGNER, Scene, scene
from tests.unit.services.test_bundle_log import Members, fault, made_up, pack, told, unpack
from workflow_app.domain import trail
from workflow_app.domain.definitions import Registry
from workflow_app.services.takeaway import trail_bundle


def bundle_of(made: Scene, registry: Registry | None = REGISTRY) -> bytes:
    """The bundle as it is handed out."""
    return trail_bundle(made.session, made.agreement, "nb", SIGNER, registry)


def test_the_workflow_lies_in_it_as_the_entries_hash_it(session: Session) -> None:
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    made.take("chief", "sign", password="x")
    digest = made.agreement.definition_digest
    whole = bundle_of(made)

    assert hashlib.sha256(unpack(whole)[trail.DEFINITIONS + digest]).hexdigest() == digest
    said = told(whole)
    assert f"('politiradsavtale', 1, SHA-256 {digest}) is in here. Each step could be taken" in said
    assert "Whether this is the workflow that the parties meant to follow" in said
    assert "it is not in here" not in said


def test_without_it_the_bundle_holds_and_says_what_it_lacks(session: Session) -> None:
    made = scene(session)
    for registry in (None, Registry(())):
        without = bundle_of(made, registry)
        assert not any(name.startswith(trail.DEFINITIONS) for name in unpack(without))
        assert "the parties' workflow tells; it is not in here" in told(without)


def test_a_step_without_its_approvals_put_in_by_the_operator(session: Session) -> None:
    made = scene(session)
    made.take("mayor", "sign", by="passkey")
    made_up(
        made, "transition", "chief", from_state="negotiated", to_state="signed",
        definition=made.agreement.definition_digest,
    )  # fmt: skip
    found = fault(bundle_of(made))
    assert "Entry 6 of the chain 'agreement/" in found
    assert (
        "the step 'sign' lacks approvals that the workflow asks for: mayor of '3103', station chief" in found
    )


def test_a_step_that_names_no_workflow_follows_none(session: Session) -> None:
    made = scene(session)
    made_up(made, "transition", "chief", from_state="negotiated", to_state="signed")
    assert "it follows another workflow than the agreement" in fault(bundle_of(made))


def other(members: Members) -> Members:
    (name,) = (name for name in members if name.startswith(trail.DEFINITIONS))
    raw = members[name].replace(b'"reauthenticate":true', b'"reauthenticate":false')
    assert raw != members[name]
    return {**members, name: raw}


def renamed(members: Members) -> Members:
    changed = other(members)
    (name,) = (name for name in changed if name.startswith(trail.DEFINITIONS))
    raw = changed.pop(name)
    return {**changed, trail.DEFINITIONS + hashlib.sha256(raw).hexdigest(): raw}


def one_more(members: Members) -> Members:
    extra = renamed(members)
    return {**extra, **members}


def foreign(members: Members) -> Members:
    return {**members, trail.DEFINITIONS + "politiradsavtale.toml": b"x"}


SPOILT: tuple[tuple[Callable[[Members], Members], str], ...] = (
    (other, "is not the one that the name is the hash of"),
    (renamed, "is not in the bundle"),
    (one_more, "No entry follows the workflow"),
    (foreign, "is no part of a bundle"),
)


def test_another_workflow_than_that_of_the_entries_is_refused(session: Session) -> None:
    whole = unpack(bundle_of(scene(session)))
    for spoil, words in SPOILT:
        assert words in fault(pack(spoil(whole))), spoil
