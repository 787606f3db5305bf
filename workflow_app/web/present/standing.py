"""Where an agreement stands, in words: in force or not and why, the diagram, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from pyramid.request import Request

from workflow_app.domain.dates import as_interval
from workflow_app.domain.deadlines.term import read_term
from workflow_app.domain.definitions import Definition
from workflow_app.domain.diagram import arrows, svg
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.people_holdings import Holder as Held
from workflow_app.services.trail_reading import sent_back_because
from workflow_app.web.pagemodels import DiagramState, Holder, InForce, PartyView
from workflow_app.web.present.words import day, person_name, role_word, root_url

SIDES: dict[str, Message] = {"municipal": msg("kommune"), "police": msg("police")}


def in_force(request: Request, agreement: Agreement, definition: Definition, chronicle: Chronicle) -> InForce:
    """Whether the agreement binds today, since when and until when, and the clause that says so."""
    since, until = chronicle.in_force
    if since is None:
        final = definition.states[agreement.state].final
        never = msg("It was never signed, and so was never in force.")
        not_yet = msg("It is not signed yet. It is in force from the day it is signed.")
        return InForce(False, request.say(never if final else not_yet))
    now = since <= request.today and (until is None or request.today <= until)
    return InForce(
        now=now,
        sentence=" ".join(request.say(m) for m in _sentences(chronicle, now)),
        since=day(request, since),
        until=day(request, until) if until else None,
        quote=_end_clause(chronicle),
    )


def _sentences(chronicle: Chronicle, now: bool) -> list[Message]:
    _, until = chronicle.in_force
    # As it is known: a paper may give the month alone.
    since = chronicle.history.signing
    followed = chronicle.history.successor_signed_on
    if until is None:
        return [msg("Since ${since}, with no end.", since=since), chronicle.end.reason]
    ended = followed is not None and as_interval(followed).latest == until
    if now:
        told = msg("From ${since} to ${until}, that day included.", since=since, until=until)
    else:
        last = followed if ended else until
        told = msg("It was in force from ${since} to ${until}.", since=since, until=last)
    if ended and chronicle.history.replaced_on is None:
        return [told, msg("The agreement that follows it was signed on ${day}.", day=followed)]
    return [told, chronicle.end.reason]


def _end_clause(chronicle: Chronicle) -> str | None:
    """The words the end is drawn from; none where it came by something that happened."""
    history = chronicle.history
    if history.extensions or history.terminated or history.successor_signed_on:
        return None
    dated = sorted((r for r in chronicle.rules if r.dated), key=lambda r: (r.start, r.end))
    term = read_term(dated, history)
    rule = term.renewal or term.rule
    return rule.quote if rule else None


def diagram(request: Request, definition: Definition, state: str) -> str:
    """The drawing with the state marked. Drawn once for each definition, state and language."""
    drawn: dict[tuple[str, str, str], str] = request.registry.setdefault("diagrams", {})
    key = (definition.digest, state, request.locale_name)
    if key not in drawn:
        drawn[key] = svg(definition, state, lambda words: str(request.say(Message(words))))
    return drawn[key]


def diagram_states(
    request: Request, definition: Definition, state: str, passed: frozenset[str]
) -> tuple[DiagramState, ...]:
    """The same as a list: every state with the ways that lead out of it."""
    kept: dict[tuple[str, str], dict[str, list[str]]] = request.registry.setdefault("ways", {})
    key = (definition.digest, request.locale_name)
    if key not in kept:
        kept[key] = _ways(request, definition)
    ways = kept[key]
    return tuple(
        DiagramState(
            label=request.say(Message(found.label)),
            standing="current" if name == state else "passed" if name in passed else "ahead",
            ways=tuple(dict.fromkeys(ways.get(name, ()))),
        )
        for name, found in definition.states.items()
    )


def _ways(request: Request, definition: Definition) -> dict[str, list[str]]:
    """State → "Sign → Signed" for each way out of it, in the reader's language."""
    ways: dict[str, list[str]] = {}
    for arrow in arrows(definition):
        to = request.say(Message(definition.states[arrow.target].label))
        ways.setdefault(arrow.source, []).append(f"{request.say(arrow.label)} → {to}")
    return ways


def party_views(
    request: Request, agreement: Agreement, definition: Definition, people: Sequence[Held]
) -> tuple[PartyView, ...]:
    """Each party with those who hold its roles today; offices nobody holds are in the warnings."""
    part = {role for step in definition.transitions.values() for role in step.roles}
    return tuple(
        PartyView(
            name=p.party.name,
            side_label=request.say(SIDES.get(p.party.side, Message(p.party.side))),
            holders=tuple(
                Holder(
                    name=h.name,
                    role=role_word(request, h.role, h.title),
                    acting_for=person_name(request, h.acting_for) if h.acting_for else None,
                )
                for h in people
                if h.party == p.party.key and h.role in part
            ),
            href=f"{root_url(request)}/parties/{p.party.key}",
        )
        for p in agreement.parties
    )


def warnings(
    request: Request,
    agreement: Agreement,
    definition: Definition,
    people: Sequence[Held],
    incomplete: Sequence[str],
) -> tuple[str, ...]:
    """What stands in the way of the agreement as a whole, while it can still be put right."""
    if agreement.signed_on is not None or definition.states[agreement.state].final:
        return ()
    said = []
    if agreement.state == definition.initial and (why := sent_back_because(request.dbsession, agreement)):
        said.append(msg("It is a draft again: «${reason}»", reason=why))
    if incomplete:
        sections = "; ".join(f"«{s}»" for s in incomplete)
        said.append(msg("Nothing has been filled in under: ${sections}.", sections=sections))
    held = {(h.role, h.party) for h in people}
    signing = [s for s in definition.transitions.values() if s.approvals and s.approvals.reauthenticate]
    for role in dict.fromkeys(r for step in signing for r in step.roles):
        for p in agreement.parties:
            if definition.side_of[role] == p.party.side and (role, p.party.key) not in held:
                said.append(
                    msg(
                        "Nobody is ${role} for ${party} today, so nobody there could sign.",
                        role=role_word(request, role),
                        party=p.party.name,
                    )
                )
    return tuple(request.say(m) for m in said)
