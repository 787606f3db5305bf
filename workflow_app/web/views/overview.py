"""The overview: every agreement the reader may see, whom each waits for, and since when."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.web.permissions import Right
from workflow_app.web.present.overview import overview_json, overview_page
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
