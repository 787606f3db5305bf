"""The two lives of an agreement, written by hand, compared with the definitions and their machines."""

from __future__ import annotations

import pytest

from tests.support.life import COORDINATORS, FOUR, LIFE_ADOPTED, LIFE_REPORTED, Row
from tests.support.workflows import ADOPTED, REPORTED
from workflow_app.domain.definitions import Definition, Of, Permission
from workflow_app.domain.engine import workings

GUARDS = {
    "agree": {"sections_complete", "parties_set", "signatories_set", "rules_confirmed"},
    "sign": {"digest_unchanged_since_agreed", "nobody_signs_for_both_sides", "period_not_over"},
    "report": {"meeting_known", "meeting_not_ahead", "meeting_not_before_signing"},
    "adopt": {"matter_for_decision", "decision_recorded", "sent_back_with_reason", "meeting_not_ahead"},
    "continue": {"evaluation_written", "evaluation_continues"},
    "revise": {"evaluation_written", "evaluation_to_be_revised"},
    "terminate": {"notice_is_kept", "successor_not_signed"},
    "lapse": {"does_not_renew_itself", "successor_not_signed"},
}
REASONED = {"reopen", "revise_on_request", "terminate", "withdraw"}
BOTH = pytest.mark.parametrize(
    ("definition", "life"), [(REPORTED, LIFE_REPORTED), (ADOPTED, LIFE_ADOPTED)], ids=["reported", "adopted"]
)


def as_rows(definition: Definition) -> list[Row]:
    rows = []
    for step in definition.transitions.values():
        if step.automatic:
            kind = "clock"
        elif step.approvals:
            kind = "every" if step.approvals.each else "any"
        else:
            kind = "one"
        rows.append((step.name, set(step.sources), step.to, kind, set(step.roles)))
    return rows


@BOTH
def test_the_definition_is_the_table(definition: Definition, life: list[Row]) -> None:
    def by_name(rows: list[Row]) -> dict[str, Row]:
        return {row[0]: row for row in rows}

    assert by_name(as_rows(definition)) == by_name(life)
    assert len(life) == len(by_name(life))


@BOTH
def test_the_machine_alone_allows_exactly_the_table(definition: Definition, life: list[Row]) -> None:
    machine = workings(definition)
    steps = {row[0]: row[1] for row in life}
    for state in definition.states:
        for name, sources in steps.items():
            assert machine.legal(state, name) == (state in sources), (name, state)
    assert not machine.legal("draft", "no_such_step")
    assert not machine.legal("no_such_state", "agree")


@BOTH
def test_the_machine_leads_where_the_table_says(definition: Definition, life: list[Row]) -> None:
    machine = workings(definition)
    for name, sources, to, _, _ in life:
        if to.startswith("@") or name in ("report", "adopt"):
            continue
        for source in sources:
            assert machine.destination(source, name) == to


@pytest.mark.parametrize(
    ("definition", "source", "trigger", "to"),
    [
        (REPORTED, "annual_evaluation", "continue@signed", "signed"),
        (REPORTED, "annual_evaluation", "continue@reported", "reported"),
        (REPORTED, "annual_evaluation", "continue@draft", None),
        (REPORTED, "annual_evaluation", "continue", None),
        (REPORTED, "revised", "resume@annual_evaluation", "annual_evaluation"),
        (REPORTED, "revised", "resume@reported", "reported"),
        (REPORTED, "signed", "report:noted", "reported"),
        (REPORTED, "signed", "report:adopted", "reported"),
        (REPORTED, "signed", "report:postponed", "signed"),
        (REPORTED, "signed", "report:sent_back", "signed"),
        (REPORTED, "reported", "extend", "reported"),
        (REPORTED, "negotiated", "correct_rules", "negotiated"),
        (ADOPTED, "negotiated", "adopt:adopted", "reported"),
        (ADOPTED, "negotiated", "adopt:postponed", "negotiated"),
        (ADOPTED, "negotiated", "adopt:sent_back", "draft"),
        (ADOPTED, "negotiated", "adopt:noted", None),
        (ADOPTED, "annual_evaluation", "continue@signed", "signed"),
        (ADOPTED, "annual_evaluation", "continue@reported", None),
    ],
)
def test_origins_and_outcomes_have_triggers_of_their_own(
    definition: Definition, source: str, trigger: str, to: str | None
) -> None:
    assert workings(definition).destination(source, trigger) == to


@BOTH
def test_only_the_signature_asks_for_the_password(definition: Definition, life: list[Row]) -> None:
    asking = [s.name for s in definition.transitions.values() if s.approvals and s.approvals.reauthenticate]
    assert asking == ["sign"]


