"""Every handing over is an entry that names what was given; the second one is the same case."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.archive_checking import members, messages, texts
from tests.unit.services.archive.conftest import NOW
from tests.unit.services.archive.test_access import who
from tests.unit.services.archive.test_case import REGISTRY, agreement_of, side
from workflow_app.services import trail
from workflow_app.services.archive.exporting import file_name, format_named, given, hand_over, handed
from workflow_app.services.archive.packing import ArchiveFormat
from workflow_app.services.errors import FieldErrors, NotAllowed

# One process compiles the schemas and plays the demonstration, and only once.
pytestmark = pytest.mark.xdist_group("archive")

EFM, FIKS = ArchiveFormat.EFORMIDLING, ArchiveFormat.KS_FIKS


def test_the_entry_names_format_party_and_every_hash_and_no_person_or_title(played: Session) -> None:
    agreement = agreement_of(played, "Moss")
    kommune = side(agreement, "municipal")
    before = trail.head(played, trail.agreement_chain(agreement.id))[0]
    made = hand_over(
        played,
        agreement,
        kommune,
        FIKS,
        registry=REGISTRY,
        now=NOW,
        who=who("council_secretary", kommune.key),
    )
    entry = json.loads(made.entry.body)
    assert (entry["kind"], entry["number"]) == ("archived", before + 1)
    assert entry["actor"] == {"person": "p", "role": "council_secretary", "party": "3103"}
    content = members(made.content)
    assert entry["data"]["format"] == "ks-fiks"
    assert entry["data"]["party"] == "3103"
    assert {m["name"]: m["sha256"] for m in entry["data"]["messages"]} == {
        name: hashlib.sha256(xml).hexdigest() for name, xml in content.items() if name.endswith(".xml")
    }
    assert sorted((f["sha256"], f["size"]) for f in entry["data"]["files"]) == sorted(
        (hashlib.sha256(data).hexdigest(), len(data))
        for name, data in content.items()
        if not name.endswith(".xml")
    )
    assert "Samarbeidsavtale" not in made.entry.body.decode()
    assert [t.number for t in handed(played, agreement)] == [before + 1]


def test_a_second_time_is_the_same_case_with_new_versions_of_what_has_changed(played: Session) -> None:
    agreement = agreement_of(played, "Moss")
    kommune, police = side(agreement, "municipal"), side(agreement, "police")
    first = hand_over(played, agreement, kommune, EFM, registry=REGISTRY, now=NOW, who=None)
    again = hand_over(
        played, agreement, kommune, EFM, registry=REGISTRY, now=NOW + timedelta(days=1), who=None
    )
    one, two = (messages(made.content)[""] for made in (first, again))
    assert texts(one, "systemID") == texts(two, "systemID")
    # The text as it came is the same file; the trail and the papers made from it are not.
    versions = dict(zip(texts(two, "referanseDokumentfil"), texts(two, "versjonsnummer"), strict=True))
    assert versions["02-moss.txt"] == "1"
    assert versions["05-trail.zip"] == "2"
    assert set(texts(one, "versjonsnummer")) == {"1"}
    assert given(played, agreement, police) == {}


def test_one_without_the_office_makes_nothing(played: Session) -> None:
    agreement = agreement_of(played, "Moss")
    kommune = side(agreement, "municipal")
    before = trail.head(played, trail.agreement_chain(agreement.id))
    with pytest.raises(NotAllowed):
        hand_over(played, agreement, kommune, EFM, registry=REGISTRY, now=NOW, who=who("mayor", kommune.key))
    assert trail.head(played, trail.agreement_chain(agreement.id)) == before


def test_names_and_formats(played: Session) -> None:
    agreement = agreement_of(played, "Sør-Varanger")
    assert (
        file_name(agreement, side(agreement, "municipal")) == f"arkiv-sor-varanger-kommune-{agreement.id}.zip"
    )
    assert format_named(None, FIKS) is FIKS
    assert format_named("eformidling", FIKS) is EFM
    with pytest.raises(FieldErrors, match="“pdf” is no archive format; choose one of eformidling, ks-fiks"):
        format_named("pdf", EFM)
