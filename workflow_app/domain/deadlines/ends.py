"""Deadlines at the end of a term: expiry, renewal, notice and option.

None of them asks anybody to have done something each year; they are the last
days on which the parties can still choose, and the day the choice is made for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workflow_app.domain.dates import Interval, add_days, last_day_before
from workflow_app.domain.deadlines.facts import Facts
from workflow_app.domain.deadlines.model import Deadline, Status, merged
from workflow_app.domain.deadlines.term import months_of, renewed
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule

ENDS_BY_ITSELF = msg("the agreement ends by itself; after this day a notice no longer ends it earlier").text
LAST_DAY_OF_PERIOD = msg("the clause does not say when the option must be used; counted to the last day").text


def expiry(facts: Facts) -> Iterator[Deadline]:
    """The last day in force by clause, extension or termination; none where it renews itself."""
    given = facts.history.terminated
    last, rule, sentence = facts.last_day, facts.term.rule, msg("The last day of the period.")
    if facts.history.extensions:
        entry = max(e.entry for e in facts.history.extensions)
        sentence = msg("The last day of the extension recorded in entry ${entry}.", entry=entry)
    if given is not None and (last is None or given.effective_on <= last.latest):
        last = Interval.on(given.effective_on)
        rule = next(iter(facts.of_kind("termination", "notice")), rule)
        sentence = msg("Terminated in entry ${entry}: the last day in force.", entry=given.entry)
    if last is None or rule is None:
        return
    assumptions = facts.term.assumptions if last == facts.term.stated else ()
    deadline = Deadline.of(
        "expiry", last, rule, sentence, assumptions=assumptions, settled_by=facts.end_settled_by(last)
    )
    yield _expired(facts, deadline)


def _expired(facts: Facts, deadline: Deadline) -> Deadline:
    """A successor meets an expiry, a termination was meant; a recorded lapse closes it."""
    history = facts.history
    if history.successor_signed_on is not None:
        return replace(deadline, status="met", met_by=history.successor_entry)
    if facts.today <= deadline.latest:
        return deadline
    if history.terminated is not None:
        return replace(deadline, status="met", met_by=history.terminated.entry)
    return replace(deadline, status="moot" if history.lapsed_on is not None else "missed")


def notices_and_renewals(facts: Facts) -> Iterator[Deadline]:
    """The last day to give notice before each end, and the day after it if it renews itself."""
    term, notice = facts.term, next(iter(facts.of_kind("termination", "notice")), None)
    last = term.last_day
    if last is None:
        return
    if term.renewal is None:
        if notice is not None:
            yield _notice(facts, notice, last, (ENDS_BY_ITSELF,))
        return
    months = months_of(term.renewal)
    # The notice for a renewal beyond the horizon may have to be given within it.
    lead = months_of(notice) if notice is not None else 0
    times = 0
    while last_day_before(last.earliest, lead) <= facts.until and last.latest.year < date.max.year:
        if notice is not None:
            yield _notice(facts, notice, last, ())
        yield _renewal(facts, term.renewal, last, months)
        times += 1
        last = renewed(term.last_day or last, months, times)


def _notice(facts: Facts, rule: Rule, last: Interval, assumptions: tuple[str, ...]) -> Deadline:
    months = months_of(rule)
    span = last.map(lambda day: last_day_before(day, months))
    sentence = msg(
        "The last day to give notice: ${months} whole months must remain until ${last}.",
        months=months,
        last=last,
    )
    given = facts.history.terminated
    status, met_by = _choice(facts, span), None
    if given is not None:
        in_time = given.given_on <= span.latest
        status, met_by = ("met", given.entry) if in_time else ("moot", None)
    return Deadline.of(
        "notice", span, rule, sentence, assumptions=assumptions, settled_by=facts.end_settled_by(span),
        status=status, met_by=met_by,
    )  # fmt: skip


def _renewal(facts: Facts, rule: Rule, last: Interval, months: int) -> Deadline:
    span = last.map(lambda day: add_days(day, 1))
    sentence = msg("Renews itself for ${months} months after ${last}.", months=months, last=last)
    return Deadline.of(
        "renewal", span, rule, sentence, settled_by=facts.end_settled_by(span), status=_choice(facts, span)
    )


def options(facts: Facts) -> Iterator[Deadline]:
    """The last day to use each option: those used, and the next one; later ones hang on it."""
    rule = next(iter(facts.of_kind("renewal", "option")), None)
    last = facts.term.stated
    if rule is None or last is None:
        return
    terms = rule.values["months"]
    used = 0
    for extension in sorted(facts.history.extensions, key=lambda e: e.entry):
        if extension.by_option and used < len(terms):
            yield replace(_option(facts, rule, last, terms[used]), status="met", met_by=extension.entry)
            used += 1
        last = Interval.on(extension.new_last_day)
    if used < len(terms):
        yield _option(facts, rule, last, terms[used])


def _option(facts: Facts, rule: Rule, last: Interval, months: int) -> Deadline:
    span, assumptions = last, merged((LAST_DAY_OF_PERIOD,))
    sentence: Message = msg("The last day to use the option of ${months} months.", months=months)
    if "notice_months" in rule.values:
        lead = months_of(rule, "notice_months")
        span, assumptions = last.map(lambda day: last_day_before(day, lead)), merged()
        sentence = msg(
            "The last day to use an option of ${months} months: ${lead} whole months must remain to ${last}.",
            months=months,
            lead=lead,
            last=last,
        )
    return Deadline.of(
        "option", span, rule, sentence, assumptions=assumptions, settled_by=facts.end_settled_by(span),
        status=_choice(facts, span),
    )  # fmt: skip


def _choice(facts: Facts, span: Interval) -> Status:
    """A choice not taken is no omission: past its day, or once settled, it is moot, never missed."""
    settled = facts.history.terminated is not None or facts.history.successor_signed_on is not None
    if settled or facts.today > span.latest:
        return "moot"
    return "open" if facts.status(span) == "open" else "moot"
