"""The readable text: debris and contents gone, everything else there."""

from __future__ import annotations

from pathlib import Path

from workflow_app.domain.reading.clean import clean_text

TWINS = Path(__file__).resolve().parents[3] / "data" / "agreements"


def cleaned(name: str) -> str:
    return clean_text((TWINS / name).read_text("utf-8"))


def test_page_headers_and_empty_lines_go() -> None:
    text = cleaned("moss-twin.txt")
    assert "POLITIET\n" not in text
    assert "\n\n\n" not in text
    assert "POLITIRÅDSAVTALE MELLOM MOSS\nKOMMUNE OG ØST\nPOLITIDISTRIKT" in text


def test_the_table_of_contents_goes_and_the_headings_stay() -> None:
    text = cleaned("stange-twin.txt")
    assert "Innhold" not in text
    assert "\t" not in text
    assert text.count("Politikontaktens rolle") == 1


def test_bookmarks_go_and_their_headings_stand_apart() -> None:
    text = cleaned("sor-varanger-twin.txt")
    assert "bookmark" not in text
    assert "\n\nTaushetsplikt\n\nMøtene" in text


def test_page_numbers_go() -> None:
    assert (
        clean_text("Første side.\n\nSide 2 av 5\n\nAndre side.\n- 3 -\n") == "Første side.\n\nAndre side.\n"
    )


def test_a_header_of_the_page_goes_wherever_it_stands_alone() -> None:
    text = "Vika kommune\n\nEn setning.\n\nVika kommune\n\nTo setninger.\n\nVika kommune\n\nSlutt.\n"
    assert "Vika" not in clean_text(text)
    assert "Vika" in clean_text(text.replace("Vika kommune\n\nSlutt", "Slutt"))


def test_nothing_is_left_of_nothing() -> None:
    assert clean_text("") == ""
    assert clean_text("POLITIET\n\n") == ""
