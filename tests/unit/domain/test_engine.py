"""decide and its listings: approvals of every party, digests, order, outcomes, origins, the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.workflows import (
    ADOPTED,
    DIGEST,
    FINE,
    GOOD_DATA,
    MOSS,
    POLICE,
    REPORTED,
    THREE_KOMMUNER,
    TODAY,
    TWO,
    after,
    case,
    facts_for,
    person,
)
from workflow_app.domain.case import Actor, Approval, Case, CaseParty, Decision, Refused, Round, Slot
from workflow_app.domain.definitions import Definition, Permission, parse
from workflow_app.domain.engine import awaiting, decide, due_automatic, permitted, possible, slots
from workflow_app.domain.engine.origins import origin_after
from workflow_app.domain.fields import InvalidData
from workflow_app.domain.guards import Facts

SLT = person("kari", ("slt_coordinator", "moss"))
CONTACT = person("per", ("politikontakt", "moss-police"))
MAYOR = person("anne", ("mayor", "moss"))
CHIEF = person("ola", ("station_chief", "moss-police"))
SECRETARY = person("liv", ("council_secretary", "moss"))


def go(
    where: Case, name: str, actor: Actor | None, definition: Definition = REPORTED, **data: Any
) -> Decision:
    facts = data.pop("facts", facts_for(name))
    return decide(definition, where, name, actor, facts, {**GOOD_DATA.get(name, {}), **data})


def refused(
    where: Case, name: str, actor: Actor | None, definition: Definition = REPORTED, **data: Any
) -> Refused:
    with pytest.raises(Refused) as caught:
        go(where, name, actor, definition, **data)
    assert caught.value.refusals
    return caught.value


def codes(refusal: Refused) -> list[str]:
    return [r.code for r in refusal.refusals]


# ---- the moment and the right


def test_an_unknown_step() -> None:
    assert codes(refused(case("draft"), "abolish", SLT)) == ["unknown_transition"]


def test_a_step_that_does_not_start_here_says_where_it_does() -> None:
    refusal = refused(case("draft"), "sign", MAYOR)
    assert codes(refusal) == ["not_from_here"]
    assert not refusal.forbidden
    assert (
        str(refusal.refusals[0].reason) == "“Sign” starts from Negotiated, and this agreement is Draft now."
    )


def test_a_state_nobody_has_heard_of_allows_nothing() -> None:
    assert codes(refused(case("limbo"), "sign", MAYOR)) == ["not_from_here"]


def test_a_missing_role_is_forbidden_and_names_the_roles() -> None:
    refusal = refused(case("negotiated"), "sign", SLT)
    assert refusal.forbidden
    assert codes(refusal) == ["missing_role"]
    assert "mayor or station chief" in str(refusal.refusals[0].reason)


@pytest.mark.parametrize(
    "actor",
    [
        person("x", ("mayor", "stange")),
        person("x", ("mayor", "moss-police")),
        person("x", ("auditor", "moss")),
        person("x", ("administrator", "moss")),
        person("x"),
    ],
    ids=["another party", "a role of the other side", "auditor", "administrator", "nobody"],
)
def test_who_holds_nothing_that_counts_here(actor: Actor) -> None:
    assert refused(case("negotiated"), "sign", actor).forbidden


def test_the_right_is_asked_before_the_fields() -> None:
    with pytest.raises(Refused):
        decide(REPORTED, case("negotiated"), "reopen", person("x"), FINE, {})
    with pytest.raises(InvalidData):
        decide(REPORTED, case("negotiated"), "reopen", SLT, FINE, {})


def test_fields_are_cleaned_and_the_password_is_not_in_the_decision() -> None:
    decision = go(case("signed"), "terminate", MAYOR)
    assert decision.data["given_date"] == date(2026, 6, 1)
    assert dict(go(case("negotiated"), "sign", MAYOR).data) == {}


# ---- one person alone


def test_one_holder_does_it_at_once() -> None:
    decision = go(case("negotiated"), "reopen", MAYOR)
    assert (decision.to, decision.effects) == ("draft", ("void_approvals",))
    assert decision.holding is not None
    assert decision.holding.role == "mayor"
    assert decision.fills is None


def test_an_own_role_comes_before_an_acting_one() -> None:
    both = Actor("kari", (*person("kari", ("mayor", "moss"), acting_for="anne").holdings, *SLT.holdings))
    holding = go(case("negotiated"), "reopen", both).holding
    assert holding is not None
    assert (holding.role, holding.acting_for) == ("slt_coordinator", None)


def test_an_own_role_comes_before_an_acting_one_in_a_slot_too() -> None:
    acting = person("kari", ("mayor", "moss"), acting_for="anne")
    both = Actor("kari", (*acting.holdings, *person("kari", ("mayor", "moss")).holdings))
    holding = go(case("negotiated"), "sign", both).holding
    assert holding is not None
    assert holding.acting_for is None


# ---- approvals


def test_the_last_slot_moves_the_state() -> None:
    first = go(case("draft"), "agree", SLT)
    assert first.to is None
    assert first.fills == Slot("moss", ("slt_coordinator",))
    assert first.remaining == (Slot("moss-police", ("politikontakt",)),)
    assert first.digest == DIGEST
    assert first.effects == ()
    last = go(after(case("draft"), first, SLT), "agree", CONTACT)
    assert (last.to, last.remaining, last.effects) == ("negotiated", (), ("record_agreed_digest",))


def test_three_kommuner_need_three_mayors() -> None:
    where = case("negotiated", THREE_KOMMUNER)
    signers = [person(f"mayor-{k}", ("mayor", k)) for k in ("dal", "fjell", "vik")] + [CHIEF]
    for number, signer in enumerate(signers):
        assert where.state == "negotiated"
        decision = go(where, "sign", signer)
        assert len(decision.remaining) == 3 - number
        where = after(where, decision, signer)
    assert where.state == "signed"


def test_a_shared_coordinator_fills_one_slot_at_a_time() -> None:
    shared = person("kari", ("slt_coordinator", "dal"), ("slt_coordinator", "fjell"))
    where = case("draft", THREE_KOMMUNER)
    first = go(where, "agree", shared)
    assert first.fills == Slot("dal", ("slt_coordinator",))
    where = after(where, first, shared)
    second = go(where, "agree", shared)
    assert second.fills == Slot("fjell", ("slt_coordinator",))
    assert go(where, "agree", shared, party="dal").repeated
    assert go(where, "agree", shared, slot="slt_coordinator@fjell").fills == second.fills
    assert go(where, "agree", shared, slot=second.fills).fills == second.fills
    assert go(where, "agree", shared, role="slt_coordinator", party="fjell").fills == second.fills


def test_a_party_one_does_not_act_for() -> None:
    refusal = refused(
        case("draft", THREE_KOMMUNER), "agree", person("k", ("slt_coordinator", "dal")), party="vik"
    )
    assert refusal.forbidden
    assert codes(refusal) == ["not_for_that_party"]


@pytest.mark.parametrize("data", [{"slot": 5}, {"role": ["mayor"]}, {"party": {"a": 1}}])
def test_a_slot_that_is_no_slot_is_a_wrong_field(data: dict[str, Any]) -> None:
    with pytest.raises(InvalidData):
        go(case("draft"), "agree", SLT, **data)


def test_the_same_person_again_is_repeated_and_changes_nothing() -> None:
    where = after(case("draft"), go(case("draft"), "agree", SLT), SLT)
    again = go(where, "agree", SLT)
    assert again.repeated
    assert again.to is None
    assert after(where, again, SLT) == where
    assert go(where, "agree", SLT, facts=Facts(today=TODAY)).repeated


def test_somebody_else_in_the_same_office_is_too_late() -> None:
    where = after(case("draft"), go(case("draft"), "agree", SLT), SLT)
    refusal = refused(where, "agree", person("second", ("slt_coordinator", "moss")))
    assert codes(refusal) == ["slot_filled"]
    assert not refusal.forbidden


def test_an_approval_of_something_else_is_void() -> None:
    old = Round("agree", "old", (Approval(Slot("moss", ("slt_coordinator",)), "kari", "slt_coordinator"),))
    where = case("draft", rounds=(old,))
    decision = go(where, "agree", CONTACT)
    assert decision.to is None
    assert decision.remaining == (Slot("moss", ("slt_coordinator",)),)
    assert decision.voids == old.approvals
    assert not go(where, "agree", SLT).repeated


def test_an_approval_for_a_party_that_has_left_fills_nothing() -> None:
    gone = Approval(Slot("dal", ("slt_coordinator",)), "x", "slt_coordinator")
    decision = go(case("draft", rounds=(Round("agree", DIGEST, (gone,)),)), "agree", SLT)
    assert decision.remaining == (Slot("moss-police", ("politikontakt",)),)


def test_an_acting_holder_approves_in_the_office_of_another() -> None:
    deputy = person("berit", ("mayor", "moss"), acting_for="anne")
    decision = go(case("negotiated"), "sign", deputy)
    assert decision.holding is not None
    assert decision.holding.acting_for == "anne"


def test_a_side_without_a_party_can_approve_nothing() -> None:
    refusal = refused(case("draft", (MOSS,)), "agree", SLT)
    assert set(codes(refusal)) == {"no_party", "parties_set"}
    assert "the police" in str(refusal.refusals[0].reason)


def test_all_refusals_come_together() -> None:
    refusal = refused(case("draft"), "agree", SLT, facts=Facts(today=TODAY))
    assert codes(refusal) == ["sections_complete", "signatories_set", "rules_confirmed"]


def test_nobody_signs_for_both_sides() -> None:
    both = person("kari", ("mayor", "moss"), ("station_chief", "moss-police"))
    where = after(case("negotiated"), go(case("negotiated"), "sign", both), both)
    assert codes(refused(where, "sign", both)) == ["nobody_signs_for_both_sides"]
    assert go(where, "sign", CHIEF).to == "signed"


def test_a_signature_needs_the_password_confirmed() -> None:
    refusal = refused(case("negotiated"), "sign", MAYOR, facts=replace(FINE, reauthenticated=False))
    assert codes(refusal) == ["reauthenticate"]


def test_the_digest_is_the_case_s_and_not_what_a_service_says() -> None:
    where = case("negotiated", digests={"agreement": "changed"})
    refusal = refused(where, "sign", MAYOR, facts=replace(FINE, digest=DIGEST))
    assert codes(refusal) == ["digest_unchanged_since_agreed"]


IN_ORDER = parse(
    """
