"""Reading definitions: what comes out, its digest, and many of them together."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from tests.support.workflows import ADOPTED, REGISTRY, REPORTED, STATES
from workflow_app.domain.definitions import (
    Definition,
    Effect,
    Of,
    Order,
    Permission,
    UnsoundDefinition,
    load_all,
    parse,
)
from workflow_app.domain.fields import FieldType

V1 = (STATES / "politiradsavtale_v1.toml").read_text("utf-8")


def test_what_the_file_says_is_what_comes_out() -> None:
    assert (REPORTED.id, REPORTED.version, REPORTED.initial) == ("politiradsavtale", 1, "draft")
    assert REPORTED.sides["municipal"].roles == ("slt_coordinator", "mayor", "council_secretary")
    assert REPORTED.side_of["station_chief"] == "police"
    assert "auditor" not in REPORTED.side_of
    sign = REPORTED.transitions["sign"]
    assert sign.approvals is not None
    assert (sign.approvals.of, sign.approvals.order, sign.approvals.each) == (Of.AGREEMENT, Order.ANY, True)
    assert [(f.name, f.type, f.required) for f in sign.fields] == [("password", FieldType.PASSWORD, True)]
    assert sign.effects == (Effect.RECORD_SIGNING,)
    assert REPORTED.states["lapsed"].final
    assert REPORTED.states["draft"].may[Permission.EDIT] == ("slt_coordinator", "politikontakt")


def test_an_optional_field_has_a_question_mark() -> None:
    asked = {f.name: f.required for f in REPORTED.transitions["terminate"].fields}
    assert asked == {
        "reason": True, "internal": False, "given_date": True, "effective_date": False, "basis": False,
    }  # fmt: skip


def test_origins_are_where_set_origin_left() -> None:
    assert REPORTED.origins("annual_evaluation") == ("signed", "reported")
    assert set(REPORTED.origins("revised")) == {"annual_evaluation", "signed", "reported"}
    assert REPORTED.origins("draft") == ()


def test_a_definition_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        REPORTED.version = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        REPORTED.states["draft"] = REPORTED.states["signed"]  # type: ignore[index]


def test_the_digest_is_of_the_content_and_not_of_the_layout() -> None:
    plain = "\n".join(line for line in V1.splitlines() if not line.startswith("#"))
    assert plain != V1
    assert parse(plain, "other.toml").digest == REPORTED.digest
    assert len(REPORTED.digest) == 64


def test_the_digest_moves_with_any_content() -> None:
    changed = V1.replace(
        'order = "any", of = "agreement", reauthenticate', 'order = "as_listed", reauthenticate'
    )
    assert changed != V1
    assert parse(changed, "v1").digest != REPORTED.digest


def test_every_definition_is_found_by_its_own_digest() -> None:
    for definition in REGISTRY.definitions:
        assert REGISTRY.by_digest(definition.digest) is definition
        assert len({d.digest for d in REGISTRY.definitions}) == len(REGISTRY.definitions)


def test_the_newest_version_is_for_new_agreements_and_old_ones_keep_theirs() -> None:
    second = V1.replace("version = 1", "version = 2")
    registry = load_all([("v2.toml", second), ("v1.toml", V1)])
    assert registry.newest("politiradsavtale").version == 2
    assert registry.by_digest(REPORTED.digest).version == 1
    assert registry.ids == ("politiradsavtale",)


def test_what_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        REGISTRY.newest("no_such")
    with pytest.raises(KeyError):
        REGISTRY.by_digest("0" * 64)


def test_two_files_with_one_id_and_version() -> None:
    with pytest.raises(UnsoundDefinition) as caught:
        load_all([("a.toml", V1), ("b.toml", V1)])
    (finding,) = caught.value.findings
    assert (finding.file, finding.key) == ("b.toml", "version")
    assert "a.toml" in str(finding)


def test_findings_of_all_files_come_together() -> None:
    broken = V1.replace('initial = "draft"', 'initial = "drat"')
    with pytest.raises(UnsoundDefinition) as caught:
        load_all([("a.toml", broken), ("b.toml", "id = ")])
    assert {finding.file for finding in caught.value.findings} == {"a.toml", "b.toml"}


@pytest.mark.parametrize("definition", [REPORTED, ADOPTED], ids=["reported", "adopted"])
def test_every_word_a_person_reads_is_listed_for_the_catalogues(definition: Definition) -> None:
    for state in definition.states.values():
        assert state.label in definition.texts
    for step in definition.transitions.values():
        assert step.label in definition.texts
    assert definition.title in definition.texts
    assert definition.label("mayor") in definition.texts
    assert definition.label("unheard_of") == "unheard_of"
