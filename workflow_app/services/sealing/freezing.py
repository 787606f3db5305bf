"""Making a paper once and keeping it: the agreement as it was signed, the evaluation as it was approved.

Both come after the step they tell of, from the committed state, so nobody's
signature waits for a PDF; from then on the paper is its bytes, and its hash
stands in the trail.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement
from workflow_app.models.seals import AGREEMENT, EVALUATION, Seal
from workflow_app.services import blobs, documents, evaluations, trail, twins
from workflow_app.services.documents_anchor import PrintedLog, anchor_of, keep
from workflow_app.services.documents_evaluation import evaluation_pdf
from workflow_app.services.mail.voices import voice
from workflow_app.services.papers import Anchor
from workflow_app.services.transitions import lock

FROZEN = "paper_frozen"
"""The kind of the entry that names a paper's hash."""


def freeze(
    session: Session, ident: int, now: datetime, registry: Registry, log: PrintedLog | None = None
) -> bool:
    """Make and keep the paper of one row; False where somebody did it first.

    ``now`` (aware) is printed on it, and the checkpoint of ``log``, which is kept
    and named in the entry. Raises what the making raises; then nothing is kept.
    """
    row = session.get(Seal, ident)
    agreement = None if row is None else lock(session, row.agreement_id)
    if row is None or agreement is None:
        return False
    # Another process may have been here while this one waited for the lock.
    session.refresh(row)
    if row.source_sha256 is not None:
        return False
    printed = None
    if row.document == AGREEMENT:
        printed = anchor_of(session, agreement, log or PrintedLog(), voice(agreement.language))
    content = _made(session, agreement, row, now, registry, printed)
    row.source_sha256, row.frozen_at = blobs.store(session, content), now
    row.due_at, row.attempts, row.problem = now, 0, None
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=FROZEN,
        now=now,
        agreement=agreement.digest,
        data={
            "document": row.document,
            "sha256": row.source_sha256,
            "size": len(content),
            **named(row),
            **keep(session, printed, now),
        },
    )
    return True


def named(row: Seal) -> dict[str, Any]:
    """Which matter, meeting or year it is of, as entries name it."""
    if row.number is None:
        return {}
    return {"year" if row.document == EVALUATION else "number": row.number}


def _made(
    session: Session,
    agreement: Agreement,
    row: Seal,
    now: datetime,
    registry: Registry,
    printed: Anchor | None,
) -> bytes:
    speaks = voice(agreement.language)
    common: dict[str, Any] = {
        "registry": registry,
        "now": now,
        "translate": speaks.translate,
        "language": agreement.language,
    }
    if row.document == AGREEMENT:
        twin = twins.agreement_twin(session, agreement, registry, now.date())
        return documents.agreement_pdf(session, agreement, twin=twin, anchor=printed, **common)
    version = evaluations.newest(session, agreement, row.number)
    if row.document != EVALUATION or version is None:
        raise LookupError(f"nothing to make a paper of: {row.document} {row.number}")
    return evaluation_pdf(
        session, agreement, version, twin=twins.evaluation_twin(agreement, version, []), **common
    )
