"""All agreements that are the reader's to see: searched, filtered, page by page."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.web.permissions import Right
from workflow_app.web.present.lists import agreements_json, agreements_page
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import Agreements


@page("agreements", context=Agreements, permission=Right.SEE_OWN)
def agreements(context: Agreements, request: Request) -> dict[str, object]:
    """The list, with its filter."""
    return {"page": agreements_page(request), "nav": "agreements"}


@twin(context=Agreements, permission=Right.SEE_OWN)
def agreements_twin(context: Agreements, request: Request) -> dict[str, Any]:
    """The same for a program; ``next`` is the address of the next page."""
    return agreements_json(request)
