"""What no database can keep is refused before anything is done with it, by the name of its field."""

from __future__ import annotations

import json

import pytest
from pyramid.request import Request
from webob.multidict import MultiDict

from workflow_app.services.errors import FieldErrors
from workflow_app.web.body import form_fields, json_object


def body(value: object) -> Request:
    return Request.blank("/", body=json.dumps(value).encode(), content_type="application/json", method="POST")


@pytest.mark.parametrize("value", ["\0", "a\0b", ["a", {"b": "c\0"}], [{"\0": 1}]])
def test_a_null_character_is_refused_wherever_it_stands(value: object) -> None:
    with pytest.raises(FieldErrors) as wrong:
        json_object(body({"party": value, "title": "x"}))
    assert set(wrong.value.fields) == {"party"}
    if isinstance(value, str):
        with pytest.raises(FieldErrors) as wrong:
            form_fields(MultiDict([("party", value), ("party", "moss")]))
        assert set(wrong.value.fields) == {"party"}


def test_the_name_of_a_field_may_hold_none_either() -> None:
    with pytest.raises(FieldErrors) as wrong:
        json_object(body({"par\0ty": 1}))
    assert set(wrong.value.fields) == {"par\ufffdty"}


def test_what_only_looks_like_one_is_text() -> None:
    written = {"party": "a\\u0000b", "deep": json.loads("[" * 400 + "]" * 400)}
    assert json_object(body(written)) == written
