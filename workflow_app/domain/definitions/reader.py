"""TOML text → a definition: the shape of each key, and every name looked up.

Whether the definition makes sense as a whole (reachable, no dead ends) is the
question of the module ``sound``, asked when the names are known to be right.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from workflow_app.domain.definitions.findings import Finding, UnsoundDefinition
from workflow_app.domain.definitions.model import Definition, Permission, Side, State
from workflow_app.domain.definitions.sound import examine
from workflow_app.domain.definitions.table import Findings, Table
from workflow_app.domain.definitions.transitions import Names, read_transition
from workflow_app.domain.messages import msg


def parse(text: str, filename: str) -> Definition:
    """The definition in ``text``, checked whole.

    ``filename`` is only for the findings. Raises :class:`UnsoundDefinition`
    with every fault.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        sentence = msg("is not TOML: ${error}", error=str(error))
        raise UnsoundDefinition([Finding(filename, "(file)", sentence)]) from error
    findings = Findings(filename)
    definition = _read(raw, findings)
    if not findings.found:
        examine(definition, findings)
    if findings.found:
        raise UnsoundDefinition(findings.found)
    return definition


def digest(raw: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON of a definition's content (comments and layout left out).

    Sorted keys, no white space, UTF-8: RFC 8785 for the texts, whole numbers
    and booleans a definition is made of. Values of other TOML types are
    written as texts; a definition that has them is unsound anyway.
    """
    return hashlib.sha256(_canonical(raw)).hexdigest()


def _canonical(raw: Mapping[str, Any]) -> bytes:
    written = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return written.encode("utf-8")


def _read(raw: Mapping[str, Any], findings: Findings) -> Definition:
    top = Table(raw, "", findings)
    ident = top.text("id")
    if ident and not ident.replace("_", "").isalnum():
        top.fault("id", msg("must be letters, digits and underscores"))
    version, title, initial = top.whole("version"), top.text("title"), top.text("initial")
    sides = _sides(top)
    observers = top.names("observers")
    roles = _roles(top, sides, observers)
    labels = _labels(top, (*sides, *roles, *observers))
    state_tables, transition_tables = top.tables("states"), top.tables("transitions")
    names = Names(tuple(state_tables), roles)
    states = {name: _state(name, table, (*roles, *observers)) for name, table in state_tables.items()}
    transitions = {name: read_transition(name, table, names) for name, table in transition_tables.items()}
    if initial:
        top.known("initial", [initial], state_tables, "state")
    for name, state in states.items():
        state_tables[name].known("awaits", state.awaits, transitions, "transition")
    top.done()
    return Definition(
        id=ident,
        version=version,
        title=title,
        initial=initial,
        sides=MappingProxyType(sides),
        observers=observers,
        labels=MappingProxyType(labels),
        states=MappingProxyType(states),
        transitions=MappingProxyType(transitions),
        # Only what is sound has a digest: anything else may be nested deeper than can be written out.
        digest="" if findings.found else digest(raw),
        filename=findings.file,
        written=b"" if findings.found else _canonical(raw),
    )


def _sides(top: Table) -> dict[str, Side]:
    sides = {}
    for name, table in top.tables("sides").items():
        sides[name] = Side(name, table.names("roles", required=True))
        table.done()
    if len(sides) == 1:
        top.fault("sides", msg("there is one side only; an agreement has at least two"))
    return sides


def _roles(top: Table, sides: Mapping[str, Side], observers: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    places = [(f"sides.{side.name}.roles", role) for side in sides.values() for role in side.roles]
    for place, role in places + [("observers", role) for role in observers]:
        if role in seen:
            sentence = msg(
                "the role “${role}” is in ${place} already; a role has one place", role=role, place=seen[role]
            )
            top.findings.add(place, sentence)
        seen.setdefault(role, place)
    return tuple(role for role, place in seen.items() if place != "observers")


def _labels(top: Table, allowed: tuple[str, ...]) -> dict[str, str]:
    table = top.table("labels", required=False)
    table.known("", table.raw, allowed, "role or side")
    return {name: table.text(name) for name in table.raw}


def _state(name: str, table: Table, roles: tuple[str, ...]) -> State:
    may = table.table("may")
    rights = {}
    for right in may.known("", may.raw, list(Permission), "permission"):
        rights[Permission(right)] = may.known(right, may.names(right), roles, "role")
    if may.raw and Permission.VIEW not in rights:
        may.fault("view", msg("is missing; nobody could see an agreement in this state"))
    state = State(
        name, table.text("label"), table.flag("final"), table.names("awaits"), MappingProxyType(rights)
    )
    table.done()
    return state
