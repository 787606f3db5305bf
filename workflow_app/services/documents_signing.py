"""Who signed, as a paper shows it: from the completed round, or from paper; and who has not yet.

An agreement registered from paper was signed by people the system never saw.
Its paper names the offices its own clause names and says where the names are,
instead of giving the names of those who typed it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Case, CaseParty, Slot
from workflow_app.domain.definitions import Definition, Effect, Transition
from workflow_app.domain.engine import slots
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import role_or_words
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Person
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.services.carrying_out import COMPLETED
from workflow_app.services.documents_words import Voice
from workflow_app.services.norway import OSLO
from workflow_app.services.papers.model import MissingSignature, Signature

NOT_NAMED = msg("(see the original)")
ERASED = msg("(erased)")


@dataclass(frozen=True)
class Signing:
    """The signatures given, and those still to be given."""

    given: tuple[Signature, ...] = ()
    missing: tuple[MissingSignature, ...] = ()


def names(session: Session, people: Iterable[str | None]) -> dict[str, str]:
    """Person key → name, for those who are still here; one statement."""
    wanted = sorted({one for one in people if one is not None})
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def signing_of(
    session: Session, agreement: Agreement, definition: Definition, rules: Iterable[Rule], voice: Voice
) -> Signing:
    """Who has signed the agreement as it stands. ``rules`` are the confirmed ones."""
    steps = {
        name: step
        for name, step in definition.transitions.items()
        if step.approvals and Effect.RECORD_SIGNING in step.effects
    }
    rounds = session.scalars(
        select(ApprovalRound)
        .where(ApprovalRound.agreement_id == agreement.id, ApprovalRound.transition.in_(steps))
        .order_by(ApprovalRound.id.desc())
    ).all()
    if agreement.signed_on is not None:
        done = next((r for r in rounds if r.closed_because == COMPLETED), None)
        if done is not None and _typed(steps[done.transition]):
            return Signing(signatures_of(session, agreement, definition, done.approvals, voice))
        return Signing(_on_paper(agreement, rules, voice))
    collecting = next((r for r in rounds if r.closed_at is None and r.digest == agreement.digest), None)
    given = collecting.approvals if collecting is not None and _typed(steps[collecting.transition]) else []
    return Signing(
        signatures_of(session, agreement, definition, given, voice),
        _missing(agreement, definition, steps, given, voice),
    )


def _typed(step: Transition) -> bool:
    """Whether the step is signed here, with the password once more, rather than told of."""
    return step.approvals is not None and step.approvals.reauthenticate


def signatures_of(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    approvals: Iterable[ApprovalRow],
    voice: Voice,
) -> tuple[Signature, ...]:
    """Approvals given here, each with name, office, party and the Norwegian time."""
    rows = tuple(approvals)
    known = names(session, [p for a in rows for p in (a.person_id, a.acting_for)])
    parties = party_names(agreement)
    return tuple(
        Signature(
            role=a.title or voice.say(Message(definition.label(a.role))),
            party=parties.get(a.party_key, a.party_key),
            person=known.get(a.person_id) or voice.say(ERASED),
            at=a.at.astimezone(OSLO),
            how="passkey" if a.how == "passkey" else "password",
            acting_for=(known.get(a.acting_for) or voice.say(ERASED)) if a.acting_for else None,
        )
        for a in rows
    )


def _on_paper(agreement: Agreement, rules: Iterable[Rule], voice: Voice) -> tuple[Signature, ...]:
    signed = agreement.signing
    assert signed is not None
    clause = next((r for r in rules if r.kind == "signatories"), None)
    titles: Mapping[str, str] = clause.values.get("titles", {}) if clause else {}
    offices = [
        (role, p.party.name)
        for role in (clause.values.get("roles", []) if clause else [])
        for p in agreement.parties
        if _SIDE.get(role) == p.party.side
    ]
    # A text that names no offices was still signed by its parties.
    found = offices or [("", p.party.name) for p in agreement.parties]
    return tuple(
        Signature(
            role=(titles.get(role) or voice.say(role_or_words(role))) if role else "",
            party=party,
            person=voice.say(NOT_NAMED),
            at=signed.latest if signed.exact else signed,
            how="paper",
        )
        for role, party in found
    )


# The reader's roles are DESIGN.md's, whatever the definition calls those who act in it.
_SIDE = {
    "slt_coordinator": "municipal", "mayor": "municipal", "council_secretary": "municipal",
    "politikontakt": "police", "station_chief": "police",
}  # fmt: skip


def _missing(
    agreement: Agreement,
    definition: Definition,
    steps: Mapping[str, Transition],
    given: Iterable[ApprovalRow],
    voice: Voice,
) -> tuple[MissingSignature, ...]:
    if definition.states[agreement.state].final:
        return ()
    case = Case(agreement.state, tuple(CaseParty(p.party.key, p.party.side) for p in agreement.parties))
    taken = {(a.party_key, a.slot_role) for a in given}
    parties = party_names(agreement)
    return tuple(
        MissingSignature(_roles(definition, slot, voice), parties[slot.party])
        for step in steps.values()
        if _typed(step)
        for slot in slots(definition, step, case)
        if (slot.party, "|".join(slot.roles)) not in taken
    )


def _roles(definition: Definition, slot: Slot, voice: Voice) -> str:
    return " / ".join(voice.say(Message(definition.label(role))) for role in slot.roles)


def party_names(agreement: Agreement) -> dict[str, str]:
    """Party key → name."""
    return {p.party.key: p.party.name for p in agreement.parties}
