"""Whose turn it is: only from a choice somebody made, every second year as the clause says."""

from __future__ import annotations

import pytest

from workflow_app.domain.meetings.rotation import Beginning, posts, turn_in, years_of_a_turn
from workflow_app.domain.rules import Rule

SECOND_YEAR = Rule(
    "rotation", "every", "Sekretær og tilrettelegger veksler hvert andre år", 0, 1,
    {"months": 24, "what": "secretary"},
)  # fmt: skip
SWAPPED = Rule("rotation", "every", "bytter på å innkalle", 0, 1, {"what": "convening"}, reason="no interval")
KOMMUNE = Beginning("municipal", 2024)


@pytest.mark.parametrize(
    ("year", "side", "first", "last"),
    [
        (2024, "municipal", 2024, 2025),
        (2025, "municipal", 2024, 2025),
        (2026, "police", 2026, 2027),
        (2029, "municipal", 2028, 2029),
    ],
)
def test_the_sides_take_two_years_each(year: int, side: str, first: int, last: int) -> None:
    turn = turn_in(year, SECOND_YEAR, [KOMMUNE])
    assert turn is not None
    assert (turn.side, turn.first, turn.last, turn.began) == (side, first, last, KOMMUNE)


def test_nobody_has_a_turn_until_somebody_chose_or_before_it_began() -> None:
    assert turn_in(2026, SECOND_YEAR, []) is None
    assert turn_in(2023, SECOND_YEAR, [KOMMUNE]) is None
    assert turn_in(2026, SECOND_YEAR, [Beginning("observer", 2024)]) is None


def test_a_new_choice_counts_from_its_own_year_and_cuts_the_turn_before() -> None:
    anew = [KOMMUNE, Beginning("municipal", 2027)]
    before, after = turn_in(2026, SECOND_YEAR, anew), turn_in(2027, SECOND_YEAR, anew)
    assert before is not None
    assert after is not None
    assert (before.side, before.first, before.last) == ("police", 2026, 2026)
    assert (after.side, after.last) == ("municipal", 2028)


def test_a_clause_without_an_interval_gives_no_turns() -> None:
    assert years_of_a_turn(SWAPPED) is None
    assert turn_in(2026, SWAPPED, [KOMMUNE]) is None
    assert years_of_a_turn(Rule("rotation", "every", "x", 0, 1, {"months": 6})) is None


def test_which_posts_the_clause_speaks_of() -> None:
    assert posts(SECOND_YEAR) == ("secretary", "convener")
    assert posts(SWAPPED) == ("convener",)
    assert posts(Rule("rotation", "every", "Lederen veksler", 0, 1, {"what": "chair"})) == ()
