"""The successor's draft: what a revision begins with.

It takes over the text, the attachments and the parties, and carries the
learning points of the evaluations; it follows the newest version of the same
definition, since a definition in use is never edited.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.contents import Attachment, TextVersion
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.material import attachments_of, settle, text_of
from workflow_app.services.readings import read_text


def make_successor(
    session: Session, agreement: Agreement, *, who: Who, now: datetime, registry: Registry
) -> Agreement:
    """Make the draft that will take the agreement's place, linked to it."""
    definition = registry.newest(agreement.definition_id)
    text = text_of(session, agreement)
    successor = Agreement(
        title=agreement.title,
        language=agreement.language,
        definition_id=definition.id,
        definition_version=definition.version,
        definition_digest=definition.digest,
        _state=definition.initial,
        predecessor_id=agreement.id,
        learning_points=learning_points(session, agreement) or None,
        created_at=now,
        moved_at=now,
        text_number=1,
        parties=[AgreementParty(party=p.party, position=p.position) for p in agreement.parties],
    )
    session.add(successor)
    session.flush()
    version = TextVersion(
        agreement_id=successor.id,
        number=1,
        text=text.text,
        sha256=hashlib.sha256(text.text.encode()).hexdigest(),
        origin="successor",
        filename=text.filename,
        person_id=who.person_id,
        created_at=now,
    )
    session.add(version)
    for old in attachments_of(session, agreement):
        session.add(
            Attachment(
                agreement_id=successor.id,
                name=old.name,
                media_type=old.media_type,
                sha256=old.sha256,
                size=old.size,
                person_id=who.person_id,
                added_at=now,
            )
        )
    session.flush()
    read_text(session, successor, version, now)
    settle(session, successor)
    trail.append(
        session,
        trail.agreement_chain(successor.id),
        kind="created",
        now=now,
        actor=who.entry(),
        to_state=successor.state,
        definition=definition.digest,
        agreement=successor.digest,
        data={
            "parties": sorted(p.party.key for p in successor.parties),
            "text": 1,
            "text_sha256": version.sha256,
            "origin": "successor",
            "predecessor": agreement.id,
        },
        private={"title": successor.title, "learning_points": successor.learning_points},
    )
    return successor


def learning_points(session: Session, agreement: Agreement) -> str:
    """The learning points of every year's newest evaluation, oldest year first."""
    newest: dict[int, str] = {}
    for row in session.scalars(
        select(EvaluationVersion)
        .where(EvaluationVersion.agreement_id == agreement.id)
        .order_by(EvaluationVersion.year, EvaluationVersion.number)
    ):
        newest[row.year] = row.learning_points.strip()
    return "\n\n".join(f"{year}: {points}" for year, points in sorted(newest.items()) if points)
