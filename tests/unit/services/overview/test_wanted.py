"""What an address asks for; what is not understood is refused, a sentence each."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import FieldErrors
from workflow_app.services.overview import wanted
from workflow_app.services.overview.wanted import CHOICES, OF_PERIODS, Wanted, states_meant

REGISTRY = workflow_definitions()


def read(query: Mapping[str, str], names: tuple[str, ...] = wanted.FILTERS) -> Wanted:
    return wanted.read(query, REGISTRY, lambda key: key == "3103", names=names, beside=("after",))


def test_everything_that_can_be_asked_is_understood() -> None:
    query = {
        "q": " moss  ", "district": "ost", "party": "3103", "state": "signed", "waits_for": "council",
        "due": "30", "in_force": "no", "agreement": "some", "sort": "kommune",
    }  # fmt: skip
    asked = read(query | {"after": "x", "done": "saved"})
    assert asked == Wanted("moss", "ost", "3103", "signed", "council", "30", "no", "some", "kommune")
    assert asked.query() == query | {"q": "moss"}
    assert asked.filtered


def test_what_is_not_understood_is_refused_with_a_sentence_each() -> None:
    given = {"state": "tull", "due": "31", "waits_for": "police", "district": "x", "party": "1", "stat": "a"}
    with pytest.raises(FieldErrors) as refused:
        read(given)
    problems = {name: str(message) for name, message in refused.value.fields.items()}
    assert set(problems) == {"state", "due", "district", "party", "stat"}
    assert problems["due"].count("«31»") == 1
    assert "overdue, 30, 90, none" in problems["due"]


def test_a_filter_of_another_list_is_none_here() -> None:
    with pytest.raises(FieldErrors) as refused:
        read({"q": "moss", "due": "30"}, OF_PERIODS)
    assert set(refused.value.fields) == {"due"}
    assert read({"q": "moss", "due": "30"}) == Wanted(words="moss", due="30")


def test_an_empty_address_asks_for_everything() -> None:
    assert read({}) == Wanted()
    assert not Wanted(sort="since", words="  ").filtered


def test_a_state_may_be_one_definitions_own() -> None:
    both, one = states_meant("reported", REGISTRY), states_meant("reported.politiradsavtale_vedtak", REGISTRY)
    assert len(both) == 2
    assert one == {REGISTRY.newest("politiradsavtale_vedtak").digest: ["reported"]}
    assert states_meant("reported.nothing", REGISTRY) == {}


values = st.text(max_size=12) | st.sampled_from([c for choices in CHOICES.values() for c in choices])


@given(st.dictionaries(st.sampled_from(["q", "district", "party", "state", *CHOICES]), values))
def test_whatever_is_asked_is_refused_or_its_address_asks_the_same(query: dict[str, str]) -> None:
    try:
        asked = read(query)
    except FieldErrors as error:
        refused = set(error.fields)
    else:
        assert read(asked.query()) == asked
        return
    assert refused <= set(query)
