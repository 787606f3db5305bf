"""The agreement itself, its evaluations and its trail, as an archive gets them."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from workflow_app.domain.definitions import Of
from workflow_app.domain.messages import Message, msg
from workflow_app.models.contents import Attachment
from workflow_app.models.people import Party
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.models.trail import TrailEntry
from workflow_app.services import blobs, documents, documents_evaluation, evaluations, trail, twins
from workflow_app.services.archive.codes import DocumentType, JournalType
from workflow_app.services.archive.model import Document, File, Registration, Shield
from workflow_app.services.archive.source import Source
from workflow_app.services.carrying_out import COMPLETED
from workflow_app.services.documents_occasions import TITLES
from workflow_app.services.mail.voices import voice
from workflow_app.services.material import attachments_of, text_of
from workflow_app.services.norway import local_date
from workflow_app.services.sealing import foreign, sealed
from workflow_app.services.takeaway import trail_bundle

PDF = "application/pdf"
ZIP = "application/zip"


def agreement_record(source: Source) -> Registration:
    """The agreement with its attachments; the file it was uploaded as lies beside the PDF."""
    agreement = source.agreement
    kind, correspondents = source.between(_keeper(source))
    signed = agreement.signing
    paper = Document(
        id=source.id("paper"),
        type=DocumentType.AGREEMENT,
        title=agreement.title,
        created=agreement.created_at,
        files=(_paper(source), *_uploaded(source)),
        finished=signed is not None,
        original_at=original_at(source),
    )
    by_others = foreign.known(source.session, agreement)
    attached = (
        _attached(source, a, signed is not None, bool(a.sha256 in by_others and by_others[a.sha256].findings))
        for a in attachments_of(source.session, agreement)
    )
    return Registration(
        id=source.id("agreement"),
        key=source.key("agreement"),
        title=source.voice.say(msg("Agreement: ${title}", title=agreement.title)),
        kind=kind,
        created=agreement.created_at,
        correspondents=correspondents,
        documents=(paper, *attached),
        dated=signed.latest if signed is not None and signed.exact else None,
    )


def _keeper(source: Source) -> Party:
    """Who wrote it down: in a kommune's archive that kommune, in the police's the first kommune."""
    if source.party.side == "municipal":
        return source.party
    return next((p for p in source.others if p.side == "municipal"), source.party)


def _paper(source: Source) -> File:
    load = partial(_agreement_pdf, source)
    return File(source.key("paper"), "avtale.pdf", PDF, source.agreement.created_at, load)


def _agreement_pdf(source: Source) -> bytes:
    row = sealed.of_agreement(source.session, source.agreement)
    kept = None if row is None else sealed.bytes_of(source.session, row)
    if kept is not None:
        return kept
    # In the agreement's own language, as everywhere else: one agreement has one paper.
    language = source.agreement.language
    twin = twins.agreement_twin(source.session, source.agreement, source.registry, local_date(source.now))
    return documents.agreement_pdf(
        source.session, source.agreement, registry=source.registry, now=source.now,
        twin=twin, translate=voice(language).translate, language=language,
        anchor=source.anchor(language),
    )  # fmt: skip


def _uploaded(source: Source) -> tuple[File, ...]:
    """What the text that stands was uploaded as; one written here has no other file."""
    text = text_of(source.session, source.agreement)
    if text.file_sha256 is None:
        return ()
    load = partial(blobs.fetch, source.session, text.file_sha256)
    # Whoever reads the archive knows it by the name it came with.
    name, kind = text.filename or "original", "application/octet-stream"
    return (File(source.key("original"), name, kind, text.created_at, load, production=True),)


def _attached(source: Source, attachment: Attachment, finished: bool, signed: bool) -> Document:
    load = partial(blobs.fetch, source.session, attachment.sha256)
    key = source.key("attachment", attachment.id)
    file = File(key, attachment.name, attachment.media_type, attachment.added_at, load, signed=signed)
    return Document(
        id=source.id("attachment", attachment.id),
        type=DocumentType.ATTACHMENT,
        title=attachment.name,
        created=attachment.added_at,
        files=(file,),
        finished=finished,
    )


def original_at(source: Source) -> str | None:
    """Where the paper original is kept, where the agreement was signed on paper; None where it is erased."""
    entry = source.session.scalars(
        select(TrailEntry)
        .where(
            TrailEntry.chain == trail.agreement_chain(source.agreement.id),
            TrailEntry.transition == "register",
            TrailEntry.kind == "transition",
        )
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).first()
    return trail.clear(source.session, [entry]).get(entry.id, {}).get("original_at") if entry else None


def evaluation_records(source: Source) -> list[Registration]:
    """Each year's evaluation in its newest version, where that is finished."""
    found = (evaluations.newest(source.session, source.agreement, year) for year in evaluated(source))
    return [_evaluation(source, version) for version in found if version is not None and version.complete]


