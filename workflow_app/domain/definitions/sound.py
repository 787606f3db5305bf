"""Whether a definition makes sense as a whole: nothing unreachable, no dead end, no loop of the clock.

Asked only when every name is known, so that one wrong letter does not hide
behind twenty findings that follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workflow_app.domain.definitions.model import ORIGIN, SAME, Definition
from workflow_app.domain.definitions.table import Findings
from workflow_app.domain.messages import msg

Graph = Mapping[str, frozenset[str]]


def examine(definition: Definition, findings: Findings) -> None:
    """Note every fault of the whole in ``findings``."""
    _origins(definition, findings)
    _ways(definition, findings)
    _awaits(definition, findings)
    _clock(definition, findings)


def edges(definition: Definition, *, automatic_only: bool = False) -> Graph:
    """State → the states one step may lead to, itself left out."""
    out: dict[str, set[str]] = {name: set() for name in definition.states}
    for step in definition.transitions.values():
        if automatic_only and step.automatic is None:
            continue
        for source in step.sources:
            out[source].update(target for target in definition.targets(step, source) if target != source)
    return {name: frozenset(targets) for name, targets in out.items()}


def reachable(graph: Graph, start: Iterable[str]) -> frozenset[str]:
    """Every state that can be reached from ``start``, which is included."""
    seen, todo = set(start), list(start)
    while todo:
        for following in graph.get(todo.pop(), ()):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return frozenset(seen)


def _ways(definition: Definition, findings: Findings) -> None:
    graph = edges(definition)
    found = reachable(graph, [definition.initial])
    backwards: Graph = {
        name: frozenset(source for source, targets in graph.items() if name in targets) for name in graph
    }
    finals = [name for name, state in definition.states.items() if state.final]
    ending = reachable(backwards, finals)
    left = {source for step in definition.transitions.values() for source in step.sources}
    for name, state in definition.states.items():
        if name not in found:
            findings.add(f"states.{name}", msg("no transition leads here from the initial state"))
        if state.final and name in left:
            findings.add(f"states.{name}.final", msg("is final, but a transition leads out of it"))
        if not state.final and not graph[name]:
            findings.add(f"states.{name}", msg("no transition leads out of it, and it is not final"))
        elif not state.final and name not in ending:
            findings.add(f"states.{name}", msg("no final state can be reached from it"))


def _origins(definition: Definition, findings: Findings) -> None:
    goes_back = {s for step in definition.transitions.values() if step.to == ORIGIN for s in step.sources}
    for step in definition.transitions.values():
        if step.to == ORIGIN:
            for source in step.sources:
                if not definition.origins(source):
                    sentence = msg(
                        "unknown origin: no transition into “${state}” has set_origin = true", state=source
                    )
                    findings.add(f"transitions.{step.name}.to", sentence)
        if step.to in (SAME, ORIGIN):
            continue
        if step.set_origin and step.to not in goes_back:
            sentence = msg("no “@origin” transition leads back from “${state}”", state=step.to)
            findings.add(f"transitions.{step.name}.set_origin", sentence)
        entered = {step.to} - ({step.to} if step.set_origin else set())
        entered |= {o.to for o in step.outcomes.values() if o.to in definition.states}
        for state in sorted(entered & goes_back):
            sentence = msg(
                "leads into “${state}”, which goes back to its origin; add set_origin = true", state=state
            )
            findings.add(f"transitions.{step.name}.set_origin", sentence)
    if definition.initial in goes_back:
        sentence = msg("the initial state has no origin to go back to, but an “@origin” transition leaves it")
        findings.add("initial", sentence)


def _awaits(definition: Definition, findings: Findings) -> None:
    for name, state in definition.states.items():
        for awaited in state.awaits:
            step = definition.transitions[awaited]
            if name not in step.sources:
                sentence = msg("“${transition}” does not start from this state", transition=awaited)
                findings.add(f"states.{name}.awaits", sentence)
            elif step.automatic is not None:
                sentence = msg("“${transition}” is automatic and waits for nobody", transition=awaited)
                findings.add(f"states.{name}.awaits", sentence)


def _clock(definition: Definition, findings: Findings) -> None:
    graph = edges(definition, automatic_only=True)
    for step in definition.transitions.values():
        if step.automatic is None:
            continue
        for source in step.sources:
            targets = definition.targets(step, source)
            if any(source in reachable(graph, [target]) for target in targets):
                sentence = msg(
                    "is automatic and could bring “${state}” back to itself for ever", state=source
                )
                findings.add(f"transitions.{step.name}.automatic", sentence)
