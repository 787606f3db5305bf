"""The papers: the agreement, and the matters before each kommunestyre, as PDF and as working copies."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.models.proceedings import Matter
from workflow_app.services import evaluations, matters
from workflow_app.services.errors import NotThere
from workflow_app.services.papers.docx import MEDIA_TYPE, as_docx
from workflow_app.services.papers.plain import as_text
from workflow_app.services.sealing import sealed
from workflow_app.web.downloads import download
from workflow_app.web.present.evaluation import chosen_year
from workflow_app.web.present.papers import (
    agreement_paper,
    evaluation_paper,
    file_name,
    matter_copy,
    matter_paper,
    pdf_response,
)
from workflow_app.web.present.seals import chosen
from workflow_app.web.resources import AgreementResource, MatterPaper
from workflow_app.web.views.evaluation import asked_year


def pdf(*, context: type, name: str = "", **more: Any) -> Any:
    """A view that answers with a PDF, whatever is asked for: there is no other form of it."""
    return view_config(context=context, name=name, permission=Permission.VIEW, request_method="GET", **more)


@pdf(context=AgreementResource, name="agreement.pdf")
def agreement_pdf(context: AgreementResource, request: Request) -> Response:
    """The agreement with its signatures and rules: as it was signed, with its seal, once that is there.

    ``form`` frozen is the same without the seal, today as things stand now.
    """
    row = sealed.of_agreement(request.reading, context.agreement)
    content = chosen(request, row, lambda: agreement_paper(request, context))
    return pdf_response(request, content, "avtale", *_kommuner(context))


@pdf(context=AgreementResource, name="referatsak.pdf")
def newest_matter_pdf(context: AgreementResource, request: Request) -> Response:
    """The newest matter, of whichever kommune."""
    found = matters.matters_of(request.reading, context.agreement)
    if not found:
        raise NotThere(
            "no_matter", msg("No matter has been prepared for a kommunestyre yet; prepare one under Matters.")
        )
    return _matter(request, context, found[-1])


@pdf(context=AgreementResource, name="evaluation.pdf")
def evaluation_pdf(context: AgreementResource, request: Request) -> Response:
    """The evaluation of a year (``year``; the one open or newest unless named), in its newest version."""
    year = chosen_year(request, context, asked_year(request))
    version = evaluations.newest(request.reading, context.agreement, year)
    if version is None:
        raise NotThere("not_there", msg("Nothing has been written for ${year} yet.", year=year))
    row = sealed.of_evaluation(request.reading, context.agreement, version)
    content = chosen(request, row, lambda: evaluation_paper(request, context, version))
    return pdf_response(request, content, "evaluering", str(year), *_kommuner(context))


@pdf(context=MatterPaper)
def matter_as(context: MatterPaper, request: Request) -> Response:
    """One matter, by its number: the PDF, or its working copy as .docx or text."""
    matter = context.matter
    if context.suffix == "pdf":
        return _matter(request, context.owner, matter)
    title, blocks = matter_copy(request, context.owner, matter)
    name = file_name(matter.kind, matter.party.name, matter.case_number)
    if context.suffix == "docx":
        content = as_docx(blocks, title=title, language=matter.party.language, made=request.now)
        return download(content, f"{name}.docx", MEDIA_TYPE)
    response = download(as_text(blocks).encode("utf-8"), f"{name}.txt", "text/plain")
    response.charset = "utf-8"
    return response


def _matter(request: Request, resource: AgreementResource, matter: Matter) -> Response:
    row = None if matter.frozen_sha256 is None else sealed.row_of(request.reading, matter.frozen_sha256)
    content = chosen(request, row, lambda: matter_paper(request, resource, matter), living=False)
    return pdf_response(request, content, matter.kind, matter.party.name, matter.case_number)


def _kommuner(resource: AgreementResource) -> tuple[str, ...]:
    return tuple(p.party.name for p in resource.agreement.parties if p.party.side == "municipal")
