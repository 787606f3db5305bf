"""A rule in words: one sentence for every kind and form, as a person would say it.

A coordinator who is to confirm a rule compares two sentences, the clause's and
this one. So it says every value the deadlines are counted from, and nothing
that the rule does not hold. Days go along as intervals; whoever says the
message renders them in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import (
    ROTATED,
    SEASONS,
    kind_word,
    list_words,
    role_or_words,
)
from workflow_app.domain.rules import Rule
from workflow_app.domain.term_in_words import (
    Values,
    as_parent,
    day_and_month,
    days_words,
    duration,
    months_words,
    notice,
    open_ended,
    option,
    period,
    signed,
    signed_partly,
    until_terminated,
    whole,
)

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


def _revision(v: Values) -> Message:
    months = months_words(v["months"])
    if "month" in v:
        on = day_and_month(v["month"], v["day"])
        return msg("To be revised every ${months}, on ${day}.", months=months, day=on)
    anchor = v.get("anchor", "signing")
    if anchor == "signing":
        return msg("To be revised every ${months}, counted from the signing.", months=months)
    if anchor == "year_end":
        return msg("To be revised every ${months}, at the end of the year.", months=months)
    day = Interval.parse(anchor)
    return msg("To be revised every ${months}, counted from ${day}.", months=months, day=day)


def _evaluated(v: Values, when: Message) -> Message:
    said = when
    if v.get("by") and isinstance(v["by"], list):
        said = msg(
            "${sentence} By: ${who}.", sentence=said, who=list_words([role_or_words(n) for n in v["by"]])
        )
    return msg("${sentence} In writing.", sentence=said) if v.get("written") else said


def _evaluation_yearly(v: Values) -> Message:
    if "season" in v:
        when = msg("To be evaluated every year, in the ${season}.", season=SEASONS[v["season"]])
    elif "month" in v:
        when = msg("To be evaluated every year by ${day}.", day=day_and_month(v["month"], v["day"]))
    else:
        when = msg("To be evaluated every year; the clause does not say when in the year.")
    return _evaluated(v, when)


def _evaluation_once(v: Values) -> Message:
    # "by" is the day here, not who.
    when = msg("To be evaluated once, by ${day}.", day=Interval.parse(v["by"]))
    return msg("${sentence} In writing.", sentence=when) if v.get("written") else when


def _evaluation_event(v: Values) -> Message:
    if v.get("earliest"):
        when = msg("To be evaluated when it happens: “${event}”, from ${day} at the earliest.",
                   event=v["event"], day=Interval.parse(v["earliest"]))  # fmt: skip
    else:
        when = msg("To be evaluated when it happens: “${event}”.", event=v["event"])
    return _evaluated(v, when)


def _times(v: Values) -> Message:
    """How often in a year: a number, a floor, a ceiling, or several of them."""
    said = []
    if "per_year" in v:
        said.append(msg("${count} a year", count=whole(v["per_year"])))
    if "per_year_min" in v:
        said.append(msg("at least ${count} a year", count=whole(v["per_year_min"])))
    if "per_year_max" in v:
        said.append(msg("at most ${count} a year", count=whole(v["per_year_max"])))
    return list_words([*said])


def _meetings(v: Values) -> Message:
    should = v.get("strength") == "should"
    said = (
        msg("Meetings that should be held: ${times}.", times=_times(v))
        if should
        else msg("Meetings to be held: ${times}.", times=_times(v))
    )
    halves = [
        words
        for words in (
            msg("${count} in the spring", count=whole(v["spring"])) if "spring" in v else None,
            msg("${count} in the autumn", count=whole(v["autumn"])) if "autumn" in v else None,
        )
        if words is not None
    ]
    return (
        msg("${sentence} Of these ${halves}.", sentence=said, halves=list_words([*halves]))
        if halves
        else said
    )


def _attendance(v: Values) -> Message:
    if v.get("where"):
        return msg("${who} at ${where}: ${times}.", who=v["who"], where=v["where"], times=_times(v))
    return msg("${who} takes part: ${times}.", who=v["who"], times=_times(v))


def _minutes(v: Values) -> Message:
    said = []
    if "public" in v:
        said.append(msg("open to the public") if v["public"] else msg("not open to the public"))
    if "archived" in v:
        said.append(msg("archived") if v["archived"] else msg("not archived"))
    return msg("Meetings and minutes: ${how}.", how=list_words([*said]))


def _rotation(v: Values) -> Message:
    what = ROTATED.get(v["what"]) or role_or_words(v["what"])
    if "months" not in v:
        return msg("Takes turns: ${what}; the clause gives no interval.", what=what)
    return msg("Takes turns every ${months}: ${what}.", months=months_words(v["months"]), what=what)


def _signatories(v: Values) -> Message:
    titles = v.get("titles", {})
    named = [
        msg("${role} (“${title}”)", role=role_or_words(r), title=titles[r])
        if r in titles
        else role_or_words(r)
        for r in v["roles"]
    ]
    return msg("To be signed by: ${roles}.", roles=list_words([*named]))


def _fixed(sentence: Message) -> Callable[[Values], Message]:
    return lambda _v: sentence


_SENTENCES: dict[tuple[str, str], Callable[[Values], Message]] = {
    ("signed", "date"): signed,
    ("signed", "partial"): signed_partly,
    ("signed", "blank"): _fixed(msg("The line for the date of signing is empty.")),
    ("validity", "period"): period,
    ("validity", "duration"): duration,
    ("validity", "open"): open_ended,
    ("validity", "until_terminated"): until_terminated,
    ("validity", "as_parent"): as_parent,
    ("revision", "every"): _revision,
    ("revision", "on_request"): _fixed(msg("To be revised when needed or asked for.")),
    ("revision", "by_agreement"): _fixed(msg("To be revised only if all parties agree.")),
    ("revision", "after_election"): _fixed(msg("To be revised after an election.")),
    ("evaluation", "yearly"): _evaluation_yearly,
    ("evaluation", "once"): _evaluation_once,
    ("evaluation", "continuous"): lambda v: _evaluated(v, msg("To be evaluated continuously.")),
    ("evaluation", "event"): _evaluation_event,
    ("renewal", "automatic"): lambda v: msg(
        "Renews itself for ${months} at a time, unless it is terminated.", months=months_words(v["months"])
    ),
    ("renewal", "option"): option,
    ("renewal", "not_automatic"): _fixed(msg("Does not renew itself.")),
    ("termination", "notice"): notice,
    ("meetings", "council"): _meetings,
    ("agenda", "lead"): lambda v: msg(
        "The agenda is sent out ${days} before each meeting.", days=days_words(v["days"])
    ),
    ("agenda", "submission"): lambda v: msg(
        "Matters for the agenda are reported ${days} before each meeting.", days=days_words(v["days"])
    ),
    ("council", "referatsak"): _fixed(
        msg("To be laid before the kommunestyre for information (referatsak).")
    ),
    ("council", "adoption"): _fixed(msg("To be adopted by the kommunestyre.")),
    ("council", "orientation"): _fixed(msg("The kommunestyre is to be told of it (orientering).")),
    ("minutes", "minutes"): _minutes,
    ("attendance", "yearly"): _attendance,
    ("task", "yearly"): lambda v: msg(
        "${what}: at least ${count} a year.", what=v["what"], count=whole(v["per_year_min"])
    ),
    ("rotation", "every"): _rotation,
    ("deputies", "allowed"): _fixed(msg("Members may send deputies to the meetings.")),
    ("signatories", "roles"): _signatories,
    ("supplement", "to"): lambda v: msg(
        "A supplement to the agreement of ${day}.", day=Interval.parse(v["date"])
    ),
}
