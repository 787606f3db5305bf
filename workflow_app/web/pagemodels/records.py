"""Pages that list what an agreement has: attachments, deadlines, the trail.

``attachments.pt``, ``deadlines.pt`` and ``trail.pt``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workflow_app.web.pagemodels.common import (
    AgreementHead,
    Capacity,
    DeadlineRow,
    Moment,
    Pager,
    Problem,
    Silence,
)
from workflow_app.web.pagemodels.proof import Finality
from workflow_app.web.pagemodels.seals import SignedFileView
from workflow_app.web.pagemodels.yearly import YearlyPart


@dataclass(frozen=True)
class AttachmentRow:
    """An attached file. ``size`` is read ("1,2 MB"); ``sha256`` the full hex, ``signed`` its signatures."""

    id: str
    label: str
    filename: str
    size: str
    sha256: str
    href: str
    when: Moment | None = None
    who: str | None = None
    signed: SignedFileView | None = None


@dataclass(frozen=True)
class AttachmentsPage:
    """``attachments.pt``. Both forms post to ``{head.url}/attachments`` with ``version`` and ``csrf_token``.

    Adding sends ``action=add``, ``file`` and ``label``; removing
    ``action=remove`` and ``attachment`` (the id). Neither is shown unless
    ``may_change``; ``closed`` is the sentence that says why not.
    """

    head: AgreementHead
    rows: tuple[AttachmentRow, ...] = ()
    may_change: bool = False
    closed: str | None = None
    max_size: str = "10 MB"
    label: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class DeadlinesPage:
    """``deadlines.pt``: the coming ones in order of date, the past ones newest first, the silences.

    ``later`` and ``earlier`` are folded away. ``until`` is how far ahead yearly
    deadlines are counted. ``yearly`` is where
    what is done once a year is recorded, None where no clause asks for anything.
    """

    head: AgreementHead
    coming: tuple[DeadlineRow, ...] = ()
    past: tuple[DeadlineRow, ...] = ()
    silences: tuple[Silence, ...] = ()
    until: Moment | None = None
    yearly: YearlyPart | None = None
    later: tuple[DeadlineRow, ...] = ()
    earlier: tuple[DeadlineRow, ...] = ()


@dataclass(frozen=True)
class Detail:
    """A named value of a trail entry, as it is read."""

    label: str
    value: str


@dataclass(frozen=True)
class TrailEntry:
    """One entry of the trail.

    ``when`` has time and zone; ``event`` the day it tells of where that is
    another ("undertegnet 3. desember 2018"). ``what`` is one sentence.
    ``refused`` marks an attempt that was turned away, with its ``reasons``.
    ``who`` None is the system itself. ``hash`` is the full hex. ``final`` says
    whether witnesses of both sides have signed a head that covers it, ``receipt``
    where its receipt is fetched.
    """

    number: int
    what: str
    when: Moment
    hash: str
    who: str | None = None
    capacity: Capacity | None = None
    event: Moment | None = None
    details: tuple[Detail, ...] = ()
    reasons: tuple[str, ...] = ()
    refused: bool = False
    final: bool | None = None
    receipt: str | None = None


@dataclass(frozen=True)
class TrailPage:
    """``trail.pt``, newest first. ``head_hash`` the full hash of the newest entry, ``size`` their number."""

    head: AgreementHead
    entries: tuple[TrailEntry, ...] = ()
    size: int = 0
    refusals: int = 0
    head_hash: str = ""
    pager: Pager = field(default_factory=Pager)
    finality: Finality | None = None
    limits: tuple[str, ...] = ()
