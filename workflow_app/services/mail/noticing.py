"""Marking an entry of the trail as one that people are to be told of: one row, in its transaction.

Who they are, and what it means for each of them, is worked out afterwards (see
``telling``): whoever takes a step does not wait for everybody's mail.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Notice
from workflow_app.models.trail import TrailEntry


def note(session: Session, agreement: Agreement, entry: TrailEntry) -> None:
    """Let ``entry``, which has been flushed, be told of once its transaction is committed."""
    session.add(Notice(agreement_id=agreement.id, entry_id=entry.id, made_at=entry.at))
