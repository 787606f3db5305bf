"""Confirming and correcting before ``agree``, proposing after it: each an entry, each kept."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TEXT, draft, person, told
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.services import proposals, readings, rule_history
from workflow_app.services.actors import Who
from workflow_app.services.cases import case_of
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.material import current_digest, rules_of
from workflow_app.services.texts import save_text
from workflow_app.services.transitions import Taken, take_transition

WHOSE = TEXT + "\n## 4. Annet\n\nForumet møtes tre ganger i året.\n"


def index_of(session: Session, agreement: Agreement, kind: str) -> int:
    return next(n for n, r in enumerate(rules_of(session, agreement).rules) if r["kind"] == kind)


def take(session: Session, agreement: Agreement, name: str, who: Who) -> Taken:
    return take_transition(session, agreement, name, who, {}, NOW, registry=workflow_definitions())


def agreed(session: Session) -> tuple[Agreement, Who, Who]:
    """A negotiated agreement, its coordinator and its politikontakt."""
    made, slt = draft(session)
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    person(session, "ordforer", "3103", "mayor")
    person(session, "sjef", POLICE, "station_chief")
    readings.confirm(session, made, who=slt, now=NOW)
    for who in (slt, kontakt):
        assert take(session, made, "agree", who).done
    assert made.state == "negotiated"
    return made, slt, kontakt


def test_confirmed_rules_are_part_of_what_is_approved(session: Session) -> None:
    made, slt = draft(session)
    before = made.digest
    current = readings.confirm(session, made, who=slt, now=NOW)
    assert (current.confirmed_by, current.confirmed_at) == (slt.person_id, NOW)
    assert made.digest != before
    assert made.digest == current_digest(session, made)
    version = made.version
    readings.confirm(session, made, who=slt, now=NOW)
    assert made.version == version
    assert len(told(session, made, "rules_confirmed")) == 1


def test_a_correction_is_a_rule_set_of_its_own_to_be_confirmed_anew(session: Session) -> None:
    made, slt = draft(session)
    readings.confirm(session, made, who=slt, now=NOW)
    first = rules_of(session, made)
    index = index_of(session, made, "revision")
    readings.correct(
        session, made, [{"index": index, "rule": {"months": 24}}], who=slt, now=NOW, note="Feil lest"
    )
    now = rules_of(session, made)
    assert (now.number, now.confirmed_at) == (first.number + 1, None)
    assert first.rules != now.rules
    assert first.confirmed_at == NOW, "what was confirmed stays on record"
    [entry] = told(session, made, "rules_corrected")
    assert entry["data"] == {"rules": now.number, "text": 1}
    assert "months=12" in entry["clear"]["removed"]
    assert "months=24" in entry["clear"]["added"]
    assert entry["clear"]["note"] == "Feil lest"
    assert "Feil lest" not in str(entry["data"])


def test_a_correction_voids_the_approvals_given_before_it(session: Session) -> None:
    made, slt = draft(session)
    person(session, "kontakt", POLICE, "politikontakt")
    person(session, "ordforer", "3103", "mayor")
    person(session, "sjef", POLICE, "station_chief")
    readings.confirm(session, made, who=slt, now=NOW)
    assert take(session, made, "agree", slt).done
    readings.correct(session, made, [{"index": 0, "remove": True}], who=slt, now=NOW)
    assert case_of(session, made).case.rounds == ()
    [closed] = told(session, made, "round_closed")
    assert (closed["data"]["because"], closed["data"]["voided"]) == ("rules_corrected", 1)


def test_what_was_set_aside_can_still_be_told(session: Session) -> None:
    made, slt = draft(session)
    assert rule_history.set_aside(session, made) == []
    index = index_of(session, made, "revision")
    readings.correct(session, made, [{"index": index, "remove": True}], who=slt, now=NOW)
    [aside] = rule_history.set_aside(session, made)
    assert aside["kind"] == "revision"
    evaluation = index_of(session, made, "evaluation")
    readings.correct(session, made, [{"index": evaluation, "rule": {"form": "continuous"}}], who=slt, now=NOW)
    assert [r["kind"] for r in rule_history.set_aside(session, made)] == ["revision"]
    assert rule_history.first_reading(session, made).number == 1


def test_an_answer_is_one_of_the_questions_own(session: Session) -> None:
    made, slt = draft(session, WHOSE)
    questions = rules_of(session, made).questions
    assert questions, "the reader asks whose meetings these are"
    for wrong in ({"0": "noe annet"}, {"99": "x"}, {"x": "y"}):
        with pytest.raises(FieldErrors, match="none of the answers"):
            readings.confirm(session, made, who=slt, now=NOW, answers=wrong)
    answer = questions[0]["choices"][1]
    confirmed = readings.confirm(session, made, who=slt, now=NOW, answers={"0": answer})
    assert confirmed.questions[0]["answer"] == answer
    [entry] = told(session, made, "rules_confirmed")
    assert answer in entry["clear"]["answers"]


def test_a_proposal_binds_nobody_until_both_have_approved_it(session: Session) -> None:
    made, slt, kontakt = agreed(session)
    before, digest = rules_of(session, made).rules, made.digest
    index = index_of(session, made, "evaluation")
    change: list[dict[str, Any]] = [{"index": index, "rule": {"month": 6, "day": 1}}]
    proposals.propose(session, made, change, who=slt, now=NOW, note="1. juni")
    assert (rules_of(session, made).rules, made.digest) == (before, digest)
    assert take(session, made, "correct_rules", slt).done
    assert rules_of(session, made).rules == before
    taken = take(session, made, "correct_rules", kontakt)
    assert taken.decision is not None
    assert taken.decision.to == "negotiated"
    now = rules_of(session, made)
    assert now.rules[index]["month"] == 6
    assert now.confirmed_at == NOW
    assert (made.proposed_rules, made.agreed_digest) == (None, made.digest)
    assert made.digest == current_digest(session, made)
    [proposed] = told(session, made, "correction_proposed")
    assert proposed["clear"]["note"] == "1. juni"


def test_a_newer_proposal_takes_the_place_and_voids_the_yes_to_the_old(session: Session) -> None:
    made, slt, kontakt = agreed(session)
    proposals.propose(session, made, [{"index": 0, "remove": True}], who=slt, now=NOW)
    take(session, made, "correct_rules", slt)
    proposals.propose(session, made, [{"index": 1, "remove": True}], who=kontakt, now=NOW)
    taken = take(session, made, "correct_rules", kontakt)
    assert taken.decision is not None
    assert taken.decision.to is None, "the first yes was to something else"
    taken = take(session, made, "correct_rules", slt)
    assert taken.decision is not None
    assert taken.decision.to == "negotiated"
    assert "removed" in told(session, made, "rules_corrected")[0]["clear"]


def test_a_declined_proposal_is_gone_with_its_approvals(session: Session) -> None:
    made, slt, kontakt = agreed(session)
    proposals.propose(session, made, [{"index": 0, "remove": True}], who=slt, now=NOW)
    take(session, made, "correct_rules", slt)
    proposals.decline(session, made, who=kontakt, now=NOW)
    assert proposals.proposed(session, made) is None
    assert case_of(session, made).case.rounds == ()
    assert told(session, made, "correction_declined")[0]["actor"]["person"] == kontakt.person_id
    assert [r.code for r in take(session, made, "correct_rules", slt).refusals] == ["corrections_proposed"]
    with pytest.raises(Conflict, match="nothing to decline"):
        proposals.decline(session, made, who=kontakt, now=NOW)


def test_a_proposal_does_not_outlive_the_text_it_was_made_for(session: Session) -> None:
    from workflow_app.services import texts

    made, slt, _ = agreed(session)
    proposals.propose(session, made, [{"index": 0, "remove": True}], who=slt, now=NOW)
    taken = take_transition(
        session, made, "reopen", slt, {"reason": "Mer å gjøre"}, NOW, registry=workflow_definitions()
    )
    assert taken.done
    texts.save_text(session, made, TEXT + "\nMer.\n", who=slt, now=NOW)
    assert made.proposed_rules is None
    assert rules_of(session, made).text_number == 2


def test_rules_nobody_confirmed_can_be_confirmed_by_all_after_registering(session: Session) -> None:
    made, slt = draft(session)
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    data = {"signed_on": "2024-01-10"}
    for who in (slt, kontakt):
        take_transition(session, made, "register", who, data, NOW, registry=workflow_definitions())
    assert made.state == "signed"
    assert rules_of(session, made).confirmed_at is None
    proposals.propose(session, made, [], who=slt, now=NOW)
    for who in (slt, kontakt):
        assert take(session, made, "correct_rules", who).done
    assert rules_of(session, made).confirmed_at == NOW
    assert session.query(RuleSet).count() == 2


def test_a_corrected_clause_is_not_read_a_second_time_when_the_text_is_saved_anew(session: Session) -> None:
    made, slt = draft(session)
    index = index_of(session, made, "revision")
    readings.correct(
        session, made, [{"index": index, "rule": {"quote": "revideres", "months": 24}}], who=slt, now=NOW
    )
    save_text(session, made, TEXT + "\n## 4. Annet\n\nPartene hilser.\n", who=slt, now=NOW)
    [kept] = [r for r in rules_of(session, made).rules if r["kind"] == "revision"]
    assert (kept["quote"], kept["months"], kept["corrected"]) == ("revideres", 24, True)
    assert rule_history.set_aside(session, made) == []


def test_an_answer_is_kept_with_what_it_changed_and_voids_the_confirmation(session: Session) -> None:
    made, slt = draft(session, text=WHOSE)
    readings.confirm(session, made, who=slt, now=NOW)
    before = rules_of(session, made)
    [asked] = before.questions
    readings.answer(session, made, {"0": asked["choices"][0]}, who=slt, now=NOW, note="Sekretæren sa det")
    now = rules_of(session, made)
    assert now.confirmed_at is None
    assert len(now.rules) == len(before.rules) + 1
    assert "answer" not in before.questions[0], "what was confirmed stays on record"
    [entry] = told(session, made, "question_answered")
    assert asked["choices"][0] in entry["clear"]["answers"]
    assert "per_year=3" in entry["clear"]["added"]
    assert entry["clear"]["note"] == "Sekretæren sa det"
    version = made.version
    readings.answer(session, made, {"0": asked["choices"][0]}, who=slt, now=NOW)
    assert made.version == version
