"""A file is what its bytes say; a name alone is believed last."""

from __future__ import annotations

import pytest

from workflow_app.services.archive.formats import format_of, may_be_archival, suffix_of

XMP = b"%PDF-1.7\n<x:xmpmeta><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"


@pytest.mark.parametrize(
    ("name", "content", "code", "details", "archival"),
    [
        ("avtale.pdf", XMP, "PDF/A", "PDF/A-3a (PRONOM fmt/479)", True),
        ("a.txt", b"%PDF-1.4 <x pdfaid:part='1' pdfaid:conformance=\"B\"/>", "PDF/A",
         "PDF/A-1b (PRONOM fmt/354)", True),
        ("a.pdf", b"%PDF-2.0 pdfaid:part = '4'", "PDF/A", "PDF/A-4", True),
        ("skann.pdf", b"%PDF-1.5\n...", "PDF", "PDF 1.5", False),
        ("skann.pdf", b"%PDF-", "PDF", "PDF", False),
        ("Vedlegg 1.TXT", b"hei", "TXT", "Ren tekst, UTF-8 (PRONOM x-fmt/111)", True),
        ("bilde.jpeg", b"\xff\xd8", "JPEG", "JPEG", True),
        ("plan.docx", b"PK", "DOCX", "Office Open XML (PRONOM fmt/412)", False),
        ("trail.zip", b"PK", "ZIP", "ZIP (PRONOM x-fmt/263)", False),
        ("tall.xlsx", b"PK", "XLSX", "application/x-tall", False),
        ("uten", b"", "BIN", "application/x-tall", False),
    ],
)  # fmt: skip
def test_formats(name: str, content: bytes, code: str, details: str, archival: bool) -> None:
    found = format_of(name, "application/x-tall", content)
    assert (found.code, found.details, found.archival) == (code, details, archival)


def test_a_suffix_is_plain_letters() -> None:
    assert [suffix_of(n) for n in ("a.PDF", "b", "c.æøå", "d.for-lang-ending", ".pdf", "e.tar.gz")] == [
        "pdf", "bin", "bin", "bin", "bin", "gz",
    ]  # fmt: skip


def test_what_may_be_archival_is_told_by_the_name_where_the_bytes_are_not_there() -> None:
    assert [may_be_archival(n) for n in ("a.pdf", "a.tif", "a.docx", "a.zip", "a")] == [
        True, True, False, False, False,
    ]  # fmt: skip
