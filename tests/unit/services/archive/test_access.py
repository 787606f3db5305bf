"""Each party's archive is its own: who hands over, and whose is meant."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.unit.services.archive.test_case import agreement_of, side
from workflow_app.domain.case import Holding
from workflow_app.models.agreements import AgreementParty
from workflow_app.services.actors import Who
from workflow_app.services.archive.access import expect_archivist, own_parties, party_of
from workflow_app.services.errors import FieldErrors, NotAllowed

# One process compiles the schemas and plays the demonstration, and only once.
pytestmark = pytest.mark.xdist_group("archive")


def who(role: str, party: str) -> Who:
    """Somebody in this role."""
    return Who("p", "Navn", (Holding(role, party),))


@pytest.mark.parametrize("role", ["slt_coordinator", "council_secretary", "administrator"])
def test_the_partys_own_hand_over_to_it_and_to_no_other(played: Session, role: str) -> None:
    agreement = agreement_of(played, "Moss")
    own, other = side(agreement, "municipal"), side(agreement, "police")
    assert expect_archivist(own, who(role, own.key)).role == role
    assert own_parties(agreement, who(role, own.key)) == (own,)
    with pytest.raises(NotAllowed, match="own coordinator"):
        expect_archivist(other, who(role, own.key))


@pytest.mark.parametrize("role", ["mayor", "auditor", "station_chief", "operator"])
def test_others_do_not(played: Session, role: str) -> None:
    own = side(agreement_of(played, "Moss"), "municipal")
    with pytest.raises(NotAllowed):
        expect_archivist(own, who(role, own.key))


def test_the_party_is_the_one_named_or_ones_own_or_the_only_kommune(played: Session) -> None:
    agreement = agreement_of(played, "Moss")
    kommune, police = side(agreement, "municipal"), side(agreement, "police")
    assert party_of(agreement, None) is kommune
    assert party_of(agreement, police.key) is police
    assert party_of(agreement, None, who("politikontakt", police.key)) is police
    assert party_of(agreement, None, who("mayor", kommune.key)) is kommune
    with pytest.raises(FieldErrors, match="3103 \\(Moss kommune\\)"):
        party_of(agreement, "9999")


def test_of_several_kommuner_one_has_to_be_named(played: Session) -> None:
    agreement = agreement_of(played, "Moss")
    stange = side(agreement_of(played, "Stange"), "municipal")
    played.add(AgreementParty(agreement_id=agreement.id, party_id=stange.id, position=5))
    played.flush()
    played.expire(agreement, ["parties"])
    with pytest.raises(FieldErrors, match="Say whose archive"):
        party_of(agreement, None)
    assert party_of(agreement, stange.key) is stange
    played.rollback()
    played.expire(agreement)
