"""The rules of an agreement beside its text (``rules.pt``).

Everything the page offers is one form posted to ``{head.url}/rules`` with
``version``, ``csrf_token`` and ``action``; :class:`RulesPage` lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workflow_app.web.pagemodels.clauses import MarkedSection
from workflow_app.web.pagemodels.common import (
    AgreementHead,
    Choice,
    Clause,
    Link,
    Moment,
    Problem,
    Silence,
)


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

    ``key`` names it in the form, ``number`` is the one its mark in the text
    shows; ``sentence`` says it in words, ``assumptions`` what it takes for
    granted, ``reason`` why it gives no date (None where it gives one).
    ``standing``: "read" by the reader and not yet looked at, "confirmed",
    "corrected" by a person (``settled`` says by whom and when), or "set_aside":
    declared to be no rule of this agreement. ``quote`` and ``note`` are what the
    form holds, ``fault`` what is wrong with the quote; ``opened`` shows the form
    unfolded.
    """

    key: str
    kind: str
    sentence: str
    clause: Clause
    assumptions: tuple[str, ...] = ()
    standing: Literal["read", "confirmed", "corrected", "set_aside"] = "read"
    settled: str | None = None
    fields: tuple[RuleField, ...] = ()
    number: int = 0
    reason: str | None = None
    quote: str = ""
    note: str = ""
    fault: str | None = None
    opened: bool = False


@dataclass(frozen=True)
class RuleForm:
    """The form by which a clause is read in another form, or words of the text are made a rule.

    ``key`` is the rule's, empty for a new one; ``chosen`` the kind and form as
    the form sends them ("revision:every"), ``label`` the same in words; empty
    while only the words have been chosen, and ``forms`` is then what they can be.
    ``near`` is where in the text the words were marked. It posts ``rule``,
    ``as``, ``quote``, ``near``, ``value.NAME`` and ``note``.
    """

    key: str
    chosen: str
    label: str
    quote: str
    fields: tuple[RuleField, ...] = ()
    error: str | None = None
    near: str = ""
    note: str = ""
    forms: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Question:
    """Something the text leaves open and a person must settle. ``key`` names it in the form.

    ``choices`` take effect on the rules as they stand here, ``fill`` are ways to
    the rule form where the answer is to be written. ``settled`` says that it
    waits for nobody; ``answer`` is the one that was given.
    """

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    clause: Clause | None = None
    answer: str | None = None
    fill: tuple[Link, ...] = ()
    settled: bool = False


@dataclass(frozen=True)
class Unread:
    """A sentence that speaks of time and was not read; ``make`` is the way to make a rule of it."""

    key: str
    clause: Clause
    make: str | None = None


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
class PreviewChange:
    """One rule as it stands and as it would stand, each with its clause; None where there is none."""

    kind: str
    before: str | None
    after: str | None
    quoted_before: str | None
    quoted_after: str | None


@dataclass(frozen=True)
class Preview:
    """A correction that has not been saved: what it changes, and the deadlines that move.

    ``sent`` is everything that was written, to be sent again with ``action`` to
    save it, or with ``change`` to go back to the form at ``back`` ("#rule-3").
    """

    changes: tuple[PreviewChange, ...]
    moves: tuple[str, ...]
    action: str
    sent: tuple[tuple[str, str], ...]
    back: str = ""


@dataclass(frozen=True)
class Order:
    """Which order of things (workflow definition) the agreement follows, and which one its text suggests.

    ``because`` are the words that suggest it, None where the text's silence
    does. ``choices`` are for who may choose, empty for others; ``differs`` says
    that another was chosen than the text suggests.
    """

    chosen: str
    suggested: str
    because: Clause | None = None
    differs: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class RulesPage:
    """``rules.pt``. Every form posts to ``{head.url}/rules`` with ``version``, ``csrf_token`` and ``action``:

    - ``confirm``: all rules as they stand (answers are sent along as ``answer.KEY``)
    - ``answer``: the answers alone
    - ``correct``: ``rule`` (the key), ``quote``, ``value.NAME`` for every field, ``note``
    - ``set_aside``: ``rule``, ``note``
    - ``replace``: as :class:`RuleForm` says
    - ``preview``: any of these as it would be, nothing saved; ``change``: back to the form
    - ``accept`` / ``decline``: ``proposal`` (the id)
    - ``definition``: ``definition``

    ``sections`` are the text with its clauses marked; ``picking`` says that each
    paragraph offers to be made a rule of. ``rules`` come in the order of the
    text, those without a date among them. ``unsettled`` counts the questions
    that wait. ``proposing`` says that corrections now become proposals that the
    other coordinator must accept. ``moves`` are the deadlines that a draft's
    corrections have moved; ``forms`` every kind and form a rule may be read as,
    sent by GET as ``as`` (with ``rule``), which opens ``anew``. ``confirmed`` is
    the sentence of who confirmed and when, None until it has been done.
    """

    head: AgreementHead
    sections: tuple[MarkedSection, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    questions: tuple[Question, ...] = ()
    unsettled: int = 0
    unread: tuple[Unread, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    silences: tuple[Silence, ...] = ()
    moves: tuple[str, ...] = ()
    forms: tuple[Choice, ...] = ()
    anew: RuleForm | None = None
    preview: Preview | None = None
    order: Order | None = None
    confirmed: str | None = None
    may_confirm: bool = False
    may_correct: bool = False
    proposing: bool = False
    picking: bool = False
    closed: str | None = None
    problems: tuple[Problem, ...] = ()
