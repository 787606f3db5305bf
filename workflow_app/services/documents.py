"""The two papers, filled from the database: the agreement, and the matter before one kommunestyre.

Everything in them is drawn from what stands: confirmed rules, the chronicle's
deadlines, completed rounds, the trail. A matter that is frozen is the bytes
that were frozen, whatever has happened since.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy.orm import Session

from workflow_app.domain.deadlines import silences
from workflow_app.domain.definitions import Definition, Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading.parts import parts
from workflow_app.domain.rule_names import kind_word
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import blobs, trail
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.documents_deadlines import ahead, waiting
from workflow_app.services.documents_occasions import proposal, telling_of, title_of
from workflow_app.services.documents_signing import ERASED, signing_of
from workflow_app.services.documents_trail import steps_of
from workflow_app.services.documents_words import Voice
from workflow_app.services.material import attachments_of, rules_of, text_of
from workflow_app.services.papers import Anchor, model, render_agreement, render_matter, sections
from workflow_app.services.refusals import refusals_of

DEADLINES = msg("Deadlines")
UNCONFIRMED = msg("Nobody has confirmed the rules that were read from the text, so none is counted.")


def agreement_pdf(
    session: Session,
    agreement: Agreement,
    *,
    registry: Registry,
    now: datetime,
    twin: bytes,
    translate: Callable[[str], str],
    language: str,
    anchor: Anchor | None = None,
) -> bytes:
    """The agreement as a PDF. ``twin`` is its JSON, attached; ``now`` (aware) is when the paper is made.

    ``translate`` turns English sentences into ``language``, the agreement's own.
    ``anchor`` is the log's checkpoint to print (``documents_anchor``), None where it has no key.
    """
    voice = Voice(translate, language)
    paper = agreement_paper(session, agreement, registry=registry, now=now, voice=voice, anchor=anchor)
    return render_agreement(paper, twin, timestamp=_to_the_second(now), translate=translate)


def matter_pdf(
    session: Session,
    agreement: Agreement,
    matter: Matter,
    *,
    registry: Registry,
    now: datetime,
    twin: bytes,
    translate: Callable[[str], str],
    language: str,
    anchor: Anchor | None = None,
) -> bytes:
    """The saksframlegg as a PDF: the frozen bytes where it is frozen, else as things stand now.

    Otherwise as :func:`agreement_pdf`.
    """
    if matter.frozen_sha256 is not None:
        return blobs.fetch(session, matter.frozen_sha256)
    voice = Voice(translate, language)
    paper = matter_paper(session, agreement, matter, registry=registry, now=now, voice=voice, anchor=anchor)
    return render_matter(paper, twin, timestamp=_to_the_second(now), translate=translate)


def agreement_paper(
    session: Session,
    agreement: Agreement,
    *,
    registry: Registry,
    now: datetime,
    voice: Voice,
    anchor: Anchor | None = None,
) -> model.AgreementPaper:
    """The agreement as its paper's facts."""
    text = text_of(session, agreement)
    return model.AgreementPaper(
        title=agreement.title,
        language=voice.paper_language,
        sections=sections(parts(text.text)),
        version=agreement.text_number,
        anchor=anchor,
        **_common(session, agreement, registry, now, voice),
    )


