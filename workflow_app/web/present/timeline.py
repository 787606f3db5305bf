"""The timeline as a picture, as a table that says the same, and for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from pyramid.request import Request

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.timeline.periods import Gap, Period
from workflow_app.domain.timeline.picture import Band, Bar, Hole, Words, svgs
from workflow_app.services import norway
from workflow_app.services.filters import WrongFilters
from workflow_app.services.overview.timeline import Strip, Time, Timeline, timeline
from workflow_app.services.overview.wanted import OF_PERIODS, Wanted
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.overview import StripRows, TimelinePage, TimeRow
from workflow_app.web.present.overview import NO_PLACE, asked_for
from workflow_app.web.present.overview_filters import address, choices_of_districts, choices_of_parties
from workflow_app.web.present.words import agreement_url, day, state_label

BACK, AHEAD = 12, 6
"""Years before and after this one that a picture shows, unless an earlier first year is asked for."""

FIRST_YEAR = 1900

NOT_SIGNED = msg("Not signed")

ENDS: dict[str, Message] = {
    "replaced": msg("Replaced by another agreement"),
    "terminated": msg("Terminated"),
    "succeeded": msg("Followed by a new agreement"),
    "lapsed": msg("Lapsed"),
    "extended": msg("Extended to this day"),
    "expires": msg("Ends by its own words"),
    "renews": msg("Renews itself: no last day"),
    "until_terminated": msg("Runs until it is terminated: no last day"),
    "unsaid": msg("The agreement does not say when it ends: no last day"),
}


def _found(request: Request) -> tuple[Timeline, Wanted]:
    wanted = asked_for(request, OF_PERIODS, "after", "from")
    after = request.GET.get("after", "")[:100] or None
    who, definitions = request.who, request.definitions
    try:
        found = timeline(request.dbsession, who, definitions, wanted, request.today, after=after)
    except LookupError as error:
        raise WrongFilters({"after": NO_PLACE}) from error
    return found, wanted


def _years(request: Request, found: Timeline) -> tuple[int, int, int]:
    """The first and last year shown, and the first there is anything of."""
    today = request.today.year
    periods = [t.period for strip in found.strips for t in strip.times if t.period is not None]
    begins = min((p.signed.earliest.year for p in periods), default=today)
    ends = max((p.last.latest.year if p.last else today + 1 for p in periods), default=today)
    first = _first_year(request) or max(begins, today - BACK)
    return min(first, today - 1), max(today + 1, min(ends, today + AHEAD)), begins


def _first_year(request: Request) -> int | None:
    """The year in ``?from=``, None where there is none. Raises ``WrongFilters``."""
    asked, today = request.GET.get("from", ""), request.today.year
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= today):
        raise WrongFilters(
            {
                "from": msg(
                    "The timeline can begin in ${first} to ${last}, not in «${value}».",
                    first=FIRST_YEAR, last=today, value=asked[:20],
                )
            }
        )  # fmt: skip
    return int(asked)


def timeline_page(request: Request) -> TimelinePage:
    """The picture and its table, with the ways on."""
    found, wanted = _found(request)
    first, last, begins = _years(request, found)
    page = {"after": request.GET["after"]} if request.GET.get("after") else {}
    return TimelinePage(
        svgs=_picture(request, found, first, last),
        strips=tuple(StripRows(s.name, tuple(_rows(request, s))) for s in found.strips),
        found=request.say(_how_many(found)),
        q=wanted.words,
        districts=choices_of_districts(request, found.scope, wanted),
        parties=choices_of_parties(found.scope, wanted),
        filtered=bool(wanted.words.strip() or wanted.district or wanted.party),
        earlier=address(request, wanted, "timeline", **page, **{"from": str(begins)})
        if begins < first
        else None,
        first=address(request, wanted, "timeline") if page else None,
        next=address(request, wanted, "timeline", after=found.next) if found.next else None,
        overview=address(request, wanted),
        clear=address(request, Wanted(), "timeline"),
    )


def _how_many(found: Timeline) -> Message:
    return msg(
        "Kommuner shown: ${kommuner}. Gaps between agreements: ${gaps}. Only agreements you can see count.",
        kommuner=len(found.strips),
        gaps=sum(len(strip.gaps) for strip in found.strips),
    )


def _picture(request: Request, found: Timeline, first: int, last: int) -> tuple[str, ...]:
    bands = tuple(
        Band(
            _short(strip),
            tuple(
                _bar(request, time.period, time.running(request.today))
                for time in strip.times
                if time.period is not None
            ),
            tuple(
                Hole(*gap.span(request.today), request.say(_days(gap, request.today))) for gap in strip.gaps
            ),
            request.say(NOT_SIGNED),
        )
        for strip in found.strips
    )
    description = msg(
        "Years from ${first} to ${last} across, kommuner down. A bar is an agreement from its signing to its"
        " last day; it fades where there is no last day and is hatched where a day is half known. A dashed"
        " frame is a time without an agreement. The table below says the same.",
        first=first,
        last=last,
    )
    words = Words(
        request.say(msg("When agreements are in force")), request.say(description), request.say(msg("today"))
    )
    return svgs(bands, words, first_year=first, last_year=last, today=request.today)


def _short(strip: Strip) -> str:
    """The kommune's name alone; on a picture of kommuner the word itself tells nothing."""
    kommune = norway.kommune(strip.key)
    return kommune.label if kommune is not None else strip.name