id = "ordered"
version = 1
title = "Ordered"
initial = "open"
[sides.a]
roles = ["writer", "boss"]
[sides.b]
roles = ["reader"]
[states.open]
label = "Open"
may = {view = ["writer"]}
awaits = ["close"]
[states.closed]
label = "Closed"
final = true
may = {view = ["writer"]}
[transitions.close]
label = "Close"
from = ["open"]
to = "closed"
approvals = {from_every_party = ["reader", "writer", "boss"], order = "as_listed"}
""",
    "ordered.toml",
)


def test_approvals_in_order() -> None:
    parties = (CaseParty("a1", "a"), CaseParty("a2", "a"), CaseParty("b1", "b"))
    where = Case("open", parties, digests={"agreement": DIGEST})
    writers = [person(f"w{n}", ("writer", f"a{n}")) for n in (1, 2)]
    bosses = [person(f"boss{n}", ("boss", f"a{n}")) for n in (1, 2)]
    reader = person("r", ("reader", "b1"))
    assert codes(refused(where, "close", writers[0], IN_ORDER)) == ["not_your_turn"]
    assert awaiting(IN_ORDER, where) == [("close", Slot("b1", ("reader",)))]
    for actor in (reader, writers[1]):
        where = after(where, go(where, "close", actor, IN_ORDER), actor)
    assert "writer" in str(refused(where, "close", bosses[0], IN_ORDER).refusals[0].reason)
    for actor in (writers[0], bosses[1], bosses[0]):
        where = after(where, go(where, "close", actor, IN_ORDER), actor)
    assert where.state == "closed"


# ---- proposals


def test_the_second_approver_of_a_proposal_may_leave_it_out() -> None:
    where = case("signed")
    where = after(
        where, decide(REPORTED, where, "extend", MAYOR, FINE, {"effective_date": "2027-12-31"}), MAYOR
    )
    decision = decide(REPORTED, where, "extend", CHIEF, FINE, {})
    assert decision.to == "signed"
    assert decision.data["effective_date"] == date(2027, 12, 31)


def test_another_day_is_another_proposal() -> None:
    where = case("signed")
    where = after(where, go(where, "extend", MAYOR), MAYOR)
    decision = go(where, "extend", CHIEF, effective_date="2028-12-31")
    assert decision.to is None
    assert [a.person for a in decision.voids] == ["anne"]
    assert decision.remaining == (Slot("moss", ("mayor",)),)


def test_a_proposal_is_for_the_agreement_as_it_was() -> None:
    where = case("signed")
    where = after(where, go(where, "extend", MAYOR), MAYOR)
    moved = replace(where, digests={"agreement": "corrected"})
    assert go(moved, "extend", CHIEF).to is None


def test_explaining_a_proposal_differently_is_the_same_proposal() -> None:
    where = case("signed")
    where = after(where, go(where, "extend", MAYOR, reason="Works well."), MAYOR)
    assert go(where, "extend", CHIEF, reason="We agree.").to == "signed"


def test_register_needs_both_on_one_signing_date() -> None:
    where = case("draft")
    where = after(where, go(where, "register", SLT), SLT)
    assert go(where, "register", CONTACT, signed_on="2020-04-30").to is None
    decision = go(where, "register", CONTACT)
    assert (decision.to, decision.effects) == ("signed", ("record_agreed_digest", "record_signing"))


def test_correcting_rules_needs_every_coordinator_and_stays() -> None:
    where = case("annual_evaluation", digests={"proposal:correct_rules": "p1"}, origin="signed")
    where = after(where, go(where, "correct_rules", SLT), SLT)
    other = replace(where, digests={**where.digests, "proposal:correct_rules": "p2"})
    assert go(other, "correct_rules", CONTACT).to is None
    decision = go(where, "correct_rules", CONTACT)
    assert (decision.to, decision.origin) == ("annual_evaluation", "signed")
    assert decision.effects == ("apply_corrections", "record_agreed_digest")


# ---- matters


def test_each_kommune_reports_its_own_matter() -> None:
    where = case("signed", THREE_KOMMUNER)
    for kommune, role in (("vik", "council_secretary"), ("dal", "slt_coordinator")):
        actor = person(kommune, (role, kommune))
        decision = go(where, "report", actor)
        assert decision.effects == ("record_matter",)
        where = after(where, decision, actor)
    last = person("fjell", ("council_secretary", "fjell"))
    assert go(where, "report", last).to == "reported"


def test_one_kommune_s_matter_is_not_another_s() -> None:
    """What the first filled in is no default for the next: each matter has its own day."""
    where = case("signed", THREE_KOMMUNER)
    first = person("x", ("slt_coordinator", "dal"))
    where = after(where, go(where, "report", first), first)
    with pytest.raises(Refused) as caught:
        decide(REPORTED, where, "report", person("y", ("slt_coordinator", "vik")), FINE, {"outcome": "noted"})
    assert codes(caught.value) == ["meeting_known"]


@pytest.mark.parametrize("outcome", ["postponed", "sent_back"])
def test_a_postponed_report_is_recorded_and_changes_nothing(outcome: str) -> None:
    decision = go(case("signed"), "report", SECRETARY, outcome=outcome, reason="Next meeting.")
    assert (decision.to, decision.fills, decision.effects) == (None, None, ("record_matter",))
    assert decision.remaining == (Slot("moss", ("slt_coordinator", "council_secretary")),)


def test_an_adoption_sent_back_reopens_at_once() -> None:
    decision = go(case("negotiated"), "adopt", SECRETARY, ADOPTED, outcome="sent_back", reason="Costs.")
    assert (decision.to, decision.fills) == ("draft", None)
    assert decision.effects == ("record_matter", "void_approvals")


def test_sent_back_without_a_reason() -> None:
    refusal = refused(case("negotiated"), "adopt", SECRETARY, ADOPTED, outcome="sent_back", decision="")
    assert codes(refusal) == ["sent_back_with_reason"]


def test_an_outcome_the_step_does_not_have() -> None:
    refusal = refused(case("negotiated"), "adopt", SECRETARY, ADOPTED, outcome="noted")
    assert codes(refusal) == ["unknown_outcome"]
    assert "Adopted (vedtatt)" in str(refusal.refusals[0].reason)


def test_what_a_kommune_has_adopted_it_cannot_send_back() -> None:
    parties = (MOSS, CaseParty("stange", "municipal"), POLICE)
    where = case("negotiated", parties)
    where = after(where, go(where, "adopt", SECRETARY, ADOPTED), SECRETARY)
    assert codes(refused(where, "adopt", SECRETARY, ADOPTED, outcome="sent_back", reason="No.")) == [
        "slot_filled"
    ]
    assert go(where, "adopt", SECRETARY, ADOPTED).repeated


# ---- origins


@pytest.mark.parametrize("start", ["signed", "reported"])
def test_an_evaluation_continues_where_it_was_begun(start: str) -> None:
    where = case(start)
    begun = go(where, "begin_evaluation", SLT)
    assert (begun.to, begun.origin) == ("annual_evaluation", start)
    where = after(where, begun, SLT)
    where = after(where, go(where, "continue", SLT), SLT)
    done = go(where, "continue", CONTACT)
    assert (done.to, done.origin) == (start, None)


@pytest.mark.parametrize("start", ["signed", "reported"])
def test_a_withdrawn_successor_brings_it_back_the_way_it_came(start: str) -> None:
    where = after(case(start), go(case(start), "begin_evaluation", SLT), SLT)
    for actor in (SLT, CONTACT):
        where = after(where, go(where, "revise", actor), actor)
    assert where.state == "revised"
    where = after(where, go(where, "resume", None), None)
    assert where.state == "annual_evaluation"
    for actor in (SLT, CONTACT):
        where = after(where, go(where, "continue", actor), actor)
    assert (where.state, where.origin) == (start, None)


def test_coming_round_for_years_does_not_lengthen_the_way() -> None:
    where = case("reported")
    for _ in range(5):
        where = after(where, go(where, "begin_evaluation", SLT), SLT)
        for actor in (SLT, CONTACT):
            where = after(where, go(where, "revise", actor), actor)
        where = after(where, go(where, "resume", None), None)
        assert where.origin == "reported"
        for actor in (SLT, CONTACT):
            where = after(where, go(where, "continue", actor), actor)
        assert where.origin is None


def test_a_way_never_holds_a_state_twice() -> None:
    begin = REPORTED.transitions["begin_evaluation"]
    assert origin_after(begin, "signed", "signed/annual_evaluation", "annual_evaluation") == "signed"
    assert origin_after(begin, "signed", "reported", "annual_evaluation") == "reported/signed"


@pytest.mark.parametrize("origin", [None, "", "draft", "nonsense/"])
def test_an_origin_that_leads_nowhere_is_refused(origin: str | None) -> None:
    slot = Slot("moss", ("slt_coordinator",))
    given = Round("continue", DIGEST, (Approval(slot, "kari", "slt_coordinator"),))
    where = case("annual_evaluation", origin=origin, rounds=(given,))
    assert codes(refused(where, "continue", CONTACT)) == ["unknown_origin"]


# ---- the clock


def test_lapse_is_due_the_day_after() -> None:
    for today, due in ((date(2026, 12, 31), None), (date(2027, 1, 1), "lapse")):
        facts = replace(FINE, today=today)
        assert due_automatic(REPORTED, case("signed"), facts) == due
    assert go(case("signed"), "lapse", None).to == "lapsed"


@pytest.mark.parametrize(
    "facts", [{"effective_end": None}, {"renews_itself": True}, {"successor_signed": True}], ids=str
)
def test_lapse_is_not_due(facts: dict[str, Any]) -> None:
    late = replace(FINE, today=date(2030, 1, 1), **facts)
    assert due_automatic(REPORTED, case("signed"), late) is None


def test_an_adopted_agreement_that_is_not_signed_does_not_lapse() -> None:
    assert due_automatic(ADOPTED, case("reported"), replace(FINE, today=date(2030, 1, 1))) is None


def test_a_signed_successor_ends_everything() -> None:
    facts = replace(FINE, today=date(2030, 1, 1), successor_signed=True)
    assert due_automatic(REPORTED, case("revised", origin="signed"), facts) is None
    assert "successor_not_signed" in codes(
        refused(case("revised", origin="signed"), "terminate", MAYOR, facts=facts)
    )


def test_the_clock_does_what_is_due_and_then_nothing() -> None:
    facts = replace(FINE, today=date(2030, 1, 1), successor_withdrawn=True)
    where, taken = case("revised", origin="signed/annual_evaluation"), []
    while (name := due_automatic(REPORTED, where, facts)) is not None:
        taken.append(name)
        where = after(where, decide(REPORTED, where, name, None, facts), None)
        assert len(taken) < 5
    assert taken == ["resume", "lapse"]


def test_nobody_does_what_the_clock_does_nor_the_clock_what_people_do() -> None:
    assert refused(case("signed"), "lapse", MAYOR).forbidden
    assert refused(case("negotiated"), "reopen", None).forbidden
    assert codes(refused(case("signed"), "lapse", None, facts=FINE)) == ["not_due"]


# ---- listings


def test_rights_come_from_the_state_and_the_roles() -> None:
    assert permitted(REPORTED, "draft", ["slt_coordinator"]) == {
        Permission.VIEW, Permission.EDIT, Permission.CONFIRM_RULES, Permission.VIEW_TRAIL,
    }  # fmt: skip
    assert permitted(REPORTED, "draft", ["council_secretary", "auditor"]) == frozenset()
    assert permitted(REPORTED, "signed", ["auditor"]) == {Permission.VIEW, Permission.VIEW_TRAIL}
    assert permitted(REPORTED, "signed", ["operator", "administrator"]) == frozenset()
    assert permitted(REPORTED, "limbo", ["slt_coordinator"]) == frozenset()


def test_what_i_may_do_lists_every_step_people_take() -> None:
    rows = {row.transition: row for row in possible(REPORTED, case("negotiated"), MAYOR, FINE)}
    assert set(rows) == set(REPORTED.transitions) - {"lapse", "resume"}
    assert {name for name, row in rows.items() if row.allowed} == {"reopen", "sign"}
    assert rows["withdraw"].forbidden
    assert [r.code for r in rows["agree"].refusals] == ["not_from_here"]


def test_the_list_does_not_ask_for_what_a_form_will() -> None:
    facts = replace(FINE, reauthenticated=False)
    allowed = {row.transition for row in possible(REPORTED, case("signed"), MAYOR, facts) if row.allowed}
    assert allowed == {"revise_on_request", "extend", "terminate"}
    assert {
        row.transition for row in possible(REPORTED, case("signed"), SECRETARY, facts) if row.allowed
    } == {"report"}
    assert {
        row.transition for row in possible(ADOPTED, case("negotiated"), SECRETARY, facts) if row.allowed
    } == {"adopt"}


def test_the_list_says_that_i_have_done_my_part() -> None:
    where = after(case("draft"), go(case("draft"), "agree", SLT), SLT)
    row = next(r for r in possible(REPORTED, where, SLT, FINE) if r.transition == "agree")
    assert [r.code for r in row.refusals] == ["already_approved"]


def test_whom_it_waits_for() -> None:
    where = case("negotiated", THREE_KOMMUNER)
    assert awaiting(REPORTED, where) == [
        ("sign", slot) for slot in slots(REPORTED, REPORTED.transitions["sign"], where)
    ]
    signer = person("m", ("mayor", "fjell"))
    waiting = awaiting(REPORTED, after(where, go(where, "sign", signer), signer))
    assert [slot.party for _, slot in waiting] == ["dal", "vik", "moss-police"]
    assert awaiting(REPORTED, case("lapsed")) == []
    assert awaiting(REPORTED, case("limbo")) == []


def test_an_evaluation_waits_the_way_its_outcome_points() -> None:
    where = case("annual_evaluation", origin="signed")
    assert {name for name, _ in awaiting(REPORTED, where)} == {"continue", "revise"}
    for outcome, name in (("continues", "continue"), ("to_be_revised", "revise"), (None, "continue")):
        facts = replace(FINE, evaluation_outcome=outcome)
        assert {n for n, _ in awaiting(REPORTED, where, facts)} == {name}


def test_parties_and_slots() -> None:
    assert slots(REPORTED, REPORTED.transitions["reopen"], case("draft")) == ()
    assert slots(REPORTED, REPORTED.transitions["report"], case("signed", TWO)) == (
        Slot("moss", ("slt_coordinator", "council_secretary")),
    )
