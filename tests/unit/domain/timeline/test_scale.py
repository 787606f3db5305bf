"""Days on a line of years, and words that never reach beyond their room."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.timeline.scale import Scale, shortened, text_width

SCALE = Scale(2020, 2027, 150, 900)


def test_the_ends_of_the_line_are_the_first_and_the_last_day() -> None:
    assert SCALE.x(date(2020, 1, 1)) == 150
    assert SCALE.x(date(2027, 12, 31), end=True) == SCALE.right == 1050
    assert SCALE.x(date(1999, 5, 5)) == 150
    assert SCALE.x(date(2099, 5, 5)) == 1050


@given(st.dates(date(2015, 1, 1), date(2032, 1, 1)), st.dates(date(2015, 1, 1), date(2032, 1, 1)))
def test_a_later_day_never_stands_before_an_earlier_one(one: date, other: date) -> None:
    early, late = sorted((one, other))
    assert 150 <= SCALE.x(early) <= SCALE.x(late) <= SCALE.x(late, end=True) <= 1050


@given(st.text(max_size=60), st.floats(20, 400))
def test_shortened_words_fit(words: str, room: float) -> None:
    kept = shortened(words, 13, room)
    assert text_width(kept, 13) <= room
    assert kept == words or kept.endswith("…")


DRAWN = {"Sør-Varanger": 82, "Øystre Slidre kommune": 147, "WWWW": 52, "1422 dager": 70,
         "Herøy (Møre og Romsdal)": 160, "mmmm": 48, "iiii": 15}  # fmt: skip
"""Measured in a browser at 13 px, half-bold: the wider of Inter and Liberation Sans."""


def test_words_are_never_taken_for_narrower_than_they_are_drawn() -> None:
    for words, drawn in DRAWN.items():
        assert drawn <= text_width(words, 13) <= drawn * 1.5, words
