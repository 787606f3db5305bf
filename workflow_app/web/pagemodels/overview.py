"""The overview: rows of agreements and of kommuner without one, filters with their counts, the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Choice, DeadlineRow, Link, Moment


@dataclass(frozen=True)
class StepWaited:
    """One step that is waited for and by whom: "Sign – mayor, Moss"."""

    step: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waits:
    """For whom a row waits. ``code`` is the filter's ("police", "nobody"; "" where nobody has counted).

    ``since`` says since when and for how long; ``long`` marks what has waited beyond a month.
    """

    code: str
    label: str
    since: Moment | None = None
    long: bool = False
    steps: tuple[StepWaited, ...] = ()


@dataclass(frozen=True)
class OverviewRow:
    """An agreement, or a kommune without one that the reader may see (``link`` None, ``note`` says so).

    ``kommuner`` and ``police`` are names; ``validity`` is one line ("In force to
    31 December 2027"), ``in_force`` whether today lies within.
    """

    kommuner: tuple[str, ...]
    police: tuple[str, ...] = ()
    link: Link | None = None
    language: str = "nb"
    state: str = ""
    state_label: str = ""
    validity: str = ""
    in_force: bool = False
    waits: Waits | None = None
    deadline: DeadlineRow | None = None
    note: str | None = None


@dataclass(frozen=True)
class FacetLink:
    """One choice of a filter: its value, its words, how many there are, the address that shows them."""

    value: str
    label: str
    count: int
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter whose choices are links. ``name`` is its parameter, ``everything`` takes it away again."""

    name: str
    label: str
    links: tuple[FacetLink, ...]
    everything: str
    chosen: bool = False


@dataclass(frozen=True)
class OverviewPage:
    """``overview.pt``. A GET form to ``{root}/overview`` with ``q``, ``district``, ``party`` and ``sort``;
    ``kept`` are the filters chosen by links, to be sent along.

    ``found`` and ``country`` are sentences that say how much there is. ``columns``
    head the table and ``undated`` stands where no deadline is coming: said once,
    and not in every row.
    """

    rows: tuple[OverviewRow, ...]
    found: str
    columns: tuple[str, ...]
    undated: str
    country: str | None = None
    q: str = ""
    districts: tuple[Choice, ...] = ()
    parties: tuple[Choice, ...] = ()
    sorts: tuple[Choice, ...] = ()
    facets: tuple[Facet, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    filtered: bool = False
    first: str | None = None
    next: str | None = None
    csv: str = ""
    timeline: str = ""
    clear: str = ""


@dataclass(frozen=True)
class TimeRow:
    """One line of the timeline's table: an agreement, or a gap (``link`` None). Days are ready to be read."""

    first: Moment | None
    last: Moment | None
    words: str
    link: Link | None = None
    language: str = "nb"
    state: str = ""
    state_label: str = ""
    running: bool = False


@dataclass(frozen=True)
class StripRows:
    """A kommune in the table, with its lines in order of day."""

    name: str
    rows: tuple[TimeRow, ...]


@dataclass(frozen=True)
class TimelinePage:
    """``timeline.pt``. ``svgs`` are the picture, drawn by the server; ``strips`` say the same in a table."""

    svgs: tuple[str, ...]
    strips: tuple[StripRows, ...]
    found: str
    q: str = ""
    districts: tuple[Choice, ...] = ()
    parties: tuple[Choice, ...] = ()
    filtered: bool = False
    earlier: str | None = None
    first: str | None = None
    next: str | None = None
    overview: str = ""
    clear: str = ""
