"""The agreement's own page (``agreement.pt``): where it stands, what comes next, from which clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workflow_app.web.pagemodels.archive import ArchiveButton
from workflow_app.web.pagemodels.common import (
    AgreementHead,
    DeadlineRow,
    Link,
    Moment,
    RoundView,
    Silence,
    VersionRow,
    Waiting,
)
from workflow_app.web.pagemodels.links import Connected
from workflow_app.web.pagemodels.meetings import MeetingsLine
from workflow_app.web.pagemodels.proof import Finality
from workflow_app.web.pagemodels.records import AttachmentRow, TrailEntry
from workflow_app.web.pagemodels.seals import OnPaper, SealLine


@dataclass(frozen=True)
class InForce:
    """Whether the agreement binds today, and why. ``sentence`` says it all in words.

    ``clause`` quotes what the end is drawn from; ``until`` None means that no
    end is known (``sentence`` then says so).
    """

    now: bool
    sentence: str
    since: Moment | None = None
    until: Moment | None = None
    quote: str | None = None


@dataclass(frozen=True)
class DiagramState:
    """A state in the list that stands beside the diagram.

    ``ways`` are its transitions in words ("Undertegne → Undertegnet").
    """

    label: str
    standing: Literal["current", "passed", "ahead"] = "ahead"
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """What must happen for the agreement to move on, whom it waits for and by when.

    ``href`` is set when the reader may do it now. ``deadline`` carries the
    clause that gives the day; without one ``by_note`` says that no clause does.
    """

    label: str
    explanation: str
    href: str | None = None
    waits_for: tuple[Waiting, ...] = ()
    since: Moment | None = None
    deadline: DeadlineRow | None = None
    by_note: str | None = None


@dataclass(frozen=True)
class TransitionRow:
    """A transition: what it is called, what it does, and the reasons where it is refused.

    Allowed if ``reasons`` is empty. ``href`` is ``{head.url}/transitions/{name}``.
    ``forbidden`` tells "not your role" from "not now".
    """

    name: str
    label: str
    href: str
    description: str | None = None
    to_label: str | None = None
    reasons: tuple[str, ...] = ()
    forbidden: bool = False


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role for a party, or acts in it until a day."""

    name: str
    role: str
    acting_for: str | None = None
    until: Moment | None = None


@dataclass(frozen=True)
class PartyView:
    """A party to this agreement and its people. ``side_label`` is "Kommune" or "Politi"."""

    name: str
    side_label: str
    holders: tuple[Holder, ...] = ()
    href: str | None = None


@dataclass(frozen=True)
class AgreementPage:
    """``agreement.pt``.

    ``diagram`` is the state diagram as SVG markup that may be trusted (made by
    us, no scripts, no style attributes); ``diagram_states`` the same as a list.
    ``ongoing`` is false where nothing can happen any more. ``warnings`` are
    sentences about the agreement as a whole (a section not filled in, a role
    nobody holds). ``pdfs`` are the agreement and the matter,
    ``seal`` how the agreement's own stands, ``on_paper`` where the original is of what was signed on paper.
    ``learning_points`` are what a successor's draft is to take care of, a
    paragraph for each year evaluated. ``unlinked``: its text speaks of another
    agreement that no link quotes. ``more_deadlines`` are near as well, and not shown.
    """

    head: AgreementHead
    in_force: InForce | None = None
    diagram: str | None = None
    diagram_states: tuple[DiagramState, ...] = ()
    warnings: tuple[str, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    ongoing: bool = True
    deadlines: tuple[DeadlineRow, ...] = ()
    more_deadlines: int = 0
    silences: tuple[Silence, ...] = ()
    rounds: tuple[RoundView, ...] = ()
    allowed: tuple[TransitionRow, ...] = ()
    refused: tuple[TransitionRow, ...] = ()
    parties: tuple[PartyView, ...] = ()
    attachments: tuple[AttachmentRow, ...] = ()
    versions: tuple[VersionRow, ...] = ()
    trail: tuple[TrailEntry, ...] = ()
    trail_size: int = 0
    finality: Finality | None = None
    pdfs: tuple[Link, ...] = ()
    seal: SealLine | None = None
    on_paper: OnPaper | None = None
    connected: tuple[Connected, ...] = ()
    may_link: bool = False
    unlinked: bool = False
    learning_points: tuple[str, ...] = ()
    meetings: MeetingsLine | None = None
    archive: ArchiveButton | None = None
    definition: str | None = None
    digest: str | None = None
