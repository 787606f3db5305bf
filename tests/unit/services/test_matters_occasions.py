"""Matters about an evaluation, a notice or the lapse: whose they are, and their outcome without a step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TODAY, draft, person, told
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import evaluations, matters, matters_occasions
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import history_of
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed
from workflow_app.services.matters_occasions import Subject, subject
from workflow_app.services.transitions import take_transition

YEAR = TODAY.year
ABOUT = Subject("evaluation", YEAR)


@pytest.fixture
def evaluated(session: Session) -> tuple[Agreement, Who, Party]:
    """An agreement whose evaluation of the year both have approved today."""
    made, slt = draft(session)
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    steps: list[tuple[str, Who, dict[str, Any]]] = [
        ("register", slt, {"signed_on": "2025-01-10"}),
        ("register", kontakt, {"signed_on": "2025-01-10"}),
        ("begin_evaluation", slt, {"year": YEAR}),
    ]
    registry = workflow_definitions()
    for name, who, data in steps:
        assert take_transition(session, made, name, who, data, NOW, registry=registry).done
    evaluations.save(
        session, made, year=YEAR, body="Bra.", learning_points="", outcome="continues", who=slt, now=NOW
    )
    for who in (slt, kontakt):
        assert take_transition(session, made, "continue", who, {}, NOW, registry=registry).done
    return made, slt, matters.municipal_party(made, "3103")


def about(session: Session, made: Agreement, party: Party) -> Matter:
    return matters.pending_or_new(session, made, party, "referatsak", NOW, occasion="evaluation", year=YEAR)


def record(session: Session, made: Agreement, matter: Matter, who: Who, **fields: Any) -> None:
    matters_occasions.record_outcome(session, made, matter, fields, who=who, holding=None, now=NOW)


@pytest.mark.parametrize(
    ("sent", "right"),
    [
        ((None, None), Subject()),
        (("agreement", ""), Subject()),
        (("evaluation", "2025"), Subject("evaluation", 2025)),
        (("evaluation", 2025), Subject("evaluation", 2025)),
        (("lapse", None), Subject("lapse")),
    ],
)
def test_what_a_matter_is_about(sent: tuple[object, object], right: Subject) -> None:
    assert subject(*sent) == right


@pytest.mark.parametrize(
    ("sent", "field"),
    [(("party", None), "occasion"), (("evaluation", None), "year"), (("evaluation", True), "year"),
     (("evaluation", "i fjor"), "year"), (("lapse", 2025), "year")],
)  # fmt: skip
def test_what_it_cannot_be_about(sent: tuple[object, object], field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        subject(*sent)
    assert list(caught.value.fields) == [field]


def test_what_has_happened_can_be_laid_before_each_kommunestyre_until_it_has_been(
    session: Session, evaluated: tuple[Agreement, Who, Party]
) -> None:
    made, slt, moss = evaluated
    assert list(matters_occasions.possible(history_of(session, made), "3103")) == [ABOUT]
    matter = about(session, made, moss)
    record(session, made, matter, slt, outcome="postponed", meeting_date=TODAY)
    assert list(matters_occasions.possible(history_of(session, made), "3103")) == [ABOUT]
    record(session, made, about(session, made, moss), slt, outcome="noted", meeting_date=TODAY)
    assert list(matters_occasions.possible(history_of(session, made), "3103")) == []
    settled = told(session, made, "matter_settled")
    assert [e["data"]["outcome"] for e in settled] == ["postponed", "noted"]
    assert {(e["data"]["occasion"], e["data"]["year"]) for e in settled} == {("evaluation", YEAR)}
    assert made.state == "signed"


@pytest.mark.parametrize("days", [1, -1])
def test_the_meeting_is_neither_ahead_nor_before_it_happened(
    session: Session, evaluated: tuple[Agreement, Who, Party], days: int
) -> None:
    made, slt, moss = evaluated
    matter = about(session, made, moss)
    for fields in ({"meeting_date": TODAY + timedelta(days=days)}, {}):
        with pytest.raises(FieldErrors) as caught:
            record(session, made, matter, slt, outcome="noted", **fields)
        assert list(caught.value.fields) == ["meeting_date"]
    assert matter.outcome is None


def test_an_outcome_is_recorded_once_and_the_agreements_own_is_a_step(
    session: Session, evaluated: tuple[Agreement, Who, Party]
) -> None:
    made, slt, moss = evaluated
    matter = about(session, made, moss)
    record(session, made, matter, slt, outcome="noted", meeting_date=TODAY)
    with pytest.raises(Conflict, match="recorded already"):
        record(session, made, matter, slt, outcome="noted", meeting_date=TODAY)
    own = matters.pending_or_new(session, made, moss, "referatsak", NOW)
    with pytest.raises(Conflict, match="as a step"):
        record(session, made, own, slt, outcome="noted", meeting_date=TODAY)


def test_the_holding_is_asked_for_in_any_state_and_no_other_kommunes(
    session: Session, evaluated: tuple[Agreement, Who, Party]
) -> None:
    made, slt, moss = evaluated
    definition = workflow_definitions().by_digest(made.definition_digest)
    holding = matters_occasions.check_own(made, definition, moss, slt, ABOUT)
    assert holding is not None
    assert (holding.role, holding.party) == ("slt_coordinator", "3103")
    for name, party, role in (("ordforer", "3103", "mayor"), ("sjef", POLICE, "station_chief")):
        with pytest.raises(NotAllowed):
            matters_occasions.check_own(made, definition, moss, person(session, name, party, role), ABOUT)
    for wanted in (Subject("evaluation", YEAR + 1), Subject("termination"), Subject("lapse")):
        with pytest.raises(Conflict):
            matters_occasions.check_happened(history_of(session, made), wanted)
