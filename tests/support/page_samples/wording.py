"""Samples of the text of an agreement and of its rules."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples.people import (
    COUNCIL,
    HEAD,
    ONGOING,
    WRITTEN,
    YEARLY,
    at,
)
from tests.support.page_samples.records import VERSIONS
from workflow_app.web.pagemodels import (
    Choice,
    Clause,
    Comparison,
    DiffRow,
    Link,
    Problem,
    Proposal,
    Question,
    RuleField,
    RuleRow,
    RulesPage,
    TextBlock,
    TextEdit,
    TextPage,
    TextSection,
    UndatedRow,
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

RULES = RulesPage(
    HEAD,
    rules=(
        RuleRow(
            "r1",
            "Revisjon",
            "Avtalen revideres hver 12. måned, regnet fra undertegningen.",
            YEARLY,
            ("Regnet fra undertegningen; avtalen sier det ikke.",),
            fields=(
                RuleField("months", "Måneder mellom hver revisjon", "12", "number"),
                RuleField(
                    "anchor",
                    "Regnes fra",
                    "signing",
                    "select",
                    (Choice("signing", "undertegningen"), Choice("year_end", "årsskiftet")),
                ),
            ),
        ),
        RuleRow(
            "r2",
            "Evaluering",
            "Hvert år innen 31. desember, skriftlig.",
            WRITTEN,
            (),
            "confirmed",
            "Bekreftet av Kari Nordmann 12. mars 2020.",
            (
                RuleField(
                    "month", "Måned", "13", "number", hint="1 til 12", error="Måneden må være fra 1 til 12."
                ),
                RuleField("day", "Dag", "31", "number"),
                RuleField("written", "Skriftlig", "1", "checkbox"),
            ),
        ),
        RuleRow(
            "r3",
            "Kommunestyret",
            "Avtalen legges frem som referatsak.",
            COUNCIL,
            (),
            "corrected",
            "Rettet av Ola Nordmann: «Orientering er her en referatsak.»",
        ),
        RuleRow(
            "r4",
            "Møter",
            "Fire møter i året.",
            Clause("Forumet møtes fire ganger.", "/agreements/17/text#s-5"),
            (),
            "set_aside",
            "Satt til side av Kari Nordmann: møtene er et annet forums.",
        ),
    ),
    undated=(
        UndatedRow("Evaluering", ONGOING, "«Fortløpende» gir ingen dag. Derfor finnes det ingen frist."),
    ),
    questions=(
        Question(
            "anchor",
            "Revisjonen er årlig, men avtalen sier ikke fra når. Hva skal den regnes fra?",
            (Choice("signing", "Undertegningen"), Choice("year_end", "Årsskiftet")),
            YEARLY,
        ),
        Question(
            "names", "Navnene i underskriftsfeltet er ikke fylt ut.", answer="Fylles ut ved undertegning"
        ),
        Question("place", "Hvor er originalen?"),
    ),
    may_confirm=True,
    may_correct=True,
    problems=(Problem("rule-r2-month", "Måneden må være fra 1 til 12."),),
)
RULES_AGREED = replace(
    RULES,
    questions=(),
    problems=(),
    may_confirm=False,
    proposing=True,
    confirmed="Bekreftet av Kari Nordmann og Ola Nordmann 20. april 2020.",
    proposals=(
        Proposal(
            "p1",
            "Revisjon",
            YEARLY,
            "Hver 12. måned fra undertegningen.",
            "Hver 12. måned fra årsskiftet.",
            "Ola Nordmann",
            at("2020-05-02", "12:00"),
            "Slik har vi alltid gjort det.",
            ("SLT-koordinator, Lillevik kommune",),
            may_accept=True,
        ),
    ),
)
RULES_NONE = RulesPage(HEAD, closed="Avtalen er avsluttet.")
