"""Every mark is linked once, covers its own words, and no word of the text is lost or said twice."""

from __future__ import annotations

from importlib.resources import files
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.reading import read
from workflow_app.domain.reading.lines import split_lines
from workflow_app.web.pagemodels import Mark, MarkedSection, TextRun
from workflow_app.web.present.marked_text import Span, marked_text

TEXTS = sorted(
    f.name
    for f in files("workflow_app.services.demonstration").joinpath("texts").iterdir()
    if f.name.endswith("txt")
)
PLAIN = """# Avtale

Avtalen gjelder i to år
og revideres årlig. Partene møtes.

- første
  punkt
- andre punkt

Ordfører
Stasjonssjef
"""


def spans(*places: tuple[int, int]) -> list[Span]:
    return [Span(a, b, Mark(f"clause-{n}", f"#rule-{n}", str(n + 1), "")) for n, (a, b) in enumerate(places)]


def at(words: str, text: str = PLAIN) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def runs(sections: tuple[MarkedSection, ...]) -> list[TextRun]:
    return [r for s in sections for r in chain(s.heading, *(b.runs for b in s.blocks))]


def links(sections: tuple[MarkedSection, ...]) -> list[str]:
    """The ids of the marks in the order a keyboard meets them."""
    found = []
    for run in runs(sections):
        found += [mark.id for mark in run.others] + ([run.link.id] if run.link else [])
    return found


def covered(sections: tuple[MarkedSection, ...], key: str) -> str:
    return "".join(" " * run.newline + run.text for run in runs(sections) if key in run.keys)


def test_two_rules_of_one_sentence_are_linked_in_their_order_and_cover_the_same_words() -> None:
    place = at("gjelder i to år\nog revideres årlig")
    sections, linked = marked_text(PLAIN, spans(place, place))
    assert links(sections) == ["clause-0", "clause-1"]
    assert linked == {"clause-0", "clause-1"}
    assert covered(sections, "clause-0").split() == PLAIN[slice(*place)].split()


def test_marks_that_cross_are_cut_where_the_other_begins_and_ends() -> None:
    sections, _ = marked_text(PLAIN, spans(at("gjelder i to år\nog"), at("år\nog revideres årlig")))
    assert links(sections) == ["clause-0", "clause-1"]
    assert [(r.text, r.keys) for r in runs(sections) if r.keys] == [
        ("gjelder i to ", ("clause-0",)),
        ("år og", ("clause-0", "clause-1")),
        (" revideres årlig", ("clause-1",)),
    ]


def test_a_short_mark_inside_a_long_one_links_its_own_words() -> None:
    long, short = at("Avtalen gjelder i to år\nog revideres årlig."), at("revideres")
    sections, _ = marked_text(PLAIN, spans(long, short))
    [inner] = [r for r in runs(sections) if r.text == "revideres"]
    assert inner.link is not None
    assert inner.link.id == "clause-1"
    assert links(sections) == ["clause-0", "clause-1"]


def test_lines_cut_at_the_margin_flow_lists_are_lists_and_signatures_keep_their_lines() -> None:
    [section] = marked_text(PLAIN, [])[0]
    assert [r.text for r in section.heading] == ["Avtale"]
    assert [(b.words, b.item) for b in section.blocks] == [
        ("Avtalen gjelder i to år og revideres årlig. Partene møtes.", False),
        ("første punkt", True),
        ("andre punkt", True),
        ("Ordfører Stasjonssjef", False),
    ]
    assert [r.newline for r in section.blocks[-1].runs] == [False, True]
    assert [len(part) for part in section.parts] == [1, 2, 1]
    assert all(PLAIN[b.start :].startswith(b.runs[0].text.split()[0]) for b in section.blocks)


def test_a_mark_on_words_that_are_passed_over_is_linked_nowhere() -> None:
    text = "POLITIET\n\nAvtalen gjelder.\n"
    sections, linked = marked_text(text, spans((0, 8)))
    assert linked == frozenset()
    assert links(sections) == []


def test_each_block_has_its_own_way_to_a_rule() -> None:
    [section] = marked_text(PLAIN, [], pick=lambda a, b: PLAIN[a:b])[0]
    assert section.blocks[1].pick == "første\n  punkt"


@pytest.mark.parametrize("name", TEXTS)
def test_every_clause_of_the_demonstration_is_marked_word_for_word(name: str) -> None:
    text = files("workflow_app.services.demonstration").joinpath("texts", name).read_text("utf-8")
    reading = read(text)
    rules = (*reading.rules, *reading.undated)
    sections, linked = marked_text(text, spans(*((r.start, r.end) for r in rules)))
    assert len(linked) == len(rules)
    assert sorted(links(sections)) == sorted(linked)
    for n, rule in enumerate(rules):
        assert "".join(covered(sections, f"clause-{n}").split()) == "".join(rule.quote.split())


@given(
    st.text(alphabet="abAB.-:#1 \n\t", max_size=120),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=6),
)
def test_no_word_is_lost_and_no_mark_is_linked_twice(text: str, places: list[tuple[int, int]]) -> None:
    made = spans(*(tuple(sorted(place)) for place in places))  # type: ignore[arg-type]  # two of them
    sections, linked = marked_text(text, made)
    assert sorted(links(sections)) == sorted(set(links(sections))) == sorted(linked)
    said = "".join("".join(r.text for r in runs(sections)).split())
    shown = "".join(
        "".join(line.text[line.bullet :].split())
        for line in split_lines(text)
        if line.kind not in ("debris", "toc")
    )
    # A heading is shown without the marks that make it one.
    assert len(said) <= len(shown)
    assert said.replace("#", "").replace(":", "") == shown.replace("#", "").replace(":", "")
    for run in runs(sections):
        assert (run.marked is None) == (not run.keys)
