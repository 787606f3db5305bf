"""The agreements that one hangs together with: a part of its own page, and ``links.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, Choice, Link, Moment, Problem


@dataclass(frozen=True)
class Connected:
    """One of them. ``relation`` reads with the link: "Replaces", "Supplement to", "Revised as".

    ``link`` has the other's state as its note. ``who`` and ``when`` are empty
    for a revision, which nobody linked. ``removable`` is the other's id where
    the reader may take the link away.
    """

    relation: str
    link: Link
    quote: str | None = None
    language: str | None = None
    who: str | None = None
    when: Moment | None = None
    removable: str | None = None


@dataclass(frozen=True)
class Candidate:
    """An agreement that may be linked; ``why`` says why it is thought of."""

    id: str
    link: Link
    parties: tuple[str, ...] = ()
    signed: Moment | None = None
    why: str | None = None


@dataclass(frozen=True)
class SuggestedLink:
    """A clause that speaks of another agreement.

    ``relation`` is the code, ``says`` the words for it, ``button`` what linking to a candidate says.
    """

    relation: str
    says: str
    quote: str
    button: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class LinksPage:
    """``links.pt``. Every form posts to ``{head.url}/links`` with ``version`` and ``csrf_token``.

    Adding sends ``action=add``, ``agreement`` (an id), ``relation`` (one of
    ``relations``) and perhaps ``quote``; removing ``action=remove`` and
    ``agreement``. The search is a GET with ``q``. ``closed`` says why nothing
    can be changed.
    """

    head: AgreementHead
    rows: tuple[Connected, ...] = ()
    may_change: bool = False
    closed: str | None = None
    suggestions: tuple[SuggestedLink, ...] = ()
    q: str = ""
    found: tuple[Candidate, ...] | None = None
    chosen: str = ""
    relations: tuple[Choice, ...] = ()
    quote: str = ""
    problems: tuple[Problem, ...] = ()
