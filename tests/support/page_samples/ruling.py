"""Samples of the rules of an agreement beside its text."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples.people import COUNCIL, HEAD, ONGOING, WRITTEN, YEARLY, at
from workflow_app.web.pagemodels import (
    Choice,
    Clause,
    Link,
    Mark,
    MarkedBlock,
    MarkedSection,
    Order,
    Preview,
    PreviewChange,
    Problem,
    Proposal,
    Question,
    RuleField,
    RuleForm,
    RuleRow,
    RulesPage,
    TextRun,
    Unread,
)


def _marked(key: str, number: int, kind: str) -> Mark:
    return Mark(f"clause-{key}", f"#rule-{key}", str(number), f"lest som: {kind}, regel {number}")


_ASKED = Mark("asked-anchor", "#answer.anchor", "?", "det stilles et spørsmål om disse ordene", "question")
_ASKED_NAMES = replace(_ASKED, id="asked-names", href="#answer.names")
_ASKED_PLACE = replace(_ASKED, id="asked-place", href="#answer.place")
_PASSED = Mark("passed-0", "#unread-0", "⋯", "taler om tid og ble ikke lest", "unread")

SECTIONS = (
    MarkedSection(
        (TextRun("1. Varighet"),),
        (
            MarkedBlock(
                (
                    TextRun(YEARLY.quote, "rule", _marked("r1", 1, "revisjon"), (_ASKED,)),
                    TextRun(" Derfor møtes partene."),
                    TextRun("Kommunen", newline=True),
                ),
                40,
            ),
            MarkedBlock((TextRun(WRITTEN.quote, "rule", _marked("r2", 2, "evaluering")),), 90, item=True),
            MarkedBlock((TextRun(ONGOING.quote, "rule", _marked("r5", 5, "evaluering")),), 120, item=True),
        ),
        start=20,
    ),
    MarkedSection(
        (TextRun("1.1 Møter", "unread", _PASSED),),
        (
            MarkedBlock(
                (
                    TextRun("Forumet møtes ", "rule", None, (_marked("r4", 4, "møter"), _ASKED_NAMES)),
                    TextRun("fire ganger.", "rule", _marked("r3", 3, "kommunestyret"), (_ASKED_PLACE,)),
                ),
                200,
            ),
        ),
        level=2,
        incomplete=True,
        start=180,
    ),
)

_MONTH = RuleField("month", "Måned", "13", "number", hint="1 til 12", error="Måneden må være fra 1 til 12.")

_ORDER = Order(
    "Avtale som meldes til kommunestyret",
    "Avtale som vedtas av kommunestyret",
    Clause("Avtalen vedtas av kommunestyret.", "#clause-r3", "1. Varighet"),
    differs=True,
    choices=(
        Choice("politiradsavtale", "Avtale som meldes til kommunestyret", chosen=True),
        Choice("politiradsavtale_vedtak", "Avtale som vedtas av kommunestyret"),
    ),
)

RULES = RulesPage(
    HEAD,
    SECTIONS,
    rules=(
        RuleRow(
            "r1",
            "Revisjon",
            "Avtalen revideres hver 12. måned, regnet fra undertegningen.",
            replace(YEARLY, href="#clause-r1"),
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
            number=1,
            quote=YEARLY.quote,
        ),
        RuleRow(
            "r2",
            "Evaluering",
            "Hvert år innen 31. desember, skriftlig.",
            replace(WRITTEN, href="#clause-r2"),
            (),
            "confirmed",
            "Bekreftet av Kari Nordmann 12. mars 2020.",
            (
                _MONTH,
                RuleField("day", "Dag", "31", "number"),
                RuleField("written", "Skriftlig", "1", "checkbox"),
            ),
            number=2,
            quote="Noe annet",
            fault="Ordene «Noe annet» står ikke i avtalens tekst.",
            opened=True,
        ),
        RuleRow(
            "r3",
            "Kommunestyret",
            "Avtalen legges frem som referatsak.",
            COUNCIL,
            (),
            "corrected",
            "Rettet av Ola Nordmann: «Orientering er her en referatsak.»",
            number=3,
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
        RuleRow(
            "r5",
            "Evaluering",
            "Skal evalueres løpende.",
            replace(ONGOING, href="#clause-r5"),
            reason="«Fortløpende» gir ingen dag. Derfor finnes det ingen frist.",
            number=5,
            quote=ONGOING.quote,
        ),
    ),
    questions=(
        Question(
            "anchor",
            "Revisjonen er årlig, men avtalen sier ikke fra når. Hva skal den regnes fra?",
            (Choice("signing", "Undertegningen"), Choice("year_end", "Årsskiftet", chosen=True)),
            replace(YEARLY, href="#asked-anchor"),
            fill=(Link("/agreements/17/rules?question=0#anew", "Fyll inn: en annen dag"),),
        ),
        Question(
            "names",
            "Navnene i underskriftsfeltet er ikke fylt ut.",
            answer="Fylles ut ved undertegning",
            settled=True,
        ),
        Question("place", "Hvor er originalen?", settled=True),
    ),
    unsettled=1,
    unread=(
        Unread(
            "0",
            Clause("Arbeidet startet i 2006.", "#passed-0", "1.1 Møter"),
            "/agreements/17/rules?unread=0#anew",
        ),
    ),
    forms=(Choice("revision:every", "Revisjon: med jevne mellomrom"),),
    anew=RuleForm(
        "",
        "revision:every",
        "Revisjon: med jevne mellomrom",
        "Avtalen revideres",
        (RuleField("months", "Måneder", "0", "number", error="Minst 1."),),
        error="Ordene står ikke i teksten.",
        near="40",
    ),
    order=_ORDER,
    may_confirm=True,
    may_correct=True,
    problems=(
        Problem("rule-r2-month", "Måneden må være fra 1 til 12."),
        Problem("rule-r2-quote", "Ordene «Noe annet» står ikke i avtalens tekst."),
    ),
)
RULES_PICKING = replace(
    RULES,
    sections=tuple(
        replace(
            s,
            blocks=tuple(
                replace(b, pick=f"/agreements/17/rules?at={b.start}-{b.start + 9}#anew") for b in s.blocks
            ),
        )
        for s in SECTIONS
    ),
    anew=replace(RULES.anew, chosen="", label="", fields=(), error=None, forms=RULES.forms)
    if RULES.anew
    else None,
    order=replace(_ORDER, differs=False, because=None, choices=()),
    unsettled=2,
    picking=True,
    problems=(),
)
RULES_PREVIEWED = replace(
    RULES,
    anew=None,
    problems=(),
    order=replace(_ORDER, differs=False),
    preview=Preview(
        (
            PreviewChange(
                "Revisjon",
                "Avtalen revideres hver 12. måned.",
                "Avtalen revideres hver 24. måned.",
                YEARLY.quote,
                YEARLY.quote,
            ),
            PreviewChange("Møter", None, "Fire møter i året.", None, "Forumet møtes fire ganger."),
            PreviewChange("Møter", "Fire møter i året.", None, "Forumet møtes fire ganger.", None),
        ),
        ("Revisjon: 30. april 2021 blir 30. april 2022.",),
        "correct",
        (("rule", "r1"), ("quote", "Avtalen\nrevideres årlig."), ("value.months", "24")),
        "#rule-r1",
    ),
)
RULES_AGREED = replace(
    RULES,
    questions=(),
    unsettled=0,
    sections=SECTIONS[:0],
    rules=tuple(replace(r, clause=replace(r.clause, href="/agreements/17/text#s-9")) for r in RULES.rules),
    unread=(),
    anew=None,
    order=None,
    problems=(),
    preview=replace(RULES_PREVIEWED.preview, moves=(), back="") if RULES_PREVIEWED.preview else None,
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
