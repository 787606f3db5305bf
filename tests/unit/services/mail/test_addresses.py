"""Addresses: what an administrator typed can never become another header, recipient or command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services.mail.addresses import (
    WrongAddress,
    addr_spec,
    shown_name,
    with_token,
    without_addresses,
)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("kari@kommune.example", "kari@kommune.example"),
        ("  kari.o'hara+x@sub.kommune.example ", "kari.o'hara+x@sub.kommune.example"),
        ("post@sør-varanger.example", "post@xn--sr-varanger-ggb.example"),
        ("Kari@KOMMUNE.example", "Kari@KOMMUNE.example"),
    ],
)
def test_an_address_is_taken_as_it_is(written: str, spoken: str) -> None:
    assert addr_spec(written) == spoken


@pytest.mark.parametrize(
    "written",
    [
        "", "kari", "@kommune.example", "kari@", "kari nordmann@kommune.example", "a@b@kommune.example",
        "kari@kommune..example", "kari@-kommune.example", "kari@kommune.example>", "<kari@kommune.example>",
        "kari@kommune.example\r\nBcc: ola@kommune.example", "kari\r\nRCPT TO:<x>@kommune.example",
        "kari@kommune.example, ola@kommune.example", ".kari@kommune.example", "ka..ri@kommune.example",
        "kåre@kommune.example", "kari@" + "a" * 64 + ".example", "k" * 65 + "@kommune.example",
        "kari@kommune.example\x00", "kari@[127.0.0.1]", '"kari"@kommune.example',
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(WrongAddress) as error:
        addr_spec(written)
    assert not written or written not in str(error.value.reason)


@given(st.text(max_size=80))
def test_whatever_is_taken_has_one_at_and_nothing_that_ends_a_line(text: str) -> None:
    for written in (text, f"{text}@kommune.example", f"kari@{text}"):
        try:
            spoken = addr_spec(written)
        except WrongAddress:
            continue
        assert spoken.isascii()
        assert spoken.count("@") == 1
        assert not set(spoken) & set('\r\n\t <>,;:"()[]\\\0')


@given(st.text(max_size=80))
def test_a_name_in_a_header_is_one_printed_line(name: str) -> None:
    assert len(shown_name(name).splitlines()) <= 1
    assert not any(c < " " for c in shown_name(name))


def test_a_token_stands_after_a_plus_sign() -> None:
    assert with_token("bounces@kommune.example", "abc") == "bounces+abc@kommune.example"


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 <ola@kommune.example>: Recipient address rejected",
        "550 ola@kommune.example unknown",
        "450 <ola.n+x@sub.kommune.example> greylisted\r\nsee kari@kommune.example",
    ],
)
def test_an_answer_is_shown_on_one_line_without_addresses(answer: str) -> None:
    shown = without_addresses(answer)
    assert "@" not in shown
    assert len(shown.splitlines()) == 1
    assert shown.startswith("550" if answer.startswith("550") else "450")


@given(st.text(max_size=1000))
def test_no_answer_is_longer_than_its_column(answer: str) -> None:
    assert len(without_addresses(answer)) <= 300
