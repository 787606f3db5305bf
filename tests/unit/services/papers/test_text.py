from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services.papers.text import Block, Section, blocks, sections


def test_lines_cut_at_the_margin_become_one_paragraph() -> None:
    body = (
        "Partene skal oppdage uro tidlig, og foreldrene skal tas med så tidlig som mulig av\n"
        "Barnevernet og skolen.\nDet skal være kort vei til\net møte."
    )
    assert blocks(body) == (
        Block(
            "paragraph",
            lines=(
                "Partene skal oppdage uro tidlig, og foreldrene skal tas med så tidlig som mulig av "
                "Barnevernet og skolen.",
                "Det skal være kort vei til et møte.",
            ),
        ),
    )


def test_names_under_each_other_stay_under_each_other() -> None:
    (block,) = blocks("Faste medlemmer er:\nOrdfører\nKommunedirektør\nStasjonssjef")
    assert block.lines == ("Faste medlemmer er:", "Ordfører", "Kommunedirektør", "Stasjonssjef")


def test_a_word_divided_at_the_margin_is_not_guessed_together() -> None:
    (block,) = blocks("Kriminalitetsforebyggings-\nkoordinatoren følger opp.")
    assert block.lines == ("Kriminalitetsforebyggings-", "koordinatoren følger opp.")


def test_a_blank_line_ends_a_paragraph_but_not_a_list() -> None:
    made = blocks("En.\n\nTo.\n- a\n\n- b")
    assert [(b.kind, b.lines, b.items) for b in made] == [
        ("paragraph", ("En.",), ()),
        ("paragraph", ("To.",), ()),
        ("list", (), (("-", "a"), ("-", "b"))),
    ]


@pytest.mark.parametrize("marker", ["-", "–", "·", "•", "*", "\uf0b7", "1.", "12)", "a)", "Å)"])
def test_list_markers_are_kept_as_written(marker: str) -> None:
    (block,) = blocks(f"{marker} første ting\n  som går videre\n{marker} andre ting")
    assert block.items == ((marker, "første ting som går videre"), (marker, "andre ting"))


@pytest.mark.parametrize(
    "line", ["2025 var et godt år.", "-uten mellomrom", "i. e.", "1.1 Møter", "3.12.2018"]
)
def test_what_only_looks_like_a_marker_is_text(line: str) -> None:
    (block,) = blocks(line)
    assert block == Block("paragraph", lines=(line,))


def test_numbers_after_bullets_are_another_list() -> None:
    assert [b.items for b in blocks("- a\n1. b\na) c")] == [(("-", "a"),), (("1.", "b"),), (("a)", "c"),)]


def test_no_heading_level_is_skipped_or_too_deep() -> None:
    made = sections([(3, "A", ""), (9, "B", ""), (1, "C", ""), (2, "D", ""), *[(9, "E", "")] * 6])
    assert [s.level for s in made] == [1, 2, 1, 2, 3, 4, 5, 5, 5, 5]


def test_text_before_the_first_heading_has_none() -> None:
    assert sections([(1, None, "Ord."), (1, "  ", "")]) == (
        Section(1, None, (Block("paragraph", lines=("Ord.",)),)),
        Section(1, None),
    )


def _words(body: str) -> list[str]:
    out: list[str] = []
    for block in blocks(body):
        out += [word for line in block.lines for word in line.split()]
        out += [word for marker, text in block.items for word in (marker, *text.split())]
    return out


@given(st.text() | st.text(alphabet="aB1.)-–• \n\t:;,"))
def test_no_word_is_lost_added_or_moved(body: str) -> None:
    assert _words(body) == body.split()


def test_no_word_of_the_real_agreements_is_lost() -> None:
    folder = Path(__file__).resolve().parents[5] / "shared" / "agreements"
    if not folder.is_dir():
        pytest.skip(f"the shared agreements are not beside the repository ({folder.name})")
    names = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name in names:
        text = (folder / name).read_text(encoding="utf-8")
        assert _words(text) == text.split(), name
