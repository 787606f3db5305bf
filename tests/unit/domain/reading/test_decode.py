"""Bytes to text: every encoding a kommune's files come in, and a sentence for what is no text."""

from __future__ import annotations

import codecs

import pytest

from workflow_app.domain.reading.decode import UnreadableFile, decode

TEXT = "Avtalen gjelder fra 1. mai.\r\nMøte på rådhuset.\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.encode("latin-1"),
    ],
)
def test_each_encoding_gives_the_same_text_with_its_line_breaks(content: bytes) -> None:
    assert decode(content) == TEXT


def test_windows_quotes_and_dashes() -> None:
    assert decode("«Utsett» – ‘avtale’".encode("cp1252")) == "«Utsett» – ‘avtale’"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "not plain text"),
        (b"PK\x03\x04word/document.xml", "not plain text"),
        (bytes(range(256)) * 20, "read"),
        (b"\x00\x01\x02\x03" * 100, "not text"),
        (codecs.BOM_UTF16_LE + b"a", "can't be read"),
        (b"\xe6\x81\x8d\x8f\x90\x9d tekst", "can't be read"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        decode(content)
    assert said in str(refused.value)
    assert str(refused.value) == str(refused.value.message)


def test_the_limit_is_in_the_sentence() -> None:
    with pytest.raises(UnreadableFile, match="larger than 20 MB"):
        decode(b"a" * (20 * 1024 * 1024 + 1))
    with pytest.raises(UnreadableFile, match="larger than 0 MB"):
        decode(b"for lang", limit=3)