@BOTH
def test_reasons_are_asked_for_where_the_table_says(definition: Definition, life: list[Row]) -> None:
    required = {
        step.name
        for step in definition.transitions.values()
        for field in step.fields
        if field.name == "reason" and field.required
    }
    assert required == REASONED


@BOTH
def test_guards_stand_where_the_table_needs_them(definition: Definition, life: list[Row]) -> None:
    for name, needed in GUARDS.items():
        if name in definition.transitions:
            assert needed <= set(definition.transitions[name].guards), name


def test_signing_after_adoption_needs_the_adopted_digest_too() -> None:
    assert "digest_unchanged_since_adopted" in ADOPTED.transitions["sign"].guards
    assert "digest_unchanged_since_adopted" not in REPORTED.transitions["sign"].guards


@BOTH
def test_what_approvals_are_bound_to(definition: Definition, life: list[Row]) -> None:
    bound = {s.name: s.approvals.of for s in definition.transitions.values() if s.approvals}
    expected = {
        "agree": Of.AGREEMENT,
        "sign": Of.AGREEMENT,
        "register": Of.PROPOSAL,
        "continue": Of.EVALUATION,
        "revise": Of.EVALUATION,
        "extend": Of.PROPOSAL,
        "correct_rules": Of.PROPOSAL,
    }
    own = {"report": Of.MATTER} if definition is REPORTED else {"adopt": Of.AGREEMENT}
    assert bound == expected | own


@BOTH
def test_final_states(definition: Definition, life: list[Row]) -> None:
    finals = {name for name, state in definition.states.items() if state.final}
    assert finals == {"terminated", "lapsed", "withdrawn"}


@BOTH
def test_rights_to_see_and_to_write(definition: Definition, life: list[Row]) -> None:
    """Drafts are the four's alone; only a draft is edited; the auditor only looks."""
    private = {"draft", "withdrawn"}
    for name, state in definition.states.items():
        viewers = FOUR if name in private else FOUR | {"council_secretary", "auditor"}
        assert set(state.may[Permission.VIEW]) == viewers, name
        assert set(state.may[Permission.VIEW_TRAIL]) == viewers, name
        assert (Permission.EDIT in state.may) == (name == "draft"), name
        assert (Permission.CONFIRM_RULES in state.may) == (name == "draft"), name
        assert (Permission.EVALUATE in state.may) == (name == "annual_evaluation"), name
        for right, roles in state.may.items():
            if right not in (Permission.VIEW, Permission.VIEW_TRAIL):
                assert "auditor" not in roles, (name, right)
    assert set(definition.states["draft"].may[Permission.EDIT]) == COORDINATORS


@BOTH
def test_the_auditor_is_an_observer(definition: Definition, life: list[Row]) -> None:
    assert definition.observers == ("auditor",)
    assert all("auditor" not in step.roles for step in definition.transitions.values())


def test_the_adopted_agreement_is_called_adopted() -> None:
    assert ADOPTED.states["reported"].label == "Adopted"
    assert REPORTED.states["reported"].label == "Reported"


@pytest.mark.parametrize(
    ("definition", "awaited"),
    [
        (
            REPORTED,
            {
                "draft": ("agree",),
                "negotiated": ("sign",),
                "signed": ("report",),
                "annual_evaluation": ("continue", "revise"),
            },
        ),
        (
            ADOPTED,
            {
                "draft": ("agree",),
                "negotiated": ("adopt",),
                "reported": ("sign",),
                "annual_evaluation": ("continue", "revise"),
            },
        ),
    ],
    ids=["reported", "adopted"],
)
def test_the_way_forward(definition: Definition, awaited: dict[str, tuple[str, ...]]) -> None:
    assert {name: state.awaits for name, state in definition.states.items() if state.awaits} == awaited


def test_effects_by_hand() -> None:
    effects = {name: set(step.effects) for name, step in REPORTED.transitions.items() if step.effects}
    assert effects == {
        "agree": {"record_agreed_digest"},
        "reopen": {"void_approvals"},
        "sign": {"record_signing"},
        "register": {"record_agreed_digest", "record_signing"},
        "begin_evaluation": {"open_evaluation"},
        "continue": {"close_evaluation"},
        "revise": {"close_evaluation", "make_successor"},
        "revise_on_request": {"make_successor"},
        "extend": {"record_extension"},
        "terminate": {"record_termination", "void_approvals"},
        "lapse": {"void_approvals"},
        "withdraw": {"void_approvals"},
        "correct_rules": {"apply_corrections", "record_agreed_digest"},
    }
    assert ADOPTED.transitions["adopt"].effects == ("record_adopted_digest",)
    assert ADOPTED.transitions["adopt"].each_time == ("record_matter",)
    assert REPORTED.transitions["report"].each_time == ("record_matter",)
