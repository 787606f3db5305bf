"""Pages of the matters before each kommunestyre: ``matters.pt`` lists them, ``matter.pt`` shows one."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, DeadlineRow, Link, Moment, Problem
from workflow_app.web.pagemodels.seals import SealLine


@dataclass(frozen=True)
class MatterView:
    """A matter before one kommunestyre.

    ``kind`` is "Referatsak" or "Vedtakssak", ``about`` what it lays before the
    kommunestyre; ``href`` leads to its own page and ``pdf`` to the frozen (or
    draft) PDF, ``sha256`` its hash once frozen. ``may_freeze`` shows the
    button: it posts ``action=freeze``, ``matter=number``, ``version``,
    ``csrf_token`` to ``{head.url}/matters``. ``form`` is deform's, to change
    the matter before it is frozen; ``outcome_href`` leads to where its outcome is recorded.
    """

    number: int
    kind: str
    about: str = ""
    href: str = ""
    archive_case: str | None = None
    case_number: str | None = None
    committee: str | None = None
    meeting: Moment | None = None
    officer: str | None = None
    proposal: str | None = None
    legal_basis: str | None = None
    pdf: Link | None = None
    sha256: str | None = None
    frozen: Moment | None = None
    outcome: str | None = None
    decision: str | None = None
    excerpt: Link | None = None
    may_freeze: bool = False
    form: str | None = None
    outcome_href: str | None = None
    seal: SealLine | None = None


@dataclass(frozen=True)
class Offer:
    """A matter that can be begun: what about, by when, and the forms to prepare it or to tell its outcome.

    ``open`` shows the form at once. ``held`` is the form for a meeting that is past.
    """

    title: str
    form: str
    held: str | None = None
    deadline: DeadlineRow | None = None
    open: bool = False


@dataclass(frozen=True)
class KommuneMatters:
    """The matters of one kommune, newest first, and what can be begun by the reader.

    ``deadlines`` are those its kommunestyre's matters are there to meet. ``note``
    tells why there is no form; ``rules`` leads to the kommune's house rules.
    """

    party: str
    party_key: str
    matters: tuple[MatterView, ...] = ()
    offers: tuple[Offer, ...] = ()
    deadlines: tuple[DeadlineRow, ...] = ()
    note: str | None = None
    rules: Link | None = None


@dataclass(frozen=True)
class MattersPage:
    """``matters.pt``: a part of the page for every kommune."""

    head: AgreementHead
    kommuner: tuple[KommuneMatters, ...] = ()


@dataclass(frozen=True)
class HandlingRow:
    """One body before the kommunestyre, as read (``day``) and as written in the form (``meeting_date``)."""

    number: int
    committee: str = ""
    meeting_date: str = ""
    case_number: str = ""
    proposal: str = ""
    day: Moment | None = None


@dataclass(frozen=True)
class ExcerptRow:
    """A særutskrift that came back; ``current`` is the newest."""

    link: Link
    size: str
    sha256: str
    when: Moment
    who: str | None = None
    current: bool = False


@dataclass(frozen=True)
class MatterPage:
    """``matter.pt``: one matter with its papers, the bodies before the kommunestyre, and what came back.

    ``handlings`` are what stands; ``rows`` are the form's, with an empty one at
    the end (none: not the reader's to write). ``text`` is the paper to paste
    into the case system. ``outcome_form`` is deform's.
    """

    head: AgreementHead
    party: str
    matter: MatterView
    papers: tuple[Link, ...] = ()
    handlings: tuple[HandlingRow, ...] = ()
    rows: tuple[HandlingRow, ...] = ()
    excerpts: tuple[ExcerptRow, ...] = ()
    may_add: bool = False
    max_size: str = ""
    text: str = ""
    language: str = "nb"
    outcome_form: str | None = None
    closed: str | None = None
    problems: tuple[Problem, ...] = ()
