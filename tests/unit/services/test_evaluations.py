"""The evaluation: versions with a hash over words and outcome, approvals bound to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft, person, told
from workflow_app.domain.digests import evaluation_digest
from workflow_app.domain.evaluation_form import Answers, GoalAnswer
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.services import evaluations
from workflow_app.services.actors import Who
from workflow_app.services.cases import case_of
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.transitions import take_transition


def under_evaluation(session: Session, year: int = 2025) -> tuple[Agreement, Who, Who]:
    made, slt = draft(session)
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    registry = workflow_definitions()
    for who in (slt, kontakt):
        take_transition(session, made, "register", who, {"signed_on": "2025-01-10"}, NOW, registry=registry)
    taken = take_transition(session, made, "begin_evaluation", slt, {"year": year}, NOW, registry=registry)
    assert taken.done, taken.refusals
    return made, slt, kontakt


def save(session: Session, agreement: Agreement, who: Who, **more: Any) -> Any:
    wanted: dict[str, Any] = {
        "year": None,
        "body": "Det gikk bra.",
        "learning_points": "",
        "outcome": "continues",
    }
    return evaluations.save(session, agreement, **(wanted | more), who=who, now=NOW)


def test_a_version_has_a_hash_over_words_and_outcome(session: Session) -> None:
    made, slt, _ = under_evaluation(session)
    saved = save(session, made, slt, learning_points="Møt oftere.")
    assert saved.sha256 == evaluation_digest(2025, "Det gikk bra.", "Møt oftere.", "continues")
    [entry] = told(session, made, "evaluation_saved")
    assert entry["data"] == {"year": 2025, "number": 1, "sha256": saved.sha256, "outcome": "continues"}
    assert entry["clear"] == {"body": "Det gikk bra.", "learning_points": "Møt oftere."}


def test_the_same_again_is_no_version_another_outcome_is(session: Session) -> None:
    made, slt, _ = under_evaluation(session)
    first, version = save(session, made, slt), made.version
    assert save(session, made, slt) is first
    assert made.version == version
    assert save(session, made, slt, outcome="reviewed_unchanged").number == 2
    assert [v.number for v in evaluations.versions(session, made, 2025)] == [2, 1]
    assert evaluations.years(session, made) == [2025]


def test_a_new_version_voids_the_approval_of_the_old(session: Session) -> None:
    made, slt, kontakt = under_evaluation(session)
    save(session, made, slt)
    assert take_transition(session, made, "continue", slt, {}, NOW, registry=workflow_definitions()).done
    save(session, made, kontakt, body="Ikke så bra.")
    assert case_of(session, made).case.rounds == ()
    [closed] = told(session, made, "round_closed")
    assert (closed["data"]["because"], closed["data"]["voided"]) == ("evaluation_changed", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"body": " \n"}, "body"), ({"outcome": "perhaps"}, "outcome"), ({"outcome": ""}, "outcome")],
)
def test_what_is_missing_is_named(session: Session, wrong: dict[str, str], field: str) -> None:
    made, slt, _ = under_evaluation(session)
    with pytest.raises(FieldErrors) as caught:
        save(session, made, slt, **wrong)
    assert list(caught.value.fields) == [field]


def test_another_year_than_the_open_one_is_a_conflict(session: Session) -> None:
    made, slt, _ = under_evaluation(session)
    with pytest.raises(Conflict, match="is for 2025, not for 2024"):
        save(session, made, slt, year=2024)


def test_nothing_is_written_where_none_is_open(session: Session) -> None:
    made, slt = draft(session)
    assert evaluations.newest(session, made) is None
    with pytest.raises(Conflict) as caught:
        save(session, made, slt)
    assert caught.value.code == "no_evaluation_open"


WHOLE = Answers(
    (GoalAnswer("Mindre vold", effect="Færre saker.", assessment="partly", learning="Spør tidlig."),),
    {"cooperation": "Godt.", "conclusion": "Videre."},
    "continues",
)


def answer(session: Session, agreement: Agreement, who: Who, answers: Answers) -> EvaluationVersion:
    return evaluations.save_answers(session, agreement, answers, year=None, say=str, who=who, now=NOW)


def test_answers_are_kept_with_their_text_and_hashed_with_it(session: Session) -> None:
    made, slt, _ = under_evaluation(session)
    saved = answer(session, made, slt, WHOLE)
    assert (saved.complete, saved.outcome, saved.answers) == (True, "continues", WHOLE.to_json())
    assert "Færre saker." in saved.body
    assert saved.learning_points == "Mindre vold: Spør tidlig."
    assert saved.sha256 == evaluation_digest(
        2025, saved.body, saved.learning_points, "continues", WHOLE.to_json()
    )
    assert answer(session, made, slt, WHOLE) is saved


def test_unfinished_work_is_a_version_that_nobody_can_approve(session: Session) -> None:
    made, slt, kontakt = under_evaluation(session)
    answer(session, made, slt, WHOLE)
    registry = workflow_definitions()
    assert take_transition(session, made, "continue", slt, {}, NOW, registry=registry).done
    half = answer(session, made, kontakt, replace(WHOLE, general={}))
    assert (half.complete, half.outcome, half.number) == (False, "", 2)
    assert len(told(session, made, "round_closed")) == 1
    for step in ("continue", "revise"):
        refused = take_transition(session, made, step, slt, {}, NOW, registry=registry)
        assert "evaluation_written" in [r.code for r in refused.refusals]
    assert told(session, made, "evaluation_saved")[1]["data"]["complete"] is False


def test_an_outcome_that_is_none_is_refused(session: Session) -> None:
    made, slt, _ = under_evaluation(session)
    with pytest.raises(FieldErrors) as caught:
        answer(session, made, slt, replace(WHOLE, outcome="perhaps"))
    assert list(caught.value.fields) == ["outcome"]
