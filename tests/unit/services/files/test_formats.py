"""The same agreement reads the same from every kind of file: the five twins, each in five files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.office_files import Para, docx_of, laid_out, odt_of, pdf_of
from workflow_app.domain.reading import read
from workflow_app.services.files import extract

TWINS = Path(__file__).resolve().parents[3] / "data" / "agreements"
PAGE = '#set page(paper: "a4")\n#set text(lang: "nb", size: 11pt)\n'
KINDS = {
    "docx": docx_of,
    "odt": odt_of,
    "pdf": pdf_of,
    "pdf in two columns": lambda paras: pdf_of(paras, dense=True),
    "pdf without space between paragraphs": lambda paras: pdf_of(
        paras, page=PAGE + "#set par(leading: .65em, spacing: .65em)\n"
    ),
    "pdf with wide lines": lambda paras: pdf_of(
        paras, page=PAGE + "#set par(leading: 1.3em, spacing: 1.3em)\n"
    ),
    "pdf with indented paragraphs": lambda paras: pdf_of(
        paras,
        page=PAGE + "#set par(leading: .65em, spacing: .65em, first-line-indent: 1.5em, justify: true)\n",
    ),
    "pdf on small pages": lambda paras: pdf_of(
        paras,
        page='#set page(paper: "a5")\n#set text(lang: "nb", hyphenate: true)\n#set par(justify: true)\n',
    ),
}


def told(text: str) -> dict[str, Any]:
    """What a reading says, without the places, which differ from file to file."""
    reading = read(text)
    return {
        "rules": [_plain(rule.to_json()) for rule in (*reading.rules, *reading.undated)],
        "municipal": reading.municipal,
        "police": reading.police,
        "incomplete": reading.incomplete_sections,
        "blank": reading.blank_names,
        "questions": [str(q) for q in reading.questions],
        "definition": reading.suggested_definition,
        "language": reading.language,
    }


def _plain(rule: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in rule.items() if k not in {"start", "end"}}
    return kept | {"quote": " ".join(kept["quote"].split()).lstrip("#-– ")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("twin", sorted(TWINS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_twin_says_the_same_in_every_kind(twin: Path, kind: str) -> None:
    text = twin.read_text("utf-8")
    found = extract(f"avtale.{kind[:4].strip()}", KINDS[kind](laid_out(text)))
    assert found.notes == ()
    assert "Side 1" not in found.text
    assert "topphode" not in found.text
    assert told(found.text) == told(text)


def test_the_layout_of_the_twins_loses_no_word() -> None:
    for twin in TWINS.glob("*.txt"):
        text = twin.read_text("utf-8")
        words = [para.text for para in laid_out(text)]
        assert all(" ".join(para.split()) in " ".join(text.split()) for para in words)


def test_every_quote_stands_in_the_extracted_text() -> None:
    text = extract("a.docx", docx_of([Para("1. Varighet", "heading"), Para("Avtalen revideres årlig.")])).text
    (rule,) = read(text).rules
    assert text[rule.start : rule.end] == rule.quote == "Avtalen revideres årlig."
