"""Small things that many pages show: a day, a link, a clause, a person in a role.

Everything here is ready to be read. Sentences and labels are already in the
reader's language, days already stand as "3. desember 2018"; the ISO form goes
along for ``<time datetime>``. So a template never formats, translates or asks,
and a page can be drawn from thin air in a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Moment:
    """A day, an interval of days or an instant.

    ``iso`` is ISO 8601 ("2018-12-03", "2018-12-03T14:05:00+01:00"; of an
    interval its last day), ``text`` what is read ("3. desember 2018",
    "mellom 1. og 28. februar 2025", "3. desember 2018 kl. 14.05 CET").
    """

    iso: str
    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    href: str
    text: str
    note: str | None = None


@dataclass(frozen=True)
class Choice:
    """One option of a select, a radio group or a list of checkboxes."""

    value: str
    label: str
    chosen: bool = False
    hint: str | None = None


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was sent. ``field`` is the id of the field, "" where it is the whole form."""

    field: str
    message: str


@dataclass(frozen=True)
class Clause:
    """The agreement's own words, quoted exactly, and the way to where they stand.

    ``href`` leads to the section of the text page; ``section`` is its heading.
    ``language`` is the agreement's, so that a screen reader reads the quote
    aloud in it whatever the language of the page.
    """

    quote: str
    href: str | None = None
    section: str | None = None
    language: str = "nb"


@dataclass(frozen=True)
class Capacity:
    """In what capacity somebody acts: role (with the local title), party, for whom if acting."""

    role: str
    party: str
    acting_for: str | None = None


@dataclass(frozen=True)
class Waiting:
    """A place somebody must fill: ``role`` of ``party``, held by ``names`` (empty: nobody holds it)."""

    role: str
    party: str
    names: tuple[str, ...] = ()
    you: bool = False


DeadlineStatus = Literal["open", "soon", "met", "missed", "undocumented", "moot"]


@dataclass(frozen=True)
class ReminderLine:
    """Reminders of one day that were made, or passed over: when, and the sentence that says to whom."""

    when: Moment
    what: str


@dataclass(frozen=True)
class Reminded:
    """The reminders of one deadline: those made, oldest first, and the day of the next one."""

    lines: tuple[ReminderLine, ...] = ()
    next_on: Moment | None = None


@dataclass(frozen=True)
class DeadlineRow:
    """A deadline with what it is drawn from. ``source`` "clause" demands ``clause``.

    ``kind`` is the translated kind ("Evaluering"), ``what`` one line that says
    what must be done, ``counted`` how the day was found, an assumption a
    sentence ("regnet fra underskriften; avtalen sier det ikke"). ``remaining``
    is "om 12 dager" or "3 dager på overtid". ``status`` "soon" is an open one
    that reminders are due for; "undocumented" a missed cycle that no longer
    reminds. ``met_by`` names the entry that met it. ``half_known`` says that the
    day lies between two, both in ``when``; ``settle`` then tells what would
    settle it, and ``settle_link`` leads there one who may.
    ``agreement`` is filled where the page shows deadlines of many agreements.
    ``progress`` tells how much of what a year asks for is done; ``late`` that the
    entry in ``met_by`` came after the day. ``reminded`` is filled on the page of deadlines.
    """

    kind: str
    when: Moment
    status: DeadlineStatus
    source: Literal["clause", "house_rule"] = "clause"
    clause: Clause | None = None
    what: str | None = None
    counted: tuple[str, ...] = ()
    remaining: str | None = None
    met_by: Link | None = None
    agreement: Link | None = None
    half_known: bool = False
    settle: str | None = None
    settle_link: Link | None = None
    progress: str | None = None
    late: bool = False
    act: Link | None = None
    reminded: Reminded | None = None


@dataclass(frozen=True)
class Silence:
    """What the agreement does not say, or says without a date. ``reason`` tells why there is no deadline.

    ``clause`` is None where no clause speaks at all ("avtalen sier ikke når den utløper").
    ``settle`` and ``settle_link`` are as a deadline's. ``wording`` is one way to
    say it, in ``language``, while the text can still be changed.
    """

    subject: str
    reason: str
    clause: Clause | None = None
    settle: str | None = None
    settle_link: Link | None = None
    wording: str | None = None
    language: str = "nb"


@dataclass(frozen=True)
class ApprovalRow:
    """One approval: who, in what capacity, when (with time and zone)."""

    who: str
    capacity: Capacity
    when: Moment


@dataclass(frozen=True)
class RoundView:
    """The approvals collected for one transition, and the places still open.

    ``number`` counts the rounds of this transition. ``digest`` is the full hex
    of what was approved. ``voided`` is the sentence that says why the approvals
    no longer count (None while they do); ``completed`` marks a round that fired.
    """

    transition: str
    number: int
    digest: str
    approvals: tuple[ApprovalRow, ...] = ()
    open_slots: tuple[Waiting, ...] = ()
    voided: str | None = None
    completed: bool = False


@dataclass(frozen=True)
class Pager:
    """Keyset pages: only a way back and a way on; ``total`` where it is cheap to know."""

    previous: str | None = None
    next: str | None = None
    total: int | None = None


@dataclass(frozen=True)
class VersionRow:
    """A saved version of a text or an evaluation. ``sha256`` is the full hex."""

    number: int
    when: Moment
    who: str
    sha256: str
    href: str
    note: str | None = None
    current: bool = False


@dataclass(frozen=True)
class AgreementHead:
    """What every page of one agreement begins with.

    ``url`` is the agreement's own address without a slash at the end; the
    templates add the contract's last parts to it ("/text", "/rules" …).
    ``state`` is the code, ``state_label`` its translated name. ``version`` is
    the number every POST sends back as ``version``. ``language`` is the text's.
    """

    id: str
    title: str
    url: str
    state: str
    state_label: str
    version: int
    parties: tuple[str, ...] = ()
    language: str = "nb"
