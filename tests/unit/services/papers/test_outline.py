"""The working copies of a matter: Word that a screen reader finds its way in, and text that pastes whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from workflow_app.services.papers.data import matter_data
from workflow_app.services.papers.docx import as_docx
from workflow_app.services.papers.labels import LABELS
from workflow_app.services.papers.model import Handling, Telling, Told
from workflow_app.services.papers.outline import Block, outline
from workflow_app.services.papers.plain import as_text

Translator = Callable[[str], Callable[[str], str]]
TELLING = Telling(
    "Evalueringen for 2025",
    (("Godkjent av begge", "15. desember 2025"),),
    (Told(1, "Mindre vold", "Vurdering: Nådd"), Told(2, "Hva som er gjort", "Én ting.\nEn annen.")),
)
HANDLINGS = (
    Handling("Utvalg for oppvekst", date(2025, 3, 4), "PS 4/25", "Enstemmig tilrådd."),
    Handling("Formannskapet"),
)


@pytest.fixture
def blocks(matter: Any, translator: Translator, made: datetime) -> tuple[Block, ...]:
    """The outline of a matter about an evaluation that two bodies had first."""
    return outline(matter(telling=TELLING, handlings=HANDLINGS), made, translator("nb"))


def test_everything_a_council_reads_is_in_it_in_its_order(blocks: tuple[Block, ...]) -> None:
    heads = [b.text for b in blocks if b.kind == "heading"]
    assert heads[:5] == [
        "Innstilling", "Behandling før kommunestyret", "Evalueringen for 2025", "Mindre vold",
        "Hva som er gjort",
    ]  # fmt: skip
    [bodies] = [b for b in blocks if b.text == "Behandling før kommunestyret" and b.kind == "table"]
    assert [row[0] for row in bodies.rows] == ["Utvalg for oppvekst", "Formannskapet"]
    assert bodies.rows[1][1:] == ("–", "–", "")


def test_a_matter_about_the_agreement_has_neither(
    matter: Any, translator: Translator, made: datetime
) -> None:
    heads = [b.text for b in outline(matter(), made, translator("nn")) if b.kind == "heading"]
    assert not any("før kommunestyret" in head for head in heads)
    assert heads[0] == "Tilråding"


def test_how_each_signed_stands_in_every_form_of_the_paper(
    matter: Any, translator: Translator, made: datetime
) -> None:
    """Passkey, password or paper: the PDF has the same table, of the same data."""
    paper, said = matter(), translator("nb")
    signed = [
        replace(s, how=how)
        for s, how in zip(paper.signatures, ("passkey", "password", "paper"), strict=False)
    ]
    paper = replace(paper, signatures=tuple(signed))
    made_of = outline(paper, made, said)
    printed = matter_data(paper, made, "", said)["signing"]
    ways = [row[3] for row in printed["given"]]
    assert ways == [[said(LABELS[how].text)] for how in ("passkey", "password", "paper")]
    text = as_text(made_of)
    tables = docx.Document(io.BytesIO(as_docx(made_of, title="x", language="nb", made=made))).tables
    in_word = {cell.text for table in tables for row in table.rows for cell in row.cells}
    for [way] in ways:
        assert f"{printed['columns'][3]}: {way}" in text
        assert way in in_word


def test_the_text_keeps_every_word_and_needs_no_width(blocks: tuple[Block, ...]) -> None:
    text = as_text(blocks)
    assert text.endswith("\n")
    assert "INNSTILLING\n\nSaken tas til orientering.\n" in text
    assert "Utvalg: Utvalg for oppvekst; Møtedato: 4. mars 2025; " in text
    assert "Vurdering: Nådd" in text
    assert "Én ting.\nEn annen." in text
    assert "\t" not in text


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_the_word_file_speaks_its_language_and_has_real_headings(
    blocks: tuple[Block, ...], made: datetime, language: str, tag: str
) -> None:
    content = as_docx(blocks, title="Sak", language=language, made=made)
    found = docx.Document(io.BytesIO(content))
    assert (found.core_properties.title, found.core_properties.language) == ("Sak", tag)
    assert {lang.get(qn("w:val")) for lang in found.styles.element.iter(qn("w:lang"))} == {tag}
    by_style = {p.text: p.style.name for p in found.paragraphs if p.style is not None}
    assert by_style["Innstilling"] == "Heading 1"
    assert by_style["Mindre vold"] == "Heading 2"
    assert by_style["Hva som er gjort"] == "Heading 3"
    assert [p.style.name for p in found.paragraphs if p.style is not None].count("Title") == 1


def test_every_table_has_a_name_and_its_header_is_marked(blocks: tuple[Block, ...], made: datetime) -> None:
    found = docx.Document(io.BytesIO(as_docx(blocks, title="Sak", language="nb", made=made)))
    tables = [b for b in blocks if b.kind in ("fields", "table")]
    assert len(found.tables) == len(tables)
    for block, table in zip(tables, found.tables, strict=True):
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        assert caption is not None
        assert caption.get(qn("w:val")) == block.text
        marked = [row._tr.trPr is not None and "tblHeader" in row._tr.trPr.xml for row in table.rows]
        assert marked == [bool(block.header) and n == 0 for n in range(len(table.rows))]


def test_what_xml_cannot_hold_and_a_title_longer_than_words_own_are_no_error(made: datetime) -> None:
    title = "Avtale\x0b " + "om samarbeid " * 25
    blocks = (
        Block("title", title), Block("lines", lines=("sats\x1f", "\ud800")),
        Block("fields", "fakta", fields=(("n\x00avn", "verdi\x0c"),)),
    )  # fmt: skip
    read = docx.Document(io.BytesIO(as_docx(blocks, title=title, language="nb", made=made)))
    assert len(read.core_properties.title) == 255
    assert read.paragraphs[0].text == title.replace("\x0b", " ")
    assert [cell.text for cell in read.tables[0].rows[0].cells] == ["n avn", "verdi "]
