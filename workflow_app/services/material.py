"""What is approved, as one digest; and what happens when it changes.

Text, attachments and confirmed rules are approved together. Whenever one of
them changes, the digest and the version move and every open round bound to
them is closed, with its approvals kept and shown as void.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflow_app.domain.digests import agreement_digest
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import Attachment, RuleSet, TextVersion
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.mail.noticing import note
from workflow_app.services.waiting_since import refresh


def text_of(session: Session, agreement: Agreement, number: int | None = None) -> TextVersion:
    """A saved text of the agreement: the newest, or the one asked for (``NoResultFound``)."""
    wanted = agreement.text_number if number is None else number
    return session.execute(
        select(TextVersion).where(TextVersion.agreement_id == agreement.id, TextVersion.number == wanted)
    ).scalar_one()


def rules_of(session: Session, agreement: Agreement) -> RuleSet:
    """The newest reading of the agreement's newest text."""
    return session.execute(
        select(RuleSet).where(RuleSet.agreement_id == agreement.id, RuleSet.number == agreement.rules_number)
    ).scalar_one()


def attachments_of(session: Session, agreement: Agreement) -> list[Attachment]:
    """The attachments that stand now, in the order they were added."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.agreement_id == agreement.id, Attachment.removed_at.is_(None))
            .order_by(Attachment.id)
        )
    )


def current_digest(session: Session, agreement: Agreement) -> str:
    """SHA-256 (hex) over text, attachments and confirmed rules as they stand.

    Rules nobody has confirmed are not part of it: they are the reader's
    proposal and bind no one.
    """
    rules = rules_of(session, agreement)
    return agreement_digest(
        text_of(session, agreement).sha256,
        [(a.name, a.sha256) for a in attachments_of(session, agreement)],
        rules.rules if rules.confirmed_at else [],
    )


def settle(session: Session, agreement: Agreement) -> None:
    """Bring up to date what is kept of the material: its digest, and whether a clause names the council."""
    agreement.digest = current_digest(session, agreement)
    agreement.council_clause = any(rule["kind"] == "council" for rule in rules_of(session, agreement).rules)


def material_changed(
    session: Session, agreement: Agreement, *, because: str, who: Who | None, now: datetime
) -> None:
    """Move digest and version and void the rounds that were bound to the old digest.

    ``because`` is the code shown beside the voided approvals ("text_changed").
    """
    session.flush()
    settle(session, agreement)
    agreement.version += 1
    close_rounds(session, agreement, open_rounds(session, agreement), because=because, who=who, now=now)
    refresh(session, agreement)


def replaced(agreement: Agreement) -> bool:
    """Whether it has been signed, and so has another that replaces it: people do nothing more with it."""
    return agreement.replaced_on is not None and agreement.signed_on is not None


def open_rounds(session: Session, agreement: Agreement) -> list[ApprovalRound]:
    """The rounds that are collecting approvals, oldest first."""
    return list(
        session.scalars(
            select(ApprovalRound)
            .where(ApprovalRound.agreement_id == agreement.id, ApprovalRound.closed_at.is_(None))
            .options(joinedload(ApprovalRound.approvals))
            .order_by(ApprovalRound.id)
        ).unique()
    )


def close_rounds(
    session: Session,
    agreement: Agreement,
    rounds: Iterable[ApprovalRound],
    *,
    because: str,
    who: Who | None,
    now: datetime,
) -> None:
    """Close rounds without a transition. Their approvals stay on record, void."""
    for closing in rounds:
        closing.closed_at = now
        closing.closed_because = because
        entry = trail.append(
            session,
            trail.agreement_chain(agreement.id),
            kind="round_closed",
            now=now,
            actor=who.entry() if who else None,
            agreement=agreement.digest,
            data={
                "round": closing.id,
                "transition_name": closing.transition,
                "because": because,
                "voided": len(closing.approvals),
            },
        )
        if closing.approvals:
            note(session, agreement, entry)
    session.flush()
