"""Whole texts of written clauses, and clauses written from what was read in real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.written_rules import UNWRITTEN, VALUES, plain, written
from tests.unit.domain.reading import examples, misread_examples, more_examples
from workflow_app.domain.clause_writing import as_clause
from workflow_app.domain.reading import read
from workflow_app.domain.rules import Rule

ROOT = Path(__file__).resolve().parents[4]
AGREEMENTS = sorted((ROOT / "tests" / "data" / "agreements").rglob("*.txt")) + sorted(
    (ROOT / "workflow_app" / "services" / "demonstration" / "texts").glob("*.txt")
)
TEXTS = [path.read_text("utf-8") for path in AGREEMENTS] + [
    text
    for module in (examples, more_examples, misread_examples)
    for rows in module.ALL.values()
    for text, _ in rows
]
LANGUAGES = ("nb", "nn")
# The kinds of which a text holds one rule, whatever else it holds.
SINGLE = {
    "validity": ("period", "duration", "open", "until_terminated", "as_parent"),
    "revision": ("every", "on_request", "by_agreement", "after_election"),
    "evaluation": ("yearly", "once", "continuous", "event"),
    "meetings": ("council",),
    "agenda": ("lead", "submission"),
    "council": ("referatsak", "adoption", "orientation"),
    "minutes": ("minutes",),
    "task": ("yearly",),
    "rotation": ("every",),
    "deputies": ("allowed",),
    "supplement": ("to",),
}
HEADINGS = {
    "validity": ("Varighet", "Varigheit"),
    "revision": ("Revisjon", "Revisjon"),
    "evaluation": ("Evaluering", "Evaluering"),
    "meetings": ("Møter", "Møte"),
    "agenda": ("Saksliste", "Sakliste"),
    "council": ("Behandling", "Handsaming"),
    "minutes": ("Referat", "Referat"),
    "task": ("Oppgaver", "Oppgåver"),
    "rotation": ("Sekretariat", "Sekretariat"),
    "deputies": ("Forfall", "Forfall"),
    "supplement": ("Bakgrunn", "Bakgrunn"),
}


def all_of(text: str) -> list[Rule]:
    reading = read(text)
    return [*reading.rules, *reading.undated]


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_read_is_written_and_read_again(text: str) -> None:
    for rule in all_of(text):
        if (rule.kind, rule.form) in UNWRITTEN or (rule.form == "partial" and "date" not in rule.values):
            continue
        for language in LANGUAGES:
            clause = as_clause(rule, language)
            again = [plain(one.kind, one.form, one.values) for one in all_of(clause)]
            assert again == [plain(rule.kind, rule.form, rule.values)], clause


@st.composite
def agreements(draw: st.DrawFn) -> list[Rule]:
    """A rule of each of some kinds, in an order by chance."""
    kinds = draw(st.lists(st.sampled_from(sorted(SINGLE)), min_size=2, max_size=6, unique=True))
    made = []
    for kind in kinds:
        form = draw(st.sampled_from(SINGLE[kind]))
        made.append(Rule(kind, form, "", 0, 0, draw(written(kind, form))))
    return made


def text_of(rules: list[Rule], language: str) -> str:
    """The rules as an agreement: a title, and each clause under a heading of its own."""
    parts = ["Samarbeidsavtale mellom Moss kommune og Øst politidistrikt"]
    for number, rule in enumerate(rules, 1):
        heading = HEADINGS[rule.kind][LANGUAGES.index(language)]
        parts += [f"{number}. {heading}", as_clause(rule, language)]
    return "\n\n".join(parts) + "\n"


def sorted_rules(rules: list[Rule]) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted((plain(r.kind, r.form, r.values) for r in rules), key=repr)


@given(agreements())
def test_an_agreement_of_written_clauses_is_read_clause_for_clause_in_both_languages(
    rules: list[Rule],
) -> None:
    for language in LANGUAGES:
        text = text_of(rules, language)
        assert sorted_rules(all_of(text)) == sorted_rules(rules), text


def test_every_form_is_a_clause_of_some_agreement_or_stands_alone() -> None:
    """The kinds left out of whole texts are those that another clause completes or that end a text."""
    together = {(kind, form) for kind, forms in SINGLE.items() for form in forms}
    assert {kind for kind, _ in set(VALUES) - together} == {
        "signed", "renewal", "termination", "attendance", "signatories",
    }  # fmt: skip
