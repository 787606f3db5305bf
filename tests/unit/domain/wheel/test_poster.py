"""The sheet for the wall: everything on it, on one sheet of A4, in letters that can be read."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from tests.unit.domain.wheel.test_drawing import dated, texts, wheel
from workflow_app.domain.wheel import Line, Mark, poster_svg
from workflow_app.domain.wheel.poster import HEIGHT, WIDTH


def lines(count: int, what: str = "Møte i politirådet – Moss kommune") -> list[Line]:
    marks = [dated(n, date(2026, 1 + n % 12, 20)) for n in range(1, count + 1)]
    return [Line(m, "20. mai, uke 21", what, "SLT-koordinator, politikontakt", "Planlagt") for m in marks]


def sheet(found: list[Line]) -> str:
    return poster_svg(wheel(*(line.mark for line in found)), found)


def height(svg: str) -> float:
    return float(ElementTree.fromstring(svg).get("viewBox", "").split()[3])


def smallest(svg: str) -> float:
    listed = r'<text x="[^>]*font-size="([\d.]+)" font-weight="[47]00" fill'
    return min(float(size) for size in re.findall(listed, svg))


@pytest.mark.parametrize(("count", "letters"), [(0, 9.5), (6, 9.5), (12, 9.5), (25, 9.5), (40, 8.5)])
def test_a_year_of_forty_things_stands_on_one_sheet(count: int, letters: float) -> None:
    svg = sheet(lines(count))
    assert height(svg) == HEIGHT
    assert pytest.approx((297 - 36) / (210 - 32), rel=0.02) == HEIGHT / WIDTH, "A4 within its margins"
    # 178 mm across 712 units: 9.5 units are 6.7 points, 8.5 are 6.
    assert smallest(svg) >= letters


def test_every_line_is_there_and_below_the_one_before() -> None:
    svg = sheet(lines(9))
    assert sum(t.startswith("20. mai, uke 21") for t in texts(svg)) == 9
    base = [float(y) for y in re.findall(r'<text x="[^"]+" y="([\d.]+)"[^>]*>20\. mai', svg)]
    assert len(base) == 9
    assert max(base) < HEIGHT


def test_more_than_a_sheet_can_hold_makes_it_longer_and_loses_nothing() -> None:
    svg = sheet(lines(150))
    assert height(svg) > HEIGHT
    assert sum(t.startswith("20. mai, uke 21") for t in texts(svg)) == 150


def test_long_words_are_broken_and_stay_in_their_column() -> None:
    svg = sheet(
        lines(20, "Kommunestyret behandler evalueringen av samarbeidsavtalen mellom Moss kommune og politiet")
    )
    assert height(svg) == HEIGHT
    assert all(len(t) < 70 for t in texts(svg))


def test_signs_are_explained_only_where_they_are_on_the_wheel() -> None:
    open_one, done = dated(1, date(2026, 3, 3)), dated(2, date(2026, 3, 4), state="done")
    plain = sheet([Line(open_one, "3. mars", "Møte")])
    both = sheet([Line(open_one, "3. mars", "Møte"), Line(done, "4. mars", "Møte")])
    assert "done" not in texts(plain)
    assert "done" in texts(both)
    assert "meeting" in texts(plain)
    assert "agenda" not in texts(plain)


def test_an_empty_year_says_so() -> None:
    found = wheel()
    words = found.words.__class__(**{**vars(found.words), "nothing": "Ingenting er planlagt."})
    svg = poster_svg(found.__class__(2026, (), words, None), [])
    assert "Ingenting er planlagt." in texts(svg)


def test_what_is_written_is_escaped() -> None:
    svg = sheet([Line(Mark(1, "yearly"), "<når>", "a & b", "«c»")])
    assert "<når>" in texts(svg)
    assert "a & b" in texts(svg)
