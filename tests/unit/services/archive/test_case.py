"""The five demonstration agreements, and one that has been through everything, as archives get them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from tests.support.archive_checking import Schemas, check, messages, texts
from tests.unit.services.archive.conftest import NOW
from workflow_app.domain.trail import verify_bundle
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.meetings import Meeting
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter, MatterFile
from workflow_app.services import blobs, trail
from workflow_app.services.archive.case import case_file
from workflow_app.services.archive.codes import (
    CaseStatus,
    Correspondence,
    CouncilCase,
    DocumentType,
    JournalType,
)
from workflow_app.services.archive.exporting import hand_over, source_of
from workflow_app.services.archive.model import CaseFile, Registration
from workflow_app.services.archive.packing import ArchiveFormat
from workflow_app.services.definitions import workflow_definitions

# One process compiles the schemas and plays the demonstration, and only once.
pytestmark = pytest.mark.xdist_group("archive")

REGISTRY = workflow_definitions()
BASIS = "offl. § 13 jf. fvl. § 13"
KOMMUNER = ("Moss", "Lillehammer", "Rælingen", "Sør-Varanger", "Stange")


def agreement_of(session: Session, kommune: str) -> Agreement:
    """The agreement of a kommune of the demonstration."""
    return next(
        a
        for a in session.scalars(select(Agreement))
        if any(p.party.name == f"{kommune} kommune" for p in a.parties)
    )


def side(agreement: Agreement, wanted: str) -> Party:
    """Its first party of this side."""
    return next(p.party for p in agreement.parties if p.party.side == wanted)


def planned(session: Session, agreement: Agreement, of: str = "municipal") -> CaseFile:
    """The case file of its first party of this side."""
    return case_file(source_of(session, agreement, side(agreement, of), registry=REGISTRY, now=NOW))


def kinds(case: CaseFile) -> list[tuple[JournalType, DocumentType]]:
    """Of each registration its type and its main document's."""
    return [(r.kind, r.documents[0].type) for r in case.registrations]


@pytest.mark.parametrize("form", list(ArchiveFormat))
@pytest.mark.parametrize("kommune", KOMMUNER)
def test_every_demonstration_agreement_is_valid(
    played: Session, schemas: Schemas, kommune: str, form: ArchiveFormat
) -> None:
    agreement = agreement_of(played, kommune)
    # The police's differ in direction and in having no council matter; one of them shows it.
    parties = [p.party for p in agreement.parties if p.party.side == "municipal" or kommune == "Moss"]
    for party in parties:
        made = hand_over(played, agreement, party, form, registry=REGISTRY, now=NOW, who=None)
        check(made.content)
        assert {name: schemas.faults(form, xml) for name, xml in made.package.messages.items()} == {
            name: [] for name in made.package.messages
        }


def test_a_signed_agreement_goes_out_and_the_matter_is_a_case_paper(played: Session) -> None:
    case = planned(played, agreement_of(played, "Moss"))
    assert kinds(case) == [
        (JournalType.OUTGOING, DocumentType.AGREEMENT),
        (JournalType.COUNCIL, DocumentType.COUNCIL_PAPER),
        (JournalType.INTERNAL, DocumentType.REPORT),
        (JournalType.INTERNAL, DocumentType.OTHER),
    ]
    assert (case.year, case.sequence, case.status) == (2026, 1187, CaseStatus.OPEN)
    paper, matter = case.registrations[:2]
    assert paper.dated == date(2020, 4, 30)
    assert paper.documents[0].original_at == "Kommunearkivet, mappe 2020/118"
    assert [(c.kind, c.name, c.number) for c in paper.correspondents] == [
        (Correspondence.OWN_SENDER, "Moss kommune", "3103"),
        (Correspondence.RECEIVER, "Moss politistasjonsdistrikt", "ost-moss-politistasjonsdistrikt"),
    ]
    assert matter.council is not None
    assert (matter.council.kind, matter.council.sequence) == (CouncilCase.INFORMATION, 41)
    # Not frozen, so nobody has read this paper yet.
    assert not matter.finished
    assert {c.officer for r in case.registrations for c in r.correspondents} == {None, case.responsible}


def test_where_the_kommunestyre_decides_the_matter_is_a_political_case(played: Session) -> None:
    case = planned(played, agreement_of(played, "Sør-Varanger"))
    council = case.registrations[1].council
    assert council is not None
    assert council.kind is CouncilCase.DECISION
    assert [d.type for d in case.registrations[0].documents] == [
        DocumentType.AGREEMENT,
        DocumentType.ATTACHMENT,
    ]
    assert not case.registrations[0].finished


