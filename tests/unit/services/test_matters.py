"""The matter before one kommunestyre: prepared for a meeting ahead, frozen once, settled after."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TODAY, draft, person, told
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import blobs, matters
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed, NotThere
from workflow_app.services.transitions import take_transition

AHEAD = TODAY + timedelta(days=30)


def signed(session: Session) -> tuple[Agreement, Who, Party]:
    made, slt = draft(session)
    kontakt = person(session, "kontakt", POLICE, "politikontakt")
    for who in (slt, kontakt):
        take_transition(
            session, made, "register", who, {"signed_on": "2025-01-10"}, NOW, registry=workflow_definitions()
        )
    assert made.state == "signed"
    return made, slt, matters.municipal_party(made, "3103")


def prepare(session: Session, made: Agreement, who: Who, party: Party, **fields: Any) -> Matter:
    return matters.prepare(session, made, fields, party=party, who=who, now=NOW)


def test_a_matter_is_made_and_then_changed(session: Session) -> None:
    made, slt, moss = signed(session)
    first = prepare(session, made, slt, moss, kind="referatsak", meeting_date=AHEAD, legal_basis="offl. § 13")
    same = prepare(session, made, slt, moss, case_number="RS 4/25", legal_basis=None)
    assert same is first
    assert (same.number, same.meeting_date, same.case_number, same.legal_basis) == (1, AHEAD, "RS 4/25", None)
    assert len(told(session, made, "matter_prepared")) == 2
    assert told(session, made, "matter_prepared")[0]["clear"] == {"legal_basis": "offl. § 13"}


@pytest.mark.parametrize(("day", "fine"), [(TODAY, True), (AHEAD, True), (TODAY - timedelta(days=1), False)])
def test_the_meeting_is_ahead_or_today(session: Session, day: date, fine: bool) -> None:
    made, slt, moss = signed(session)
    if fine:
        assert prepare(session, made, slt, moss, meeting_date=day).meeting_date == day
        return
    with pytest.raises(FieldErrors, match="is past") as caught:
        prepare(session, made, slt, moss, meeting_date=day)
    assert list(caught.value.fields) == ["meeting_date"]
    assert matters.matters_of(session, made) == []


def test_a_frozen_paper_stays_the_paper(session: Session) -> None:
    made, slt, moss = signed(session)
    matter = prepare(session, made, slt, moss, meeting_date=AHEAD)
    digest = matters.freeze(session, made, matter, b"%PDF-1.7", who=slt, now=NOW)
    assert digest == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert blobs.fetch(session, digest) == b"%PDF-1.7"
    assert told(session, made, "matter_frozen")[0]["data"]["sha256"] == digest
    with pytest.raises(Conflict, match="frozen already"):
        matters.freeze(session, made, matter, b"%PDF-2.0", who=slt, now=NOW)
    with pytest.raises(Conflict, match="record its outcome"):
        prepare(session, made, slt, moss, case_number="RS 5/25")


def test_a_paper_without_a_meeting_or_for_one_that_is_past_is_not_frozen(session: Session) -> None:
    made, slt, moss = signed(session)
    matter = prepare(session, made, slt, moss, kind="referatsak")
    with pytest.raises(FieldErrors, match="Name the day"):
        matters.check_freezable(matter, TODAY)
    matter.meeting_date = TODAY - timedelta(days=1)
    with pytest.raises(FieldErrors, match="is past"):
        matters.check_freezable(matter, TODAY)


def test_an_outcome_settles_the_matter_and_a_postponed_one_comes_anew(session: Session) -> None:
    made, slt, moss = signed(session)
    first = prepare(session, made, slt, moss, meeting_date=TODAY, case_number="RS 4/25")
    registry = workflow_definitions()
    assert take_transition(
        session, made, "report", slt, {"outcome": "postponed"}, NOW, registry=registry
    ).done
    assert (first.outcome, made.state) == ("postponed", "signed")
    assert matters.pending(session, made, "3103") is None
    with pytest.raises(Conflict, match="has dealt with"):
        matters.check_freezable(first, TODAY)
    second = prepare(session, made, slt, moss, meeting_date=TODAY)
    assert second.number == 2
    assert take_transition(session, made, "report", slt, {"outcome": "noted"}, NOW, registry=registry).done
    assert (second.outcome, made.state) == ("noted", "reported")


def test_the_outcome_moves_the_meeting_of_a_frozen_paper_and_nothing_else(session: Session) -> None:
    made, slt, moss = signed(session)
    matter = prepare(session, made, slt, moss, meeting_date=TODAY, proposal="Tas til orientering")
    matters.freeze(session, made, matter, b"%PDF", who=slt, now=NOW)
    fields = {"outcome": "noted", "meeting_date": AHEAD, "proposal": "Noe annet"}
    matters.settle(session, made, fields, party_key="3103", default_kind="referatsak", now=NOW)
    assert (matter.meeting_date, matter.proposal, matter.outcome) == (AHEAD, "Tas til orientering", "noted")


def test_it_is_prepared_by_its_own_kommune(session: Session) -> None:
    made, slt, moss = signed(session)
    definition = workflow_definitions().by_digest(made.definition_digest)
    secretary = person(session, "sekretaer", "3103", "council_secretary")
    for who in (slt, secretary):
        matters.check_own(made, definition, moss, who)
    for name, party, role in (("ordforer", "3103", "mayor"), ("sjef", POLICE, "station_chief")):
        with pytest.raises(NotAllowed, match="by its own SLT coordinator or council secretary"):
            matters.check_own(made, definition, moss, person(session, name, party, role))


def test_the_kommune_must_be_named_where_there_are_several_and_be_one_of_them(session: Session) -> None:
    made, _, moss = signed(session)
    assert matters.municipal_party(made, None) is moss
    for wrong in ("9999", POLICE):
        with pytest.raises(FieldErrors, match="one of the agreement's own"):
            matters.municipal_party(made, wrong)
    with pytest.raises(NotThere):
        matters.find(session, made, 7)
