"""Two who answered at once: hers where she wrote, the other's where she did not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.evaluation_form.merging import FIELDS, merge

words = st.sampled_from(["", "a", "b"])
goal = st.fixed_dictionaries(dict.fromkeys(FIELDS, words))


def raw(*goals: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"goals": [*goals], "general": {}, "outcome": ""} | more


@given(goal, goal, goal)
def test_each_field_is_hers_where_she_changed_it_and_theirs_elsewhere(
    mine: dict[str, str], opened: dict[str, str], theirs: dict[str, str]
) -> None:
    made = merge(*(raw({"goal": "Mindre rus", **side}) for side in (mine, opened, theirs)))
    wanted = {n: theirs[n] if mine[n] == opened[n] else mine[n] for n in FIELDS}
    if made.raw["goals"]:
        assert made.raw["goals"] == [{"goal": "Mindre rus", **wanted}]
    assert (made.taken is None) == (wanted == mine)


@pytest.mark.parametrize(
    ("mine", "opened", "theirs", "left"),
    [
        ([], [], [{"goal": "A", "effect": "x"}], ["A"]),
        ([{"goal": "A"}], [{"goal": "A"}], [], []),
        ([{"goal": "A", "effect": "x"}], [{"goal": "A"}], [], ["A"]),
        ([], [{"goal": "A"}], [{"goal": "A"}], []),
        ([], [{"goal": "A"}], [{"goal": "A", "effect": "x"}], ["A"]),
        ([{"goal": "", "effect": "1"}, {"goal": "", "effect": "2"}], [], [], ["", ""]),
    ],
)
def test_goals_come_and_go_without_an_answer_being_lost(
    mine: list[dict[str, str]], opened: list[dict[str, str]], theirs: list[dict[str, str]], left: list[str]
) -> None:
    made = merge(raw(*mine), raw(*opened), raw(*theirs))
    assert [g["goal"] for g in made.raw["goals"]] == left


def test_the_ends_of_lines_are_no_change_and_one_sentence_tells_what_was_taken_over() -> None:
    opened = raw(general={"conclusion": "En\nto"})
    mine = raw(general={"conclusion": "En\r\nto", "cooperation": "Godt."})
    theirs = raw(general={"conclusion": "Tre"}, outcome="continues")
    made = merge(mine, opened, theirs)
    assert made.raw["general"] == {"conclusion": "Tre", "cooperation": "Godt."}
    assert made.raw["outcome"] == "continues"
    assert str(made.taken).endswith(": Conclusion and Outcome of the evaluation.")
