"""Seals on our own papers, signatures on others' files, and where a paper original is kept."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Link, Moment


@dataclass(frozen=True)
class SealLine:
    """How the seal of one paper stands. ``others`` are its other forms: without the seal, as of today."""

    sealed: bool
    sentence: str
    others: tuple[Link, ...] = ()


@dataclass(frozen=True)
class OnPaper:
    """An agreement signed on paper: the day in words, where the original is kept, and its scan.

    ``place`` None: nobody has said, or the words are erased (``erased``).
    """

    sentence: str
    place: str | None = None
    erased: bool = False
    scan: Link | None = None


@dataclass(frozen=True)
class SignatureView:
    """One signature in a file: whose, when, whether it holds, and what to think of it."""

    who: str
    good: bool
    sentences: tuple[str, ...]
    when: Moment | None = None


@dataclass(frozen=True)
class SignedFileView:
    """What was found in a file that came with signatures; ``problem`` where they could not be read."""

    read: Moment
    signatures: tuple[SignatureView, ...] = ()
    problem: str | None = None


@dataclass(frozen=True)
class WaitingPaper:
    """A paper that waits: the agreement's number, which paper it is, since when, and why if it was tried."""

    agreement: str
    what: str
    since: Moment
    why: str | None = None


@dataclass(frozen=True)
class SealsPage:
    """``seals.pt``. Its form posts ``action=retry`` to ``url``.

    ``certificate`` are name and value of what is told of it; ``trouble`` why nothing is sealed,
    ``warning`` what will soon keep it from being.
    """

    url: str
    waiting: tuple[WaitingPaper, ...] = ()
    more: int = 0
    sealed: int = 0
    certificate: tuple[tuple[str, str], ...] = ()
    trouble: str | None = None
    warning: str | None = None
    self_signed: bool = False