def _bar(request: Request, period: Period, running: bool) -> Bar:
    """The years it spans; an open end says so, where there is room."""
    first = period.signed.latest.year
    if period.last is not None:
        return Bar(period, f"{first}–{period.last.latest.year}", running)
    words = request.say(msg("${year}–, no last day", year=first))
    return Bar(period, words, running, short=f"{first}–")


def _days(gap: Gap, today: date) -> Message:
    least, most = gap.days(today)
    if least == most:
        return msg("one day") if most == 1 else msg("${count} days", count=most)
    return msg("at most ${count} days", count=most)


def _rows(request: Request, strip: Strip) -> list[TimeRow]:
    """Agreements and gaps in order of day; what is not signed last."""
    dated = [(time.period.signed.latest, 1, _time_row(request, time)) for time in strip.times if time.period]
    dated += [(gap.span(request.today)[0], 0, _gap_row(request, gap)) for gap in strip.gaps]
    rows = [row for _, _, row in sorted(dated, key=lambda d: d[:2])]
    return rows + [_time_row(request, time) for time in strip.times if time.period is None]


def _time_row(request: Request, time: Time) -> TimeRow:
    definition = request.definitions.by_digest(time.definition)
    signed = time.period.signed if time.period else None
    last = time.period.last if time.period else None
    words = ENDS.get(time.how or "", NOT_SIGNED)
    return TimeRow(
        first=day(request, signed) if signed else None,
        last=day(request, last) if last else None,
        words=request.say(words),
        link=Link(agreement_url(request, time.id), time.title),
        language=time.language,
        state=time.state,
        state_label=state_label(request, definition, time.state),
        running=time.running(request.today),
    )


def _gap_row(request: Request, gap: Gap) -> TimeRow:
    first, last = gap.first, gap.last
    count = _days(gap, request.today)
    if last is None:
        words = msg("No agreement you can see is in force: it has lasted ${days} so far.", days=count)
    else:
        words = msg("No agreement you can see was in force: ${days}.", days=count)
    return TimeRow(day(request, first), day(request, last) if last else None, request.say(words))


def timeline_json(request: Request) -> dict[str, Any]:
    """The same for a program; a day that is half known as the two it lies between."""
    found, wanted = _found(request)
    _first_year(request)
    return {
        "kommuner": [
            {
                "key": strip.key,
                "name": strip.name,
                "agreements": [_time_json(request, time) for time in strip.times],
                "gaps": [_gap_json(gap, request.today) for gap in strip.gaps],
            }
            for strip in found.strips
        ],
        "filters": wanted.query(),
        "next": address(request, wanted, "timeline", after=found.next) if found.next else None,
    }


def _time_json(request: Request, time: Time) -> dict[str, Any]:
    return {
        "id": time.id,
        "url": agreement_url(request, time.id),
        "title": time.title,
        "state": time.state,
        "signed": _span_json(time.period.signed if time.period else None),
        "last": _span_json(time.period.last if time.period else None),
        "ends": time.how,
        "in_force": time.running(request.today),
    }


def _gap_json(gap: Gap, today: date) -> dict[str, Any]:
    least, most = gap.days(today)
    return {
        "first": _span_json(gap.first),
        "last": _span_json(gap.last),
        "days_at_least": least,
        "days_at_most": most,
    }


def _span_json(span: Interval | None) -> dict[str, date] | None:
    return None if span is None else {"earliest": span.earliest, "latest": span.latest}
