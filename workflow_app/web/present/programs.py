"""What every JSON answer to a program carries, whatever it is about."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request


def for_session(request: Request) -> dict[str, Any]:
    """What a program with a session cookie must send back with its next POST; nothing with a token."""
    return {"csrf_token": request.me.session.csrf_token} if request.me and request.me.session else {}
