"""The engine's own refusals: the moment, the right, the slot. Guards have theirs."""

from __future__ import annotations

from collections.abc import Iterable

from workflow_app.domain.case import Case, Refusal, Slot
from workflow_app.domain.definitions import Definition, Transition
from workflow_app.domain.messages import Message, msg


def either(words: Iterable[str | Message]) -> Message:
    """ "a", "a or b", "a, b or c": messages within a message, so that each word is translated."""
    found = [word if isinstance(word, Message) else Message(word) for word in words]
    if not found:
        return msg("nobody")
    sentence = found[-1]
    for number, word in enumerate(reversed(found[:-1])):
        if number == 0:
            sentence = msg("${first} or ${last}", first=word, last=sentence)
        else:
            sentence = msg("${first}, ${rest}", first=word, rest=sentence)
    return sentence


def unknown(name: str) -> Refusal:
    """No such transition in the definition."""
    return Refusal(
        "unknown_transition",
        msg(
            "There is no step “${name}” in this agreement's workflow; see what can be done now.",
            name=name[:60],
        ),
    )


def not_from_here(definition: Definition, step: Transition, case: Case) -> Refusal:
    """A step that does not start from the state the case is in."""
    here = definition.states.get(case.state)
    return Refusal(
        "not_from_here",
        msg(
            "“${step}” starts from ${states}, and this agreement is ${state} now.",
            step=Message(step.label),
            states=either(definition.states[name].label for name in step.sources),
            state=Message(here.label if here else case.state),
        ),
    )


def automatic(step: Transition) -> Refusal:
    """Nobody does what the clock does."""
    return Refusal(
        "automatic",
        msg(
            "“${step}” happens by itself when it is due; nobody can do it by hand.", step=Message(step.label)
        ),
    )


def not_due(step: Transition) -> Refusal:
    """The clock may not do what people do, nor what is not due yet."""
    return Refusal("not_due", msg("“${step}” is not due.", step=Message(step.label)))


def missing_role(definition: Definition, step: Transition) -> Refusal:
    """The actor holds none of the roles for a party of the case."""
    return Refusal(
        "missing_role",
        msg(
            "Only the ${roles} of a party to this agreement may do this,"
            " and you hold no such role for one today.",
            roles=either(definition.label(role) for role in step.roles),
        ),
    )


def not_for_that_party(definition: Definition, step: Transition, party: str) -> Refusal:
    """The actor holds a role, but not for the party named."""
    return Refusal(
        "not_for_that_party",
        msg(
            "You are not the ${roles} of “${party}” today; choose a party you act for.",
            roles=either(definition.label(role) for role in step.roles),
            party=party[:200],
        ),
    )


def slot_filled(definition: Definition, slot: Slot) -> Refusal:
    """Somebody has approved there already."""
    return Refusal(
        "slot_filled",
        msg(
            "Somebody has done this already as ${roles} of this party; there is nothing left for you to do.",
            roles=either(definition.label(role) for role in slot.roles),
        ),
    )


def already_approved() -> Refusal:
    """In a listing: what the actor has done is not to be done again."""
    return Refusal("already_approved", msg("You have done your part; it waits for others now."))


def not_your_turn(definition: Definition, waiting: Iterable[Slot]) -> Refusal:
    """Approvals are given in order, and others come first."""
    roles = dict.fromkeys(role for slot in waiting for role in slot.roles)
    return Refusal(
        "not_your_turn",
        msg(
            "It waits for ${roles} first; come back after that.",
            roles=either(definition.label(r) for r in roles),
        ),
    )


def no_party(definition: Definition, roles: Iterable[str]) -> Refusal:
    """A role must approve, and its side has no party."""
    sides = dict.fromkeys(definition.side_of[role] for role in roles)
    return Refusal(
        "no_party",
        msg(
            "There is no party on the side of ${sides}, so nobody can approve there; add one first.",
            sides=either(definition.label(side) for side in sides),
        ),
    )


def reauthenticate() -> Refusal:
    """A signature needs the password once more."""
    return Refusal("reauthenticate", msg("Your password was not confirmed; give it once more to sign."))


def replaced() -> Refusal:
    """Another agreement stands in its place; only the clock still has something to do."""
    return Refusal(
        "replaced",
        msg("Another agreement that replaces this one has been signed; use that one."),
    )


def unknown_origin(step: Transition) -> Refusal:
    """The case does not know where it came from."""
    return Refusal(
        "unknown_origin",
        msg("It is not recorded where this agreement came from, so “${step}” has nowhere to go back to.",
            step=Message(step.label)),
    )  # fmt: skip


def unknown_outcome(step: Transition, outcome: str) -> Refusal:
    """An outcome that this step does not have."""
    known = [
        c.label for f in step.fields if f.name == "outcome" for c in f.choices if c.value in step.outcomes
    ]
    return Refusal(
        "unknown_outcome",
        msg("“${step}” does not have the outcome “${outcome}”; choose ${outcomes}.",
            step=Message(step.label), outcome=outcome, outcomes=either(known)),
    )  # fmt: skip
