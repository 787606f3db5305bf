"""A rule in words: one sentence for every kind and form, as a person would say it.

A coordinator who is to confirm a rule compares two sentences, the clause's and
this one. So it says every value the deadlines are counted from, and nothing
that the rule does not hold. Days go along as intervals; whoever says the
message renders them in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import (
    MONTH_NAMES,
    ROTATED,
    SEASONS,
    WEEKDAYS,
    kind_word,
    list_words,
    role_or_words,
)
from workflow_app.domain.rules import Rule

__all__ = ["in_words", "kind_word"]


def in_words(rule: Rule) -> Message:
    """The rule as one sentence.

    A rule without the values of its form, which no reader or correction makes,
    is named by kind and form rather than half said.
    """
    say = _SENTENCES.get((rule.kind, rule.form))
    try:
        if say is not None:
            return say(rule.values)
    except (KeyError, TypeError, ValueError, IndexError):
        pass  # a value is missing or of another kind; the sentence below says all that is certain
    return msg(
        "${kind}, ${form}: a rule without the values it needs.", kind=kind_word(rule.kind), form=rule.form
    )


_Values = Mapping[str, Any]


def _signed(v: _Values) -> Message:
    return msg("Signed on ${day}.", day=Interval.parse(v["date"]))


def _signed_partly(v: _Values) -> Message:
    known = [_day_of_year(v["date"])] if v.get("date") else []
    known += (
        [msg("a ${weekday}", weekday=WEEKDAYS.get(v["weekday"], v["weekday"]))] if v.get("weekday") else []
    )
    if not known:
        return msg("Signed, but the text does not give the whole date.")
    return msg("Signed on ${known}; the text does not give the whole date.", known=list_words([*known]))


def _day_of_year(text: str) -> Message:
    month, day = text.removeprefix("--").split("-")
    return _day_and_month(int(month), int(day))


def _day_and_month(month: int, day: int) -> Message:
    return msg("${day} ${month}", day=day, month=MONTH_NAMES[month - 1])


def _of_scope(v: _Values, sentence: Message) -> Message:
    if "scope" not in v:
        return sentence
    return msg("For ${scope} alone: ${sentence}", scope=v["scope"], sentence=sentence)


def _period(v: _Values) -> Message:
    to = Interval.parse(v["to"])
    if v["from"] == "signing":
        return _of_scope(v, msg("Valid from the signing to ${to}, that day included.", to=to))
    first = Interval.parse(v["from"])
    return _of_scope(v, msg("Valid from ${first} to ${to}, that day included.", first=first, to=to))


def _duration(v: _Values) -> Message:
    begins = v.get("from")
    if begins is None:
        said = msg("Valid for ${months}; the clause does not say from when.", months=_months(v["months"]))
    elif begins == "signing":
        said = msg("Valid for ${months} from the signing.", months=_months(v["months"]))
    else:
        said = msg(
            "Valid for ${months} from ${first}.", months=_months(v["months"]), first=Interval.parse(begins)
        )
    return _of_scope(v, said)


def _months(months: int) -> Message:
    return msg("one month") if months == 1 else msg("${months} months", months=_whole(months))


def _days(days: int) -> Message:
    return msg("one day") if days == 1 else msg("${days} days", days=_whole(days))


def _whole(number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"{number!r} is not a whole number")
    return number


def _open(v: _Values) -> Message:
    if v["from"] == "signing":
        return _of_scope(v, msg("Valid from the signing; the clause names no end."))
    return _of_scope(v, msg("Valid from ${first}; the clause names no end.", first=Interval.parse(v["from"])))


def _until_terminated(v: _Values) -> Message:
    said = msg("Valid until it is terminated.")
    if v.get("from") == "signing":
        said = msg("Valid from the signing until it is terminated.")
    elif v.get("from"):
        said = msg("Valid from ${first} until it is terminated.", first=Interval.parse(v["from"]))
    if "min_months" in v:
        said = msg(
            "${sentence} It lasts ${months} at the least.", sentence=said, months=_months(v["min_months"])
        )
    return _of_scope(v, said)


def _as_parent(v: _Values) -> Message:
    return _of_scope(v, msg("Valid as long as the agreement it belongs to."))


def _revision(v: _Values) -> Message:
    months = _months(v["months"])
    if "month" in v:
        on = _day_and_month(v["month"], v["day"])
        return msg("To be revised every ${months}, on ${day}.", months=months, day=on)
    anchor = v.get("anchor", "signing")
    if anchor == "signing":
        return msg("To be revised every ${months}, counted from the signing.", months=months)
    if anchor == "year_end":
        return msg("To be revised every ${months}, at the end of the year.", months=months)
    day = Interval.parse(anchor)
    return msg("To be revised every ${months}, counted from ${day}.", months=months, day=day)


def _evaluated(v: _Values, when: Message) -> Message:
    said = when
    if v.get("by") and isinstance(v["by"], list):
        said = msg(
            "${sentence} By: ${who}.", sentence=said, who=list_words([role_or_words(n) for n in v["by"]])
        )
    return msg("${sentence} In writing.", sentence=said) if v.get("written") else said


def _evaluation_yearly(v: _Values) -> Message:
    if "season" in v:
        when = msg("To be evaluated every year, in the ${season}.", season=SEASONS[v["season"]])
    elif "month" in v:
        when = msg("To be evaluated every year by ${day}.", day=_day_and_month(v["month"], v["day"]))
    else:
        when = msg("To be evaluated every year; the clause does not say when in the year.")
    return _evaluated(v, when)


def _evaluation_once(v: _Values) -> Message:
    # "by" is the day here, not who.
    when = msg("To be evaluated once, by ${day}.", day=Interval.parse(v["by"]))
    return msg("${sentence} In writing.", sentence=when) if v.get("written") else when


def _evaluation_event(v: _Values) -> Message:
    if v.get("earliest"):
        when = msg("To be evaluated when it happens: “${event}”, from ${day} at the earliest.",
                   event=v["event"], day=Interval.parse(v["earliest"]))  # fmt: skip
    else:
        when = msg("To be evaluated when it happens: “${event}”.", event=v["event"])
    return _evaluated(v, when)


def _option(v: _Values) -> Message:
    terms = v["months"]
    lengths = list_words([_months(m) for m in terms])
    said = msg("May be renewed for ${lengths}, if the parties use the option.", lengths=lengths)
    if v.get("up_to"):
        said = msg("May be renewed for up to ${lengths}, if the parties use the option.", lengths=lengths)
    if "notice_months" in v:
        said = msg("${sentence} To be said ${months} before the end.", sentence=said,
                   months=_months(v["notice_months"]))  # fmt: skip
    return said


def _notice(v: _Values) -> Message:
    said = msg("May be terminated with ${months} of notice.", months=_months(v["months"]))
    if v.get("by") == "all":
        said = msg("${sentence} All parties must give it together.", sentence=said)
    elif v.get("by") == "one":
        said = msg("${sentence} Any one party may give it.", sentence=said)
    return msg("${sentence} In writing.", sentence=said) if v.get("written") else said


def _times(v: _Values) -> Message:
    """How often in a year: a number, a floor, a ceiling, or several of them."""
    said = []
    if "per_year" in v:
        said.append(msg("${count} a year", count=_whole(v["per_year"])))
    if "per_year_min" in v:
        said.append(msg("at least ${count} a year", count=_whole(v["per_year_min"])))
    if "per_year_max" in v:
        said.append(msg("at most ${count} a year", count=_whole(v["per_year_max"])))
    return list_words([*said])


def _meetings(v: _Values) -> Message:
    should = v.get("strength") == "should"
    said = (
        msg("Meetings that should be held: ${times}.", times=_times(v))
        if should
        else msg("Meetings to be held: ${times}.", times=_times(v))
    )
    halves = [
        words
        for words in (
            msg("${count} in the spring", count=_whole(v["spring"])) if "spring" in v else None,
            msg("${count} in the autumn", count=_whole(v["autumn"])) if "autumn" in v else None,
        )
        if words is not None
    ]
    return (
        msg("${sentence} Of these ${halves}.", sentence=said, halves=list_words([*halves]))
        if halves
        else said
    )


def _attendance(v: _Values) -> Message:
    if v.get("where"):
        return msg("${who} at ${where}: ${times}.", who=v["who"], where=v["where"], times=_times(v))
    return msg("${who} takes part: ${times}.", who=v["who"], times=_times(v))


def _minutes(v: _Values) -> Message:
    said = []
    if "public" in v:
        said.append(msg("open to the public") if v["public"] else msg("not open to the public"))
    if "archived" in v:
        said.append(msg("archived") if v["archived"] else msg("not archived"))
    return msg("Meetings and minutes: ${how}.", how=list_words([*said]))


def _rotation(v: _Values) -> Message:
    what = ROTATED.get(v["what"]) or role_or_words(v["what"])
    if "months" not in v:
        return msg("Takes turns: ${what}; the clause gives no interval.", what=what)
    return msg("Takes turns every ${months}: ${what}.", months=_months(v["months"]), what=what)


def _signatories(v: _Values) -> Message:
    titles = v.get("titles", {})
    named = [
        msg("${role} (“${title}”)", role=role_or_words(r), title=titles[r])
        if r in titles
        else role_or_words(r)
        for r in v["roles"]
    ]
    return msg("To be signed by: ${roles}.", roles=list_words([*named]))


def _fixed(sentence: Message) -> Callable[[_Values], Message]:
    return lambda _v: sentence


_SENTENCES: dict[tuple[str, str], Callable[[_Values], Message]] = {
    ("signed", "date"): _signed,
    ("signed", "partial"): _signed_partly,
    ("signed", "blank"): _fixed(msg("The line for the date of signing is empty.")),
    ("validity", "period"): _period,
    ("validity", "duration"): _duration,
    ("validity", "open"): _open,
    ("validity", "until_terminated"): _until_terminated,
    ("validity", "as_parent"): _as_parent,
    ("revision", "every"): _revision,
    ("revision", "on_request"): _fixed(msg("To be revised when needed or asked for.")),
    ("revision", "by_agreement"): _fixed(msg("To be revised only if all parties agree.")),
    ("revision", "after_election"): _fixed(msg("To be revised after an election.")),
    ("evaluation", "yearly"): _evaluation_yearly,
    ("evaluation", "once"): _evaluation_once,
    ("evaluation", "continuous"): lambda v: _evaluated(v, msg("To be evaluated continuously.")),
    ("evaluation", "event"): _evaluation_event,
    ("renewal", "automatic"): lambda v: msg(
        "Renews itself for ${months} at a time, unless it is terminated.", months=_months(v["months"])
    ),
    ("renewal", "option"): _option,
    ("renewal", "not_automatic"): _fixed(msg("Does not renew itself.")),
    ("termination", "notice"): _notice,
    ("meetings", "council"): _meetings,
    ("agenda", "lead"): lambda v: msg(
        "The agenda is sent out ${days} before each meeting.", days=_days(v["days"])
    ),
    ("agenda", "submission"): lambda v: msg(
        "Matters for the agenda are reported ${days} before each meeting.", days=_days(v["days"])
    ),
    ("council", "referatsak"): _fixed(
        msg("To be laid before the kommunestyre for information (referatsak).")
    ),
    ("council", "adoption"): _fixed(msg("To be adopted by the kommunestyre.")),
    ("council", "orientation"): _fixed(msg("The kommunestyre is to be told of it (orientering).")),
    ("minutes", "minutes"): _minutes,
    ("attendance", "yearly"): _attendance,
    ("task", "yearly"): lambda v: msg(
        "${what}: at least ${count} a year.", what=v["what"], count=_whole(v["per_year_min"])
    ),
    ("rotation", "every"): _rotation,
    ("deputies", "allowed"): _fixed(msg("Members may send deputies to the meetings.")),
    ("signatories", "roles"): _signatories,
    ("supplement", "to"): lambda v: msg(
        "A supplement to the agreement of ${day}.", day=Interval.parse(v["date"])
    ),
}
