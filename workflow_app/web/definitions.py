"""The workflow definitions, read and checked once when the server starts."""

from __future__ import annotations

from pyramid.config import Configurator

from workflow_app.services.definitions import workflow_definitions


def includeme(config: Configurator) -> None:
    """Put the checked definitions where requests find them; unsound ones stop the start."""
    definitions = workflow_definitions()
    config.registry["definitions"] = definitions
    config.add_request_method(lambda request: definitions, "definitions", property=True)
