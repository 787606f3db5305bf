"""The text of an agreement (``text.pt``) and its rules beside their clauses (``rules.pt``)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from workflow_app.web.pagemodels.common import (
    AgreementHead,
    Choice,
    Clause,
    Link,
    Moment,
    Problem,
    Silence,
    VersionRow,
)


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
    downloads the file as it came, byte for byte.
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


@dataclass(frozen=True)
class RuleField:
    """A value of a rule that a person may correct. ``name`` is the rule's own key ("months").

    ``type`` is the HTML input's; "select" and "checkbox" use ``choices`` and ``value`` ("1" is checked).
    """

    name: str
    label: str
    value: str = ""
    type: Literal["text", "number", "date", "select", "checkbox"] = "text"
    choices: tuple[Choice, ...] = ()
    hint: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class RuleRow:
    """A rule beside its clause.

    ``key`` names it in the form, ``sentence`` says it in words, ``assumptions``
    what it takes for granted. ``standing``: "read" by the reader and not yet
    looked at, "confirmed", "corrected" by a person (``settled`` says by whom
    and when), or "set_aside": declared to be no rule of this agreement.
    """

    key: str
    kind: str
    sentence: str
    clause: Clause
    assumptions: tuple[str, ...] = ()
    standing: Literal["read", "confirmed", "corrected", "set_aside"] = "read"
    settled: str | None = None
    fields: tuple[RuleField, ...] = ()


@dataclass(frozen=True)
class RuleForm:
    """The form by which a rule is read anew in another form, or one that was missed is added.

    ``key`` is the rule's, empty for a new one; ``chosen`` the kind and form as
    the form sends them ("revision:every"), ``label`` the same in words. It posts
    ``action=replace``, ``rule``, ``as``, ``quote``, ``value.NAME`` and ``note``.
    """

    key: str
    chosen: str
    label: str
    quote: str
    fields: tuple[RuleField, ...] = ()
    error: str | None = None


@dataclass(frozen=True)
class UndatedRow:
    """A clause that gives no date, with the reason. ``key`` names it as a rule's does."""

    kind: str
    clause: Clause
    reason: str
    key: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Question:
    """Something the text leaves open and a person must settle. ``key`` names it in the form."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    clause: Clause | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A correction after ``agree``, waiting for the other coordinators.

    ``before`` and ``after`` are the rule in words, None where there was or will
    be none. ``may_accept`` when the reader is one it waits for, ``may_decline``
    when she may take it away. ``moves`` are sentences on the deadlines it moves.
    ``clause`` is None where all rules are to be confirmed as they stand.
    """

    id: str
    kind: str
    clause: Clause | None
    before: str | None
    after: str | None
    who: str
    when: Moment
    note: str | None = None
    waits_for: tuple[str, ...] = ()
    may_accept: bool = False
    may_decline: bool = False
    moves: tuple[str, ...] = ()


@dataclass(frozen=True)
class RulesPage:
    """``rules.pt``. Every form posts to ``{head.url}/rules`` with ``version``, ``csrf_token`` and ``action``:

    - ``confirm``: all rules as they stand (``questions`` are sent along as ``answer.KEY``)
    - ``correct``: ``rule`` (the key), ``value.NAME`` for every field, ``note``
    - ``set_aside``: ``rule``, ``note``
    - ``replace``: as :class:`RuleForm` says
    - ``accept`` / ``decline``: ``proposal`` (the id)

    ``proposing`` says that corrections now become proposals that the other
    coordinator must accept. ``moves`` are the deadlines that a draft's
    corrections have moved; ``forms`` every kind and form a rule may be read as,
    sent by GET as ``as`` (with ``rule``), which opens ``anew``. ``confirmed`` is
    the sentence of who confirmed and when, None until it has been done.
    """

    head: AgreementHead
    rules: tuple[RuleRow, ...] = ()
    undated: tuple[UndatedRow, ...] = ()
    questions: tuple[Question, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    silences: tuple[Silence, ...] = ()
    moves: tuple[str, ...] = ()
    forms: tuple[Choice, ...] = ()
    anew: RuleForm | None = None
    confirmed: str | None = None
    may_confirm: bool = False
    may_correct: bool = False
    proposing: bool = False
    closed: str | None = None
    problems: tuple[Problem, ...] = ()
