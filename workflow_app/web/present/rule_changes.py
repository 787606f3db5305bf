"""What a correction changes: rules before and after, and the deadlines that move with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import Move, moves
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.chronicle import read_chronicle, rules_in

Stored = dict[str, Any]

_CHANGING = ("rules_corrected", "question_answered", "correction_proposed")
"""The kinds of entry that tell of a new rule set."""


def pairs(before: Sequence[Stored], after: Sequence[Stored]) -> list[tuple[Stored | None, Stored | None]]:
    """The rules that differ, each beside what it becomes: the same clause, else the same kind, else none."""
    gone = [r for r in before if r not in after]
    come = [r for r in after if r not in before]
    out: list[tuple[Stored | None, Stored | None]] = []
    for old in gone:
        same = [r for r in come if (r["start"], r["end"]) == (old["start"], old["end"])]
        same = same or [r for r in come if r["kind"] == old["kind"]]
        if same:
            come.remove(same[0])
        out.append((old, same[0] if same else None))
    return out + [(None, r) for r in come]


def moved(
    request: Request, agreement: Agreement, before: RuleSet, after: Sequence[Stored]
) -> tuple[tuple[Move, Message], ...]:
    """The deadlines that come, go or change their day when the rules do, each in a sentence."""
    chronicle = read_chronicle(request.dbsession, agreement, request.today, before)
    found = moves(
        chronicle.rules,
        rules_in(after),
        chronicle.history,
        today=request.today,
        until=date(request.today.year + 3, 12, 31),
        house_rules=chronicle.house_rules,
    )
    return tuple((move, _sentence(move)) for move in found)


def moves_json(
    request: Request, agreement: Agreement, before: RuleSet, after: Sequence[Stored]
) -> list[dict[str, Any]]:
    """The same for a program."""
    return [
        {
            "kind": move.kind,
            "before": move.before.to_json() if move.before else None,
            "after": move.after.to_json() if move.after else None,
            "sentence": request.say(sentence),
        }
        for move, sentence in moved(request, agreement, before, after)
    ]


def _sentence(move: Move) -> Message:
    old = Interval(move.before.earliest, move.before.latest) if move.before else None
    new = Interval(move.after.earliest, move.after.latest) if move.after else None
    if old is None:
        return msg("${kind}: a new deadline, ${new}.", kind=kind_word(move.kind), new=new)
    if new is None:
        return msg("${kind}: the deadline ${old} falls away.", kind=kind_word(move.kind), old=old)
    return msg("${kind}: ${old} becomes ${new}.", kind=kind_word(move.kind), old=old, new=new)


@dataclass(frozen=True)
class Change:
    """Who made a rule set, when, and why, as the trail tells it."""

    person: str | None
    at: datetime
    note: str | None


def changes(request: Request, agreement: Agreement) -> dict[int, Change]:
    """The number of each rule set that a correction or an answer made → who made it (the first telling)."""
    entries = request.dbsession.scalars(
        select(TrailEntry)
        .where(
            TrailEntry.chain == trail.agreement_chain(agreement.id),
            TrailEntry.kind.in_(_CHANGING),
        )
        .order_by(TrailEntry.number)
    ).all()
    clear = trail.clear(request.dbsession, entries)
    told: dict[int, Change] = {}
    for entry in entries:
        body = json.loads(entry.body)
        actor = body.get("actor") or {}
        change = Change(actor.get("person"), entry.at, clear.get(entry.id, {}).get("note"))
        told.setdefault(body["data"]["rules"], change)
    return told


def introduced(request: Request, agreement: Agreement, rules: Sequence[Stored]) -> dict[int, int]:
    """The place of each corrected rule in ``rules`` → the number of the rule set that first held it."""
    wanted = [n for n, r in enumerate(rules) if r.get("corrected")]
    if not wanted:
        return {}
    rows = request.dbsession.execute(
        select(RuleSet.number, RuleSet.rules)
        .where(RuleSet.agreement_id == agreement.id)
        .order_by(RuleSet.number)
    ).all()
    return {n: next(number for number, held in rows if rules[n] in held) for n in wanted}
