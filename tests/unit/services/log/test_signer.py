"""A key of the log: its text forms are those of the signed-note tools, and its signatures hold."""

from __future__ import annotations

import pytest

from workflow_app.domain.trail import check_note_signature, checkpoint_text, parse_note, parse_vkey
from workflow_app.services.log.signer import LogKeyError, Signer, checked_origin, new_signer, parse_private

SEED = bytes(range(32))


def test_a_note_is_signed_so_that_the_public_key_finds_it_right() -> None:
    signer = new_signer("example.com/log")
    text = checkpoint_text("example.com/log", 3, bytes(32))
    note = signer.sign(text)
    assert note == signer.sign(text), "Ed25519 is deterministic: one head has one note"
    check_note_signature(parse_note(note), parse_vkey(signer.vkey))
    assert parse_note(note).text == text


def test_the_texts_are_the_tools_own() -> None:
    """The pair of keys that stands as the example in the documentation of Go's signed-note tools."""
    text = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    signer = parse_private(f"{text}\n", "here")
    assert signer.origin == "PeterNeumann"
    assert signer.vkey == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert signer.text == text


def test_the_private_key_is_not_shown() -> None:
    shown = repr(Signer("example.com/log", SEED))
    assert "seed" not in shown
    assert "\\x01" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secret-word",
        "PRIVATE+KEY+example.com/log+00000000+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        "PRIVATE+KEY+other.example/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        "PRIVATE+KEY+example.com/log+d455c521+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        "PRIVATE+KEY+example.com/log+d455c521+AQAB",
        "PRIVATE+KEY+example.com/log+d455c521+secret-word",
        "example.com/log+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        "PRIVATE+KEY+a b+d455c521+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
    ],
)
def test_what_is_no_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(LogKeyError, match=r"/etc/log\.key holds no key of the log") as caught:
        parse_private(text, "/etc/log.key")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "å", "a\n", "x" * 201])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(LogKeyError, match="no name for a log"):
        checked_origin(name)
