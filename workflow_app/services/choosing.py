"""Which order of things a draft follows: the reader suggests one, a person may choose the other.

Only while it is a draft that nobody has approved: from the first approval on,
the parties act on the order they saw. The choice is an entry like every other.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Permission
from workflow_app.domain.engine import permitted
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, NotAllowed, ServiceError
from workflow_app.services.material import open_rounds
from workflow_app.services.waiting_since import refresh


def choose_definition(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    *,
    current: Definition,
    who: Who,
    now: datetime,
) -> None:
    """Let a draft follow ``definition`` in the place of ``current``, the one it is pinned to.

    Raises ``Conflict`` (``definition_fixed``) where it is no draft any more or
    approvals are being given, ``NotAllowed`` where ``who`` may not edit the
    draft in both, and ``ServiceError`` (``nothing_changed``).
    """
    fixed = why_fixed(session, agreement, current)
    if fixed is not None:
        raise Conflict("definition_fixed", fixed)
    if definition.initial != agreement.state:
        raise Conflict(
            "definition_fixed", msg("That workflow begins in another state than the agreement is in.")
        )
    roles = who.roles_for(frozenset(p.party.key for p in agreement.parties))
    if any(Permission.EDIT not in permitted(d, agreement.state, roles) for d in (current, definition)):
        raise NotAllowed("forbidden", msg("This is not yours to do in the roles you hold today."))
    if definition.digest == agreement.definition_digest:
        raise ServiceError("nothing_changed", msg("The agreement follows this workflow already."))
    before = {"id": agreement.definition_id, "version": agreement.definition_version}
    agreement.definition_id, agreement.definition_version = definition.id, definition.version
    agreement.definition_digest = definition.digest
    agreement.version += 1
    refresh(session, agreement, definition)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="definition_chosen",
        now=now,
        actor=who.entry(),
        definition=definition.digest,
        agreement=agreement.digest,
        data={"before": before, "after": {"id": definition.id, "version": definition.version}},
    )
    session.flush()


def why_fixed(session: Session, agreement: Agreement, current: Definition) -> Message | None:
    """Why the workflow can't be chosen any more; None while it can."""
    if agreement.state != current.initial:
        return msg("The workflow can be chosen in a draft only; this agreement has moved on.")
    if open_rounds(session, agreement):
        return msg(
            "Somebody has approved the draft already, in the workflow that stands; it can't be changed now."
        )
    return None
