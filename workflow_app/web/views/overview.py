"""The overview: every agreement the reader may see, whom each waits for, and since when."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.web.downloads import download
from workflow_app.web.permissions import Right
from workflow_app.web.present.overview import overview_json, overview_page
from workflow_app.web.present.overview_file import overview_file
from workflow_app.web.present.timeline import timeline_json, timeline_page
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import Overview


@page("overview", context=Overview, permission=Right.SEE_OWN)
def overview(context: Overview, request: Request) -> dict[str, object]:
    """The rows, with their filters."""
    return {"page": overview_page(request), "nav": "overview"}


@twin(context=Overview, permission=Right.SEE_OWN)
def overview_twin(context: Overview, request: Request) -> dict[str, Any]:
    """The same for a program; ``next`` is the address of the next page."""
    return overview_json(request)


@view_config(context=Overview, name="overview.csv", request_method="GET", permission=Right.SEE_OWN)
def overview_csv(context: Overview, request: Request) -> Response:
    """All the rows as a table, to be saved and opened in Excel."""
    content, name = overview_file(request)
    response = download(content, name, "text/csv")
    response.charset = "utf-8"
    return response


@page("timeline", context=Overview, name="timeline", permission=Right.SEE_OWN)
def timeline(context: Overview, request: Request) -> dict[str, object]:
    """When each agreement is in force, kommune by kommune."""
    return {"page": timeline_page(request), "nav": "overview"}


@twin(context=Overview, name="timeline", permission=Right.SEE_OWN)
def timeline_twin(context: Overview, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return timeline_json(request)
