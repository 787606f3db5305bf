"""The page of one meeting's minutes: who came, what was said, what was decided, and the paper of it."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, Clause, Link, Moment, Problem
from workflow_app.web.pagemodels.seals import SealLine


@dataclass(frozen=True)
class ExpectedRow:
    """Somebody who may have come. ``field`` names the box, ``remove`` is the number to take them off by.

    ``note`` tells whose place a deputy takes; ``present`` is None until it is said.
    """

    field: str
    name: str
    role: str
    note: str | None = None
    present: bool | None = None
    ticked: bool = False
    remove: int | None = None


@dataclass(frozen=True)
class DecisionRow:
    """A decision. ``meeting`` is the number of the meeting that took it; ``form`` tells that it is done.

    ``origin`` leads to that meeting where it is another than the page's; ``may_open``
    and ``may_strike`` say which buttons there are.
    """

    meeting: int
    number: int
    text: str
    point: str | None = None
    responsible: str | None = None
    due: Moment | None = None
    late: bool = False
    done: Moment | None = None
    origin: Link | None = None
    form: str | None = None
    form_open: bool = False
    may_open: bool = False
    may_strike: bool = False


@dataclass(frozen=True)
class WrittenPoint:
    """One point of the kept minutes with its lines."""

    heading: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptRow:
    """One version that was kept: its paper and the entry that told it."""

    number: int
    when: Moment
    paper: Link
    entry: Link
    sha256: str
    seal: SealLine | None = None


@dataclass(frozen=True)
class MinutesPage:
    """``minutes.pt``. Its forms post to ``url`` with ``action``; the meeting's ``version`` as ``seen``.

    ``disclosure`` says whether the minutes are public or closed, by what;
    ``not_keepable`` what is missing before they can be kept.
    """

    head: AgreementHead
    url: str
    meeting: Link
    when: Moment
    version: int
    expected: tuple[ExpectedRow, ...] = ()
    people_known: bool = False
    points: tuple[WrittenPoint, ...] = ()
    before: tuple[str, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    follow_ups: tuple[DecisionRow, ...] = ()
    clause: Clause | None = None
    disclosure: str = ""
    forms: dict[str, str] | None = None
    open_form: str = ""
    problems: tuple[Problem, ...] = ()
    may_write: bool = False
    may_keep: bool = False
    not_keepable: str | None = None
    kept: tuple[KeptRow, ...] = ()
    kept_now: bool = False
    draft: Link | None = None
    closed: str | None = None
