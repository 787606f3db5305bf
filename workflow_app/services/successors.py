"""Successors: the draft a revision begins with, and what its signing means to the one before.

The draft takes over the text, the attachments and the parties, and carries the
learning points of the evaluations; it follows the newest version of the same
definition, since a definition in use is never edited.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Refusal
from workflow_app.domain.dates import Interval, as_interval
from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.contents import Attachment, TextVersion
from workflow_app.models.links import REPLACES, AgreementLink
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import SUCCEEDED, bring_up_to_date, history_of
from workflow_app.services.material import attachments_of, settle, text_of
from workflow_app.services.readings import read_text
from workflow_app.services.waiting_since import refresh

SUCCEEDS = "succeeds"
"""How a revision stands to the agreement it was made from."""


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
    refresh(session, successor, definition)
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


def tell_those_before(session: Session, signed: Agreement, now: datetime) -> None:
    """Tell what ``signed`` follows or replaces that it has been signed."""
    if signed.predecessor_id is not None:
        tell_older(session, session.get_one(Agreement, signed.predecessor_id), signed, SUCCEEDS, now)
    for link in session.scalars(
        select(AgreementLink)
        .where(AgreementLink.newer_id == signed.id, AgreementLink.relation == REPLACES)
        .order_by(AgreementLink.older_id)
    ):
        tell_older(session, link.older, signed, REPLACES, now)


def tell_older(session: Session, older: Agreement, signed: Agreement, relation: str, now: datetime) -> None:
    """Enter in the older one's trail that ``signed`` stands in its place, by the day of that signing.

    It does so too where the older one is still a draft: a paper that is filed
    after the one that replaced it. Its deadlines and its end follow at once.
    """
    # The row alone is locked: PostgreSQL locks no outer join, which parties may be loaded by.
    session.execute(select(Agreement.id).where(Agreement.id == older.id).with_for_update())
    session.refresh(older)
    signing = session.scalars(
        select(TrailEntry)
        .where(
            TrailEntry.chain == trail.agreement_chain(signed.id),
            TrailEntry.kind == "transition",
            TrailEntry.transition.in_(("sign", "register")),
        )
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).one()
    trail.append(
        session,
        trail.agreement_chain(older.id),
        kind=SUCCEEDED,
        now=now,
        event_date=json.loads(signing.body).get("event_date") or signed.signed_on,
        data={"successor": signed.id, "entry": signing.number, "relation": relation},
    )
    settle_older(session, older, now)


def settle_older(session: Session, older: Agreement, now: datetime) -> None:
    """Bring up to date what is kept of how the older one ends; also after a link was taken away."""
    replaced = history_of(session, older).replaced_on
    older.replaced_on = None if replaced is None else as_interval(replaced).latest
    bring_up_to_date(session, older, now.date())
    refresh(session, older)
    session.flush()


def signed_out_of_order(session: Session, agreement: Agreement, signing: Interval) -> Refusal | None:
    """Why it cannot have been signed then: it replaces a later one, or an earlier one replaced it."""
    if agreement.replaced_on is not None and signing.earliest > agreement.replaced_on:
        sentence = msg(
            "Another agreement that replaces this one was signed on ${day}; give an earlier day of"
            " signing, or take the link away.",
            day=agreement.replaced_on,
        )
        return Refusal("signed_after_replaced", sentence)
    replacing = AgreementLink.newer_id == agreement.id, AgreementLink.relation == REPLACES
    for link in session.scalars(select(AgreementLink).where(*replacing)):
        before = link.older.signing
        if before is not None and signing.latest < before.earliest:
            sentence = msg(
                "The agreement it replaces was signed on ${day}; give a later day of signing, or take"
                " the link away.",
                day=before,
            )
            return Refusal("signed_before_replaced", sentence)
    return None
