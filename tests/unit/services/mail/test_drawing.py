"""A letter as it is read: the same in text and HTML, nothing fetched, nothing that runs."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from workflow_app.domain.messages import Message, msg
from workflow_app.services.mail.drawing import draw
from workflow_app.services.mail.letters import Facts, Heading, Letter, Link, Paragraph, Points, Quote

EVIL = '<script>alert(1)</script> & "${x}" <img src=x onerror=alert(1)>'
LETTER = Letter(
    Message("A reminder"),
    (
        Paragraph(Message("Evaluation by ${day}.", {"day": date(2026, 12, 31)})),
        Quote("Ved årets slutt skal politirådet evaluere.\n\nOg mer.", Message("The clause"), "nb"),
        Facts(((Message("Title"), EVIL), (Message("Day"), date(2026, 3, 1)), (Message("Number"), 7))),
        Points((Message("One"), Message("Two"))),
        Link("/agreements/abc", Message("Open the agreement")),
    ),
    Message("You get this because …"),
)


def drawn(language: str = "en") -> tuple[str, str]:
    made = draw(LETTER, language=language, url="https://a.example/x", sender="Avtaleflyt sends this.")
    return made.text, made.html


def test_the_text() -> None:
    assert drawn()[0] == (
        "Evaluation by 31 December 2026.\n\n"
        "> Ved årets slutt skal politirådet evaluere.\n> Og mer.\n  – The clause\n\n"
        f"Title: {EVIL}\nDay: 1 March 2026\nNumber: 7\n\n"
        "* One\n* Two\n\n"
        "Open the agreement:\nhttps://a.example/x/agreements/abc\n\n"
        "-- \nYou get this because …\nAvtaleflyt sends this.\n"
    )


def test_a_numbered_list_has_its_numbers_and_no_other_mark() -> None:
    long = Message("Oppfølging " * 9)
    points = Points((Message("Siden sist"), long), numbered=True)
    made = draw(
        Letter(Message("A"), (points,), Message("B")), language="en", url="https://a.example", sender="C"
    )
    first, second, rest = made.text.split("\n\n")[0].splitlines()
    assert first == "1. Siden sist"
    assert second.startswith("2. Oppfølging")
    assert rest.startswith("   Oppfølging")
    page = lxml_html.fromstring(made.html)
    assert page.findall(".//ol/li")[0].text == "Siden sist"
    assert not page.findall(".//ul")


def test_the_html_says_what_the_text_says() -> None:
    page = lxml_html.fromstring(drawn()[1])
    assert page.findtext(".//h1") == "A reminder"
    assert page.get("lang") == "en"
    assert [p.text for p in page.findall(".//blockquote/p")] == [
        "Ved årets slutt skal politirådet evaluere.", "Og mer.", "The clause",
    ]  # fmt: skip
    assert [d.text for d in page.findall(".//dd")] == [EVIL, "1 March 2026", "7"]
    assert [li.text for li in page.findall(".//li")] == ["One", "Two"]
    assert {a.get("href") for a in page.findall(".//a")} == {"https://a.example/x/agreements/abc"}


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = lxml_html.fromstring(drawn()[1])
    assert not page.xpath("//script | //img | //link | //iframe | //form | //table | //@onclick | //@src")
    assert "url(" not in drawn()[1]
    assert "@import" not in drawn()[1]


@pytest.mark.parametrize(("scheme", "pattern"), [("light", r"body \{[^}]*\}"), ("dark", r"@media.*?\n\}\n")])
def test_it_can_be_read_in_the_light_and_in_the_dark(scheme: str, pattern: str) -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1 for text, on the background of the scheme."""
    css = drawn()[1]
    dark = re.search(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", css, re.DOTALL)
    assert dark is not None
    part = dark[1] if scheme == "dark" else css[: dark.start()]
    ground = re.search(r"body \{[^}]*background: (#\w{6}); color: (#\w{6})", part)
    assert ground is not None
    inks = [ground[2], *re.findall(r"(?:\.source[^{]*|\.address a) \{[^}]*?[ ;{]color: (#\w{6})", part)]
    assert len(inks) >= 3
    for ink in inks:
        assert contrast(ink, ground[1]) >= 4.5, (ink, ground[1])
    button = re.search(r"\.button \{[^}]*background: (#\w{6}); color: (#\w{6})", part)
    assert button is not None
    assert contrast(button[1], button[2]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, WCAG 2.1's own formula."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_long_line_is_wrapped_and_an_address_never() -> None:
    url = "https://a.example/" + "x" * 120
    long = Letter(Message("S"), (Paragraph(Message("ord " * 60)), Link("/y", Message("Open"))), Message("W"))
    text = draw(long, language="nb", url=url, sender="S").text
    assert f"{url}/y" in text
    assert all(len(line) <= 74 for line in text.splitlines() if not line.startswith("http"))


def test_a_letter_has_one_link_and_it_stays_on_the_site() -> None:
    with pytest.raises(ValueError, match="one link"):
        Letter(Message("S"), (Link("/a", Message("A")), Link("/b", Message("B"))), Message("W"))
    for path in ("https://evil.example/", "//evil.example/", "agreements"):
        with pytest.raises(ValueError, match="path of ours"):
            Link(path, Message("A"))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("nb", "SLT-koordinator"),
        ("nn", "SLT-koordinator"),
        ("en", "SLT coordinator"),
        ("se", "SLT-koordinator"),
    ],
)
def test_it_speaks_the_readers_language(language: str, says: str) -> None:
    letter = Letter(msg("SLT coordinator"), (Paragraph(msg("SLT coordinator")),), msg("mayor"))
    made = draw(letter, language=language, url="", sender="")
    assert made.subject == says
    assert f'lang="{language if language in ("nb", "nn", "en") else "nb"}"' in made.html


@given(st.text(max_size=200))
def test_whatever_is_quoted_the_page_stays_a_page(text: str) -> None:
    letter = Letter(Message("S"), (Quote(text), Facts(((Message("T"), text),))), Message("W"))
    made = draw(letter, language="nb", url="https://a.example", sender="S").html
    assert made.count("<script") == 0
    assert made.count("<style>") == 1
    assert made.rstrip().endswith("</html>")


def test_a_heading_begins_what_comes_after_it() -> None:
    found = Letter(msg("Due"), (Heading(msg("Evaluation")), Paragraph(msg("Evaluation"))), msg("Because."))
    drawn = draw(found, language="en", url="https://avtaleflyt.example", sender="Avtaleflyt")
    assert "Evaluation\n----------\n\nEvaluation" in drawn.text
    assert drawn.html.count("<h2>Evaluation</h2") == 1
