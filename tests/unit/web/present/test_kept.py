"""What is shown beside the login of a form whose session had ended."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from workflow_app.web.present.kept import kept


def shown(**sent: str) -> list[tuple[str, str]]:
    """Field and words of everything that is shown."""
    request = SimpleNamespace(POST={n.replace("__", "."): v for n, v in sent.items()}, say=str)
    return [(k.name, k.value) for k in kept(cast(Any, request))]


@pytest.mark.parametrize(
    "name",
    ["minutes", "body", "description", "text", "learning_points", "reason", "handling__2__proposal",
     "goals__1__effect", "general__conclusion"],
)  # fmt: skip
def test_whole_sentences_are_shown(name: str) -> None:
    assert shown(**{name: "Rådet drøftet lyset."}) == [(name.replace("__", "."), "Rådet drøftet lyset.")]


def test_choices_empty_fields_and_passwords_are_not() -> None:
    assert shown(minutes="  ", password="hemmelig", on="2026-06-09", action="write") == []
    assert shown(handling__1__committee="Formannskapet", handling__0__proposal="x") == []
