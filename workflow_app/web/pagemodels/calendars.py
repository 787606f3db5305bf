"""The page where a person makes and takes back the addresses of her calendar feeds: ``calendar.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Choice, Moment, Problem


@dataclass(frozen=True)
class NewAddress:
    """An address just made, shown this once: for copying (https) and for pressing (webcal)."""

    about: str
    https: str
    webcal: str


@dataclass(frozen=True)
class FeedRow:
    """An address that works. ``last_four`` are the last characters of its token."""

    id: int
    about: str
    last_four: str
    made: Moment


@dataclass(frozen=True)
class CalendarPage:
    """``calendar.pt``. Making posts ``action=make`` and ``about`` to ``{root}/calendar``.

    ``own``, ``agreements`` and ``parties`` are the choices for ``about``, one of
    them chosen. Taking back posts ``action=revoke`` and ``feed``. ``reachable``
    is False where the address is one that no other machine can reach.
    """

    own: Choice
    agreements: tuple[Choice, ...] = ()
    parties: tuple[Choice, ...] = ()
    rows: tuple[FeedRow, ...] = ()
    made: NewAddress | None = None
    problems: tuple[Problem, ...] = ()
    reachable: bool = True
