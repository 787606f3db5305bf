"""The clause tables against clauses in our own words: each gives its rules, and no more."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.support.clause_sets import fits, parsed
from workflow_app.domain.reading import read


def _examples(name: str) -> dict[str, list[tuple[str, str | list[str]]]]:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    families: dict[str, list[tuple[str, str | list[str]]]] = module.ALL
    return families


ROWS = [
    pytest.param(text, wanted, id=f"{family}-{n}")
    for family, rows in (
        _examples("examples")
        | _examples("more_examples")
        | _examples("misread_examples")
        | _examples("unseen_examples")
        | _examples("further_examples")
        | _examples("term_examples")
        | _examples("breadth_examples")
        | _examples("lasting_examples")
    ).items()
    for n, (text, wanted) in enumerate(rows)
]


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_clause(text: str, wanted: str | list[str]) -> None:
    reading = read(text)
    asked = isinstance(wanted, str)
    specs = (
        [w.strip() for w in wanted.lstrip("? ").split(";") if w.strip()]
        if isinstance(wanted, str)
        else wanted
    )
    left = [*reading.rules, *reading.undated]
    for spec in specs:
        match = next((rule for rule in left if fits(rule, *parsed(spec))), None)
        assert match is not None, f"{spec} not read; read were {left}"
        left.remove(match)
    assert left == [], "rules that no clause gives"
    if asked:
        assert reading.questions


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_every_quote_is_where_it_says(text: str, wanted: str | list[str]) -> None:
    reading = read(text)
    for found in (*reading.rules, *reading.undated, *reading.questions):
        assert text[found.start : found.end] == found.quote
        assert found.quote.strip()


UNDATED = {
    ("signed", "partial"), ("signed", "blank"), ("validity", "as_parent"), ("revision", "on_request"),
    ("revision", "by_agreement"), ("revision", "after_election"), ("evaluation", "continuous"),
    ("evaluation", "event"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_forms_without_a_date_carry_their_reason(text: str, wanted: str | list[str]) -> None:
    reading = read(text)
    assert all(rule.reason for rule in reading.undated)
    assert not {(rule.kind, rule.form) for rule in reading.rules} & UNDATED


def test_the_families_hold_decoys() -> None:
    """Texts that speak of time and give no rule are a fifth of the examples at least."""
    decoys = sum(1 for row in ROWS if row.values[1] == [])
    assert len(ROWS) >= 150
    assert decoys * 5 >= len(ROWS)


PAIRS = [
    ("Avtalen gjelder fra 1. januar 2020.", "Avtala gjeld frå 1. januar 2020."),
    ("Avtalen revideres hvert tredje år.", "Avtala skal reviderast kvart tredje år."),
    ("Avtalen evalueres innen 1. mai hvert år.", "Avtala skal evaluerast innan 1. mai kvart år."),
    ("Avtalen kan sies opp med seks måneders varsel.", "Avtala kan seiast opp med seks månaders varsel."),
    ("Det skal holdes minst fire møter hvert år.", "Det skal haldast minst fire møte kvart år."),
    ("Møtene i politirådet er lukket.", "Møta i politirådet er lukka."),
    ("Avtalen vedtas av kommunestyret.", "Avtala vert vedteken av kommunestyret."),
    ("Saksliste sendes ut senest 2 uker før møtet.", "Sakliste vert sendt ut seinast 2 veker før møtet."),
]


@pytest.mark.parametrize(("bokmal", "nynorsk"), PAIRS)
def test_the_two_languages_agree(bokmal: str, nynorsk: str) -> None:
    def said(text: str) -> list[tuple[str, str, dict[str, Any]]]:
        reading = read(text)
        return [(r.kind, r.form, dict(r.values)) for r in (*reading.rules, *reading.undated)]

    assert said(bokmal) == said(nynorsk) != []
