"""What an address asks for; what is not understood is said and left out, and the rest stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.overview.wanted import CHOICES, Wanted, read, states_meant

REGISTRY = workflow_definitions()


def test_everything_that_can_be_asked_is_understood() -> None:
    query = {
        "q": " moss  ", "district": "ost", "party": "3103", "state": "signed", "waits_for": "council",
        "due": "30", "in_force": "no", "agreement": "some", "sort": "kommune",
    }  # fmt: skip
    asked = read(query, REGISTRY)
    assert asked.problems == {}
    assert asked.wanted == Wanted("moss", "ost", "3103", "signed", "council", "30", "no", "some", "kommune")
    assert asked.wanted.query() == query | {"q": "moss"}
    assert asked.wanted.filtered


def test_what_is_not_understood_is_one_sentence_and_the_rest_stands() -> None:
    asked = read({"state": "tull", "due": "31", "waits_for": "police", "district": "vest"}, REGISTRY)
    assert asked.wanted == Wanted(waits_for="police", district="vest")
    assert set(asked.problems) == {"state", "due"}
    assert str(asked.problems["due"]).count("«31»") == 1
    assert "overdue, 30, 90, none" in str(asked.problems["due"])


def test_an_empty_address_asks_for_everything() -> None:
    assert read({}, REGISTRY).wanted == Wanted()
    assert not Wanted(sort="since", words="  ").filtered


def test_a_state_may_be_one_definitions_own() -> None:
    both, one = states_meant("reported", REGISTRY), states_meant("reported.politiradsavtale_vedtak", REGISTRY)
    assert len(both) == 2
    assert one == {REGISTRY.newest("politiradsavtale_vedtak").digest: ["reported"]}
    assert states_meant("reported.nothing", REGISTRY) == {}


values = st.text(max_size=12) | st.sampled_from([c for choices in CHOICES.values() for c in choices])


@given(st.dictionaries(st.sampled_from(["q", "district", "party", "state", *CHOICES]), values))
def test_whatever_is_asked_gets_an_answer_and_its_address_asks_the_same(query: dict[str, str]) -> None:
    asked = read(query, REGISTRY)
    again = read(asked.wanted.query(), REGISTRY)
    assert again.wanted == asked.wanted
    assert again.problems == {}
