"""The goals an agreement names, in its own words and where they stand; nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.evaluation_form.goals import find_goals, find_pointer

FOUND: dict[str, list[tuple[str, int]]] = {
    "lillehammer-2018": [
        ("Vold i nære", 22),
        ("Vold og overgrep", 25),
        ("Radikalisering, voldelig ekstremisme", 55),
        ("Ungdom og rus", 13),
    ],
    "stange-2025": [
        ("Forebygge rus og", 48),
        ("Forebygge vold og", 61),
        ("Samhandling rundt personer", 76),
        ("Samhandling om beredskap", 70),
        ("Møteplasser og aktiviteter", 37),
        ("Bedre samhandling i", 97),
    ],
    "raelingen-2018": [],
}
"""How each goal begins, and its length in characters: the agreements' own sentences are not copied here."""


def real(shared_dir: Path, name: str) -> str:
    return (shared_dir / "agreements" / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(FOUND))
def test_the_goals_of_the_real_agreements(shared_dir: Path, name: str) -> None:
    text = real(shared_dir, name)
    found = find_goals(text)
    assert [(" ".join(g.words.split()[:3]), len(g.words)) for g in found] == FOUND[name]
    assert all(g.words in text[g.start : g.end] for g in found)


def test_measures_that_the_agreement_lists_stand_with_their_goal(shared_dir: Path) -> None:
    text = real(shared_dir, "moss-2020")
    walk = text.index("Trygghetsvandring med forebyggende")
    found = find_goals(text, [(walk, walk + 20)])
    assert [(g.words, len(g.agreed)) for g in found][:3] == [
        ("Forebygge barne- og ungdomskriminalitet", 1),
        ("Rusforebyggende arbeid blant barn og unge", 1),
        ("Forebygge vold i nære relasjoner", 0),
    ]
    assert found[1].agreed == ("Samarbeid gjennom konkrete tiltak («Utsett»)",)
    assert not any("Trygghetsvandring" in g.words for g in found), "that is a task of its own"


@pytest.mark.parametrize(
    "heading", ["Formål", "Hovedoppgaver", "Målgruppe", "Språk: bokmål", "Samordning av lokale tiltak (SLT)"]
)
def test_other_headings_head_no_goals(heading: str) -> None:
    text = f"1. {heading}\n\n- Én ting\n- En annen ting\n\n2. Varighet\n\nAvtalen gjelder i to år.\n"
    assert find_goals(text) == ()


@pytest.mark.parametrize(
    "heading", ["Lokale mål", "Måla våre", "Satsingsområder", "Satsningsområder 2025", "Fokusområde",
                "Hovedmål og tiltak", "Innsatsområder"],
)  # fmt: skip
def test_headings_of_goals_in_both_languages(heading: str) -> None:
    text = f"1. {heading}\n\n- Mindre vold\n- \n- [fyll inn]\n- Mindre vold\n\n2. Møter\n\n- Fire i året\n"
    assert [(g.words, g.section) for g in find_goals(text)] == [("Mindre vold", f"1. {heading}")]


def test_a_pointer_to_another_paper_is_quoted(shared_dir: Path) -> None:
    text = real(shared_dir, "sor-varanger-2024")
    found = find_pointer(text)
    assert found is not None
    assert text[found.start : found.end] == found.quote
    assert found.quote.endswith("vedlegg 1.")
    assert find_pointer(real(shared_dir, "raelingen-2018")) is None


@given(st.text(alphabet="1. -*\nabcMålæ:[]Satsingsområder", max_size=300))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for goal in find_goals(text):
        assert 0 <= goal.start < goal.end <= len(text)
        assert goal.words
