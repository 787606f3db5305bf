"""The front page: what waits for the reader, what waits for others, which deadlines are coming."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.web.permissions import Right
from workflow_app.web.present.worklist import worklist_json, worklist_page
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import Root


@page("worklist", context=Root, permission=Right.SEE_OWN)
def my_worklist(context: Root, request: Request) -> dict[str, object]:
    """My tasks. Whoever is not signed in is sent to the login page."""
    return {"page": worklist_page(request), "nav": "worklist"}


@twin(context=Root, permission=Right.SEE_OWN)
def worklist_twin(context: Root, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return worklist_json(request)
