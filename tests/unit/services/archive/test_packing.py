"""Whatever the case: each file is named once with its checksum, messages are valid, nothing is by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.archive_cases import cases
from tests.support.archive_checking import Schemas, check, members, messages, texts
from workflow_app.services.archive.codes import CaseStatus, DocumentType, JournalType
from workflow_app.services.archive.model import CaseFile, Document, File, Registration
from workflow_app.services.archive.packing import ArchiveFormat, pack, store

# One process compiles the schemas and plays the demonstration, and only once.
pytestmark = pytest.mark.xdist_group("archive")

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
FORMS = pytest.mark.parametrize("form", list(ArchiveFormat))


@FORMS
@given(case=cases())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_every_file_is_named_once_and_every_name_is_a_file(form: ArchiveFormat, case: CaseFile) -> None:
    check(pack(case, form, at=AT, earlier={}).to_zip())


@FORMS
@given(case=cases())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_every_message_is_valid(schemas: Schemas, form: ArchiveFormat, case: CaseFile) -> None:
    for xml in pack(case, form, at=AT, earlier={}).messages.values():
        assert schemas.faults(form, xml) == []


@FORMS
@given(case=cases())
@settings(max_examples=10)
def test_the_same_case_at_the_same_time_is_the_same_bytes(form: ArchiveFormat, case: CaseFile) -> None:
    once, again = (pack(case, form, at=AT, earlier={}).to_zip() for _ in range(2))
    assert once == again


def test_a_schema_that_sees_no_fault_would_be_none(schemas: Schemas) -> None:
    """So that the tests above can fail: one element of the wrong order, and one word that is on no list."""
    good = pack(_one(File("f", "a.pdf", "application/pdf", AT, lambda: b"x")), ArchiveFormat.EFORMIDLING,
                at=AT, earlier={}).messages["arkivmelding.xml"]  # fmt: skip
    swapped = good.replace(b"saksaar>", b"saksAar>").replace(b"Under behandling", b"Ukjent")
    assert swapped != good
    assert schemas.faults(ArchiveFormat.EFORMIDLING, good) == []
    assert schemas.faults(ArchiveFormat.EFORMIDLING, swapped) != []


def test_the_message_is_the_same_while_its_files_are_and_another_when_one_changes() -> None:
    def message(content: bytes, at: datetime) -> str:
        case = _one(File("f", "a.pdf", "application/pdf", AT, lambda: content))
        package = pack(case, ArchiveFormat.EFORMIDLING, at=at, earlier={})
        return texts(messages(package.to_zip())[""], "meldingId")[0]

    later = AT + timedelta(days=1)
    assert message(b"x", AT) == message(b"x", later) != message(b"y", AT)


def test_names_in_the_zip_are_plain_and_unique_and_people_keep_theirs() -> None:
    names = [
        "Vedlegg 1 – mål.DOCX",
        "Vedlegg 1 – mål.DOCX",
        "../../etc/passwd",
        "æøå",
        "x" * 300 + ".pdf",
        "...",
    ]
    files = [File(str(n), name, "x/y", AT, lambda: b"") for n, name in enumerate(names)]
    found = [stored.name for stored in store(files, {}).values()]
    assert found[:4] == ["01-vedlegg-1-mal.docx", "02-vedlegg-1-mal.docx", "03-passwd.bin", "04-aeoa.bin"]
    assert found[4] == f"05-{'x' * 60}.pdf"
    assert found[5] == "06-fil.bin"


def test_a_paper_made_anew_is_the_next_version_and_one_that_has_not_changed_is_the_same() -> None:
    def version(content: bytes, earlier: dict[str, list[str]], own: int | None = None) -> int:
        return store([File("k", "a.pdf", "x/y", AT, lambda: content, version=own)], earlier)["k"].version

    first = store([File("k", "a.pdf", "x/y", AT, lambda: b"1")], {})["k"].sha256
    assert version(b"1", {}) == 1
    assert version(b"1", {"k": [first]}) == 1
    assert version(b"2", {"k": [first]}) == 2
    assert version(b"2", {"other": [first]}) == 1
    assert version(b"2", {"k": [first]}, own=7) == 7


def test_ks_fiks_gets_one_message_for_each_registration_and_one_case(schemas: Schemas) -> None:
    case = replace(_one(File("f", "a.pdf", "x/y", AT, lambda: b"x")), year=None, sequence=None)
    other = File("g", "b", "x/y", AT, lambda: b"y")
    second = replace(
        case.registrations[0], key="r/2",
        documents=(replace(case.registrations[0].documents[0], files=(other,)),),
    )  # fmt: skip
    two = replace(case, registrations=(*case.registrations, second))
    package = pack(two, ArchiveFormat.KS_FIKS, at=AT, earlier={})
    assert sorted(members(package.to_zip())) == [
        "01/01-a.pdf", "01/arkivmelding.xml", "02/01-b.bin", "02/arkivmelding.xml",
    ]  # fmt: skip
    roots = messages(package.to_zip())
    assert [bool(roots[f].findall("{*}mappe")) for f in ("01/", "02/")] == [True, False]
    assert all(schemas.faults(ArchiveFormat.KS_FIKS, xml) == [] for xml in package.messages.values())


def _one(file: File) -> CaseFile:
    document = Document(UUID(int=1), DocumentType.AGREEMENT, "Avtale", AT, (file,))
    registration = Registration(UUID(int=2), "r", "Avtale", JournalType.OUTGOING, AT, (), (document,))
    return CaseFile(
        UUID(int=3), "c", "Avtale", AT, AT.date(), "Moss kommune", "SLT-koordinator", CaseStatus.OPEN, (),
        (registration,), 2020, 1234,
    )  # fmt: skip


def test_a_hundred_messages_stand_in_the_order_they_are_sent_in() -> None:
    case = _one(File("f", "a.pdf", "x/y", AT, lambda: b"x"))
    many = replace(case, registrations=tuple(replace(case.registrations[0], key=str(n)) for n in range(100)))
    package = pack(many, ArchiveFormat.KS_FIKS, at=AT, earlier={})
    assert list(package.messages) == sorted(package.messages)
    assert list(package.messages)[-1] == "100/arkivmelding.xml"
