"""The text of an agreement (``text.pt``): one version, two compared, or the form to edit it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from workflow_app.web.pagemodels.common import (
    AgreementHead,
    Link,
    Problem,
    VersionRow,
)
from workflow_app.web.pagemodels.seals import SignedFileView


@dataclass(frozen=True)
class TextBlock:
    """A paragraph, or an item of a list (following items make one list)."""

    text: str
    item: bool = False


@dataclass(frozen=True)
class TextPart:
    """A paragraph (one line), or a whole list (a line for each item)."""

    is_list: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class TextSection:
    """A section. ``anchor`` is its id on the page ("s-3"), ``level`` 1 for a heading at the top, 2 below it.

    ``heading`` None is what stands before the first heading. ``incomplete``
    marks one with nothing but placeholders.
    """

    anchor: str
    heading: str | None
    blocks: tuple[TextBlock, ...] = ()
    level: int = 1
    incomplete: bool = False

    @property
    def parts(self) -> tuple[TextPart, ...]:
        """The blocks with following items gathered, so that a screen reader hears one list."""
        parts: list[TextPart] = []
        for is_item, run in groupby(self.blocks, key=lambda block: block.item):
            lines = tuple(block.text for block in run)
            parts += [TextPart(True, lines)] if is_item else [TextPart(False, (line,)) for line in lines]
        return tuple(parts)


@dataclass(frozen=True)
class DiffRow:
    """A line of the comparison. ``left`` is missing in an added line, ``right`` in a removed one."""

    kind: Literal["same", "added", "removed", "changed", "skipped"]
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side: ``old`` and ``new`` are their numbers."""

    old: int
    new: int
    rows: tuple[DiffRow, ...] = ()


@dataclass(frozen=True)
class TextEdit:
    """The edit form. Posts ``title``, ``text``, ``note``, ``version``, ``csrf_token`` to ``{head.url}/text``.

    After a refusal it holds what the person wrote, so that nothing is lost.
    Ids of the fields, for ``problems``: the names.
    """

    title: str
    text: str
    note: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class TextPage:
    """``text.pt``.

    ``shown`` is the version on the page. Links: ``?version=N`` shows one,
    ``?old=N&new=M`` compares, ``?edit=1`` opens the form; ``may_edit`` shows
    the way to it, else ``closed`` says why the text is closed. ``original``
    downloads the file as it came, byte for byte, and ``signed`` tells of its
    signatures; ``notes`` say what was left out
    of it. The form takes a file instead (``file``, ``note``), of the kinds in
    ``accepts`` and at most ``max_size``.
    """

    head: AgreementHead
    shown: VersionRow
    sections: tuple[TextSection, ...] = ()
    versions: tuple[VersionRow, ...] = ()
    comparison: Comparison | None = None
    edit: TextEdit | None = None
    may_edit: bool = False
    closed: str | None = None
    original: Link | None = None
    signed: SignedFileView | None = None
    notes: tuple[str, ...] = ()
    accepts: str = ".docx,.odt,.pdf,.txt,.md"
    max_size: str = "20 MB"
