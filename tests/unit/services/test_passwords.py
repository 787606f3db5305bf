"""Passwords: kept as argon2id, judged by length and by how well known they are."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services import passwords
from workflow_app.services.errors import ServiceError

CHEAP = passwords.Passwords(time_cost=1, memory_kib=8, lanes=1)
GOOD = "tre blå hester i trappen"


def test_the_standard_is_owasps_least_or_more() -> None:
    found = extract_parameters(passwords.STANDARD.hash(GOOD))
    assert found.type is Type.ID
    assert (found.memory_cost, found.time_cost, found.parallelism) >= (19 * 1024, 2, 1)
    assert found.salt_len >= 16


def test_the_right_password_and_no_other() -> None:
    stored = CHEAP.hash(GOOD)
    assert GOOD not in stored
    assert CHEAP.hash(GOOD) != stored
    assert CHEAP.verify(stored, GOOD)
    assert not CHEAP.verify(stored, GOOD + " ")
    assert not CHEAP.verify(stored, "")


def test_the_same_letters_typed_on_another_keyboard() -> None:
    stored = CHEAP.hash(unicodedata.normalize("NFC", GOOD))
    assert CHEAP.verify(stored, unicodedata.normalize("NFD", GOOD))


@pytest.mark.parametrize("stored", [None, "", "plain", "$argon2id$v=19$broken", "$2b$12$abc"])
def test_nobody_and_a_mangled_hash_are_a_no(stored: str | None) -> None:
    assert not CHEAP.verify(stored, GOOD)
    assert not CHEAP.verify(stored, "nobody has this password")


def test_nobody_is_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = type(CHEAP._hasher).verify

    def counting(self: object, stored: str, password: str) -> bool:
        asked.append(stored)
        return bool(real(self, stored, password))  # type: ignore[arg-type]

    monkeypatch.setattr(type(CHEAP._hasher), "verify", counting)
    stored = CHEAP.hash(GOOD)
    CHEAP.verify(None, GOOD)
    CHEAP.verify(stored, GOOD)
    assert len(asked) == 2
    # The same work: the dummy was made with the same parameters.
    assert extract_parameters(asked[0]) == extract_parameters(asked[1])


@given(st.text())
def test_no_text_whatever_breaks_the_comparison(text: str) -> None:
    assert not CHEAP.verify(None, text)


@pytest.mark.parametrize("text", ["\ud800" * 12, "a" * 1025, "a" * 100_000])
def test_half_characters_and_endless_ones_are_a_no(text: str) -> None:
    assert not CHEAP.verify(CHEAP.hash(GOOD), text)


def test_an_endless_one_is_no_even_where_its_beginning_is_right() -> None:
    longest = "æ" * passwords.MAXIMUM
    assert CHEAP.verify(CHEAP.hash(longest), longest)
    assert not CHEAP.verify(CHEAP.hash(longest + "æ"), longest + "æ")


def test_a_hash_of_other_parameters_is_outdated() -> None:
    stored = CHEAP.hash(GOOD)
    assert not CHEAP.outdated(stored)
    assert passwords.Passwords(time_cost=2, memory_kib=8, lanes=1).outdated(stored)


@pytest.mark.parametrize(
    "password",
    [GOOD, "korrekt hest batteri stift", "a1B2 c3D4 e5F6!", "ååå æææ øøø b c", "日本語のとても長い合言葉"],
)
def test_good_ones_pass_whatever_they_are_composed_of(password: str) -> None:
    passwords.check(password, username="slt.moss", name="Kari Nordmann")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("elleve tegn", "password_short"),
        ("x" * 1025, "password_long"),
        ("tre blå\x00 hester", "password_characters"),
        ("tre blå\ud800 hester", "password_characters"),
        ("aaaaaaaaaaaa", "password_common"),
        ("123456789012", "password_common"),
        ("passord12345", "password_common"),
        ("Passord 2026!", "password_common"),
        ("avtaleflyt2026", "password_common"),
        ("slt.moss.2026", "password_common"),
        ("karinordmann1", "password_common"),
        ("passordpassord", "password_common"),
    ],
)
def test_bad_ones_are_refused_with_the_reason(password: str, code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        passwords.check(password, username="slt.moss", name="Kari Nordmann")
    assert refused.value.code == code
    assert password == "" or password not in str(refused.value)


def test_too_short_says_how_long_it_must_be() -> None:
    with pytest.raises(ServiceError, match=r"has 4 characters; use at least 12\."):
        passwords.check("kort")
