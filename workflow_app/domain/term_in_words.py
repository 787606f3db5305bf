"""How long an agreement lasts, in words: its signing, validity, renewal and notice; and lengths of time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import MONTH_NAMES, WEEKDAYS, list_words

Values = Mapping[str, Any]
"""The values of a rule."""


def signed(v: Values) -> Message:
    """A date of signing."""
    return msg("Signed on ${day}.", day=Interval.parse(v["date"]))


def signed_partly(v: Values) -> Message:
    """A signing whose date the text gives in part."""
    written = v.get("date")
    known = [_day_of_year(written)] if isinstance(written, str) and _DAY_OF_YEAR.fullmatch(written) else []
    known += (
        [msg("a ${weekday}", weekday=WEEKDAYS.get(v["weekday"], v["weekday"]))] if v.get("weekday") else []
    )
    if not known:
        return msg("Signed, but the text does not give the whole date.")
    return msg("Signed on ${known}; the text does not give the whole date.", known=list_words([*known]))


_DAY_OF_YEAR = re.compile(r"(?:--)?(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")
"""As ISO 8601 writes a month and a day without a year: --06-25."""


def _day_of_year(text: str) -> Message:
    month, day = text.removeprefix("--").split("-")
    return day_and_month(int(month), int(day))


def day_and_month(month: int, day: int) -> Message:
    """ "25 June"."""
    return msg("${day} ${month}", day=day, month=MONTH_NAMES[month - 1])


def _of_scope(v: Values, sentence: Message) -> Message:
    if "scope" not in v:
        return sentence
    return msg("For ${scope} alone: ${sentence}", scope=v["scope"], sentence=sentence)


def period(v: Values) -> Message:
    """A period from a day, or the signing, to a day."""
    to = Interval.parse(v["to"])
    if v["from"] == "signing":
        return _of_scope(v, msg("Valid from the signing to ${to}, that day included.", to=to))
    first = Interval.parse(v["from"])
    return _of_scope(v, msg("Valid from ${first} to ${to}, that day included.", first=first, to=to))


def duration(v: Values) -> Message:
    """A term counted in months."""
    begins, lasts = v.get("from"), months_words(v["months"])
    if begins is None:
        said = msg("Valid for ${months}; the clause does not say from when.", months=lasts)
    elif begins == "signing":
        said = msg("Valid for ${months} from the signing.", months=lasts)
    else:
        said = msg("Valid for ${months} from ${first}.", months=lasts, first=Interval.parse(begins))
    return _of_scope(v, said)


def months_words(months: int) -> Message:
    """A number of months."""
    return msg("one month") if months == 1 else msg("${months} months", months=whole(months))


def days_words(days: int) -> Message:
    """A number of days."""
    return msg("one day") if days == 1 else msg("${days} days", days=whole(days))


def whole(number: Any) -> int:
    """The number, if it is a whole one; raises ``TypeError``."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"{number!r} is not a whole number")
    return number


def open_ended(v: Values) -> Message:
    """A beginning without an end."""
    if v["from"] == "signing":
        return _of_scope(v, msg("Valid from the signing; the clause names no end."))
    return _of_scope(v, msg("Valid from ${first}; the clause names no end.", first=Interval.parse(v["from"])))


def until_terminated(v: Values) -> Message:
    """Valid until somebody gives notice."""
    said = msg("Valid until it is terminated.")
    if v.get("from") == "signing":
        said = msg("Valid from the signing until it is terminated.")
    elif v.get("from"):
        said = msg("Valid from ${first} until it is terminated.", first=Interval.parse(v["from"]))
    if "min_months" in v:
        said = msg(
            "${sentence} It lasts ${months} at the least.",
            sentence=said,
            months=months_words(v["min_months"]),
        )
    return _of_scope(v, said)


def as_parent(v: Values) -> Message:
    """Valid as long as another agreement."""
    return _of_scope(v, msg("Valid as long as the agreement it belongs to."))


def option(v: Values) -> Message:
    """An option to renew."""
    terms = v["months"]
    lengths = list_words([months_words(m) for m in terms])
    said = msg("May be renewed for ${lengths}, if the parties use the option.", lengths=lengths)
    if v.get("up_to"):
        said = msg("May be renewed for up to ${lengths}, if the parties use the option.", lengths=lengths)
    if "notice_months" in v:
        said = msg("${sentence} To be said ${months} before the end.", sentence=said,
                   months=months_words(v["notice_months"]))  # fmt: skip
    return said


def notice(v: Values) -> Message:
    """A notice to terminate."""
    said = msg("May be terminated with ${months} of notice.", months=months_words(v["months"]))
    if v.get("by") == "all":
        said = msg("${sentence} All parties must give it together.", sentence=said)
    elif v.get("by") == "one":
        said = msg("${sentence} Any one party may give it.", sentence=said)
    return msg("${sentence} In writing.", sentence=said) if v.get("written") else said
