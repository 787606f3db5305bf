"""The matters before the party's own kommunestyre: the paper, and the særutskrift that came back."""

from __future__ import annotations

from functools import partial

from workflow_app.domain.fields.registry import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.models.proceedings import Matter, MatterFile
from workflow_app.services import blobs, documents, twins
from workflow_app.services.archive.codes import CouncilCase, DocumentType, JournalType
from workflow_app.services.archive.formats import suffix_of
from workflow_app.services.archive.identity import council_case
from workflow_app.services.archive.model import Council, Document, File, Registration, Shield
from workflow_app.services.archive.source import Source
from workflow_app.services.documents_occasions import proposal, title_of
from workflow_app.services.documents_words import Voice
from workflow_app.services.mail.voices import voice
from workflow_app.services.matters import matters_of
from workflow_app.services.norway import local_date
from workflow_app.services.sealing import sealed

PDF = "application/pdf"

KINDS = {
    "referatsak": msg("Matter for information: ${title}"),
    "vedtak": msg("Matter for decision: ${title}"),
}
"""Kind of matter → what its registration is called, to be told from the agreement's own."""


def own_matters(source: Source) -> list[Matter]:
    """The matters of the archive's owner; another kommune's are in that kommune's archive."""
    return [m for m in matters_of(source.session, source.agreement) if m.party_id == source.party.id]


def council_record(source: Source, matter: Matter) -> Registration:
    """One matter. It is finished once its paper is frozen or the kommunestyre has dealt with it."""
    shield = shield_of(matter)
    title = source.voice.say(title_of(source.agreement, matter))
    paper = Document(
        id=source.id("matter", matter.number, "paper"),
        type=DocumentType.COUNCIL_PAPER,
        title=title,
        created=matter.created_at,
        files=(_paper(source, matter),),
        finished=is_finished(matter),
        shield=shield,
    )
    return Registration(
        id=source.id("matter", matter.number),
        key=source.key("matter", matter.number),
        title=source.voice.say(Message(KINDS[matter.kind].text, {"title": title})),
        kind=JournalType.COUNCIL,
        created=matter.created_at,
        correspondents=source.own(matter.case_officer),
        documents=(paper, *_excerpt(source, matter, shield)),
        dated=local_date(matter.frozen_at) if matter.frozen_at is not None else None,
        shield=shield,
        council=_council(source, matter, source.voice),
    )


def is_finished(matter: Matter) -> bool:
    """Whether the paper is the one the kommunestyre had."""
    return matter.frozen_sha256 is not None or matter.outcome is not None


def shield_of(matter: Matter) -> Shield | None:
    """Closed where a legal basis is named."""
    return Shield(matter.legal_basis) if matter.legal_basis and matter.legal_basis.strip() else None


def _paper(source: Source, matter: Matter) -> File:
    name = "-".join(part for part in (matter.kind, matter.case_number) if part)
    key = source.key("matter", matter.number, "paper")
    load = partial(_matter_pdf, source, matter)
    return File(key, f"{name.replace('/', '-')}.pdf", PDF, matter.frozen_at or matter.created_at, load)


def _matter_pdf(source: Source, matter: Matter) -> bytes:
    if matter.frozen_sha256 is not None:
        kept = sealed.newest(source.session, matter.frozen_sha256)
        return blobs.fetch(source.session, matter.frozen_sha256) if kept is None else kept
    language = matter.party.language
    twin = twins.agreement_twin(source.session, source.agreement, source.registry, local_date(source.now))
    return documents.matter_pdf(
        source.session, source.agreement, matter, registry=source.registry, now=source.now,
        twin=twin, translate=voice(language).translate, language=language,
        anchor=source.anchor(language),
    )  # fmt: skip


def _excerpt(source: Source, matter: Matter, shield: Shield | None) -> tuple[Document, ...]:
    """The særutskrift, every one that came, the newest last."""
    if not matter.files:
        return ()
    files = tuple(
        File(
            source.key("matter", matter.number, "excerpt", number), _name(kept, shield), kept.media_type,
            kept.added_at, partial(blobs.fetch, source.session, kept.sha256), version=number,
        )
        for number, kept in enumerate(matter.files, 1)
    )  # fmt: skip
    return (
        Document(
            id=source.id("matter", matter.number, "excerpt"),
            type=DocumentType.DECISION if matter.kind == "vedtak" else DocumentType.MINUTES,
            title=source.voice.say(msg("Excerpt of the minutes: ${title}", title=source.agreement.title)),
            created=matter.files[0].added_at,
            files=files,
            shield=shield,
        ),
    )


def _name(kept: MatterFile, shield: Shield | None) -> str:
    """What the file is called; of a closed matter not by what somebody called it, which may tell of it."""
    return kept.name if shield is None else f"særutskrift.{suffix_of(kept.name)}"


def _council(source: Source, matter: Matter, speaks: Voice) -> Council:
    number = council_case(matter.case_number, local_date(source.now))
    year, sequence = number if number is not None else (None, None)
    default = proposal(matter.occasion, matter.kind, source.agreement.title, matter.year)
    outcome = next((c.label for c in FIELDS["outcome"].choices if c.value == matter.outcome), None)
    return Council(
        kind=CouncilCase.DECISION if matter.kind == "vedtak" else CouncilCase.INFORMATION,
        committee=matter.committee,
        meeting_date=matter.meeting_date,
        case_number=matter.case_number,
        year=year,
        sequence=sequence,
        proposal=matter.proposal or speaks.say(default),
        decided=matter.decision or (speaks.say(outcome) if outcome is not None else None),
    )
