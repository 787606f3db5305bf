"""A draft follows another workflow when a person says so, until somebody has approved it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft, person, told
from workflow_app.models.agreements import Agreement
from workflow_app.services import readings
from workflow_app.services.actors import Who
from workflow_app.services.choosing import choose_definition, why_fixed
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, NotAllowed, ServiceError
from workflow_app.services.transitions import take_transition

NOTED = workflow_definitions().newest("politiradsavtale")
DECIDED = workflow_definitions().newest("politiradsavtale_vedtak")


def choose(session: Session, made: Agreement, who: Who) -> None:
    choose_definition(session, made, DECIDED, current=NOTED, who=who, now=NOW)


def test_the_choice_is_pinned_counted_and_told(session: Session) -> None:
    made, slt = draft(session)
    version = made.version
    choose(session, made, slt)
    assert (made.definition_id, made.definition_digest) == (DECIDED.id, DECIDED.digest)
    assert made.version == version + 1
    [entry] = told(session, made, "definition_chosen")
    assert entry["definition"] == DECIDED.digest
    assert (entry["data"]["before"]["id"], entry["data"]["after"]["id"]) == (NOTED.id, DECIDED.id)
    assert entry["actor"]["person"] == slt.person_id


def test_the_same_again_is_no_change(session: Session) -> None:
    made, slt = draft(session)
    with pytest.raises(ServiceError) as refused:
        choose_definition(session, made, NOTED, current=NOTED, who=slt, now=NOW)
    assert refused.value.code == "nothing_changed"


def test_who_may_not_edit_the_draft_chooses_nothing(session: Session) -> None:
    made, _ = draft(session)
    mayor = person(session, "ordforer", "3103", "mayor")
    with pytest.raises(NotAllowed):
        choose(session, made, mayor)
    assert made.definition_id == NOTED.id


def test_an_approval_fixes_it_and_so_does_leaving_the_draft(session: Session) -> None:
    made, slt = draft(session)
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    person(session, "ordforer", "3103", "mayor")
    person(session, "sjef", POLICE, "station_chief")
    readings.confirm(session, made, who=slt, now=NOW)
    assert why_fixed(session, made, NOTED) is None
    for who in (slt, kontakt):
        assert take_transition(session, made, "agree", who, {}, NOW, registry=workflow_definitions()).decision
        with pytest.raises(Conflict) as refused:
            choose(session, made, slt)
        assert refused.value.code == "definition_fixed"
    assert made.state == "negotiated"
    assert told(session, made, "definition_chosen") == []
