"""Where the agreement gives no date, said in words instead of guessed.

A page that shows nothing where a text is silent looks as if it had forgotten;
this says that the text is silent, why a clause dates nothing, and what house
rule a kommune may set instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from workflow_app.domain.deadlines.facts import BY_REGISTERING, Facts, counts_from_signing, gather
from workflow_app.domain.deadlines.model import Silence
from workflow_app.domain.history import History
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule


def silences(rules: Sequence[Rule], history: History | None = None) -> tuple[Silence, ...]:
    """What the text does not date: silent kinds first, then each undated clause with its reason."""
    known = history or History()
    # No status is asked for, so the day does not matter.
    facts = gather(rules, known, (), date.min, date.min)
    undated = sorted((r for r in rules if not r.dated), key=lambda r: (r.start, r.end))
    spoken = [r for r in undated if not (r.kind == "signed" and facts.signing is not None)]
    kinds = {r.kind for r in spoken}
    return (
        *_signing(facts, kinds),
        *_expiry(facts, kinds),
        *_revision(facts, kinds),
        *_evaluation(facts, kinds),
        *_council(facts),
        *(_undated(r) for r in spoken),
    )


def _undated(rule: Rule) -> Silence:
    settled = BY_REGISTERING if rule.kind == "signed" else None
    return Silence(rule.kind, Message(rule.reason or ""), rule, settled_by=settled)


def _signing(facts: Facts, kinds: set[str]) -> Iterator[Silence]:
    if facts.signing is None and "signed" not in kinds:
        yield Silence("signed", msg("The agreement does not say when it was signed."))


def _expiry(facts: Facts, kinds: set[str]) -> Iterator[Silence]:
    term, clause = facts.term, facts.term.rule
    if term.renewal is not None:
        sentence = msg("The agreement renews itself, so it does not expire on a day.")
        yield Silence("expiry", sentence, term.renewal)
    elif term.last_day is not None or "validity" in kinds:
        return
    elif clause is None:
        yield Silence("expiry", msg("The agreement does not say when it expires."))
    elif clause.form == "duration":
        sentence = msg("The term is counted from signing, and no signing date is known.")
        yield Silence("expiry", sentence, clause, settled_by=BY_REGISTERING)
    elif clause.form == "until_terminated":
        yield Silence("expiry", msg("The agreement runs until it is terminated."), clause)
    else:
        yield Silence("expiry", msg("The agreement says when it begins, but not when it expires."), clause)


def _revision(facts: Facts, kinds: set[str]) -> Iterator[Silence]:
    clause = next(iter(facts.of_kind("revision", "every")), None)
    if clause is None and "revision" not in kinds:
        sentence = msg("The agreement does not say when it is to be revised.")
        yield Silence("revision", sentence, house_rule="review_after_months")
    elif clause is not None and counts_from_signing(clause) and facts.signing is None:
        sentence = msg("The revision is counted from signing, and no signing date is known.")
        yield Silence("revision", sentence, clause, settled_by=BY_REGISTERING)


def _evaluation(facts: Facts, kinds: set[str]) -> Iterator[Silence]:
    clause = next(iter(facts.of_kind("evaluation")), None)
    if clause is None and "evaluation" not in kinds:
        yield Silence("evaluation", msg("The agreement does not say when it is to be evaluated."))
    elif clause is not None and clause.form == "yearly" and facts.start is None:
        sentence = msg("Evaluations begin the year of signing, and no signing date is known.")
        yield Silence("evaluation", sentence, clause, settled_by=BY_REGISTERING)


def _council(facts: Facts) -> Iterator[Silence]:
    clause = next(iter(facts.of_kind("council")), None)
    if clause is None:
        sentence = msg("The agreement does not ask to be laid before the kommunestyre.")
        yield Silence("report", sentence)
    elif clause.form != "adoption":
        sentence = msg("The clause gives no date for laying the agreement before the kommunestyre.")
        yield Silence("report", sentence, clause, house_rule="report_within_days")
