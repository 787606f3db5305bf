"""How long an agreement lasts: signing, validity, extensions, options, renewal, notice.

Ends are derived, never stored: the clause gives a last day, an extension sets a
new one, an automatic renewal takes it away, a termination or the successor's
signing comes before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflow_app.domain.dates import Interval, add_days, as_interval, last_day_of_term, prolonged
from workflow_app.domain.deadlines.model import End, merged
from workflow_app.domain.history import History
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule

FROM_SIGNING = msg("counted from the signing date; the clause does not say").text
SEVERAL_SIGNINGS = msg("the text has several signing dates; counted from the last of them").text
SEVERAL_ENDS = msg("the clauses give different last days; the earliest and the latest are shown").text


@dataclass(frozen=True)
class Term:
    """The length of an agreement before any termination.

    ``stated`` is the last day by the clause, ``last_day`` the one after
    extensions and options. ``rule`` is the clause it is read from and
    ``renewal`` the clause that renews it by itself, if one does.
    """

    stated: Interval | None = None
    last_day: Interval | None = None
    rule: Rule | None = None
    renewal: Rule | None = None
    assumptions: tuple[str, ...] = ()


def signing(rules: Iterable[Rule], history: History) -> Interval | None:
    """The recorded signing; until there is one, the date in the text; else None.

    Of several dates in the text the last counts: nobody has signed before all have.
    """
    if history.signing is not None:
        return history.signing
    dates = _written(rules)
    if not dates:
        return None
    return Interval(max(d.earliest for d in dates), max(d.latest for d in dates))


def signing_assumptions(rules: Iterable[Rule], history: History) -> tuple[str, ...]:
    """What :func:`signing` took for granted: that of several dates the last one counts."""
    several = history.signing is None and len(set(_written(rules))) > 1
    return (SEVERAL_SIGNINGS,) if several else ()


def _written(rules: Iterable[Rule]) -> list[Interval]:
    return [Interval.parse(r.values["date"]) for r in rules if r.kind == "signed" and r.form == "date"]


def validities(rules: Iterable[Rule]) -> list[Rule]:
    """The dated validity clauses that speak of the whole agreement, not of a part of it."""
    return [r for r in rules if r.kind == "validity" and r.dated and "scope" not in r.values]


def period_start(rules: Iterable[Rule]) -> Interval | None:
    """The first day of the agreement's period by its clauses, where one names it."""
    starts = (r.values.get("from") for r in validities(rules))
    return min((Interval.parse(s) for s in starts if s not in (None, "signing")), default=None)


def read_term(rules: Sequence[Rule], history: History) -> Term:
    """The term by the clauses and the extensions recorded so far."""
    signed = signing(rules, history)
    clauses = validities(rules)
    ends = [(end, r) for r in clauses if (end := _last_day(r, signed)) is not None]
    stated = rule = None
    assumptions: tuple[str, ...] = ()
    if ends:
        rule = ends[0][1]
        stated = Interval(min(e.earliest for e, _ in ends), max(e.latest for e, _ in ends))
        if len({end for end, _ in ends}) > 1:
            assumptions = (SEVERAL_ENDS,)
        if rule.form == "duration" and rule.values.get("from") in (None, "signing"):
            silent = (FROM_SIGNING,) if rule.values.get("from") is None else ()
            assumptions = merged(silent, signing_assumptions(rules, history), assumptions)
    elif clauses:
        rule = clauses[0]
    last = stated
    for extension in sorted(history.extensions, key=lambda e: e.entry):
        last = Interval.on(extension.new_last_day)
    renewal = next((r for r in rules if r.kind == "renewal" and r.form == "automatic"), None)
    if renewal is not None and last is not None and history.terminated is not None:
        # It has renewed itself up to the day the notice takes effect, and not beyond.
        renewal, last = None, Interval.on(history.terminated.effective_on)
    if last is None:
        renewal = None
    return Term(stated, last, rule, renewal, assumptions)


