"""The kommuner and police units an agreement can be made between."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.web.party_resources import Parties
from workflow_app.web.permissions import Right
from workflow_app.web.present.lists import parties_json, parties_page
from workflow_app.web.rendering import page, twin


@page("parties", context=Parties, permission=Right.SEE_OWN)
def parties(context: Parties, request: Request) -> dict[str, object]:
    """Those that may be chosen, and the reader's own roles there."""
    return {"page": parties_page(request), "nav": "parties"}


@twin(context=Parties, permission=Right.SEE_OWN)
def parties_twin(context: Parties, request: Request) -> dict[str, Any]:
    """The same for a program: the keys to send when an agreement is added."""
    return parties_json(request)
