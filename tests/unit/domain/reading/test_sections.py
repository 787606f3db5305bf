"""Headings in each way they are marked, and sections that wait for their words."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read

PROSE = "Vi samarbeider om trygghet."
HEADINGS = [
    (f"1. Mål\n\n{PROSE}\n\n2. Møter:\n\n{PROSE}\n", ["1. Mål", "2. Møter"]),
    (f"# Mål\n\n{PROSE}\n\n## Møter\n{PROSE}\n", ["Mål", "Møter"]),
    (f"**Mål**\n\n{PROSE}\n\n**Møter:**\n{PROSE}\n", ["Mål", "Møter"]),
    (f"Mål\n\n{PROSE}\n\nMøter i rådet\n\n{PROSE}\n", ["Mål", "Møter i rådet"]),
    (f"§ 1 Mål\n\n{PROSE}\n\n§ 2 Møter\n\n{PROSE}\n", ["§ 1 Mål", "§ 2 Møter"]),
    (
        f"1. Saker\n\nFaste saker:\n\n1. Nytt fra politiet\n2. Nytt fra kommunen\n\n2. Slutt\n\n{PROSE}\n",
        ["1. Saker", "2. Slutt"],
    ),
    (f"{PROSE}\n\n{PROSE}\n", []),
]


@pytest.mark.parametrize(("text", "headings"), HEADINGS)
def test_headings(text: str, headings: list[str]) -> None:
    assert [section.heading for section in read(text).sections] == headings


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    text = f"# Mål\n\n{PROSE}\n\n## Lokale\n\n{PROSE}\n\n# Møter\n\n{PROSE}\n"
    goals, local, meetings = read(text).sections
    assert (goals.level, local.level) == (1, 2)
    assert goals.end == local.end == meetings.start
    assert meetings.end == len(text)


INCOMPLETE = [
    (f"1. Mål\n\n-\n-\n-\n\n2. Møter\n\n{PROSE}\n", ["1. Mål"]),
    (f"1. Mål\n\nVi er enige om følgende:\n\n-\n\n{PROSE}\n\n2. Møter\n\n{PROSE}\n", ["1. Mål"]),
    (f"1. Mål\n\n- …………\n- ______\n\n2. Møter\n\n{PROSE}\n", ["1. Mål"]),
    (f"1. Mål\n\nxxxx\n\n2. Møter\n\n{PROSE}\n", ["1. Mål"]),
    (f"1. Mål\n\n2. Møter\n\n{PROSE}\n", ["1. Mål"]),
    (f"1. Mål\n\n1.1 Lokale mål\n\n{PROSE}\n\n2. Møter\n\n{PROSE}\n", []),
    (f"Mål og møter\n\nLokale mål\n\n{PROSE}\n\nMøter i rådet\n\n{PROSE}\n", []),
    (f"1. Mål\n\n- Trygge gater\n-\n\n2. Møter\n\n{PROSE}\n", []),
    (f"1. Mål\n\n{PROSE}\n\n2. Underskrifter\n\n________\n", []),
]


@pytest.mark.parametrize(("text", "headings"), INCOMPLETE)
def test_incomplete_sections(text: str, headings: list[str]) -> None:
    assert list(read(text).incomplete_sections) == headings


def test_a_line_that_looks_like_a_heading_in_two_ways_is_one() -> None:
    sections = read("[bookmark: _Toc1]Møter\n\nRådet møtes.\n\nFormål\n\nPartene vil samarbeide.\n").sections
    assert [one.heading for one in sections] == ["Møter", "Formål"]
