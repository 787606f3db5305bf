"""The page of the mail: what needs a person, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Link, Moment, Problem


@dataclass(frozen=True)
class AddressForm:
    """Where an address is corrected: the input's id, what was typed, and what is wrong with it."""

    field: str
    value: str = ""
    wrong: str | None = None


@dataclass(frozen=True)
class MailRow:
    """One mail: to whom, about what, how it stands. ``answer`` is the mail server's, on one line.

    ``correct`` is there where the reader may correct the address, once for each
    person; ``others`` says who does it where the reader may not. ``meeting`` is
    where a guest is invited anew.
    """

    id: int
    to: str
    address: str | None
    about: str
    status: str
    status_label: str
    when: Moment
    explanation: str
    answer: str | None = None
    agreement: Link | None = None
    meeting: Link | None = None
    correct: AddressForm | None = None
    others: str | None = None


@dataclass(frozen=True)
class MailPage:
    """``stopped`` wait for somebody to decide, ``waiting`` for the mail server or their time.

    ``more_…`` count what is left out. ``notice`` says where no mail goes out at
    all; ``trial`` whether the reader has an address to try it with.
    """

    url: str
    stopped: tuple[MailRow, ...] = ()
    waiting: tuple[MailRow, ...] = ()
    more_stopped: int = 0
    more_waiting: int = 0
    sent: int = 0
    notice: str | None = None
    problems: tuple[Problem, ...] = ()
    trial: bool = False
