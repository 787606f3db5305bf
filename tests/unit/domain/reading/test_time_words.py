"""Words of time, and the stems that save the search for them."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow_app.domain.reading.stems import fold, mentions
from workflow_app.domain.reading.time_words import ROWS, WITH_DIGITS, first_time


@pytest.mark.parametrize(("stems", "pattern"), ROWS, ids=[stems[0] for stems, _ in ROWS])
@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_row_matches_holds_a_stem(
    stems: tuple[str, ...], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    words = data.draw(st.from_regex(pattern, fullmatch=True))
    assert mentions(fold(words), stems), words


@settings(max_examples=50, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.from_regex(WITH_DIGITS, fullmatch=True))
def test_whatever_the_first_row_matches_holds_a_digit(words: str) -> None:
    assert any(map(str.isdecimal, words))


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("Rådet ble stiftet i 2006 og møtes om høsten.", 20),
        ("Møtet holdes om høsten 2024.", 16),
        ("Meld fra innen rimelig tid.", 9),
        ("Ordningen varer inntil videre.", 16),
        ("Fristen er en fredag.", 0),
        ("Det gjøres tre ganger.", 11),
        ("Vi samarbeider godt hver dag med våre naboer.", None),
        ("", None),
    ],
)
def test_the_first_word_of_time(words: str, at: int | None) -> None:
    assert first_time(words, fold(words)) == at
