"""The minutes as a paper: what it prints, and that it is the kind of PDF an archive keeps."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pypdf
from pypdf.generic import StreamObject

from workflow_app.services.papers.minutes import (
    TWIN,
    DecisionLine,
    MinutesPaper,
    PersonLine,
    PointLine,
    minutes_data,
)
from workflow_app.services.papers.render import render_minutes

MADE = datetime(2026, 3, 20, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))
PAPER = MinutesPaper(
    language="nb", number=3, agreement="Samarbeidsavtale", day="19. mars 2026", weekday="torsdag",
    public=True,
    present=(PersonLine("Kari Nordmann", "ordfører", "Lillevik kommune", "Ola Nordmann"),),
    points=(PointLine(1, "Siden sist", ("Gjennomgått.",)), PointLine(2, "Eventuelt")),
    decisions=(
        DecisionLine(1, "Vandring\nfør ferien.", 1, "Kari", date(2026, 6, 1)),
        DecisionLine(2, "Ny møteplan.", None),
    ),
    kept=1,
)  # fmt: skip


def test_decisions_stand_under_their_point_and_those_of_none_last() -> None:
    data = minutes_data(PAPER, MADE, TWIN, str)
    assert [[d["heading"] for d in p["decisions"]] for p in data["points"]] == [["Decision 1"], []]
    assert [d["heading"] for d in data["decisions"]] == ["Decision 2"]
    assert data["follow_up"] == [["1", "Vandring før ferien.", "Kari", "1 June 2026"]]
    assert data["present"] == [["Kari Nordmann", "ordfører, for Ola Nordmann", "Lillevik kommune"]]


def test_a_decision_of_a_point_that_is_no_more_is_not_lost() -> None:
    data = minutes_data(replace(PAPER, points=PAPER.points[1:]), MADE, TWIN, str)
    assert [d["heading"] for d in data["decisions"]] == ["Decision 1", "Decision 2"]


def test_closed_minutes_name_their_basis_and_public_ones_none() -> None:
    closed = minutes_data(replace(PAPER, public=False, legal_basis="offl. § 13"), MADE, TWIN, str)
    assert (closed["kind"], closed["exempt"]) == ("Closed minutes", "offl. § 13")
    public = minutes_data(replace(PAPER, legal_basis="offl. § 13"), MADE, TWIN, str)
    assert (public["kind"], public["exempt"]) == ("Public minutes", None)


def test_a_draft_says_so_and_a_correction_says_why() -> None:
    assert minutes_data(replace(PAPER, kept=None), MADE, TWIN, str)["mark"] == "Draft, not kept"
    data = minutes_data(replace(PAPER, kept=2, reason="Feil navn."), MADE, TWIN, str)
    assert data["mark"] == ""
    assert ["Version", "2"] in data["facts"]
    assert ["Corrected because", "Feil navn."] in data["facts"]


def test_the_paper_is_the_same_bytes_again_with_its_twin_inside() -> None:
    twin = b'{"meeting": 3}'
    pdf = render_minutes(PAPER, twin, timestamp=MADE, translate=str)
    assert pdf == render_minutes(PAPER, twin, timestamp=MADE, translate=str)
    found = pypdf.PdfReader(io.BytesIO(pdf))
    assert found.attachments[TWIN] == [twin]
    stream = found.root_object["/Metadata"].get_object()
    assert isinstance(stream, StreamObject)
    meta = stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in meta
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in meta
    assert "pdfuaid" in meta
    text = " ".join(page.extract_text() for page in found.pages)
    assert "Gjennomgått." in text
    assert "Nothing was noted under this point." in text
