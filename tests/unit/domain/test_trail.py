"""The trail's bytes: one spelling of an entry, one hash, and every tampering seen."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain import trail
from workflow_app.domain.trail import Opening, TrailError

DIGEST = "ab" * 32
SALT = bytes(range(32))


def entry(**changes: Any) -> dict[str, Any]:
    """A first entry with every field, changed as told; a field given as ``...`` is left out."""
    full = {
        "v": 1,
        "chain": "agreement/1",
        "number": 1,
        "previous": None,
        "kind": "transition",
        "at": "2020-04-30T12:00:00+02:00",
        "actor": {"person": "p1", "role": "mayor", "party": "3103", "acting_for": "p2"},
        "event_date": "2020-04-29",
        "transition": "sign",
        "from": "negotiated",
        "to": "signed",
        "definition": DIGEST,
        "agreement": DIGEST,
        "data": {"year": 2020, "files": ["ø", None, True]},
        "private": {"reason": trail.commitment("reason", "fordi", SALT)},
    } | changes
    return {key: value for key, value in full.items() if value is not ...}


def chain(length: int, name: str = "agreement/1") -> list[bytes]:
    """The lines of a chain of ``length`` entries."""
    lines: list[bytes] = []
    for number in range(1, length + 1):
        previous = trail.entry_hash(lines[-1]) if lines else None
        lines.append(trail.encode(entry(chain=name, number=number, previous=previous, data={"step": number})))
    return lines


# Canonical JSON


def test_canonical_is_rfc_8785_where_the_subset_goes() -> None:
    value = {"b": [1, -2, True, None], "a": 'æ"\\\b\f\n\r\t\x01\x7f€'}
    assert trail.canonical(value) == (
        '{"a":"æ\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f€","b":[1,-2,true,null]}'.encode()
    )


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), 2**53, -(2**53), {1: 2}, {"ø": 1}, "\ud800", b"x", {1, 2}, ...],
    ids=repr,
)
def test_canonical_refuses_what_has_no_one_spelling(value: object) -> None:
    with pytest.raises(TrailError):
        trail.canonical({"x": value})


def test_canonical_takes_the_largest_integers_and_the_deepest_nesting() -> None:
    value: Any = [2**53 - 1, -(2**53 - 1)]
    for _ in range(trail.MAX_DEPTH - 1):
        value = [value]
    assert trail.parse(trail.canonical(value)) == value
    with pytest.raises(TrailError, match="nested deeper"):
        trail.canonical([[value]])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e0}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":"\\u00f8"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":1}\n',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        '{"ø":1}'.encode(),
        '{"a":1}'.encode("utf-16"),
    ],
    ids=lambda raw: repr(raw[:30]),
)
def test_parse_refuses_every_other_spelling(raw: bytes) -> None:
    with pytest.raises(TrailError):
        trail.parse(raw)


def test_parse_refuses_what_is_not_bytes_or_too_long() -> None:
    with pytest.raises(TrailError, match="not bytes"):
        trail.parse("{}")  # type: ignore[arg-type]
    with pytest.raises(TrailError, match="longer than 4"):
        trail.parse(b'"abc"', 4)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(json_values)
def test_parse_undoes_canonical_and_agrees_with_json(value: Any) -> None:
    raw = trail.canonical(value)
    assert trail.parse(raw) == value == json.loads(raw)
    assert trail.canonical(trail.parse(raw)) == raw


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:0123456789.-eE\\untrflas', max_size=60))
def test_what_parse_takes_it_gives_back_byte_for_byte(raw: bytes | str) -> None:
    raw = raw.encode() if isinstance(raw, str) else raw
    try:
        value = trail.parse(raw)
    except TrailError:
        return
    assert trail.canonical(value) == raw


# Entries


names = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
entries = st.fixed_dictionaries(
    {
        "v": st.just(1),
        "chain": names,
        "number": st.integers(2, 2**53 - 1),
        "previous": hashes,
        "kind": names,
        "at": st.datetimes(min_value=datetime(1000, 1, 1), timezones=zones).map(datetime.isoformat),
        "actor": st.none()
        | st.fixed_dictionaries(
            {"person": names}, optional={"role": names, "party": names, "acting_for": names}
        ),
    },
    optional={
        "event_date": st.dates().map(lambda day: day.isoformat())
        | st.dates().map(lambda day: day.isoformat()[:7])
        | st.dates().map(lambda day: day.isoformat()[:4]),
        "transition": names,
        "from": names,
        "to": names,
        "definition": hashes,
        "agreement": hashes,
        "data": st.dictionaries(names, json_values, min_size=1, max_size=3),
        "private": st.dictionaries(names, hashes, min_size=1, max_size=3),
    },
)


@given(entries)
def test_decode_undoes_encode(value: dict[str, Any]) -> None:
    raw = trail.encode(value)
    assert trail.decode(raw) == value
    assert trail.encode(trail.decode(raw)) == raw


def test_the_bytes_of_an_entry_never_change() -> None:
    """Written out by hand: hashed bytes cannot be migrated, so a change here breaks every trail."""
    raw = trail.encode(entry(private=..., definition=..., agreement=...))
    assert (
        raw
        == (
            '{"actor":{"acting_for":"p2","party":"3103","person":"p1","role":"mayor"},'
            '"at":"2020-04-30T12:00:00+02:00","chain":"agreement/1","data":{"files":["ø",null,true],"year":2020},'
            '"event_date":"2020-04-29","from":"negotiated","kind":"transition","number":1,"previous":null,'
            '"to":"signed","transition":"sign","v":1}'
        ).encode()
    )
    assert trail.entry_hash(raw) == hashlib.sha256(b"\x00" + raw).hexdigest()


def test_the_empty_leaf_is_the_one_of_rfc_6962() -> None:
    assert trail.entry_hash(b"") == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


WRONG = [
    ("v", 2),
    ("v", True),
    ("chain", ""),
    ("chain", "two words"),
    ("chain", "x" * 201),
    ("chain", ...),
    ("number", 0),
    ("number", True),
    ("number", "1"),
    ("previous", DIGEST),
    ("previous", ...),
    ("kind", None),
    ("kind", "ø"),
    ("at", "2020-04-30T12:00:00"),
    ("at", "2020-04-30T12:00:00Z"),
    ("at", "2020-04-30 12:00:00+02:00"),
    ("at", "2020-02-31T12:00:00+02:00"),
    ("at", "2020-04-30T12:00:00-00:00"),
    ("at", "2020-04-30T12:00:00.000000+02:00"),
    ("actor", {}),
    ("actor", "p1"),
    ("actor", {"person": "p1", "role": None}),
    ("actor", {"person": "p1", "name": "x"}),
    ("actor", ...),
    ("event_date", "2020-02-31"),
    ("event_date", "2020-13"),
    ("event_date", "0000"),
    ("event_date", "30.04.2020"),
    ("event_date", None),
    ("transition", None),
    ("from", ""),
    ("definition", "AB" * 32),
    ("agreement", "ab"),
    ("data", {}),
    ("data", []),
    ("private", {}),
    ("private", {"reason": "fordi"}),
    ("private", {"": DIGEST}),
    ("note", "x"),
]


@pytest.mark.parametrize(("field", "value"), WRONG, ids=lambda part: repr(part)[:40])
def test_an_entry_with_a_wrong_field_is_neither_written_nor_read(field: str, value: object) -> None:
    wrong = entry(**{field: value})
    with pytest.raises(TrailError, match=field):
        trail.encode(wrong)
    with pytest.raises(TrailError, match=field):
        trail.decode(trail.canonical(wrong))


def test_an_entry_is_an_object_and_of_bounded_length() -> None:
    with pytest.raises(TrailError, match="object"):
        trail.decode(b"[]")
    with pytest.raises(TrailError, match="longer"):
        trail.encode(entry(data={"x": "x" * trail.MAX_ENTRY}))


def test_a_second_entry_must_have_a_link() -> None:
    with pytest.raises(TrailError, match="previous"):
        trail.encode(entry(number=2, previous=None))


# Commitments


def test_a_commitment_is_bound_to_field_value_and_salt() -> None:
    made = trail.commitment("reason", "fordi", SALT)
    others = {
        trail.commitment("title", "fordi", SALT),
        trail.commitment("reason", "derfor", SALT),
        trail.commitment("reason", "fordi", SALT[::-1]),
        trail.commitment("reasonf", "ordi", SALT),
        hashlib.sha256(SALT + b"fordi").hexdigest(),
    }
    assert len(others) == 5
    assert made not in others
    prefix = b"avtaleflyt/trail/commitment/v1\x00"
    assert made == hashlib.sha256(prefix + SALT + b"\0\0\0\6reason" + b"fordi").hexdigest()


@pytest.mark.parametrize(("value", "salt"), [("x", b"short"), ("x", b""), ("\ud800", SALT)])
def test_a_commitment_refuses_short_salts_and_half_characters(value: str, salt: bytes) -> None:
    with pytest.raises(TrailError):
        trail.commitment("reason", value, salt)


def test_openings_are_held_against_the_commitments() -> None:
    told = entry()
    assert trail.check_openings(told, {"reason": Opening(SALT, "fordi")}) == 0
    assert trail.check_openings(told, {}) == 1
    for openings, where in (
        ({"reason": Opening(SALT, "derfor")}, "not the one that was entered"),
        ({"reason": Opening(SALT[::-1], "fordi")}, "not the one that was entered"),
        ({"title": Opening(SALT, "fordi")}, "has no field 'title'"),
    ):
        with pytest.raises(TrailError, match=f"Entry 1 of the chain 'agreement/1': .*{where}"):
            trail.check_openings(told, openings)


# Chains


def _set(at: int, change: Callable[[bytes], bytes]) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [*lines[:at], change(lines[at]), *lines[at + 1 :]]


def _rehash(lines: list[bytes]) -> list[bytes]:
    # The operator's best try at one entry: change it and mend its own form, not its successors.
    told = trail.decode(lines[2])
    return [*lines[:2], trail.encode(told | {"to": "terminated"}), *lines[3:]]


TAMPERINGS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "a changed value": (_rehash, "Entry 4 .*does not point to"),
    "a changed byte": (_set(2, lambda raw: raw.replace(b"mayor", b"major")), "Entry 4 .*does not point to"),
    "a broken byte": (_set(2, lambda raw: raw.replace(b"{", b"\xff", 1)), "Entry 3 .*not JSON"),
    "another spelling": (_set(2, lambda raw: raw + b" "), "Entry 3 .*not canonically"),
    "keys the other way": (
        _set(2, lambda raw: json.dumps(dict(reversed(json.loads(raw).items()))).encode()),
        "Entry 3 .*not canonically",
    ),
    "deleted in the middle": (lambda lines: lines[:2] + lines[3:], "Entry 3 .*number 4 stands here"),
    "head cut off": (lambda lines: lines[1:], "Entry 1 .*number 2 stands here"),
    "doubled": (lambda lines: [*lines[:3], lines[2], *lines[3:]], "Entry 4 .*number 3 stands here"),
    "swapped": (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "Entry 2 .*number 3 stands here"),
    "of another chain": (_set(0, lambda raw: chain(1, "agreement/2")[0]), "belongs to the chain 'agreement/"),
    "emptied": (lambda lines: [], "The chain is empty"),
    "a blank line": (lambda lines: [*lines, b""], "Entry 6 .*not JSON"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_a_chain_shows(name: str) -> None:
    tamper, told = TAMPERINGS[name]
    lines = chain(5)
    assert trail.verify_chain(lines).ok
    verdict = trail.verify_chain(tamper(lines), "agreement/1")
    assert not verdict.ok
    assert verdict.exit_code == 1
    assert verdict.first_fault is not None
    assert re.search(told, verdict.first_fault.en), verdict.first_fault.en
    assert verdict.first_fault.nb != verdict.first_fault.en


def test_what_a_chain_alone_cannot_show() -> None:
    """A cut tail and a chain written wholly anew hold in themselves; the verdict says so."""
    cut = trail.verify_chain(chain(5)[:3])
    assert cut.ok
    assert "after the last checkpoint that both parties' witnesses cosigned" in trail.report(cut)
    assert trail.verify_chain(chain(5, "agreement/2")).ok


@given(st.data())
def test_any_one_changed_byte_before_the_last_entry_shows(data: st.DataObject) -> None:
    lines = chain(3)
    row = data.draw(st.integers(0, 1))
    at = data.draw(st.integers(0, len(lines[row]) - 1))
    changed = bytearray(lines[row])
    changed[at] ^= data.draw(st.integers(1, 255))
    lines[row] = bytes(changed)
    assert not trail.verify_chain(lines).ok


@given(st.lists(st.binary(max_size=50) | st.sampled_from(chain(3)), max_size=6))
def test_any_lines_get_a_verdict(lines: list[bytes]) -> None:
    verdict = trail.verify_chain(lines)
    prefix = [*lines] == chain(3)[: len(lines)]
    assert verdict.ok == (prefix and bool(lines))


def test_the_report_is_in_both_languages_and_shows_no_control_characters() -> None:
    good = trail.report(trail.verify_chain(chain(2)))
    assert good.index("RESULTAT: Sporet er helt.") < good.index("RESULT: The trail is whole.")
    bad = trail.report(trail.verify_chain([trail.canonical(entry(kind="\x1b[2J\n" + "x" * 500))]))
    assert "RESULTAT: FEIL." in bad
    assert "RESULT: FAULT." in bad
    assert "\x1b" not in bad
    assert max(map(len, bad.splitlines())) < 300


# The file itself


def test_the_file_needs_the_standard_library_alone() -> None:
    tree = ast.parse(Path(trail.__file__).read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for top in tree.body
        # What is tried is taken where it is there and done without where it is not.
        if not isinstance(top, ast.Try)
        for node in ast.walk(top)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert "hashlib" in imported
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("words", "code", "stream"),
    [
        ([], 2, "usage"),
        (["--help"], 2, "usage"),
        (["absent.zip"], 2, "cannot be opened"),
        (["bad.zip"], 1, "FAULT"),
    ],
)
def test_the_file_runs_alone(tmp_path: Path, words: list[str], code: int, stream: str) -> None:
    (tmp_path / "verify.py").write_bytes(Path(trail.__file__).read_bytes())
    (tmp_path / "bad.zip").write_bytes(b"PK\x05\x06 not really")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "verify.py", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert stream in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_console_without_norwegian_letters_gets_the_verdict_too(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, trail.__file__, "bad.zip"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "RESULT: FAULT." in done.stdout
