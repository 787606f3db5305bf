"""The clock, read in one place and passed on as an argument.

``avtaleflyt.today`` (a date, development and test settings only, together with
``avtaleflyt.clock_may_be_set``) makes the whole installation live on another
day; tests move it through the registry while the server runs.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.settings import asbool

OSLO = ZoneInfo("Europe/Oslo")


def now(request: Request) -> datetime:
    """The time of this request, aware, in Europe/Oslo; one request has one time."""
    clock = datetime.now(UTC).astimezone(OSLO)
    day: date | None = request.registry.get("today")
    return clock if day is None else datetime.combine(day, clock.timetz())


def real_now(request: Request) -> datetime:
    """The wall clock, for what protects the installation itself: sessions, tokens, throttling.

    A clock set to another day must not keep a session alive, nor throw out whoever set it.
    """
    return datetime.now(UTC)


def today(request: Request) -> date:
    """The day of this request in Norway."""
    moment: datetime = request.now
    return moment.date()


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.today``, honoured only with ``avtaleflyt.clock_may_be_set``."""
    settings = config.get_settings()
    wanted = settings.get("avtaleflyt.today")
    if wanted:
        if not asbool(settings.get("avtaleflyt.clock_may_be_set")):
            raise ValueError("avtaleflyt.today is set, but avtaleflyt.clock_may_be_set is not: remove one")
        config.registry["today"] = date.fromisoformat(wanted)
    config.add_request_method(now, reify=True)
    config.add_request_method(real_now, reify=True)
    config.add_request_method(today, reify=True)
