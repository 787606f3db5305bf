"""A clause's link must end at the section that the text page shows the clause in."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.domain.reading import read
from workflow_app.web.present.places import Places, places_of
from workflow_app.web.present.sections import text_sections

TEXTS = sorted(
    f.name
    for f in files("workflow_app.services.demonstration").joinpath("texts").iterdir()
    if f.name.endswith("txt")
)


def text(name: str) -> str:
    return files("workflow_app.services.demonstration").joinpath("texts", name).read_text("utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_every_clause_of_the_demonstration_stands_in_the_section_its_link_names(name: str) -> None:
    whole = text(name)
    shown = {s.anchor: s for s in text_sections(whole)}
    places = places_of(whole)
    for rule in read(whole).rules:
        anchor, heading = places.at(rule.start)
        section = shown[anchor]
        assert section.heading == heading
        words = " ".join([section.heading or "", *(b.text for b in section.blocks)]).split()
        assert rule.quote.split()[0] in words, (rule.quote, anchor)


@given(
    st.lists(
        st.sampled_from(["# En", "## 2. To", "Noe om saken.", "", "- punkt", "3", "**Tre**"]), max_size=14
    )
)
@settings(max_examples=150, deadline=None)
def test_anchors_are_those_of_the_text_page(lines: list[str]) -> None:
    whole = "\n".join(lines)
    shown = {s.anchor: s.heading for s in text_sections(whole)}
    places = Places(whole)
    offset = 0
    for line in lines:
        anchor, heading = places.at(offset)
        if shown and line.strip() and anchor in shown:
            assert shown[anchor] == heading
        offset += len(line) + 1


def test_an_empty_text_has_one_place() -> None:
    assert Places("").at(0) == ("s-0", None)
    assert Places("").at(99) == ("s-0", None)
