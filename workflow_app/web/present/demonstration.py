"""The demonstration's accounts, shown on the login page of a development installation only."""

from __future__ import annotations

from pyramid.request import Request
from pyramid.settings import asbool

from workflow_app.services.demonstration import ACCOUNTS, PASSWORD
from workflow_app.web.pagemodels import DemoAccount


def demo_accounts(request: Request) -> tuple[tuple[DemoAccount, ...], str | None]:
    """The accounts and their password, or nothing where there is no demonstration data."""
    if not asbool(request.registry.settings.get("avtaleflyt.demonstration")):
        return (), None
    return tuple(DemoAccount(a.username, a.title, a.party) for a in ACCOUNTS), PASSWORD