def test_the_police_gets_the_agreement_in_and_no_ones_council_matter(played: Session) -> None:
    case = planned(played, agreement_of(played, "Moss"), "police")
    assert kinds(case)[0] == (JournalType.INCOMING, DocumentType.AGREEMENT)
    assert all(r.council is None for r in case.registrations)
    assert (case.year, case.office) == (None, "Moss politistasjonsdistrikt")
    assert [c.kind for c in case.registrations[0].correspondents] == [
        Correspondence.SENDER, Correspondence.OWN_RECEIVER,
    ]  # fmt: skip


def test_the_identifiers_are_each_partys_own_and_the_same_every_time(played: Session) -> None:
    agreement = agreement_of(played, "Moss")
    once, again, police = (planned(played, agreement, of) for of in ("municipal", "municipal", "police"))

    def ids(case: CaseFile) -> list[Any]:
        return [
            case.id,
            *(r.id for r in case.registrations),
            *(d.id for r in case.registrations for d in r.documents),
        ]

    assert ids(once) == ids(again)
    assert not set(ids(once)) & set(ids(police))
    assert len(set(ids(once))) == len(ids(once))


@pytest.fixture
def worn(played: Session) -> Agreement:
    """Moss, with a closed matter decided on and its excerpt twice, and a closed meeting with its papers."""
    agreement = agreement_of(played, "Moss")
    matter = played.scalars(select(Matter).where(Matter.agreement_id == agreement.id)).one()
    matter.legal_basis, matter.outcome, matter.decision = BASIS, "noted", "Saken ble tatt til orientering."
    for n in (1, 2):
        sha256 = blobs.store(played, b"%%PDF-1.5 %d" % n)
        matter.files.append(
            MatterFile(name="Om den det gjelder.pdf", media_type="application/pdf", sha256=sha256, size=10,
                       added_at=NOW + timedelta(days=n))
        )  # fmt: skip
    meeting = played.scalars(
        select(Meeting).where(Meeting.agreement_id == agreement.id).order_by(Meeting.number)
    ).first()
    assert meeting is not None
    meeting.public, meeting.legal_basis = False, "offl. § 14"
    meeting.convener, meeting.secretary = side(agreement, "municipal"), side(agreement, "police")
    tell = _teller(played, agreement, meeting)
    tell("agenda_sent", {"sending": 1}, b"%PDF-1.7 innkalling")
    tell("minutes_kept", {"number": 1, "public": False}, b"%PDF-1.7 referat 1")
    tell("minutes_kept", {"number": 2, "public": False}, b"%PDF-1.7 referat 2")
    played.flush()
    return agreement


def _teller(session: Session, agreement: Agreement, meeting: Meeting) -> Callable[..., None]:
    def tell(kind: str, data: Mapping[str, Any], content: bytes) -> None:
        sha256 = blobs.store(session, content)
        trail.append(
            session, trail.agreement_chain(agreement.id), kind=kind, now=NOW,
            data={"meeting": meeting.number, "sha256": sha256, **data},
        )  # fmt: skip

    return tell


def by_type(case: CaseFile, wanted: DocumentType) -> Registration:
    """The registration whose main document is of this type."""
    return next(r for r in case.registrations if r.documents[0].type is wanted)


def test_what_is_closed_is_shielded_with_its_own_ground_and_the_trail_with_all(
    played: Session, worn: Agreement
) -> None:
    case = planned(played, worn)
    found = {
        kind: shield.basis if (shield := by_type(case, kind).shield) else None
        for kind in (
            DocumentType.AGREEMENT, DocumentType.COUNCIL_PAPER, DocumentType.LETTER, DocumentType.MINUTES,
            DocumentType.OTHER,
        )
    }  # fmt: skip
    assert found == {
        DocumentType.AGREEMENT: None,
        DocumentType.COUNCIL_PAPER: BASIS,
        DocumentType.LETTER: "offl. § 14",
        DocumentType.MINUTES: "offl. § 14",
        DocumentType.OTHER: f"{BASIS}; offl. § 14",
    }
    for registration in case.registrations:
        assert {d.shield for d in registration.documents} == {registration.shield}
    # The kommune's matter lies in the police's bundle too.
    police = by_type(planned(played, worn, "police"), DocumentType.OTHER)
    assert police.shield is not None
    assert BASIS in police.shield.basis


def test_papers_of_meetings_go_the_way_they_were_sent(played: Session, worn: Agreement) -> None:
    for of, invitation, minutes in (
        ("municipal", JournalType.OUTGOING, JournalType.INCOMING),
        ("police", JournalType.INCOMING, JournalType.OUTGOING),
    ):
        case = planned(played, worn, of)
        sent, kept = by_type(case, DocumentType.LETTER), by_type(case, DocumentType.MINUTES)
        assert (sent.kind, kept.kind) == (invitation, minutes)
        for one in (sent, kept):
            assert (one.sent is not None) == (one.kind is JournalType.OUTGOING)
            assert (one.received is not None) == (one.kind is JournalType.INCOMING)
        assert [f.version for f in kept.documents[0].files] == [1, 2]


