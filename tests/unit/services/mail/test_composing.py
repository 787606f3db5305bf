"""The message on the wire: its headers, both alternatives, attachments, and nothing that was smuggled in."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services.mail.addresses import WrongAddress
from workflow_app.services.mail.composing import Envelope, compose
from workflow_app.services.mail.drawing import Drawn
from workflow_app.services.mail.letters import Attached
from workflow_app.services.mail.settings import MailSettings
from workflow_app.services.norway import OSLO

SETTINGS = MailSettings(sender="avtaleflyt@kommune.example", url="https://avtaleflyt.kommune.example")
NOW = datetime(2026, 3, 29, 3, 5, tzinfo=OSLO)
DRAWN = Drawn("Påminnelse om årlig evaluering", "Hei på deg.\n", "<p>Hei på deg.</p>\n")
TOKEN = "0123456789abcdef0123456789abcdef"


def made(**more: object) -> Envelope:
    values: dict[str, object] = {
        "token": TOKEN, "name": "Kåre Ødegård", "address": "kare@kommune.example", "language": "nb",
        "now": NOW, "settings": SETTINGS,
    }  # fmt: skip
    drawn = more.pop("drawn", DRAWN)
    return compose(drawn, **{**values, **more})  # type: ignore[arg-type]  # a test's own words


def parsed(envelope: Envelope) -> EmailMessage:
    return BytesParser(policy=email.policy.default).parsebytes(envelope.content)  # type: ignore[return-value]


def test_the_headers_of_an_automatic_letter() -> None:
    message = parsed(made())
    assert str(message["From"]) == "Avtaleflyt <avtaleflyt@kommune.example>"
    assert str(message["To"]) == "Kåre Ødegård <kare@kommune.example>"
    assert message["Subject"] == "Påminnelse om årlig evaluering"
    assert parsedate_to_datetime(message["Date"]) == NOW
    assert message["Message-ID"] == f"<{TOKEN}@kommune.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Avtaleflyt <avtaleflyt.kommune.example>"
    assert message["Content-Language"] == "nb"
    assert message["Reply-To"] is None


def test_sent_again_it_has_the_name_it_had() -> None:
    again = made(now=NOW.replace(hour=9))
    assert parsed(again)["Message-ID"] == parsed(made())["Message-ID"]


def test_answers_and_bounces_go_where_the_settings_say() -> None:
    settings = replace(SETTINGS, reply_to="slt@kommune.example", bounces="retur@kommune.example")
    envelope = made(settings=settings)
    assert envelope.sender == f"retur+{TOKEN}@kommune.example"
    assert str(parsed(envelope)["Reply-To"]) == "slt@kommune.example"
    assert made().sender == "avtaleflyt@kommune.example"


def test_both_alternatives_say_it_in_ascii_lines() -> None:
    envelope = made()
    message = parsed(envelope)
    assert message.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content() == "Hei på deg.\r\n"  # type: ignore[union-attr]
    assert envelope.content.isascii(), "the oldest server on the way takes it"
    assert all(len(line) <= 998 for line in envelope.content.split(b"\r\n"))
    assert envelope.content.count(b"\n") == envelope.content.count(b"\r\n")


def test_a_paper_is_attached_beside_the_letter() -> None:
    message = parsed(made(attached=(Attached("Saksliste møte 2.pdf", "application/pdf", b"%PDF-1.7\n\x00"),)))
    assert message.get_content_type() == "multipart/mixed"
    (paper,) = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == ("Saksliste møte 2.pdf", "application/pdf")
    assert paper.get_content() == b"%PDF-1.7\n\x00"


def test_an_invitation_is_an_alternative_and_an_attachment() -> None:
    """RFC 6047: mail programs make an invitation of the alternative, people save the file."""
    ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Politirådsmøte på Ås\r\nEND:VCALENDAR\r\n"
    files = (
        Attached("mote.ics", "text/calendar", ics.encode(), {"method": "REQUEST"}),
        Attached("saksliste.pdf", "application/pdf", b"%PDF"),
    )
    message = parsed(made(attached=files))
    calendars = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    assert [p.get_param("method") for p in calendars] == ["REQUEST", "REQUEST"]
    assert [p.get_content() for p in calendars] == [ics, ics]
    alternative = next(p for p in message.walk() if p.get_content_type() == "multipart/alternative")
    assert [p.get_content_type() for p in alternative.iter_parts()] == [
        "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert [p.get_filename() for p in message.iter_attachments()] == ["mote.ics", "saksliste.pdf"]


def test_an_invitation_alone_is_one_too() -> None:
    ics = Attached(
        "mote.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", {"method": "REQUEST"}
    )
    message = parsed(made(attached=(ics,)))
    kinds = [p.get_content_type() for p in message.walk() if not p.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "text/calendar"]


@pytest.mark.parametrize(
    "name",
    [
        "Kari\r\nBcc: ola@kommune.example", "Kari\nX: y", '"Kari" <ola@kommune.example>, ',
        "Kari\x00", "Kari\u2028Bcc: x", "", "Kari, Nordmann; <x>", "=?utf-8?q?Bcc:_x?=",
    ],
)  # fmt: skip
def test_a_name_never_becomes_a_header_or_a_recipient(name: str) -> None:
    message = parsed(made(name=name))
    assert set(message.keys()) == set(parsed(made()).keys())
    (only,) = message["To"].addresses
    assert only.addr_spec == "kare@kommune.example"


@given(name=st.text(max_size=60), subject=st.text(max_size=120))
def test_whatever_a_name_or_a_title_is_the_headers_are_the_same(name: str, subject: str) -> None:
    drawn = replace(DRAWN, subject=" ".join(subject.split()))
    message = parsed(made(name=name, drawn=drawn))
    assert set(message.keys()) == set(parsed(made()).keys())
    assert [a.addr_spec for a in message["To"].addresses] == ["kare@kommune.example"]


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(WrongAddress):
        made(address="kare@kommune.example\r\nBcc: ola@kommune.example")


WORDS = (
    "Samarbeidsavtale mellom Rælingen kommune og Øst politidistrikt – frist om 38 dager: 2026 Ålesund".split()
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_a_long_subject_is_read_as_it_was_written(words: list[str]) -> None:
    """The library's own folding loses the space between two encoded words, such as "mellom Rælingen"."""
    subject = " ".join(words)
    envelope = made(drawn=replace(DRAWN, subject=subject))
    # Where the first line is full at once, the fold's own blank comes first; no reader shows it.
    assert str(parsed(envelope)["Subject"]).lstrip() == subject
    assert max(len(line) for line in envelope.content.split(b"\r\n")) <= 78


NAMES = "Åse Marie Ødegård Kristoffersen Håkonsen Ærlig Kari Nordmann-Ås Per O'Neill jr.".split()


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12))
def test_a_long_name_is_read_as_it_was_written(names: list[str]) -> None:
    """Decoded by the older functions: the newer parser puts spaces between encoded words of a name."""
    envelope = made(name=" ".join(names))
    # Unfolded as RFC 5322, section 2.2.3 says; the older parser leaves the folds in.
    kept = message_from_bytes(envelope.content)["To"].replace("\r", "").replace("\n", "")
    name, _, address = kept.rpartition("<")
    assert str(make_header(decode_header(name))).strip().strip('"') == " ".join(names)
    assert address == "kare@kommune.example>"
    assert max(len(line) for line in envelope.content.split(b"\r\n")) <= 78