def evaluated(source: Source) -> list[int]:
    """The years something has been written for, oldest first."""
    return sorted(evaluations.years(source.session, source.agreement))


def is_approved(source: Source, version: EvaluationVersion) -> bool:
    """Whether everybody who had to has approved this very version."""
    transitions = source.definition.transitions.values()
    steps = [t.name for t in transitions if t.approvals is not None and t.approvals.of is Of.EVALUATION]
    return bool(
        source.session.scalars(
            select(ApprovalRound.id)
            .where(
                ApprovalRound.agreement_id == source.agreement.id,
                ApprovalRound.transition.in_(steps),
                ApprovalRound.digest == version.sha256,
                ApprovalRound.closed_because == COMPLETED,
            )
            .limit(1)
        ).first()
    )


def _evaluation(source: Source, version: EvaluationVersion) -> Registration:
    title = source.voice.say(
        Message(TITLES["evaluation"].text, {"year": version.year, "title": source.agreement.title})
    )
    key = source.key("evaluation", version.year)
    created = version.created_at
    file = File(
        key, f"evaluering-{version.year}.pdf", PDF, created, partial(_evaluation_pdf, source, version)
    )
    return Registration(
        id=source.id("evaluation", version.year),
        key=key,
        title=title,
        kind=JournalType.INTERNAL,
        created=created,
        correspondents=source.own(),
        documents=(
            Document(
                id=source.id("evaluation", version.year, "paper"),
                type=DocumentType.REPORT,
                title=title,
                created=created,
                files=(file,),
                finished=is_approved(source, version),
            ),
        ),
    )


def _evaluation_pdf(source: Source, version: EvaluationVersion) -> bytes:
    row = sealed.of_evaluation(source.session, source.agreement, version)
    kept = None if row is None else sealed.bytes_of(source.session, row)
    if kept is not None and is_approved(source, version):
        return kept
    language, twin = source.agreement.language, twins.evaluation_twin(source.agreement, version, [])
    return documents_evaluation.evaluation_pdf(
        source.session, source.agreement, version, registry=source.registry, now=source.now,
        twin=twin, translate=voice(language).translate, language=language,
    )  # fmt: skip


def trail_record(source: Source, shield: Shield | None) -> Registration:
    """The trail with everything it speaks of, as a bundle anyone can check; closed where a part of it is."""
    agreement = source.agreement
    title = source.voice.say(msg("The trail of the agreement: ${title}", title=agreement.title))
    key = source.key("trail")
    load = partial(trail_bundle, source.session, agreement, source.party.language, source.log.signer)
    document = Document(
        id=source.id("trail", "bundle"),
        type=DocumentType.OTHER,
        title=title,
        created=agreement.created_at,
        files=(File(key, "trail.zip", ZIP, source.now, load),),
        shield=shield,
    )
    return Registration(
        id=source.id("trail"),
        key=key,
        title=title,
        kind=JournalType.INTERNAL,
        created=agreement.created_at,
        correspondents=source.own(),
        documents=(document,),
        shield=shield,
    )
