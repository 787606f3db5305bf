"""Whatever people write, the document is well-formed and says what they wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from workflow_app.services.archive.xml import NAMELESS, XSI, Branch, clean

SPACE = "urn:test"
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANYTHING)
def test_any_text_can_be_written_and_read_back(text: str) -> None:
    root = Branch.root("top", SPACE)
    root.title("tittel", text)
    root.text("tekst", text)
    root.line("linje", text)
    found = etree.fromstring(root.to_bytes())
    kept = clean(text)
    title = " ".join(kept.split())
    assert found.findtext(f"{{{SPACE}}}tittel") == (title or NAMELESS)
    # Line ends are one kind when XML is read (XML 1.0, section 2.11), unless they are written as references.
    assert (found.findtext(f"{{{SPACE}}}tekst") or "") == kept
    assert found.findtext(f"{{{SPACE}}}linje") == (title or None)


@pytest.mark.parametrize(
    "text",
    ["<&>\"'", "]]>", "Guovdageainnu suohkan – Kárášjohka", "ÆØÅ æøå", "a\u0301", "\U0001f600", "x" * 5000],
)
def test_special_letters_stay(text: str) -> None:
    root = Branch.root("top", SPACE)
    root.title("tittel", text)
    assert etree.fromstring(root.to_bytes())[0].text == text


def test_what_xml_forbids_is_left_out() -> None:
    assert clean("a\x00b\x08c\x1fd\ud800e\ufffef\tg") == "abcdef\tg"


def test_each_kind_of_value_is_written_as_its_type() -> None:
    root = Branch.root("top", SPACE, other="urn:other")
    below = root.branch("del", "slag")
    below.day("dag", date(2026, 1, 2))
    below.moment("tid", datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=UTC))
    below.number("tall", 0)
    below.flag("ja", True)
    below.uuid("id", UUID(int=5))
    below.foreign("urn:other").line("annet", "x")
    for empty in ("day", "moment", "number", "line"):
        getattr(below, empty)("tom", None)
    found = etree.fromstring(root.to_bytes())[0]
    assert found.get(f"{{{XSI}}}type") == "slag"
    assert [(etree.QName(e).localname, e.text) for e in found] == [
        ("dag", "2026-01-02"),
        ("tid", "2026-07-01T12:00:00+02:00"),
        ("tall", "0"),
        ("ja", "true"),
        ("id", "00000000-0000-0000-0000-000000000005"),
        ("annet", "x"),
    ]
    assert root.to_bytes().startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
