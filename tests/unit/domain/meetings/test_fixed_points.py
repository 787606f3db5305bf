"""The agreement's own points of every agenda: read where its text has a list, and never made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.meetings.fixed_points import fixed_points

LIST = """Politiråd

Rådet møtes fire ganger.

Faste punkter for politiråd:

1. Referat fra sist
2. Kort fra politiet
   og fra kommunen
3. Radikalisering;

Andre forhold

1. Dette er noe annet
"""


def titles(text: str) -> list[str]:
    return [p.title for p in fixed_points(text)]


def test_the_list_is_read_with_its_places() -> None:
    found = fixed_points(LIST)
    assert [p.title for p in found] == [
        "Referat fra sist",
        "Kort fra politiet og fra kommunen",
        "Radikalisering",
    ]
    assert all(LIST[p.start : p.end] == p.quote for p in found)
    assert found[0].quote == "1. Referat fra sist"


@pytest.mark.parametrize(
    "text",
    [
        "Det avholdes 5 møter pr år.\n\n- Ordfører\n- Politikontakt\n",
        "Faste punkter for SLT-møte:\n\n1. Ungdom\n2. Rus\n",
        "Faste punkter kan være:\n\n- Ungdom\n- Rus\n",
        "Faste punkter for politiråd:\n\nDe blir bestemt senere.\n\n- Ordfører\n",
        "Faste punkter på dagsorden\n\n8. Evaluering\n9. Varighet\n",
        "",
    ],
)
def test_no_list_of_the_politirad_gives_no_points(text: str) -> None:
    assert titles(text) == []


def test_a_list_ends_where_another_begins() -> None:
    text = "Faste saker på hvert politirådsmøte:\n- Rus\n- Trygghet\n\n4. Evaluering\n\n- Skriftlig\n"
    assert titles(text) == ["Rus", "Trygghet"]


def test_an_agenda_that_always_has_something_is_one_too() -> None:
    text = "Dagsorden for politirådet skal alltid inneholde:\na) Situasjonen\nb) Tiltak\n"
    assert titles(text) == ["Situasjonen", "Tiltak"]


def test_the_texts_of_the_demonstration() -> None:
    texts = Path(__file__).parents[4] / "workflow_app" / "services" / "demonstration" / "texts"
    found = {p.stem: len(titles(p.read_text(encoding="utf-8"))) for p in texts.glob("*.txt")}
    assert found["stange"] == 7
    assert {name for name, count in found.items() if count} == {"stange"}


@given(st.text(alphabet="Faste punkter:\n1.2-ab ", max_size=200))
def test_any_text_at_all_gives_quotes_that_stand_in_it(text: str) -> None:
    for point in fixed_points(text):
        assert text[point.start : point.end] == point.quote
        assert point.title
