"""From a letter's blocks to what is read: subject, text and HTML, in the reader's language.

Both alternatives are made from the same blocks, so they cannot say different
things. The HTML is plain: no tables, no images, nothing fetched, colours that
keep their contrast where a mail program turns them dark.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from chameleon import PageTemplate, PageTextTemplate

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message
from workflow_app.services.documents_words import Voice
from workflow_app.services.mail.letters import Block, Facts, Heading, Letter, Paragraph, Points, Quote, Value
from workflow_app.services.mail.voices import voice as voice

WIDTH = 74
"""Characters to a line of the text: what fits, quoted once, in a window of 80."""


@dataclass(frozen=True)
class Drawn:
    """A letter as it is read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class _Part:
    """A block with its words said, as the template sees it."""

    kind: str
    text: str = ""
    lines: tuple[str, ...] = ()
    source: str = ""
    lang: str = ""
    url: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def draw(letter: Letter, *, language: str, url: str, sender: str) -> Drawn:
    """The letter in ``language`` (nb, nn or en), with its link on the site at ``url``.

    ``sender`` says who sends it, in that language.
    """
    speaks = voice(language)
    parts = [_said(block, speaks, url) for block in letter.blocks]
    subject = " ".join(speaks.say(letter.subject).split())
    why = speaks.say(letter.why)
    named = {"subject": subject, "why": why, "sender": sender, "language": speaks.language}
    html = _template("letter.pt", PageTemplate)(parts=parts, **named)
    text = _template("letter_text.pt", PageTextTemplate)(
        body="\n\n".join(_as_text(part) for part in parts),
        **{**named, "why": _wrapped(why), "sender": _wrapped(sender)},
    )
    return Drawn(subject, text.strip() + "\n", html.strip() + "\n")


@cache
def _template(name: str, kind: Any) -> Any:
    return kind((files("workflow_app.templates") / "mail" / name).read_text(encoding="utf-8"))


def _said(block: Block, speaks: Voice, url: str) -> _Part:
    if isinstance(block, Heading):
        return _Part("heading", speaks.say(block.text))
    if isinstance(block, Paragraph):
        return _Part("paragraph", speaks.say(block.text))
    if isinstance(block, Quote):
        lines = tuple(line for line in block.text.strip().splitlines() if line.strip())
        source = speaks.say(block.source) if block.source else ""
        return _Part("quote", lines=lines, source=source, lang=block.language or speaks.language)
    if isinstance(block, Facts):
        return _Part("facts", rows=tuple((speaks.say(k), _value(v, speaks)) for k, v in block.rows))
    if isinstance(block, Points):
        kind = "numbers" if block.numbered else "points"
        return _Part(kind, lines=tuple(speaks.say(item) for item in block.items))
    return _Part("link", speaks.say(block.label), url=url + block.path)


def _value(value: Value, speaks: Voice) -> str:
    if isinstance(value, Message):
        return speaks.say(value)
    if isinstance(value, date | Interval) and not isinstance(value, datetime):
        return speaks.day(value)
    return str(value)


def _as_text(part: _Part) -> str:
    if part.kind == "heading":
        lines = _wrapped(part.text)
        return f"{lines}\n{'-' * max(map(len, lines.splitlines()), default=0)}"
    if part.kind == "quote":
        said = "\n".join(_wrapped(line, "> ") for line in part.lines)
        return f"{said}\n{_wrapped(part.source, '  – ', '    ')}" if part.source else said
    if part.kind == "facts":
        return "\n".join(_wrapped(f"{name}: {value}", "", "  ") for name, value in part.rows)
    if part.kind == "points":
        return "\n".join(_wrapped(line, "* ", "  ") for line in part.lines)
    if part.kind == "numbers":
        marked = ((f"{n}. ", line) for n, line in enumerate(part.lines, 1))
        return "\n".join(_wrapped(line, mark, " " * len(mark)) for mark, line in marked)
    if part.kind == "link":
        # A broken address is no address.
        return f"{part.text}:\n{part.url}"
    return _wrapped(part.text)


def _wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
