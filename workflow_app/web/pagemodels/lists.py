"""Pages that lead to agreements: the worklist, the list, the parties and adding one.

``worklist.pt``, ``agreements.pt``, ``parties.pt`` and ``add.pt``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workflow_app.web.pagemodels.common import Choice, DeadlineRow, Link, Moment, Pager, Problem, Waiting


@dataclass(frozen=True)
class WorkItem:
    """Something that waits for the reader.

    ``step`` is what to do ("Undertegne"), ``href`` the form for it,
    ``capacity_text`` in what capacity ("som ordfører i Moss kommune").
    ``deadline`` is the deadline it serves, with its clause, where there is one.
    """

    agreement: Link
    step: str
    href: str
    capacity_text: str
    state: str
    state_label: str
    since: Moment | None = None
    deadline: DeadlineRow | None = None


@dataclass(frozen=True)
class WaitingItem:
    """Something the reader has a part in, waiting for others: for whom, since when."""

    agreement: Link
    step: str
    state: str
    state_label: str
    waits_for: tuple[Waiting, ...]
    since: Moment | None = None
    deadline: DeadlineRow | None = None


@dataclass(frozen=True)
class WorklistPage:
    """``worklist.pt``: mine first, then others', then the deadlines coming (with ``agreement`` set).

    The ``more_…`` fields say how many each list leaves out, and ``at_least``
    names the lists ("mine", "others", "deadlines") that were not counted to the end.
    """

    mine: tuple[WorkItem, ...] = ()
    others: tuple[WaitingItem, ...] = ()
    deadlines: tuple[DeadlineRow, ...] = ()
    more_mine: int = 0
    more_others: int = 0
    more_deadlines: int = 0
    at_least: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AgreementRow:
    """One agreement in a list. ``next_deadline`` is the earliest open one, with its clause."""

    link: Link
    state: str
    state_label: str
    parties: tuple[str, ...] = ()
    signed: Moment | None = None
    ends: Moment | None = None
    next_deadline: DeadlineRow | None = None


@dataclass(frozen=True)
class AgreementsPage:
    """``agreements.pt``. The filter is a GET form of ``q``, ``state`` and ``party``.

    ``states`` and ``parties`` are the choices without the empty one ("alle"),
    which the template adds. ``filtered`` tells an empty answer from an empty
    installation.
    """

    rows: tuple[AgreementRow, ...] = ()
    q: str = ""
    states: tuple[Choice, ...] = ()
    parties: tuple[Choice, ...] = ()
    filtered: bool = False
    pager: Pager = field(default_factory=Pager)
    may_add: bool = False


@dataclass(frozen=True)
class AddPage:
    """``add.pt``. A multipart POST to ``{root}/agreements/add``.

    Sends ``source`` ("file" or "template"), ``file``, ``template``, ``title``
    (may be empty: drawn from the text), ``municipal`` and ``police`` (keys,
    each perhaps several times, empty ones to be ignored), ``definition`` and
    ``csrf_token``. Up to twelve parties of a side are shown as checkboxes;
    more as three fields with suggestions, which send the key. ``definitions``
    have the suggested one chosen, and ``suggestion`` says why it is suggested.
    Ids of the fields, for ``problems``: the names themselves.
    """

    templates: tuple[Choice, ...] = ()
    municipal: tuple[Choice, ...] = ()
    police: tuple[Choice, ...] = ()
    definitions: tuple[Choice, ...] = ()
    suggestion: str | None = None
    source: str = "file"
    title: str = ""
    max_size: str = "20 MB"
    accepts: str = ".docx,.odt,.pdf,.txt,.md"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class PartyRow:
    """A kommune or a police unit. ``number`` is the kommune's, ``district`` the police district's name.

    ``roles`` are the reader's own there; ``agreements`` leads to the filtered list, ``href`` to the
    party's own page, for those it is there for.
    """

    key: str
    name: str
    number: str | None = None
    district: str | None = None
    language: str | None = None
    roles: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    agreements: Link | None = None
    href: str | None = None


@dataclass(frozen=True)
class PartiesPage:
    """``parties.pt``: those the reader may choose, filtered by the GET field ``q``."""

    municipal: tuple[PartyRow, ...] = ()
    police: tuple[PartyRow, ...] = ()
    q: str = ""
