"""The year wheel of an agreement or a party: ``year.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, Link, Moment


@dataclass(frozen=True)
class YearRow:
    """One thing of the year, as the table has it.

    ``sign`` is its mark from the wheel, an ``<svg>`` element. ``state`` is the
    code, ``stands`` how it is said. ``agreements`` are named where the page is
    about several, ``quote`` the clause a day is drawn from, in ``language``.
    """

    number: int
    sign: str
    when: Moment
    title: str
    state: str
    stands: str
    who: str = ""
    href: str | None = None
    details: tuple[str, ...] = ()
    agreements: tuple[Link, ...] = ()
    quote: str = ""
    language: str = "nb"


@dataclass(frozen=True)
class YearPage:
    """``year.pt``. ``head`` is the agreement's, or None on the page of a party, which ``party`` leads to.

    ``wheel`` is the drawing, ``sheet`` the address of the sheet that is printed
    and can be opened alone. ``previous`` and ``next`` are None at the ends.
    """

    year: int
    name: str
    wheel: str
    sheet: str
    calendar: str
    rows: tuple[YearRow, ...] = ()
    head: AgreementHead | None = None
    party: Link | None = None
    previous: Link | None = None
    next: Link | None = None
    nothing: str = ""