def matter_paper(
    session: Session,
    agreement: Agreement,
    matter: Matter,
    *,
    registry: Registry,
    now: datetime,
    voice: Voice,
    anchor: Anchor | None = None,
) -> model.MatterPaper:
    """The matter as its paper's facts."""
    definition = registry.by_digest(agreement.definition_digest)
    facts = _common(session, agreement, registry, now, voice)
    default = proposal(matter.occasion, matter.kind, agreement.title, matter.year)
    confirmed = rules_of(session, agreement).confirmed_at is not None
    chronicle = read_chronicle(session, agreement, now.date())
    facts["deadlines"] = ahead(matter.party, chronicle, now.date(), voice) if confirmed else ()
    facts["attachments"] = (_the_text(session, agreement, voice), *facts["attachments"])
    return model.MatterPaper(
        kind=cast(Literal["referatsak", "vedtak"], matter.kind),
        language=voice.paper_language,
        municipality=party_line(matter.party),
        title=voice.say(title_of(agreement, matter)),
        agreement_title=agreement.title,
        agreement_version=agreement.text_number,
        proposal=matter.proposal or voice.say(default),
        refusals=refusals_of(session, agreement),
        case_officer=voice.say(ERASED) if matter.case_officer == "" else matter.case_officer,
        archive_case=matter.archive_case,
        case_number=matter.case_number,
        committee=matter.committee,
        meeting_date=matter.meeting_date,
        legal_basis=matter.legal_basis,
        decision=matter.decision,
        steps=steps_of(session, agreement, definition, voice),
        telling=telling_of(session, agreement, matter, voice),
        anchor=anchor,
        handlings=tuple(
            model.Handling(h.committee, h.meeting_date, h.case_number, h.proposal) for h in matter.handlings
        ),
        **facts,
    )


def _to_the_second(now: datetime) -> datetime:
    # A PDF's dates have no fractions (ISO 32000-1, 7.9.4).
    return now.replace(microsecond=0)


def _common(
    session: Session, agreement: Agreement, registry: Registry, now: datetime, voice: Voice
) -> dict[str, Any]:
    """What both papers tell."""
    definition = registry.by_digest(agreement.definition_digest)
    stored = rules_of(session, agreement)
    chronicle = read_chronicle(session, agreement, now.date(), stored)
    # What nobody has confirmed is the reader's proposal, and no paper speaks of it.
    confirmed = stored.confirmed_at is not None
    rules = chronicle.rules if confirmed else ()
    signing = signing_of(session, agreement, definition, rules, voice)
    size, head = trail.head(session, trail.agreement_chain(agreement.id))
    return {
        "parties": tuple(party_line(p.party) for p in agreement.parties),
        "text_sha256": text_of(session, agreement).sha256,
        "digest": agreement.digest,
        "definition": _definition(definition, voice),
        "trail": model.TrailHead(size, head or ""),
        "attachments": tuple(
            model.Attachment(a.name, a.sha256, a.size) for a in attachments_of(session, agreement)
        ),
        "signatures": signing.given,
        "missing": signing.missing,
        "rules": tuple(_rule(rule, voice) for rule in rules if rule.dated),
        "undated": _undated(rules, chronicle, voice) if confirmed else (_unconfirmed(voice),),
        "deadlines": waiting(agreement, chronicle, voice) if confirmed else (),
    }


def party_line(party: Party) -> model.Party:
    """A party as papers name it."""
    side = cast(Literal["municipal", "police"], party.side)
    return model.Party(side, party.name, party.kommune_number)


def _definition(definition: Definition, voice: Voice) -> model.DefinitionLine:
    return model.DefinitionLine(voice.say(Message(definition.title)), definition.version, definition.digest)


def _the_text(session: Session, agreement: Agreement, voice: Voice) -> model.Attachment:
    text = text_of(session, agreement)
    return model.Attachment(voice.say(msg("The agreement's text")), text.sha256, len(text.text.encode()))


def _rule(rule: Rule, voice: Voice) -> model.RuleLine:
    return model.RuleLine(voice.say(kind_word(rule.kind)), voice.say(in_words(rule)), rule.quote)


def _undated(rules: tuple[Rule, ...], chronicle: Chronicle, voice: Voice) -> tuple[model.UndatedLine, ...]:
    return tuple(
        model.UndatedLine(
            voice.say(kind_word(silence.kind)),
            _sentence(voice.say(silence.sentence)),
            silence.rule.quote if silence.rule else None,
        )
        for silence in silences(rules, chronicle.history)
    )


def _sentence(said: str) -> str:
    """A reader's reason ("the clause gives no interval") as a sentence of its own."""
    return said[:1].upper() + said[1:].rstrip(".") + "."


def _unconfirmed(voice: Voice) -> model.UndatedLine:
    return model.UndatedLine(voice.say(DEADLINES), voice.say(UNCONFIRMED))
