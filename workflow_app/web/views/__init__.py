"""The views: a resource and a request in, a page model or JSON out.

Each module is one part of the site. Views stay short: what is true comes from
services, how it is said from ``web/present``, how it looks from templates.
"""

from __future__ import annotations

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Renderers, static files, the frame of every page, and all views of this package."""
    config.include("pyramid_chameleon")
    config.include("workflow_app.web.rendering")
    config.add_static_view("static", "workflow_app.web:static", cache_max_age=3600)
    config.scan("workflow_app.web.views")
