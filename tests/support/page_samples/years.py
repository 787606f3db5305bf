"""The page of calendar addresses, and year wheels: full, of a party, and with nothing in them."""

from __future__ import annotations

from datetime import date

from tests.support.page_samples.people import HEAD, day
from workflow_app.domain.wheel import KINDS, Kind, Mark, State, Wheel, Words, sign_svg, wheel_svg
from workflow_app.web.pagemodels import Choice, Link, Problem
from workflow_app.web.pagemodels.calendars import CalendarPage, FeedRow, NewAddress
from workflow_app.web.pagemodels.years import YearPage, YearRow

_SHEET = "/static/img/mark.svg"
_MONTHS = tuple("januar februar mars april mai juni juli august september oktober november desember".split())
_DAYS: tuple[tuple[date | None, Kind, State], ...] = (
    (date(2026, 2, 17), "agenda", "done"),
    (date(2026, 2, 24), "meeting", "done"),
    (date(2026, 6, 2), "meeting", "cancelled"),
    (date(2026, 9, 29), "council", "missed"),
    (date(2026, 12, 31), "evaluation", "open"),
    (date(2026, 12, 31), "term", "open"),
    (None, "yearly", "open"),
)
_MARKS = tuple(Mark(n, kind, state, on, on) for n, (on, kind, state) in enumerate(_DAYS, 1))


def _words(name: str) -> Words:
    return Words(
        title=f"Året 2026 som hjul: {name}",
        description="Tolv måneder i en sirkel.",
        heading=f"Årshjul 2026 – {name}",
        name=name,
        months=_MONTHS,
        today="I dag",
        all_year="I løpet av året",
        kinds={kind: kind for kind in KINDS},
    )


def _row(mark: Mark, **more: object) -> YearRow:
    found = {
        "number": mark.number or 0,
        "sign": sign_svg(mark),
        "when": day((mark.last or date(2026, 12, 31)).isoformat()),
        "title": "Møte i politirådet",
        "state": mark.state,
        "stands": "Planlagt",
        "who": "SLT-koordinator, politikontakt",
        "href": "/agreements/k7m2p9qxwd/meetings/1",
    }
    return YearRow(**(found | more))  # type: ignore[arg-type]  # by name, as the class has them


def _page(name: str, marks: tuple[Mark, ...], **more: object) -> YearPage:
    found = {
        "year": 2026,
        "name": name,
        "wheel": wheel_svg(Wheel(2026, marks, _words(name), date(2026, 11, 22))),
        "sheet": _SHEET,
        "calendar": "/calendar",
        "previous": Link("/x/year?year=2025", "2025"),
        "next": Link("/x/year?year=2027", "2027"),
    }
    return YearPage(**(found | more))  # type: ignore[arg-type]  # by name, as the class has them


YEAR = _page(
    "Moss kommune",
    _MARKS,
    head=HEAD,
    rows=tuple(
        _row(mark, quote="Politirådet møtes to ganger om våren.", details=("Rådhuset, møterom 2",))
        for mark in _MARKS
    ),
)
YEAR_PARTY = _page(
    "Moss kommune",
    _MARKS[:2],
    party=Link("/parties/3103", "Moss kommune"),
    rows=tuple(
        _row(mark, href=None, agreements=(Link("/agreements/k7m2p9qxwd", HEAD.title),)) for mark in _MARKS[:2]
    ),
)
_NOTHING = "Ingenting er planlagt eller forfaller i 2026."
YEAR_EMPTY = _page("Moss kommune", (), head=HEAD, next=None, nothing=_NOTHING)

_OWN = Choice("mine", "Alle mine frister og møter", chosen=True)
_ADDRESS = "https://avtaleflyt.kommune.example/calendar.ics?token=avtalekalender_eksempel"
CALENDAR = CalendarPage(
    own=_OWN,
    agreements=(Choice("agreements/k7m2p9qxwd", HEAD.title),),
    parties=(Choice("parties/3103", "Moss kommune"),),
    rows=(FeedRow(1, "Alle mine frister og møter", "mpel", day("2026-11-22")),),
    made=NewAddress(_OWN.label, _ADDRESS, _ADDRESS.replace("https", "webcal")),
)
CALENDAR_WRONG = CalendarPage(
    own=_OWN, reachable=False, problems=(Problem("about", "Velg hva kalenderen skal vise."),)
)
