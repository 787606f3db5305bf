"""Samples of the text of an agreement."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples.people import (
    COUNCIL,
    HEAD,
    ONGOING,
    WRITTEN,
    YEARLY,
)
from tests.support.page_samples.records import SIGNED, VERSIONS
from workflow_app.web.pagemodels import (
    Comparison,
    DiffRow,
    Link,
    Problem,
    TextBlock,
    TextEdit,
    TextPage,
    TextSection,
)

SECTIONS = (
    TextSection("s-0", None, (TextBlock("Mellom Lillevik kommune og Fjordby politistasjonsdistrikt."),)),
    TextSection(
        "s-1",
        "1. Formål",
        (
            TextBlock(
                "Kommunen og politiet vil sammen gjøre Lillevik til et trygt sted å bo, for alle aldre."
            ),
            TextBlock("Samarbeidet skal særlig"),
            TextBlock("forebygge blant barn og unge", item=True),
            TextBlock("gi innbyggerne færre skader i trafikken", item=True),
        ),
    ),
    TextSection("s-7", "7. Mål", (TextBlock("–", item=True), TextBlock("–", item=True)), incomplete=True),
    TextSection("s-8", "8. Evaluering", (TextBlock(WRITTEN.quote), TextBlock(ONGOING.quote))),
    TextSection("s-8-1", "8.1 Møter", (TextBlock("Politirådet møtes fire ganger i året."),), level=2),
    TextSection("s-9", "9. Varighet", (TextBlock(YEARLY.quote), TextBlock(COUNCIL.quote))),
)
TEXT = TextPage(
    HEAD,
    VERSIONS[0],
    SECTIONS,
    VERSIONS,
    may_edit=True,
    original=Link("/agreements/17/original", "avtale.txt"),
    signed=SIGNED,
)
TEXT_CLOSED = replace(
    TEXT, may_edit=False, closed="Teksten er lukket: avtalen er undertegnet.", versions=VERSIONS[:1]
)
TEXT_COMPARED = replace(
    TEXT,
    comparison=Comparison(
        2,
        3,
        (
            DiffRow("same", "8.1 Møter", "8.1 Møter"),
            DiffRow(
                "changed", "Politirådet møtes to ganger i året.", "Politirådet møtes fire ganger i året."
            ),
            DiffRow("removed", "Møtene ledes av ordføreren.", None),
            DiffRow("added", None, "Ordføreren og stasjonssjefen leder møtene på omgang."),
            DiffRow("skipped"),
            DiffRow("same", YEARLY.quote, YEARLY.quote),
        ),
    ),
)
TEXT_EDITED = replace(
    TEXT,
    edit=TextEdit(
        HEAD.title,
        "1. Formål\n\nKommunen og politiet vil sammen …\n",
        "Rettet møtetallet",
        (
            Problem("text", "Teksten er tom. Skriv avtalens tekst."),
            Problem("title", "Avtalen må ha en tittel."),
        ),
    ),
)
