"""What a reader takes away of an agreement: its trail and every file the trail speaks of.

The bundle can be checked without us, so it holds the texts, the files as they
came, the attachments (removed ones too: they were approved once) and the frozen
papers by the hashes that the entries name; the chains of the parties, which tell
who gave the signers their roles and passkeys; and what the log and the witnesses
say of it all.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import msg
from workflow_app.domain.trail import TrailError, decode
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import Attachment, TextVersion
from workflow_app.models.seals import AGREEMENT, EVALUATION
from workflow_app.models.trail import TrailEntry
from workflow_app.services import blobs, bundle, trail
from workflow_app.services.errors import Conflict
from workflow_app.services.log.signer import Signer
from workflow_app.services.matters import matters_of
from workflow_app.services.meetings.minutes import KEPT
from workflow_app.services.sealing import sealed


def trail_bundle(
    session: Session,
    agreement: Agreement,
    language: str,
    signer: Signer | None = None,
    registry: Registry | None = None,
) -> bytes:
    """``trail.zip``. ``language`` (nb, nn, en) is that of its instructions; ``signer`` the log's.

    ``registry`` has the workflows that its steps are held against.

    Without a signer it has no head and no proofs, and whoever checks it is told so. Raises
    ``Conflict`` (``trail_too_large``) for more than a verifier accepts.
    """
    try:
        return bundle.export(
            session,
            trail.agreement_chain(agreement.id),
            files_of(session, agreement),
            language,
            extra_chains=[trail.party_chain(p.party.key) for p in agreement.parties],
            signer=signer,
            registry=registry,
        )
    except TrailError as error:
        raise Conflict(
            "trail_too_large",
            msg(
                "The trail and its files are too large for one bundle;"
                " ask the operator for a copy of the database."
            ),
        ) from error


def files_of(session: Session, agreement: Agreement) -> dict[str, bytes]:
    """Every file of the agreement by the name people know it by; names are made unique by numbers."""
    found: dict[str, bytes] = {}
    texts = session.scalars(
        select(TextVersion).where(TextVersion.agreement_id == agreement.id).order_by(TextVersion.number)
    )
    for text in texts:
        found[f"text-{text.number}.txt"] = text.text.encode()
        if text.file_sha256 is not None:
            found[f"original-{text.number}-{text.filename or 'file'}"] = blobs.fetch(
                session, text.file_sha256
            )
    attached = session.scalars(
        select(Attachment).where(Attachment.agreement_id == agreement.id).order_by(Attachment.id)
    )
    for number, attachment in enumerate(attached, 1):
        found[f"attachment-{number}-{attachment.name}"] = blobs.fetch(session, attachment.sha256)
    for matter in matters_of(session, agreement):
        if matter.frozen_sha256 is not None:
            found[f"matter-{matter.number}.pdf"] = blobs.fetch(session, matter.frozen_sha256)
    return found | _of_meetings(session, agreement) | _sealed(session, agreement)


def _sealed(session: Session, agreement: Agreement) -> dict[str, bytes]:
    """The papers that were frozen after a step, and every paper with its seal, as the entries name them."""
    found: dict[str, bytes] = {}
    for row in sealed.all_of(session, agreement):
        name = row.document if row.number is None else f"{row.document}-{row.number}"
        if row.source_sha256 is not None and row.document in (AGREEMENT, EVALUATION):
            found[f"{name}-{row.id}.pdf"] = blobs.fetch(session, row.source_sha256)
        if row.sealed_sha256 is not None:
            found[f"{name}-{row.id}-sealed.pdf"] = blobs.fetch(session, row.sealed_sha256)
    return found


def _of_meetings(session: Session, agreement: Agreement) -> dict[str, bytes]:
    """Every invitation that went out and every version of minutes that was kept, as the entries name them."""
    rows = session.scalars(
        select(TrailEntry)
        .where(
            TrailEntry.chain == trail.agreement_chain(agreement.id),
            TrailEntry.kind.in_(("agenda_sent", KEPT)),
        )
        .order_by(TrailEntry.number)
    )
    found: dict[str, bytes] = {}
    for row in rows:
        told = decode(row.body)["data"]
        which, number = (
            ("minutes", told.get("number")) if row.kind == KEPT else ("invitation", told.get("sending"))
        )
        if "sha256" in told:
            found[f"meeting-{told['meeting']}-{which}-{number}.pdf"] = blobs.fetch(session, told["sha256"])
    return found
