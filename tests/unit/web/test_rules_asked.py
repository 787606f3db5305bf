"""The page's form and the contract's JSON ask the same of the rules, and a preview what the saving asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyramid.testing import DummyRequest

from workflow_app.services.errors import FieldErrors
from workflow_app.web.rules_asked import answers_of, asked_in_json, corrections_of, note_of, previewed

RULES: list[dict[str, Any]] = [
    {"kind": "agenda", "form": "lead", "days": 7, "quote": "en uke før", "start": 5, "end": 15}
]


def asked(body: dict[str, Any]) -> dict[str, Any]:
    return asked_in_json(DummyRequest(body=json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("body", "action"),
    [
        ({"confirm": True}, "confirm"),
        ({"confirm": True, "answers": {"0": "x"}}, "confirm"),
        ({"corrections": [1], "confirm": True}, "correct"),
        ({"answers": {"0": "x"}}, "answer"),
        ({"accept": True}, "accept"),
        ({"definition": "x"}, "definition"),
        ({"action": "decline"}, "decline"),
        ({}, ""),
    ],
)
def test_json_names_what_is_to_be_done(body: dict[str, Any], action: str) -> None:
    assert asked(body)["action"] == action
    assert previewed(asked(body)) is None
    assert previewed(asked(body | {"preview": True})) == (action or "answer")


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"action": "preview:set_aside", "rule": "0"}, "set_aside"),
        ({"action": "preview", "as": "x:y", "rule": ""}, "replace"),
        ({"action": "preview", "rule": "0"}, "correct"),
        ({"action": "preview", "answer.0": "x"}, "answer"),
        ({"action": "correct", "rule": "0"}, None),
    ],
)
def test_a_button_says_what_is_only_to_be_shown(form: dict[str, str], shown: str | None) -> None:
    assert previewed(form) == shown


def test_a_form_without_the_clause_keeps_it_and_one_with_it_sends_it() -> None:
    [kept] = corrections_of({"rule": "0", "value.days": "14"}, "correct", RULES)
    assert kept == {"index": 0, "rule": {"days": "14"}}
    [sent] = corrections_of({"rule": "0", "value.days": "14", "quote": "uke"}, "correct", RULES)
    assert sent["rule"]["quote"] == "uke"


def test_marked_words_are_sent_with_their_place() -> None:
    form = {"as": "agenda:lead", "quote": "en uke", "value.days": "7", "near": "5"}
    assert corrections_of(form, "replace", RULES) == [
        {"rule": {"kind": "agenda", "form": "lead", "quote": "en uke", "days": "7", "start": 5}}
    ]
    [unknown] = corrections_of(form | {"near": "x", "rule": "0"}, "replace", RULES)
    assert "start" not in unknown["rule"]
    assert unknown["index"] == 0


@pytest.mark.parametrize("rule", ["", "1", "-1", "x", "²", "999999"])
def test_a_rule_that_is_not_there_is_asked_for(rule: str) -> None:
    for action in ("correct", "set_aside"):
        with pytest.raises(FieldErrors):
            corrections_of({"rule": rule}, action, RULES)


def test_answers_come_by_number_from_both() -> None:
    assert answers_of({"answers": {"0": "ja"}}) == answers_of({"answer.0": "ja", "rule": "1"}) == {"0": "ja"}


def test_a_note_has_an_end() -> None:
    assert note_of({"note": "x" * 500}) == "x" * 500
    with pytest.raises(FieldErrors):
        note_of({"note": "x" * 501})
