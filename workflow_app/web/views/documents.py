"""The papers: the agreement, and the matters before each kommunestyre, as PDF."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters
from workflow_app.services.errors import NotThere
from workflow_app.web.present.papers import agreement_paper, matter_paper, pdf_response
from workflow_app.web.resources import AgreementResource, MatterResource


def pdf(*, context: type, name: str = "", **more: Any) -> Any:
    """A view that answers with a PDF, whatever is asked for: there is no other form of it."""
    return view_config(context=context, name=name, permission=Permission.VIEW, request_method="GET", **more)


@pdf(context=AgreementResource, name="agreement.pdf")
def agreement_pdf(context: AgreementResource, request: Request) -> Response:
    """The agreement with its signatures and rules."""
    content = agreement_paper(request, context)
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


@pdf(context=MatterResource, path_info=r".*\.pdf$")
def matter_pdf(context: MatterResource, request: Request) -> Response:
    """One matter, by its number."""
    return _matter(request, context.owner, context.matter)


def _matter(request: Request, resource: AgreementResource, matter: Matter) -> Response:
    content = matter_paper(request, resource, matter)
    return pdf_response(request, content, matter.kind, matter.party.name, matter.case_number)


def _kommuner(resource: AgreementResource) -> tuple[str, ...]:
    return tuple(p.party.name for p in resource.agreement.parties if p.party.side == "municipal")
