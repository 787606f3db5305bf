"""The picture: well-formed, within its frame, and with nothing told by colour alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.domain.dates import Interval
from workflow_app.domain.timeline.periods import Period
from workflow_app.domain.timeline.picture import TALLEST, WIDTH, Band, Bar, Hole, Words, svgs

TODAY = date(2026, 6, 1)
WORDS = Words("Når avtalene gjelder", "Årene bortover.", "i dag")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bands: Band) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in svgs(bands, WORDS, first_year=2018, last_year=2029, today=TODAY)]


def bar(signed: str, last: str | None, words: str = "x", running: bool = True) -> Bar:
    return Bar(Period(Interval.parse(signed), None if last is None else Interval.parse(last)), words, running)


def kinds(svg: ET.Element) -> list[str]:
    return [g.get("class", "") for g in svg.iter(f"{SVG}g")]


def said(svg: ET.Element) -> list[str]:
    return [t.text or "" for t in svg.iter(f"{SVG}text")]


def test_it_says_what_it_is_and_where_today_is() -> None:
    (svg,) = drawn(Band("Vågå", (bar("2020-01-01", "2027-12-31", "2020–2027"),)))
    assert svg.findtext(f"{SVG}title") == "Når avtalene gjelder: Vågå – Vågå"
    assert svg.findtext(f"{SVG}desc") == "Årene bortover."
    assert svg.get("aria-labelledby") == "tl-title-1 tl-desc-1"
    assert {"Vågå", "2020–2027", "i dag", "2018", "2029"} <= set(said(svg))


def test_names_from_elsewhere_are_never_markup() -> None:
    (svg,) = drawn(Band("<b>&\"'", (bar("2020-01-01", None, "<script>"),), (Hole(TODAY, TODAY, "&"),)))
    assert "<b>&\"'" in said(svg)
    assert "<script>" in said(svg)


def test_an_open_end_fades_and_a_half_known_day_is_hatched() -> None:
    (svg,) = drawn(
        Band("A", (bar("2020", None), bar("2020-02-01", "2021-02"), bar("2019-01-01", "2020-01-01")))
    )
    fills = [r.get("fill", "") for r in svg.iter(f"{SVG}rect")]
    assert fills.count("url(#tl-fade)") == 1
    assert fills.count("url(#tl-half-running)") == 2
    assert sum("tl-open" in kind for kind in kinds(svg)) == 1


def test_what_is_over_and_what_runs_differ_in_more_than_colour() -> None:
    (svg,) = drawn(
        Band("A", (bar("2019-01-01", "2022-01-01", running=False), bar("2023-01-01", "2027-01-01")))
    )
    assert sum("tl-running" in kind for kind in kinds(svg)) == 1
    edges = {(r.get("fill"), r.get("stroke")) for r in svg.iter(f"{SVG}rect") if r.get("rx") == "2"}
    assert sum(fill == edge for fill, edge in edges) == 1


def test_words_without_room_are_left_to_the_table() -> None:
    hole = Hole(date(2022, 1, 1), date(2022, 1, 14), "14 dager")
    (svg,) = drawn(Band("A", (bar("2021-12-01", "2021-12-31", "2021–2021"),), (hole,)))
    assert "14 dager" not in said(svg)
    assert "2021–2021" not in said(svg)
    assert any("tl-gap" in r.get("class", "") for r in svg.iter(f"{SVG}rect"))


def test_an_open_end_says_so_where_there_is_room_and_a_kommune_without_a_bar_says_why() -> None:
    opened = Period(Interval.parse("2020-01-01"), None)
    late = Period(Interval.parse("2028-06-01"), None)
    bars = (
        Bar(opened, "2020–, ingen sluttdato", True, "2020–"),
        Bar(late, "2028–, ingen sluttdato", True, "2028–"),
    )
    (svg,) = drawn(Band("A", bars), Band("B", note="Ikke undertegnet"))
    assert {"2020–, ingen sluttdato", "Ikke undertegnet"} <= set(said(svg))
    assert "2028–, ingen sluttdato" not in said(svg)


def test_many_kommuner_are_several_drawings_each_with_its_years_and_ids_of_its_own() -> None:
    several = drawn(*(Band(f"K{n}", (bar("2020-01-01", None),)) for n in range(50)))
    assert len(several) > 1
    ids = [e.get("id") for svg in several for e in svg.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert sum(f"K{n}" in said(svg) for svg in several for n in range(50)) == 50
    for svg in several:
        assert float(svg.get("height", "0")) <= TALLEST + 4
        assert "2020" in said(svg)


def test_nothing_is_drawn_where_there_is_nothing() -> None:
    assert svgs((), WORDS, first_year=2018, last_year=2029, today=TODAY) == ()


dates = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    a, b = sorted((draw(dates), draw(dates)))
    doubt = timedelta(days=draw(st.integers(0, 400)))
    last = draw(st.sampled_from((None, Interval.on(b), Interval(b, b + doubt))))
    return Bar(Period(Interval(a, a + doubt), last), draw(st.text(max_size=12)), draw(st.booleans()))


# XML has no way to write most control characters; titles and names are cleaned of them when they come in.
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@settings(max_examples=60)
@given(st.lists(st.builds(Band, names, st.lists(bars(), max_size=4).map(tuple)), min_size=1, max_size=9))
def test_every_shape_lies_within_the_frame(bands: list[Band]) -> None:
    clean = [
        Band(
            b.name,
            tuple(Bar(x.period, "".join(c for c in x.words if c.isprintable()), x.running) for x in b.bars),
        )
        for b in bands
    ]
    for svg in drawn(*clean):
        height = float(svg.get("height", "0"))
        for rect in svg.iter(f"{SVG}rect"):
            if rect.get("x") is None:
                continue
            x, y = float(rect.get("x", "0")), float(rect.get("y", "0"))
            wide, tall = float(rect.get("width", "0")), float(rect.get("height", "0"))
            assert min(x, y) >= -0.1
            assert x + wide <= WIDTH + 0.1
            assert y + tall <= height + 0.1
