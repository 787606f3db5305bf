"""The year in an address, within the years that have a page: the same ones for meetings and the wheel."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.messages import Message
from workflow_app.services.errors import NotThere

EARLIEST, AHEAD = 2000, 10
"""The first year there is a page of, and how many years ahead; nothing is agreed on farther off."""


def shown_years(request: Request) -> range:
    """The years that have a page today."""
    return range(EARLIEST, request.today.year + AHEAD + 1)


def year_in(request: Request, sentence: Message) -> int:
    """The year in ``?year=``, this year where there is none.

    Raises ``NotThere`` with ``sentence``, which has room for ``${first}``,
    ``${last}`` and ``${value}``, for what is no year or one without a page.
    """
    raw = str(request.GET.get("year") or request.today.year)
    years = shown_years(request)
    if raw.isascii() and raw.isdecimal() and len(raw) == 4 and int(raw) in years:
        return int(raw)
    values = {"first": years[0], "last": years[-1], "value": raw[:20]}
    raise NotThere("not_there", Message(sentence.text, values))