def test_a_decided_matter_is_finished_and_has_every_excerpt(played: Session, worn: Agreement) -> None:
    matter = by_type(planned(played, worn), DocumentType.COUNCIL_PAPER)
    paper, excerpt = matter.documents
    assert (paper.finished, excerpt.type, len(excerpt.files)) == (True, DocumentType.MINUTES, 2)
    assert matter.council is not None
    assert matter.council.decided == "Saken ble tatt til orientering."


def test_worn_as_it_is_it_is_valid_and_a_closed_decision_stands_in_no_message(
    played: Session, worn: Agreement, schemas: Schemas
) -> None:
    for form in ArchiveFormat:
        made = hand_over(played, worn, side(worn, "municipal"), form, registry=REGISTRY, now=NOW, who=None)
        check(made.content)
        assert [f for xml in made.package.messages.values() for f in schemas.faults(form, xml)] == []
        said = [t for root in messages(made.content).values() for t in texts(root, "skjermingshjemmel")]
        assert set(said) == {BASIS, "offl. § 14", f"{BASIS}; offl. § 14"}
        assert not any(b"tatt til orientering" in xml for xml in made.package.messages.values())
        # Nor in what somebody called the file.
        assert not any("gjelder" in name.lower() for name in made.package.members)
        assert not any(b"gjelder" in xml for xml in made.package.messages.values())


def test_ks_fiks_names_the_archives_own_case_and_makes_none(played: Session, worn: Agreement) -> None:
    made = hand_over(
        played, worn, side(worn, "municipal"), ArchiveFormat.KS_FIKS, registry=REGISTRY, now=NOW, who=None
    )
    for root in messages(made.content).values():
        assert root.find("{*}mappe") is None
        assert (texts(root, "saksaar")[0], texts(root, "sakssekvensnummer")[0]) == ("2026", "1187")


@pytest.mark.parametrize(
    ("kommune", "state", "status"),
    [("Moss", "terminated", CaseStatus.CLOSED), ("Lillehammer", "withdrawn", CaseStatus.DROPPED)],
)
def test_an_agreement_that_ended_closes_its_case_and_one_nobody_signed_is_dropped(
    played: Session, schemas: Schemas, kommune: str, state: str, status: CaseStatus
) -> None:
    agreement = agreement_of(played, kommune)
    set_committed_value(agreement, "_state", state)
    try:
        case = planned(played, agreement)
        assert case.status is status
        assert case.closed == (agreement.moved_at if status is CaseStatus.CLOSED else None)
        for form in ArchiveFormat:
            made = hand_over(
                played, agreement, side(agreement, "municipal"), form, registry=REGISTRY, now=NOW, who=None
            )
            assert [f for xml in made.package.messages.values() for f in schemas.faults(form, xml)] == []
    finally:
        played.expire(agreement)


def test_of_several_kommuner_each_gets_its_own_matters_and_the_others_as_receivers(
    played: Session, schemas: Schemas
) -> None:
    agreement = agreement_of(played, "Moss")
    stange = side(agreement_of(played, "Stange"), "municipal")
    played.add(AgreementParty(agreement_id=agreement.id, party_id=stange.id, position=5))
    played.flush()
    played.expire(agreement, ["parties"])
    try:
        made = hand_over(
            played, agreement, stange, ArchiveFormat.EFORMIDLING, registry=REGISTRY, now=NOW, who=None
        )
        xml = made.package.messages["arkivmelding.xml"]
        assert schemas.faults(ArchiveFormat.EFORMIDLING, xml) == []
        root = messages(made.content)[""]
        assert texts(root, "administrativEnhet") == ["Stange kommune"]
        assert texts(root, "korrespondansepartNavn")[:3] == [
            "Stange kommune (3413)", "Moss kommune (3103)", "Moss politistasjonsdistrikt",
        ]  # fmt: skip
        # Moss' matter, and with it its case number, is in Moss' archive.
        assert "Saksframlegg" not in texts(root, "journalposttype")
        assert texts(root, "saksaar") == []
    finally:
        played.rollback()
        played.expire(agreement)


def test_the_trail_in_the_package_verifies_as_it_lies_there(played: Session, tmp_path: Path) -> None:
    agreement = agreement_of(played, "Rælingen")
    made = hand_over(
        played,
        agreement,
        side(agreement, "municipal"),
        ArchiveFormat.KS_FIKS,
        registry=REGISTRY,
        now=NOW,
        who=None,
    )
    bundle = tmp_path / "trail.zip"
    bundle.write_bytes(
        next(data for name, data in made.package.members.items() if name.endswith("trail.zip"))
    )
    assert verify_bundle(str(bundle)).first_fault is None
