"""A proposed correction: what stands, what would stand, which deadlines move, whom it waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.engine import open_round, slots
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words, kind_word
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.services import proposals
from workflow_app.services.cases import case_of
from workflow_app.services.people_holdings import holders
from workflow_app.web.pagemodels import Clause, Proposal
from workflow_app.web.present.rule_changes import changes, moved, pairs
from workflow_app.web.present.words import moment, person_name, waiting
from workflow_app.web.resources import AgreementResource


def proposal_rows(
    request: Request,
    agreement: Agreement,
    current: RuleSet,
    proposed: RuleSet,
    *,
    clause_of: Callable[[Mapping[str, Any]], Clause],
    waits: tuple[str, ...],
    may_accept: bool,
    may_decline: bool,
) -> tuple[Proposal, ...]:
    """A row for every rule that the proposal changes; one for all where it only asks to confirm them."""
    change = changes(request, agreement)[proposed.number]
    shared: dict[str, Any] = {
        "id": str(proposed.number),
        "who": person_name(request, change.person) if change.person else "",
        "when": moment(request, change.at),
        "note": change.note,
        "waits_for": waits,
        "may_accept": may_accept,
        "may_decline": may_decline,
    }
    moving = tuple(request.say(words) for _, words in moved(request, agreement, current, proposed.rules))
    rows = []
    for n, (old, new) in enumerate(pairs(current.rules, proposed.rules)):
        raw = new or old
        assert raw is not None, "a pair has at least one side"
        rows.append(
            Proposal(
                kind=request.say(kind_word(raw["kind"])),
                clause=clause_of(raw),
                before=said(request, old),
                after=said(request, new),
                moves=moving if n == 0 else (),
                **shared,
            )
        )
    if rows:
        return tuple(rows)
    words = request.say(msg("The rules as they stand below, to be confirmed by all"))
    return (Proposal(kind=words, clause=None, before=None, after=None, **shared),)


def said(request: Request, raw: Mapping[str, Any] | None) -> str | None:
    """A stored rule in words."""
    if raw is None:
        return None
    words: str = request.say(in_words(Rule.from_json(raw)))
    return words


def waits_for(request: Request, resource: AgreementResource) -> tuple[tuple[str, ...], bool]:
    """Whom the standing proposal waits for, and whether the reader is one of them."""
    definition, agreement = resource.definition, resource.agreement
    step = definition.transitions[proposals.CORRECT]
    case = case_of(request.dbsession, agreement).case
    current = open_round(case, step, None)
    given = {a.slot for a in current.approvals} if current else set()
    people = holders(request.dbsession, [p.party.key for p in agreement.parties], request.today)
    left = [
        waiting(request, agreement, slot, people)
        for slot in slots(definition, step, case)
        if slot not in given
    ]
    words = tuple(f"{w.role}, {w.party}" + (f" ({', '.join(w.names)})" if w.names else "") for w in left)
    return words, any(w.you for w in left)
