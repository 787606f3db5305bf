"""What a letter is made of: a subject, some blocks, one way to the page, and why you get it.

A kind of mail says what it has to say in these, as messages; how that looks in
text and HTML, in which language, and on what address the page lies, is for the
drawing alone. So no kind of mail can look like none of ours, do anything at a
click, or forget to say why it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message
from workflow_app.services.calendars.events import Event

Value = Message | str | int | date | Interval
"""What may stand beside a fact's name; days are said in words, a bare string as it is."""


@dataclass(frozen=True)
class Heading:
    """What the blocks after it are about, in a letter that is about several things."""

    text: Message


@dataclass(frozen=True)
class Paragraph:
    """A sentence or some."""

    text: Message


@dataclass(frozen=True)
class Quote:
    """Somebody's own words: a clause, a reason, a decision. ``source`` says whose, in ``language``."""

    text: str
    source: Message | None = None
    language: str | None = None


@dataclass(frozen=True)
class Facts:
    """Names and values, one to a line."""

    rows: tuple[tuple[Message, Value], ...]


@dataclass(frozen=True)
class Points:
    """A list of short sentences; ``numbered`` where their order is told by numbers from 1."""

    items: tuple[Message, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Link:
    """The way to the page: ``path`` begins with a slash, and looking at it changes nothing."""

    path: str
    label: Message

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.startswith("//"):
            raise ValueError(f"a letter links to a path of ours, not to {self.path!r}")


Block = Heading | Paragraph | Quote | Facts | Points | Link


@dataclass(frozen=True)
class Attached:
    """A file that goes with the letter: "text/calendar" with ``{"method": "REQUEST"}``, "application/pdf"."""

    name: str
    media_type: str
    content: bytes
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Guest:
    """Somebody without an account who is written to: a name and an address, read when the letter is sent."""

    name: str
    address: str


@dataclass(frozen=True)
class Letter:
    """One letter to one person. ``why`` ends it: "You get this because you are mayor of Moss kommune."

    ``calendar`` is an event that goes with it as a calendar file, in the reader's
    language. ``to`` is a guest who gets it in place of the person of the row.

    Raises ``ValueError`` where there is more than one link: whoever gets it shall
    know at a glance where to go.
    """

    subject: Message
    blocks: tuple[Block, ...]
    why: Message
    attached: tuple[Attached, ...] = ()
    calendar: Event | None = None
    to: Guest | None = None

    def __post_init__(self) -> None:
        if sum(isinstance(block, Link) for block in self.blocks) > 1:
            raise ValueError("a letter has one link")

    @property
    def linked(self) -> bool:
        """Whether it leads to a page; a guest, who could not open one, gets none."""
        return any(isinstance(block, Link) for block in self.blocks)
