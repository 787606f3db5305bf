"""What an address filters by, held against what the list knows."""

from __future__ import annotations

from workflow_app.services.filters import LONGEST, no_such, shortened, strange


def test_what_is_known_passes_and_what_any_page_may_have() -> None:
    given = [("q", "moss"), ("after", "x"), ("done", "saved"), ("lang", "nn")]
    assert strange(given, ("q", "state"), ("after",)) == {}


def test_an_unknown_name_and_one_given_twice_are_named_with_what_would_be_right() -> None:
    found = strange([("stat", "x"), ("q", "a"), ("q", "b"), ("z" * 900, "")], ("q", "state"), ("after",))
    assert set(found) == {"stat", "q", "z" * LONGEST}
    assert str(found["stat"]) == "There is no filter called «stat» here; choose among q, state."
    assert "more than once" in str(found["q"])


def test_a_value_is_named_with_those_there_are() -> None:
    assert str(no_such("due", "31", ("30", "90"))).endswith("choose among 30, 90.")
    assert shortened({"q": " " + "x" * 300 + " "}) == {"q": "x" * LONGEST}
