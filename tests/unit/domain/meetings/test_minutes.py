"""Minutes: public or closed by the clause, and their text taken apart under the agenda's headings."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflow_app.domain.meetings.minutes import minutes_rule, outline, public_by_clause, split
from workflow_app.domain.rules import Rule

ARCHIVED = Rule("minutes", "minutes", "minutes are archived", 10, 20, {"archived": True})
PUBLIC = Rule("minutes", "minutes", "public minutes", 30, 40, {"public": True})
CLOSED = Rule("minutes", "minutes", "the meetings are closed", 30, 40, {"public": False})


@pytest.mark.parametrize(
    ("rules", "public", "quoted"),
    [
        ((), None, None),
        ((ARCHIVED,), None, ARCHIVED),
        ((ARCHIVED, PUBLIC), True, PUBLIC),
        ((CLOSED, ARCHIVED), False, CLOSED),
    ],
)
def test_the_clause_that_says_it_is_the_one_quoted(
    rules: tuple[Rule, ...], public: bool | None, quoted: Rule | None
) -> None:
    assert public_by_clause(rules) is public
    assert minutes_rule(rules) is quoted


def test_what_is_written_stands_under_its_point() -> None:
    text = "Satt kl. 10.\n\n1.  siden SIST\nLest.\n\nOgså dette.\n2. Annet\n"
    before, points = split(text, ["Siden sist", "Eventuelt"])
    assert before == ("Satt kl. 10.",)
    assert [(p.number, p.title, p.lines) for p in points] == [
        (1, "Siden sist", ("Lest.", "Også dette.", "2. Annet")),
        (2, "Eventuelt", ()),
    ]


def test_a_heading_is_found_once() -> None:
    _, [point] = split("1. Annet\nA\n1. Annet\nB", ["Annet"])
    assert point.lines == ("A", "1. Annet", "B")


titles = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1), max_size=5
)


said = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=30), max_size=4
)


@given(said, st.lists(st.tuples(titles.map("-".join).filter(bool), said), max_size=5))
def test_every_word_comes_back_under_its_heading(
    first: list[str], parts: list[tuple[str, list[str]]]
) -> None:
    points = [title for title, _ in parts]
    headings = {" ".join(f"{n}. {t}".split()).casefold() for n, t in enumerate(points, 1)}
    every = [first, *(lines for _, lines in parts)]
    assume(not any(" ".join(line.split()).casefold() in headings for lines in every for line in lines))
    text = "\n".join([*first, *(x for n, (t, lines) in enumerate(parts, 1) for x in (f"{n}. {t}", *lines))])
    before, found = split(text, points)
    assert [before, *(p.lines for p in found)] == [
        tuple(" ".join(line.split()) for line in lines if line.strip()) for lines in every
    ]


@given(titles)
def test_the_outline_is_the_agenda_with_nothing_said(points: list[str]) -> None:
    before, found = split(outline(points), points)
    assert before == ()
    assert [(p.title, p.lines) for p in found] == [(t, ()) for t in points]
