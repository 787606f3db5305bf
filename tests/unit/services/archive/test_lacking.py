"""What an archive will miss is told in sentences, and nothing is told that is not so."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.unit.services.archive.conftest import NOW
from tests.unit.services.archive.test_case import REGISTRY, agreement_of, side
from workflow_app.models.contents import Attachment
from workflow_app.models.proceedings import Matter
from workflow_app.services import blobs
from workflow_app.services.archive.exporting import source_of
from workflow_app.services.archive.lacking import lacking

# One process compiles the schemas and plays the demonstration, and only once.
pytestmark = pytest.mark.xdist_group("archive")


def told(session: Session, kommune: str, of: str = "municipal") -> list[str]:
    """The sentences, in English."""
    agreement = agreement_of(session, kommune)
    return [
        str(m)
        for m in lacking(source_of(session, agreement, side(agreement, of), registry=REGISTRY, now=NOW))
    ]


def has(found: list[str], words: str) -> bool:
    """Whether one of them says so."""
    return any(words in sentence for sentence in found)


def test_a_draft_lacks_nearly_everything(played: Session) -> None:
    found = told(played, "Lillehammer")
    assert has(found, "is not signed")
    assert has(found, "no matter has an archive case number".capitalize())
    assert has(found, "No matter has been prepared for the kommunestyre of Lillehammer kommune")


def test_a_matter_on_its_way_is_told_of_to_its_kommune_alone(played: Session) -> None:
    found = told(played, "Moss")
    assert has(found, "Matter 1 is not frozen")
    assert has(found, "What the kommunestyre did with matter 1")
    assert not has(found, "archive case number")
    assert has(found, "The minutes of meeting 1 are not kept")
    assert not has(told(played, "Moss", "police"), "atter 1")


def test_a_matter_that_is_done_lacks_only_its_excerpt(played: Session) -> None:
    found = told(played, "Rælingen")
    assert has(found, "The excerpt of the minutes for matter 1")
    assert not has(found, "not frozen")


def test_unapproved_evaluations_and_two_case_numbers_and_foreign_formats(played: Session) -> None:
    assert has(told(played, "Stange"), "The evaluation for 2026 is not approved")
    assert not has(told(played, "Stange"), "The evaluation for 2025")
    agreement = agreement_of(played, "Moss")
    first = played.scalars(select(Matter).where(Matter.agreement_id == agreement.id)).one()
    played.add(
        Matter(agreement_id=agreement.id, number=2, party_id=first.party_id, kind="referatsak",
               archive_case="25/7", case_number="uten", created_at=NOW)
    )  # fmt: skip
    sha256 = blobs.store(played, b"PK")
    played.add(
        Attachment(
            agreement_id=agreement.id, name="tall.xlsx", media_type="x/y", sha256=sha256, size=2, added_at=NOW
        )
    )
    played.flush()
    found = told(played, "Moss")
    assert has(found, f"different archive case numbers (25/7, {first.archive_case})")
    assert has(found, "Matter 2 has no case number")
    assert has(found, "“tall.xlsx” is in no format that archives keep")
