"""Reading one transition: who, from where, to where, under what guards, asking for what."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from workflow_app.domain.definitions.model import (
    FILL,
    ORIGIN,
    RECORD,
    SAME,
    Approvals,
    Automatic,
    Document,
    Effect,
    Of,
    Order,
    Outcome,
    Transition,
)
from workflow_app.domain.definitions.table import Table
from workflow_app.domain.fields import FIELDS, Field, field
from workflow_app.domain.guards import GUARDS
from workflow_app.domain.messages import msg

AUTOMATIC_DATES = ("effective_end",)
"""The dates of the facts after which the clock may move a state."""


@dataclass(frozen=True)
class Names:
    """What a transition may refer to: states, and roles that may act (observers may not)."""

    states: tuple[str, ...]
    roles: tuple[str, ...]


def read_transition(name: str, table: Table, names: Names) -> Transition:
    """The transition in ``table``; every fault is noted in the table's findings."""
    sources = table.known("from", table.names("from", required=True), names.states, "state")
    to = table.text("to")
    if to:
        table.known("to", [to], (*names.states, SAME, ORIGIN), "state")
    kinds = [kind for kind in ("may", "approvals", "automatic") if table.has(kind)]
    if len(kinds) != 1:
        table.fault(
            "may", msg("a transition has exactly one of may, approvals and automatic; nobody else can do it")
        )
    may = table.known("may", table.names("may"), names.roles, "role")
    approvals = _approvals(table, names) if table.has("approvals") else None
    automatic = _automatic(table) if table.has("automatic") else None
    fields = _fields(table)
    transition = Transition(
        name=name,
        label=table.text("label"),
        sources=sources,
        to=to,
        may=may,
        approvals=approvals,
        automatic=automatic,
        guards=table.known("guards", table.names("guards"), GUARDS, "guard"),
        fields=fields,
        outcomes=_outcomes(table, names, approvals, fields),
        effects=_effects(table, "effects"),
        each_time=_effects(table, "each_time"),
        documents=tuple(
            map(Document, table.known("documents", table.names("documents"), list(Document), "document"))
        ),
        set_origin=table.flag("set_origin"),
    )
    table.done()
    _fits_together(table, transition)
    return transition


def _approvals(table: Table, names: Names) -> Approvals:
    inner = table.table("approvals")
    ways = [way for way in ("from_every_party", "any_of_every_party") if inner.has(way)]
    if len(ways) != 1:
        inner.fault(
            "from_every_party",
            msg("name either from_every_party or any_of_every_party; nobody could approve"),
        )
    each, any_of = inner.names("from_every_party"), inner.names("any_of_every_party")
    way = "from_every_party" if inner.has("from_every_party") else "any_of_every_party"
    approvals = Approvals(
        roles=inner.known(way, each or any_of, names.roles, "role"),
        each=inner.has("from_every_party"),
        of=Of(inner.choice("of", list(Of), Of.AGREEMENT)),
        order=Order(inner.choice("order", list(Order), Order.ANY)),
        reauthenticate=inner.flag("reauthenticate"),
    )
    inner.done()
    return approvals


def _automatic(table: Table) -> Automatic:
    inner = table.table("automatic")
    if inner.has("day_after") == inner.has("when"):
        inner.fault("day_after", msg("name either day_after (a date) or when (a guard)"))
    day_after, when = inner.text("day_after", required=False), inner.text("when", required=False)
    inner.known("day_after", [day_after] if day_after else [], AUTOMATIC_DATES, "date")
    inner.known("when", [when] if when else [], GUARDS, "guard")
    inner.done()
    return Automatic(day_after or None, when or None)


def _fields(table: Table) -> tuple[Field, ...]:
    fields: list[Field] = []
    for use in table.names("fields"):
        if table.known("fields", [use.removesuffix("?")], FIELDS, "field"):
            found = field(use)
            if found.name in [f.name for f in fields]:
                table.fault("fields", msg("“${field}” is asked for twice", field=found.name))
            fields.append(found)
    return tuple(fields)


def _effects(table: Table, key: str) -> tuple[Effect, ...]:
    return tuple(map(Effect, table.known(key, table.names(key), list(Effect), "effect")))


def _outcomes(
    table: Table, names: Names, approvals: Approvals | None, fields: tuple[Field, ...]
) -> MappingProxyType[str, Outcome]:
    if not table.has("outcomes"):
        return MappingProxyType({})
    inner = table.table("outcomes")
    asked = next((f for f in fields if f.name == "outcome" and f.required), None)
    if asked is None:
        table.fault(
            "outcomes", msg("the transition does not ask for the outcome; add “outcome” to its fields")
        )
    if approvals is None or approvals.each:
        table.fault("outcomes", msg("outcomes belong to approvals with any_of_every_party"))
    found = {}
    for name in inner.raw:
        entry = inner.raw[name]
        if isinstance(entry, dict):
            own = inner.table(name)
            to, effects = own.text("to"), _effects(own, "effects")
            own.done()
        else:
            to, effects = inner.text(name), ()
        if to:
            inner.known(name, [to], (*names.states, FILL, RECORD), "state")
        found[name] = Outcome(name, to, effects)
    if asked is not None:
        inner.known("", found, [choice.value for choice in asked.choices], "outcome")
    if not any(outcome.to == FILL for outcome in found.values()):
        table.fault("outcomes", msg("no outcome has “@fill”, so the transition could never be completed"))
    return MappingProxyType(found)


def _fits_together(table: Table, step: Transition) -> None:
    asked = {f.name for f in step.fields}
    for name in step.guards:
        for needed in GUARDS[name].needs:
            if needed not in asked:
                table.fault("guards", msg("the guard “${guard}” reads “${field}”; add it to the fields",
                                          guard=name, field=needed))  # fmt: skip
    reauthenticate = step.approvals is not None and step.approvals.reauthenticate
    if reauthenticate and not any(f.name == "password" and f.required for f in step.fields):
        table.fault("approvals.reauthenticate", msg("needs the field “password”"))
    if "password" in asked and not reauthenticate:
        table.fault("fields", msg("“password” is asked for, but the approvals do not reauthenticate"))
    if step.automatic is not None and step.fields:
        table.fault("fields", msg("an automatic transition asks nobody; take its fields away"))
    if step.set_origin and step.to in (SAME, ORIGIN):
        table.fault("set_origin", msg("belongs to a transition to a named state"))
