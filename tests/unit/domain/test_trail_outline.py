"""The fast way through an entry's line and the long one: the same verdict and the same words on every line.

The fast way is a grammar that may know less than an entry can be, but never
more. So wherever it answers, decoding must answer the same; and it must answer
on the lines that trails are made of, or it is not fast.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.test_trail import entries, entry
from workflow_app.domain import trail
from workflow_app.domain.trail import Outline, TrailError, _skim, decode, outline

PLAIN: list[dict[str, Any]] = [
    entry(data={"count": 10, "files": ["ø", None, True], "of": "Ærlig – 20/1187 (RS 41/26)", "x": -7}),
    entry(actor=None, data={"accounts": 28, "by": "console"}, private=..., transition=..., **{"from": ...}),
    entry(number=7, previous="cd" * 32, actor={"person": "p1"}, event_date="2025-02", to=...),
    entry(at="2026-11-22T09:51:13.912369-03:30", event_date="2025", data=..., definition=..., agreement=...),
    entry(data={"parties": ["3103", "ost"], "empty": "", "list": []}, at="2024-12-31T23:59:59+00:00"),
    entry(private={",": "ab" * 32, ":": "cd" * 32}),
]
ODD: list[dict[str, Any]] = [
    entry(at="2024-02-29T12:00:00+01:00"),
    entry(event_date="2024-02-29"),
    entry(number=2**53 - 1, previous="cd" * 32),
    entry(data={"text": 'a "quoted" line\n'}),
    entry(data={"signoff": {"how": "password"}}),
    entry(data={"Big": 1}),
    entry(data={"n": 10**15}),
    entry(kind='say"it', chain="back\\slash"),
    entry(data={"list": [":", "x"]}),
]


def both(raw: bytes) -> Outline | None:
    """What the long way says of a line, None where it refuses; fails where the fast way says otherwise."""
    try:
        told = decode(raw)
    except TrailError:
        assert _skim(raw) is None, raw
        with pytest.raises(TrailError):
            outline(raw)
        return None
    slow = Outline(
        told["chain"], told["number"], told["previous"], told["kind"], len(told.get("private", ()))
    )
    assert _skim(raw) in (None, slow), raw
    assert outline(raw) == slow
    return slow


@pytest.mark.parametrize("value", PLAIN, ids=range(len(PLAIN)))
def test_plain_lines_go_the_fast_way(value: dict[str, Any]) -> None:
    raw = trail.encode(value)
    assert _skim(raw) is not None
    assert both(raw) is not None


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_lines_go_the_long_way_and_come_as_far(value: dict[str, Any]) -> None:
    assert both(trail.encode(value)) is not None


LINE = trail.encode(entry()).decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"data":{', '"data":{"year":2019,'),
        ('"data":{', '"data":{"zz":1,'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":1.0}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":1e3}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":-0}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":01}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":NaN}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":9007199254740992}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":1,"a":1}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"b":1,"a":1}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":[1,]}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":["x",":y"],"b":1,"b":2}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":"\\u00f8"}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":"\\ud800"}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":"\\/"}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":"\x7f\u2028"}'),
        ('"data":{"files":["ø",null,true],"year":2020}', '"data":{"a":"\t"}'),
        ('"number":1', '"number":1.0'),
        ('"number":1', '"number":true'),
        ('"number":1', '"number":0'),
        ('"number":1', '"number":2'),
        ('"number":1', '"number":9007199254740992'),
        ('"previous":null', '"previous":"' + "ab" * 32 + '"'),
        ('"v":1', '"v":2'),
        ('"v":1', '"v":1,"v":1'),
        ('"v":1', '"v":true'),
        ('"v":1}', '"v":1} '),
        ('"v":1}', '"v":1}\n'),
        ('{"actor"', ' {"actor"'),
        ('"actor":{', '"actor":{"name":"x",'),
        ('"person":"p1"', '"person":""'),
        ('"person":"p1"', '"person":"p 1"'),
        ('"role":"mayor"', '"role":null'),
        ("2020-04-30T12:00:00+02:00", "2020-02-30T12:00:00+02:00"),
        ("2020-04-30T12:00:00+02:00", "2020-04-31T12:00:00+02:00"),
        ("2020-04-30T12:00:00+02:00", "0000-04-30T12:00:00+02:00"),
        ("2020-04-30T12:00:00+02:00", "2020-04-30T24:00:00+02:00"),
        ("2020-04-30T12:00:00+02:00", "2020-04-30T12:00:60+02:00"),
        ("2020-04-30T12:00:00+02:00", "2020-04-30T12:00:00+24:00"),
        ("2020-04-30T12:00:00+02:00", "2020-04-30T12:00:00-00:00"),
        ("2020-04-30T12:00:00+02:00", "2020-04-30T12:00:00.000000+02:00"),
        ('"event_date":"2020-04-29"', '"event_date":"0000"'),
        ('"event_date":"2020-04-29"', '"event_date":"2021-02-29"'),
        ('"event_date":"2020-04-29"', '"event_date":"2021-13"'),
        ('"private":{"reason":', '"private":{"reason":"' + "ab" * 32 + '","reason":'),
        ('"private":{"reason":', '"private":{"zz":"' + "ab" * 32 + '","reason":'),
        ("ab" * 32, "AB" * 32),
        ("ab" * 32, "ab" * 31),
        ("ø", "\\u00f8"),
    ],
)  # fmt: skip
def test_adversarial_lines_get_one_verdict(old: str, new: str) -> None:
    changed = LINE.replace(old, new, 1)
    assert changed != LINE
    both(changed.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("raw", [b"", b"\xff", b"\xed\xa0\x80", LINE.encode("utf-16"), b"x" * 2_000_000])
def test_rubble_gets_one_verdict(raw: bytes) -> None:
    assert both(raw) is None
    assert both(LINE.encode().replace("ø".encode(), raw[:3])) in (None, both(LINE.encode()))


def test_a_line_longer_than_an_entry_may_be_is_refused_either_way() -> None:
    assert both(LINE.replace("ø", "x" * trail.MAX_ENTRY).encode()) is None


@given(entries)
def test_every_entry_gets_one_verdict(value: dict[str, Any]) -> None:
    assert both(trail.encode(value)) is not None


@given(entries, st.integers(0, 2**32))
def test_every_entry_spoilt_gets_one_verdict(value: dict[str, Any], seed: int) -> None:
    raw, rng = bytearray(trail.encode(value)), Random(seed)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(raw))
        raw[at : at + rng.randint(0, 2)] = rng.choice(
            [bytes([rng.randrange(256)]), b'"', b":", b",", b"{", b"0", b"\\u0041", "ø".encode(), b""]
        )
    both(bytes(raw))


@given(st.permutations(sorted(entry())), st.booleans())
def test_keys_in_every_order_get_one_verdict(order: list[str], spaced: bool) -> None:
    told = entry()
    separators = (", ", ": ") if spaced else (",", ":")
    raw = json.dumps({key: told[key] for key in order}, ensure_ascii=False, separators=separators).encode()
    assert (both(raw) is not None) == (raw == trail.encode(told))
