"""The pages of meetings: the year's list, the plan of a year, one meeting with its agenda."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, Choice, Clause, Link, Moment, Problem
from workflow_app.web.pagemodels.minutes import DecisionRow


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list. ``status`` is planned, held or cancelled; ``clock`` "10.00–12.00".

    ``agenda`` says how its agenda stands toward its deadline, ``agenda_status``
    as a deadline's status (None where no clause sets one and none was sent).
    """

    number: int
    href: str
    when: Moment
    weekday: str
    status: str
    status_label: str
    clock: str | None = None
    place: str | None = None
    agenda: str | None = None
    agenda_status: str | None = None


@dataclass(frozen=True)
class MeetingsLine:
    """What the agreement's page says of its meetings: how far the year has come, and the next one."""

    href: str
    year: int
    standing: str
    next: MeetingRow | None = None


@dataclass(frozen=True)
class TurnView:
    """Whose turn it is by one clause. ``turn`` is None where nobody has one yet; ``form`` asks who begins."""

    post: str
    clause: Clause
    turn: str | None
    counted: str | None = None
    form: str | None = None


@dataclass(frozen=True)
class Point:
    """A point of an agenda. ``origin`` says where it comes from, ``quote`` the text's own words."""

    id: int
    number: int
    title: str
    origin: str
    description: str | None = None
    late: bool = False
    quote: str | None = None


@dataclass(frozen=True)
class MeetingsPage:
    """A year's meetings. ``standing`` is "2 of at least 2 held, aiming at 4".

    ``forms`` are markup by their name (one, held, raise, standing), None where
    they are not the reader's to use. ``open_form`` is the one to show open.
    ``undone`` are the decisions of any meeting that nobody has told to be done.
    ``beyond`` says that meetings are planned after the agreement's last day.
    ``left`` leads to such meetings under the agreements this one follows.
    """

    head: AgreementHead
    year: int
    years: tuple[Link, ...]
    standing: str
    clauses: tuple[Clause, ...]
    rows: tuple[MeetingRow, ...]
    turns: tuple[TurnView, ...] = ()
    waiting: tuple[Point, ...] = ()
    points: tuple[Point, ...] = ()
    fixed: tuple[Point, ...] = ()
    plan_href: str | None = None
    closed: str | None = None
    forms: dict[str, str | None] | None = None
    open_form: str = ""
    may_change: bool = False
    undone: tuple[DecisionRow, ...] = ()
    beyond: str | None = None
    left: tuple[Link, ...] = ()


@dataclass(frozen=True)
class PlanRow:
    """A day of a plan being written, as its fields hold it; ``why`` are the reasons for it."""

    number: int
    on: str = ""
    starts_at: str = ""
    weekday: str = ""
    agenda_by: Moment | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanPage:
    """The plan of a year: what is wished for, what is proposed from it, and the days to save."""

    head: AgreementHead
    year: int
    years: tuple[Link, ...]
    standing: str
    clauses: tuple[Clause, ...]
    count: str
    weekdays: tuple[Choice, ...]
    starts_at: str
    place: str
    weeks_off: str
    weeks_note: str
    rows: tuple[PlanRow, ...]
    kept_clear: tuple[str, ...] = ()
    there: tuple[MeetingRow, ...] = ()
    note: str | None = None
    problems: tuple[Problem, ...] = ()
    kept_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class CalledRow:
    """Somebody called: a member, a deputy or a guest. ``remove`` is a guest's number, to take them off.

    ``undelivered`` says that mail did not reach a guest, and since when; ``advice`` what to do about it.
    """

    name: str
    role: str
    party: str | None = None
    note: str | None = None
    email: str | None = None
    remove: int | None = None
    undelivered: str | None = None
    advice: str | None = None


@dataclass(frozen=True)
class Suggestion:
    """Something that could stand on the agenda: ``fields`` are what its button sends."""

    title: str
    why: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DeputyOffer:
    """A deputy who can be called in a member's place."""

    id: int
    name: str
    stands_for: str


@dataclass(frozen=True)
class MeetingPage:
    """One meeting. ``version`` is the meeting's own, sent back by its forms as ``seen``."""

    head: AgreementHead
    row: MeetingRow
    version: int
    title: str
    points: tuple[Point, ...]
    called: tuple[CalledRow, ...]
    convener: str | None
    secretary: str | None
    by_turn: tuple[str, ...] = ()
    clause: Clause | None = None
    suggestions: tuple[Suggestion, ...] = ()
    deputies: tuple[DeputyOffer, ...] = ()
    forms: dict[str, str | None] | None = None
    open_form: str = ""
    problems: tuple[Problem, ...] = ()
    may_change: bool = False
    may_send: bool = False
    send_label: str = ""
    not_sendable: str | None = None
    sent: str | None = None
    changed: bool = False
    papers: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    closed: str | None = None
