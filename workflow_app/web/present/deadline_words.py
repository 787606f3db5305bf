"""The words of a deadline: when, how long is left, how it stands, what must be done.

A day that is half known is said as the two days it lies between, and stands as
the careful reader would have it: soon from the first, missed only after the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pyramid.request import Request

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import WINDOWS, YEARLY, Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.web.pagemodels import Link, Moment
from workflow_app.web.pagemodels.common import DeadlineStatus
from workflow_app.web.present.words import day

SOON = timedelta(days=30)
"""How long before its day an open deadline is shown as soon due."""


def day_or_span(kind: str, earliest: date, latest: date) -> Interval:
    """What counts of the two days: of a time to do something in, its last day alone."""
    return Interval.on(latest) if kind in WINDOWS else Interval(earliest, latest)


def progress(request: Request, kind: str, done: Sequence[int] | None, floor: int | None) -> str | None:
    """How much of what the year asks for is done: "1 of 4 held; at least 2 must be"."""
    if not done:
        return None
    count, wanted = done
    if kind == "meeting" and floor is not None and floor < wanted:
        return str(
            request.say(
                msg(
                    "${count} of ${wanted} held; at least ${floor} must be.",
                    count=count,
                    wanted=wanted,
                    floor=floor,
                )
            )
        )
    words = msg("${count} of ${wanted} held.") if kind == "meeting" else msg("${count} of ${wanted} done.")
    return str(request.say(Message(words.text, {"count": count, "wanted": wanted})))


def between(request: Request, span: Interval) -> Moment:
    """The day, or the first and the last it can be: both, since either may be the one that counts."""
    if span.exact:
        return day(request, span.latest)
    words = msg("earliest ${first}, latest ${last}", first=span.earliest, last=span.latest)
    return Moment(span.latest.isoformat(), request.say(words))


def status(stands: str, span: Interval, undocumented: bool, today: date) -> DeadlineStatus:
    """How a deadline stands on a page; an open one whose last possible day is past is missed.

    Soon it is from the first day it can be: whoever waits for the last may be late.
    """
    if undocumented:
        return "undocumented"
    if stands in ("open", "missed"):
        if span.latest < today:
            return "missed"
        return "soon" if span.earliest - today <= SOON else "open"
    return "met" if stands == "met" else "moot"


def remaining(request: Request, span: Interval) -> str:
    """How long is left: "in 12 days", "today", "3 days overdue", "in 12 days at the earliest"."""
    if not span.exact and request.today < span.earliest:
        return str(request.say(msg("${left} at the earliest", left=_left(request, span.earliest))))
    if not span.exact and request.today <= span.latest:
        return str(request.say(msg("${left} at the latest", left=_left(request, span.latest))))
    return _left(request, span.latest)


def _left(request: Request, last: date) -> str:
    days = (last - request.today).days
    if days in (0, 1, -1):
        words = {0: msg("today"), 1: msg("tomorrow"), -1: msg("one day overdue")}[days]
    elif abs(days) >= 2 * 365:
        # Days in thousands say nothing to anybody.
        years = abs(days) // 365
        words = (
            msg("in ${count} years", count=years) if days > 0 else msg("${count} years overdue", count=years)
        )
    elif days > 0:
        words = msg("in ${count} days", count=days)
    else:
        words = msg("${count} days overdue", count=-days)
    return str(request.say(words))


def way_to_it(request: Request, url: str, found: Deadline) -> Link | None:
    """The page where a meeting is called or held, or a deed of the year recorded; None for other kinds."""
    if found.kind == "agenda":
        return Link(f"{url}/meetings/{found.meeting}", request.say(msg("To the meeting")))
    if found.kind == "meeting":
        return Link(f"{url}/meetings?year={found.year}", request.say(msg("To the meetings of the year")))
    if found.kind in YEARLY:
        return Link(f"{url}/deadlines#yearly-title", request.say(msg("To recording what is done")))
    return None
