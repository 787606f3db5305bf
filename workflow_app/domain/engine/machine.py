"""One ``transitions`` machine per definition: the only judge of legality and destination.

Nothing else in the engine compares states. Every way a step can end has a
trigger of its own, so that the machine alone knows where it leads: ``sign``,
``continue@signed`` (back to an origin), ``adopt:sent_back`` (by outcome). The
machine has no models and no conditions: guards give sentences, which its
conditions cannot, and case objects stay clean.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from transitions import Machine, MachineError

from workflow_app.domain.definitions import FILL, ORIGIN, RECORD, SAME, Definition, Transition


class _Probe:
    """The least a machine can move: a state."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Workings:
    """A definition's machine, asked two questions: may it, and where to."""

    def __init__(self, definition: Definition) -> None:
        self.machine = Machine(
            model=None,
            states=list(definition.states),
            transitions=_arrows(definition),
            initial=definition.initial,
            auto_transitions=False,
            send_event=True,
        )
        self._legal: Mapping[str, frozenset[str]] = {
            state: frozenset(
                trigger.split("@")[0].split(":")[0] for trigger in self.machine.get_triggers(state)
            )
            for state in definition.states
        }

    def legal(self, state: str, transition: str) -> bool:
        """Whether any ending of ``transition`` starts from ``state``."""
        return transition in self._legal.get(state, frozenset())

    def destination(self, state: str, trigger: str) -> str | None:
        """The state ``trigger`` leads to from ``state``, or None where the machine refuses it."""
        event = self.machine.events.get(trigger)
        if event is None:
            return None
        probe = _Probe(state)
        try:
            event.trigger(probe)
        except (MachineError, ValueError):
            # ValueError: a state the machine has never heard of.
            return None
        return probe.state


def trigger_of(transition: Transition, origin: str | None, outcome: str | None) -> str:
    """The machine's trigger for one ending: by outcome, by origin, or the plain name."""
    if transition.outcomes:
        return f"{transition.name}:{outcome}"
    if transition.to == ORIGIN:
        return f"{transition.name}@{origin}"
    return transition.name


@lru_cache(maxsize=64)
def workings(definition: Definition) -> Workings:
    """The machine of a definition, built once."""
    return Workings(definition)


def _arrows(definition: Definition) -> list[dict[str, str]]:
    arrows = []
    for step in definition.transitions.values():
        for source in step.sources:
            if step.outcomes:
                for outcome in step.outcomes.values():
                    target = {FILL: step.to, RECORD: SAME}.get(outcome.to, outcome.to)
                    arrows += _arrow(definition, step, source, target, f":{outcome.name}")
            else:
                arrows += _arrow(definition, step, source, step.to, "")
    return arrows


def _arrow(
    definition: Definition, step: Transition, source: str, to: str, ending: str
) -> list[dict[str, str]]:
    if to == ORIGIN:
        return [
            {"trigger": f"{step.name}@{origin}", "source": source, "dest": origin}
            for origin in definition.origins(source)
        ]
    return [{"trigger": step.name + ending, "source": source, "dest": source if to == SAME else to}]
