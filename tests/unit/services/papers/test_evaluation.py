"""The evaluation as a paper: goal by goal, with who stands behind it, as an archive keeps it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdf

from workflow_app.services.papers.evaluation import TWIN, EvaluationPaper, evaluation_data
from workflow_app.services.papers.model import Party, Signature, Told, TrailHead
from workflow_app.services.papers.render import render_evaluation

MADE = datetime(2026, 1, 12, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))
PAPER = EvaluationPaper(
    language="nb", agreement="Samarbeidsavtale", year=2025, number=3, sha256="a" * 64, standing="approved",
    outcome="Avtalen fortsetter",
    parties=(Party("municipal", "Lillevik kommune", "0001"), Party("police", "Lillevik stasjon")),
    parts=(Told(1, "Mindre vold", "Vurdering: Nådd"), Told(2, "Hva som er gjort", "Én ting.\n\n En til. ")),
    trail=TrailHead(41, "b" * 64),
    approvals=(Signature("SLT-koordinator", "Lillevik kommune", "Kari Nordmann", MADE, "password"),),
)  # fmt: skip


def test_what_was_written_stands_under_its_heading() -> None:
    data = evaluation_data(PAPER, MADE, TWIN, str)
    assert data["parts"][1] == {"level": 2, "heading": "Hva som er gjort", "lines": ["Én ting.", "En til."]}
    assert data["title"] == "Evaluation for 2025"
    assert ["Municipality", ["Lillevik kommune"]] in data["facts"]
    assert data["approvals"][0]["person"] == "Kari Nordmann"


def test_an_unfinished_one_says_so_wherever_it_is_read() -> None:
    data = evaluation_data(replace(PAPER, standing="unfinished", outcome=None), MADE, TWIN, str)
    assert data["standing"] == "Not finished"
    assert ["Outcome", "Not finished"] in data["facts"]
    assert evaluation_data(replace(PAPER, standing="unapproved"), MADE, TWIN, str)["standing"] == (
        "Not approved by both"
    )


def test_it_is_an_archives_pdf_with_its_data_inside_and_the_same_bytes_each_time() -> None:
    pdf = render_evaluation(PAPER, b'{"year": 2025}', timestamp=MADE, translate=str)
    assert pdf == render_evaluation(PAPER, b'{"year": 2025}', timestamp=MADE, translate=str)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert read.attachments[TWIN] == [b'{"year": 2025}']
    xmp = read.xmp_metadata
    assert xmp is not None
    assert "<pdfaid:part>3</pdfaid:part>" in xmp.rdf_root.toxml()
    assert str(read.root_object["/Lang"]).startswith("nb")
    assert "Mindre vold" in read.pages[0].extract_text()


def test_what_people_write_is_never_markup() -> None:
    hostile = '#panic(1) *fet* $x$ @ref <lbl> "q" ${page}'
    paper = replace(PAPER, parts=(Told(1, hostile, hostile),), agreement=hostile)
    read = pypdf.PdfReader(io.BytesIO(render_evaluation(paper, b"{}", timestamp=MADE, translate=str)))
    assert "#panic(1)" in read.pages[0].extract_text()


def test_a_paper_without_approvals_says_that_nobody_has_approved() -> None:
    paper = replace(PAPER, approvals=(), parts=(), standing="unapproved")
    read = pypdf.PdfReader(io.BytesIO(render_evaluation(paper, b"{}", timestamp=MADE, translate=str)))
    assert "Nobody has approved this version." in " ".join(p.extract_text() for p in read.pages)
