"""The approve page's own questions: exactly what is approved, in what capacity, with what consequence.

Nobody should sign something else than what is on the page: the text, the
attachments and the rules shown here are those the digest covers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pyramid.request import Request

from workflow_app.domain.case import Slot
from workflow_app.domain.definitions import Definition, Effect, Of, Transition
from workflow_app.domain.engine import open_round, slots
from workflow_app.domain.fields import Field
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words
from workflow_app.models.agreements import Agreement
from workflow_app.services import evaluations, matters
from workflow_app.services.cases import Gathered
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.material import attachments_of, rules_of, text_of
from workflow_app.web.pagemodels import Approved, Capacity, Link
from workflow_app.web.present.sections import text_sections
from workflow_app.web.present.words import capacity, head
from workflow_app.web.resources import TransitionResource


def _my_slots(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> list[Slot]:
    held = {(h.party, h.role) for h in request.who.holdings}
    given = open_round(gathered.case, step, None)
    taken = {a.slot for a in given.approvals} if given else set()
    return [
        slot
        for slot in slots(context.definition, step, gathered.case)
        if slot not in taken and any((slot.party, role) in held for role in slot.roles)
    ]


def capacities(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> tuple[Capacity, ...]:
    """What the reader acts in: the places still open to her, else the roles that may do it."""
    keys = {p.party.key for p in context.agreement.parties}
    if step.approvals:
        wanted = {(s.party, role) for s in _my_slots(request, context, step, gathered) for role in s.roles}
    else:
        wanted = {(key, role) for key in keys for role in step.may}
    return tuple(capacity(request, h) for h in request.who.holdings if (h.party, h.role) in wanted)


def slot_choices(
    request: Request, context: TransitionResource, step: Transition, gathered: Gathered
) -> tuple[tuple[str, str], ...]:
    """Where the reader could fill several places, she says which; with one there is nothing to choose."""
    mine = _my_slots(request, context, step, gathered)
    if len(mine) < 2:
        return ()
    held = {(h.party, h.role): h for h in request.who.holdings}
    out = []
    for slot in mine:
        role = next(r for r in slot.roles if (slot.party, r) in held)
        said = capacity(request, held[slot.party, role])
        out.append((f"{role}@{slot.party}", f"{said.role}, {said.party}"))
    return tuple(out)


def consequence(
    request: Request, definition: Definition, step: Transition, gathered: Gathered, agreement: Agreement
) -> str | None:
    """What happens on pressing the button, in one sentence."""
    targets = definition.targets(step, agreement.state)
    if step.outcomes or not targets:
        return None
    to = request.say(Message(definition.states[targets[0]].label))
    if step.approvals is None:
        return (
            str(request.say(msg("The agreement becomes: ${state}.", state=to))) if len(targets) == 1 else None
        )
    current = open_round(gathered.case, step, None)
    left = len(slots(definition, step, gathered.case)) - (len(current.approvals) if current else 0)
    if left > 1:
        sentence = msg("Your approval is recorded; after it, ${count} more are needed.", count=left - 1)
    else:
        sentence = msg("Yours is the last approval: the agreement becomes ${state} at once.", state=to)
    return str(request.say(sentence))


_AFTER_THE_MEETING = ("outcome", "meeting_date", "decision", "reason", "internal")


def offered(step: Transition) -> tuple[Field, ...]:
    """The step's fields; of the outcomes a matter can have, those that this step knows."""
    return tuple(
        replace(f, choices=tuple(c for c in f.choices if c.value in step.outcomes))
        if step.outcomes and f.name == "outcome"
        else f
        for f in step.fields
    )


def asked_for(
    request: Request, context: TransitionResource, step: Transition, chronicle: Chronicle
) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """The fields worth asking for, and what is known of them already.

    What a matter was prepared with is filled in; of a frozen one only what the
    meeting decided is asked. A reader with one kommune need not name it. Which
    year is to be evaluated follows from the deadlines.
    """
    if any(f.name == "signed_on" for f in step.fields):
        return step.fields, _signed_on(rules_of(request.dbsession, context.agreement).rules)
    if Effect.OPEN_EVALUATION in step.effects:
        return step.fields, _year_due(chronicle)
    if not step.outcomes:
        return step.fields, {}
    mine = [
        h.party for h in request.who.holdings if h.role in step.roles and h.party in context.owner.party_keys
    ]
    fields = tuple(f for f in offered(step) if f.name != "party" or len(set(mine)) > 1)
    matter = matters.pending(request.dbsession, context.agreement, mine[0]) if mine else None
    if matter is None:
        return fields, {}
    known = {name: getattr(matter, name) for name in ("kind", *matters.PREPARED)}
    if matter.frozen_at is not None:
        fields = tuple(f for f in fields if f.name in _AFTER_THE_MEETING)
    return fields, {name: value for name, value in known.items() if value is not None}


def _signed_on(rules: list[dict[str, Any]]) -> dict[str, Any]:
    """The day or month of signing that the text itself gives, to be looked at and not typed again."""
    days = {r["date"] for r in rules if r["kind"] == "signed" and r["form"] == "date"}
    return {"signed_on": days.pop()} if len(days) == 1 else {}


def _year_due(chronicle: Chronicle) -> dict[str, Any]:
    """The year of the first evaluation somebody still has to make, where it can be begun today."""
    waiting = [d for d in chronicle.deadlines() if d.kind == "evaluation" and d.reminds]
    first = min(waiting, key=lambda d: d.latest, default=None)
    if first is None or first.year is None or first.year > chronicle.today.year + 1:
        # Next year's may be made early; those after it are not begun yet.
        return {}
    return {"year": first.year}


def approved(request: Request, context: TransitionResource, step: Transition) -> Approved | None:
    """Exactly what the approval binds to."""
    db, agreement = request.dbsession, context.agreement
    assert step.approvals is not None
    url = head(request, agreement, context.definition).url
    if step.approvals.of is Of.MATTER:
        return None
    if step.approvals.of is Of.EVALUATION:
        newest = evaluations.newest(db, agreement)
        if newest is None:
            return None
        return Approved(
            what=request.say(msg("The evaluation for ${year}", year=newest.year)),
            title=agreement.title,
            version=newest.number,
            digest=newest.sha256,
            full_text=Link(f"{url}/evaluation?year={newest.year}", request.say(msg("Read the evaluation"))),
        )
    text = text_of(db, agreement)
    rules = rules_of(db, agreement)
    files = attachments_of(db, agreement)
    return Approved(
        what=request.say(msg("The agreement")),
        title=agreement.title,
        version=text.number,
        digest=agreement.digest,
        full_text=Link(f"{url}/text?version={text.number}", request.say(msg("Read the whole text"))),
        text=text_sections(text.text),
        attachments=tuple(Link(f"{url}/attachments/{f.id}", f.name, f"SHA-256 {f.sha256}") for f in files),
        rules=tuple(_in_words(request, r) for r in rules.rules) if rules.confirmed_at else (),
        rules_href=f"{url}/rules",
    )


def _in_words(request: Request, raw: dict[str, Any]) -> str:
    """A rule as a sentence, with the clause it was read from."""
    rule = Rule.from_json(raw)
    return f"{request.say(in_words(rule))} «{' '.join(rule.quote.split())}»"
