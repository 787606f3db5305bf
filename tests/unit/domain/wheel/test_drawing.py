"""The wheel as a picture: well-formed, harmless to a strict policy, and nothing told by colour alone."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from workflow_app.domain.wheel import KINDS, STATES, Kind, Mark, State, Wheel, Words, sign_svg, wheel_svg
from workflow_app.domain.wheel.drawing import fitted
from workflow_app.domain.wheel.shapes import COLOURS, GREY

MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
SVG = "{http://www.w3.org/2000/svg}"


def words(name: str = "Moss kommune") -> Words:
    return Words("Året", "Tolv måneder", f"Årshjul – {name}", name, MONTHS, "I dag", "I løpet av året")


def wheel(*marks: Mark, today: date | None = date(2026, 5, 5), name: str = "Moss kommune") -> Wheel:
    return Wheel(2026, marks, words(name), today)


def texts(svg: str) -> list[str]:
    return ["".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def dated(number: int, on: date, kind: Kind = "meeting", state: State = "open") -> Mark:
    return Mark(number, kind, state, on, on)


def test_it_is_well_formed_and_named_for_those_who_do_not_see_it() -> None:
    root = ElementTree.fromstring(wheel_svg(wheel(dated(1, date(2026, 3, 3)), name="<Moss> & «co»")))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Året. Tolv måneder"
    assert root.get("lang") == "nb"


def test_it_has_nothing_that_a_strict_policy_refuses() -> None:
    svg = wheel_svg(wheel(*(dated(n, date(2026, n, 9)) for n in range(1, 13))))
    assert not re.search(r"<(style|script|image|foreignObject)|\bstyle=|\bon\w+=|href|url\(", svg)


def test_twelve_months_every_number_and_today_are_there() -> None:
    marks = [dated(n, date(2026, 1 + n % 12, 20)) for n in range(1, 26)]
    found = texts(wheel_svg(wheel(*marks)))
    assert set(MONTHS) <= set(found)
    assert {str(n) for n in range(1, 26)} <= set(found)
    assert "I dag" in found
    assert "2026" in found


def test_today_is_not_in_another_year() -> None:
    assert "I dag" not in texts(wheel_svg(wheel(today=date(2025, 5, 5))))


def test_what_has_no_day_stands_in_the_middle_and_has_no_leader() -> None:
    plain = wheel_svg(wheel(Mark(7, "yearly")))
    assert "I løpet av året" in texts(plain)
    assert "7" in texts(plain)
    leaders = r'<circle cx="[^"]+" cy="[^"]+" r="2.6"'
    assert not re.search(leaders, plain), "no point on the rim, since there is no day"
    assert re.search(leaders, wheel_svg(wheel(dated(7, date(2026, 3, 3)))))


def test_a_season_is_a_band_and_a_day_is_none() -> None:
    season = Mark(1, "evaluation", "open", date(2026, 9, 1), date(2026, 11, 30))
    assert "fill-opacity" in wheel_svg(wheel(season))
    assert "fill-opacity" not in wheel_svg(wheel(dated(1, date(2026, 9, 1))))


def test_a_span_from_the_year_before_begins_at_the_top() -> None:
    span = Mark(1, "revision", "open", date(2025, 11, 1), date(2026, 2, 28))
    assert "M0.0 -263.0A" in wheel_svg(wheel(span)).replace("-0.0 ", "0.0 ")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_shape_of_its_own(kind: Kind) -> None:
    def shape(of: Kind) -> str:
        svg = sign_svg(Mark(1, of))
        outline = re.search(r"<(circle|polygon|rect)[^>]*>", svg)
        assert outline is not None
        count = len(re.findall(r"[-\d.]+,[-\d.]+", outline[0]))
        first = re.search(r'points="([-\d.]+)', outline[0])
        return f"{outline[1]} {count} {first[1] if first else ''}"

    assert [other for other in KINDS if shape(other) == shape(kind)] == [kind]


def test_every_state_is_drawn_otherwise_even_without_colour() -> None:
    def grey(state: State) -> str:
        colours = "|".join([*COLOURS.values(), GREY])
        return re.sub(rf"wheel-is-\w+|{colours}", "", sign_svg(Mark(1, "meeting", state)))

    drawings = {grey(state) for state in STATES}
    assert len(drawings) == len(STATES)


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", [*COLOURS.values(), GREY])
def test_numbers_can_be_read_on_white_and_white_on_them(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


@pytest.mark.parametrize("many", [1, 4, 5, 7, 8, 13, 14, 36, 80])
def test_however_many_have_no_day_all_are_drawn_within_the_middle(many: int) -> None:
    svg = wheel_svg(wheel(*(Mark(n, "yearly") for n in range(101, 101 + many)), today=None))
    assert {str(n) for n in range(101, 101 + many)} <= set(texts(svg))
    if many <= 36:
        boxes = re.findall(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
        pills = [tuple(map(float, box)) for box in boxes if float(box[3]) < 35 and float(box[1]) > -122]
        assert all((x + w) ** 2 <= 122**2 and y + h <= 122 for x, y, w, h in pills)


def test_words_are_broken_into_lines_and_cut_only_at_the_end() -> None:
    assert fitted("Møte i politirådet", 10, 3) == ["Møte i", "politirådet"]
    assert fitted("a b c d e f", 3, 2) == ["a b", "c d …"]
    assert fitted("", 10, 2) == []
    assert fitted("x" * 50, 10, 1) == ["x" * 9 + "…"]
