"""A checkpoint as people give it: pasted with odd line ends, typed with blanks in it, or not one at all."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.proved import ORIGIN, SIGNER
from workflow_app.domain.trail import checkpoint_text
from workflow_app.services.checking.typed import LONGEST, read_pasted, read_typed
from workflow_app.services.errors import FieldErrors

ROOT = bytes(range(32))
TEXT = checkpoint_text(ORIGIN, 48213, ROOT)
NOTE = SIGNER.sign(TEXT).decode()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda t: t,
        lambda t: t.replace("\n", "\r\n"),
        lambda t: f"\n\n  {t}  \n",
        lambda t: t.rstrip(),
        lambda t: t.replace("\n", "  \n"),
    ],
)
def test_blanks_and_line_ends_are_put_right(spoilt: Callable[[str], str]) -> None:
    asked = read_pasted(spoilt(NOTE))
    assert (asked.size, asked.root, asked.origin) == (48213, ROOT, ORIGIN)
    assert asked.note is not None
    assert asked.note.text == TEXT


def test_a_checkpoint_without_its_signatures_is_read_too() -> None:
    asked = read_pasted(TEXT.decode())
    assert (asked.size, asked.root, asked.origin, asked.note) == (48213, ROOT, ORIGIN, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tull",
        NOTE.replace("48213", "048213"),
        NOTE.replace("—", "-"),
        NOTE[:-8],
        "\ud800",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_no_checkpoint_gets_a_sentence(text: str) -> None:
    with pytest.raises(FieldErrors) as wrong:
        read_pasted(text)
    assert list(wrong.value.fields) == ["checkpoint"]


@given(st.text(max_size=400))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    with suppress(FieldErrors):
        read_pasted(text)
    with suppress(FieldErrors):
        read_typed(text, text)


BLANKS = f"{ROOT.hex()[:32]} {ROOT.hex()[32:]}"


@pytest.mark.parametrize("size", ["48213", " 48 213 ", "48.213", "48\u00a0213"])
@pytest.mark.parametrize("root", [ROOT.hex(), ROOT.hex().upper(), BLANKS, base64.b64encode(ROOT).decode()])
def test_numbers_are_read_as_people_write_them(size: str, root: str) -> None:
    assert read_typed(size, root)[:2] == (48213, ROOT)


@pytest.mark.parametrize(
    ("size", "root", "fields"),
    [
        ("", ROOT.hex(), ["size"]),
        ("1", ROOT.hex()[:-1], ["root"]),
        ("-1", "", ["size", "root"]),
        ("9" * 19, ROOT.hex(), ["size"]),
        ("٣", ROOT.hex(), ["size"]),
        ("1", base64.b64encode(ROOT[:-1]).decode(), ["root"]),
        ("1", "æ" * 64, ["root"]),
    ],
)
def test_wrong_numbers_are_told_each_by_its_field(size: str, root: str, fields: list[str]) -> None:
    with pytest.raises(FieldErrors) as wrong:
        read_typed(size, root)
    assert list(wrong.value.fields) == fields