def _last_day(rule: Rule, signed: Interval | None) -> Interval | None:
    if rule.form == "period":
        return Interval.parse(rule.values["to"])
    if rule.form != "duration":
        return None
    begins = rule.values.get("from")
    first = signed if begins in (None, "signing") else Interval.parse(begins)
    months = months_of(rule)
    return None if first is None else first.map(lambda day: last_day_of_term(day, months))


def months_of(rule: Rule, key: str = "months") -> int:
    """The whole months a clause counts in; ``ValueError`` unless at least one.

    A term of no months would renew itself for ever on the same day.
    """
    months = rule.values[key]
    if not isinstance(months, int) or months < 1:
        where = f"{rule.kind} {rule.form}"
        raise ValueError(f"{where}: {key} must be a whole number of at least 1, not {months!r}")
    return months


def cut_short(history: History) -> date | None:
    """The last day in force by what happened: termination, successor or recorded lapse."""
    followed = history.successor_signed_on
    days = [
        history.terminated.effective_on if history.terminated else None,
        as_interval(followed).latest if followed is not None else None,
        add_days(history.lapsed_on, -1) if history.lapsed_on else None,
    ]
    return min((day for day in days if day is not None), default=None)


def renewed(last_day: Interval, months: int, times: int) -> Interval:
    """The last day after ``times`` renewals, always counted from the first one."""
    return last_day.map(lambda day: prolonged(day, months * times)) if times else last_day


def effective_end(rules: Sequence[Rule], history: History, today: date) -> End:
    """When the agreement ends by its clauses and what has been recorded, and why.

    The signing of a revised agreement's successor is not an end of this kind
    (:func:`in_force` knows it); that of another agreement that replaces it is.
    ``today`` only picks the next renewal of an agreement that renews itself.
    """
    dated = sorted((r for r in rules if r.dated), key=lambda r: (r.start, r.end))
    term = read_term(dated, history)
    given, replaced = history.terminated, history.replaced_on
    if replaced is not None and not _over_before(as_interval(replaced).latest, term, history):
        sentence = msg("Replaced by another agreement, signed on ${day}.", day=replaced)
        return End(as_interval(replaced), sentence)
    if given is not None and (term.last_day is None or given.effective_on <= term.last_day.latest):
        return End(
            Interval.on(given.effective_on),
            msg(
                "Terminated on ${given}; ${effective} is the last day.",
                given=given.given_on,
                effective=given.effective_on,
            ),
        )
    if term.renewal is not None and term.last_day is not None:
        return _renewing(term.last_day, term.renewal, today)
    if term.last_day is not None:
        if history.extensions:
            return End(term.last_day, msg("Extended to ${day}.", day=term.last_day))
        return End(term.last_day, msg("The clause gives ${day} as the last day.", day=term.last_day))
    if term.rule is not None and term.rule.form == "until_terminated":
        return End(None, msg("The agreement runs until it is terminated."))
    return End(None, msg("The agreement does not say when it expires."))


def _over_before(day: date, term: Term, history: History) -> bool:
    """Whether the agreement had ended, by its clauses or a notice, before ``day``."""
    given = history.terminated
    ends = [
        term.last_day.latest if term.last_day and term.renewal is None else None,
        given.effective_on if given else None,
    ]
    return any(end is not None and end < day for end in ends)


def _renewing(last_day: Interval, renewal: Rule, today: date) -> End:
    months = months_of(renewal)
    times = 0
    while (last := renewed(last_day, months, times).latest) < today and last.year < date.max.year:
        times += 1
    next_day = add_days(last, 1)
    reason = msg(
        "Renews itself on ${day} for ${months} months at a time, unless terminated in time.",
        day=next_day,
        months=months,
    )
    return End(None, reason, renews=True, renews_on=next_day)


def in_force(rules: Sequence[Rule], history: History) -> tuple[date | None, date | None]:
    """First and last day in force; (None, None) before signing, (day, None) without an end.

    From the recorded signing to the earliest of the effective end and the
    successor's signing. A date written in the text alone puts nothing in force.
    """
    signed = history.signing
    if signed is None:
        return None, None
    end = effective_end(rules, history, signed.latest)
    days = [day for day in (end.date, cut_short(history)) if day is not None]
    return signed.latest, min(days, default=None)
