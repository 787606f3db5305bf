"""How a view becomes a page or JSON: two decorators, and the frame of every page.

``page`` answers a person, ``twin`` a program that asks for JSON at the same URL.
Both carry the permission, so that a view without one cannot be written by
accident: it would not be registered.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from chameleon.loader import ModuleLoader
from chameleon.template import BaseTemplate
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.renderers import JSON
from pyramid.request import Request
from pyramid.view import view_config

from workflow_app.domain.messages import Message
from workflow_app.web.compiling import take_turns
from workflow_app.web.present.layout import layout


def page(
    template: str, *, context: type, permission: str, name: str = "", method: str = "GET", **more: Any
) -> Any:
    """A view for people, drawn by ``templates/pages/{template}.pt``; returns ``{"page": …}``."""
    return view_config(
        context=context,
        name=name,
        permission=permission,
        renderer=f"workflow_app.templates:pages/{template}.pt",
        accept="text/html",
        request_method=method,
        **more,
    )


def twin(*, context: type, permission: str, name: str = "", method: str = "GET", **more: Any) -> Any:
    """The same URL for a program: a view that returns what JSON can carry."""
    return view_config(
        context=context,
        name=name,
        permission=permission,
        renderer="json",
        accept="application/json",
        request_method=method,
        **more,
    )


def wants_json(request: Request) -> bool:
    """Whether the one who asks is a program: JSON accepted, and no page before it."""
    offers = request.accept.acceptable_offers(["text/html", "application/json"])
    return bool(offers) and offers[0][0] == "application/json"


def _frame(event: BeforeRender) -> None:
    request, value = event.get("request"), event.rendering_val
    if request is not None and isinstance(value, dict) and "page" in value and "layout" not in value:
        event["layout"] = layout(request, value.get("nav", ""), value.get("flashes", ()))
    elif event.get("renderer_name") == "json" and isinstance(value, dict) and _session(request) is not None:
        # A program in a browser's session finds in any answer what its next POST needs.
        value.setdefault("csrf_token", _session(request).csrf_token)


def _session(request: Request | None) -> Any:
    return request.me.session if request is not None and request.me is not None else None


def keep_compiled(folder: str) -> None:
    """Keep what Chameleon compiles in ``folder``, so that only the first start pays for it.

    Chameleon itself offers an environment variable for this; a setting stands
    where an operator looks. A template that changed gets another name there.
    """
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    BaseTemplate.loader = ModuleLoader(str(path))


def includeme(config: Configurator) -> None:
    """JSON knows dates (ISO 8601) and messages (said in the reader's language).

    Settings: ``avtaleflyt.template_cache``, a folder that only the server may
    write to: what lies there is run.
    """
    take_turns()
    folder = config.get_settings().get("avtaleflyt.template_cache")
    if folder:
        keep_compiled(folder)
    renderer = JSON(ensure_ascii=False)
    renderer.add_adapter(datetime, lambda value, request: value.isoformat())
    renderer.add_adapter(date, lambda value, request: value.isoformat())
    renderer.add_adapter(Message, lambda value, request: request.say(value))
    config.add_renderer("json", renderer)
    config.add_subscriber(_frame, BeforeRender)
