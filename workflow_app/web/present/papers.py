"""The papers as a view hands them out: in the kommune's language, with the JSON twin inside.

The twin is the agreement's own JSON without what differs from reader to reader
(what *you* may do, your form's token), so whoever has the paper can compare it
with what the server answers.
"""

from __future__ import annotations

from collections.abc import Callable

from pyramid.i18n import make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.orm import Session
from translationstring import TranslationString

from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import EvaluationVersion, Matter
from workflow_app.services import documents, documents_evaluation, twins
from workflow_app.services.documents_anchor import anchor_of, printed_log
from workflow_app.services.documents_words import Voice
from workflow_app.services.norway import fold
from workflow_app.services.papers.anchor import Anchor
from workflow_app.services.papers.outline import Block, outline
from workflow_app.web.present.evaluation_json import version_json
from workflow_app.web.resources import AgreementResource

_DOMAIN = "avtaleflyt"


def twin_bytes(
    request: Request,
    resource: AgreementResource,
    db: Session | None = None,
    agreement: Agreement | None = None,
) -> bytes:
    """The JSON to attach, UTF-8. A POST gives its own session and the agreement it has locked."""
    return twins.agreement_twin(
        db or request.reading, agreement or resource.agreement, request.definitions, request.today
    )


def translator(request: Request, language: str) -> Callable[[str], str]:
    """From English sentences to ``language``, whatever language the request's pages are in."""
    known: dict[str, Callable[[str], str]] = request.registry.setdefault("paper_translators", {})
    if language not in known:
        folders = request.registry.queryUtility(ITranslationDirectories, default=[])
        localizer = make_localizer(language, folders)
        known[language] = lambda text: localizer.translate(TranslationString(text, domain=_DOMAIN))
    return known[language]


def anchor(request: Request, agreement: Agreement, language: str, db: Session | None = None) -> Anchor | None:
    """The log's checkpoint as a paper in ``language`` prints it now; a POST gives its own session."""
    log = printed_log(request.registry.settings, request.log_signer)
    return anchor_of(db or request.reading, agreement, log, Voice(translator(request, language), language))


def agreement_paper(request: Request, resource: AgreementResource) -> bytes:
    """The agreement's PDF, in the agreement's language."""
    agreement = resource.agreement
    return documents.agreement_pdf(
        request.reading,
        agreement,
        registry=request.definitions,
        now=request.now,
        twin=twin_bytes(request, resource),
        translate=translator(request, agreement.language),
        language=agreement.language,
        anchor=anchor(request, agreement, agreement.language),
    )


def matter_paper(request: Request, resource: AgreementResource, matter: Matter) -> bytes:
    """The matter's PDF, in its kommune's language; the frozen one where it is frozen."""
    if matter.frozen_sha256 is not None:
        return _matter_pdf(request, resource, matter, None, None, None)
    return _matter_pdf(
        request, resource, matter, None, None, anchor(request, resource.agreement, matter.party.language)
    )


def matter_to_freeze(
    request: Request, resource: AgreementResource, matter: Matter, db: Session
) -> tuple[bytes, Anchor | None]:
    """The paper as it is to be frozen, and what it prints of the log.

    ``db`` is the POST's own session, which has locked ``resource``'s agreement and loaded ``matter``.
    """
    printed = anchor(request, resource.agreement, matter.party.language, db)
    return _matter_pdf(request, resource, matter, db, resource.agreement, printed), printed


def _matter_pdf(
    request: Request,
    resource: AgreementResource,
    matter: Matter,
    db: Session | None,
    agreement: Agreement | None,
    printed: Anchor | None,
) -> bytes:
    language = matter.party.language
    return documents.matter_pdf(
        db or request.reading,
        agreement or resource.agreement,
        matter,
        registry=request.definitions,
        now=request.now,
        twin=twin_bytes(request, resource, db, agreement),
        translate=translator(request, language),
        language=language,
        anchor=printed,
    )


def evaluation_paper(request: Request, resource: AgreementResource, version: EvaluationVersion) -> bytes:
    """The evaluation's PDF, in the agreement's language, with what programs get of it inside."""
    agreement = resource.agreement
    return documents_evaluation.evaluation_pdf(
        request.reading,
        agreement,
        version,
        registry=request.definitions,
        now=request.now,
        twin=twins.evaluation_twin(agreement, version, version_json(request, version)["missing"]),
        translate=translator(request, agreement.language),
        language=agreement.language,
    )


def matter_copy(
    request: Request, resource: AgreementResource, matter: Matter
) -> tuple[str, tuple[Block, ...]]:
    """Title and outline of the matter as things stand now, in its kommune's language: its working copy."""
    language = matter.party.language
    translate = translator(request, language)
    paper = documents.matter_paper(
        request.reading,
        resource.agreement,
        matter,
        registry=request.definitions,
        now=request.now,
        voice=Voice(translate, language),
        anchor=anchor(request, resource.agreement, language),
    )
    return paper.title, outline(paper, request.now.replace(microsecond=0), translate)


def pdf_response(request: Request, content: bytes, *words: str | None) -> Response:
    """The PDF to be shown in the browser, under a name made of ``words`` ("referatsak-moss-rs-41-26.pdf")."""
    response: Response = request.response
    response.content_type = "application/pdf"
    response.charset = None
    response.body = content
    response.content_disposition = f'inline; filename="{file_name(*words)}.pdf"'
    return response


def file_name(*words: str | None) -> str:
    """A file's name without its ending, of ``words`` in plain letters."""
    return "-".join(folded for word in words if word and (folded := fold(word)))[:120] or "avtale"
