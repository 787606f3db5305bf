"""What is mutated: clauses and agreements in our own words, and words that mean something to the reader."""

from __future__ import annotations

from pathlib import Path

from tests.unit.domain.reading import examples, misread_examples, more_examples
from workflow_app.domain.reading import lexicon

ROOT = Path(__file__).resolve().parents[2]

CLAUSES: tuple[str, ...] = tuple(
    text
    for module in (examples, more_examples, misread_examples)
    for rows in module.ALL.values()
    for text, _ in rows
)
AGREEMENTS: tuple[str, ...] = tuple(
    path.read_text("utf-8")
    for folder in (
        ROOT / "tests" / "data" / "agreements",
        ROOT / "workflow_app" / "services" / "demonstration" / "texts",
    )
    for path in sorted(folder.rglob("*.txt"))
)
HEADINGS = (
    "1. Formål", "2 Varighet", "§ 3 Oppsigelse", "## Møtefrekvens", "IV. EVALUERING", "Revisjon:", "Innhold",
    "Vedlegg 1", "7.1 Signering", "**Gyldighet**", "Underskrifter", "Varigheit og oppseiing",
)  # fmt: skip
# Words that turn one clause into another.
WORDS: tuple[str, ...] = (
    *lexicon.NUMBERS, *lexicon.ORDINALS, *lexicon.MONTHS, *lexicon.WEEKDAYS, *lexicon.SEASONS,
    *"ikke ikkje skal bør kan hvert kvart hver kvar årlig årleg halvår kvartal måned månad uke veke dager"
    " dagar innen innan senest seinast til fra frå ut og eller minst inntil automatisk skriftlig partene"
    " politirådet kommunestyret avtalen avtala planen PST løpende ved behov xxxx ……… ____ t.o.m. f.o.m."
    " om gangen opsjon 1+1 år".split(),
)  # fmt: skip
# Signs that look like others, or like nothing, and have led readers astray before.
ODDITIES = (
    "\u0301", "\u030a", "\u200b", "\u200d", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad", "\u00a0",
    "\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\x00", "\x1b", "\u0130", "\u0131", "\u1e9e",
    "\ufb01", "\u0660", "\u0664", "\uff12", "\u00b2", "\u2460", "\u00bd", "\u2013", "\u2212", "\u2026",
    "\ud800", "\udfff", "\U0001f600", "\U0001d7d8", "\uffff", "a\u0308\u0308\u0308", "\t\t\t",
)  # fmt: skip
DATES = (
    "31.02.2020", "00.00.0000", "30/4 - 2020", "1.1.99999", "2020-13-45", "29.02.2023", "1. mai",
    "32. juli 2021", "99.99.99", "xx.xx.20xx", "1.1.00", "februar 2025", "onsdag 25. juni", "2024-2026",
    "2026-2024", "9999-12-31", "0001-01-01", "31.12.9999", "1.1.1900", "٣٠.٠٤.٢٠٢٠", "den 3.3.33",
)  # fmt: skip
