"""Avtaleflyt: agreements between kommune and police, through their whole life.

This is the composition root and nothing else: it names the parts of the house
and hands each its settings. What a part needs it reads in its own ``includeme``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyramid.router import Router


def main(global_config: dict[str, str] | None = None, **settings: Any) -> Router:
    """The WSGI application, from the settings of an INI file.

    Raises ``UnsoundDefinition`` with file and key when a workflow definition is
    not sound: a server that would refuse people at random does not start.
    """
    # Imported here, so that a command line that serves nothing does not pay for Pyramid.
    from pyramid.config import Configurator

    from workflow_app.settings import expanded

    with Configurator(settings=expanded(settings)) as config:
        config.registry["global_config"] = dict(global_config or {})
        config.include("workflow_app.web.definitions")
        config.include("workflow_app.web.database")
        config.include("workflow_app.web.guard_shape")
        config.include("workflow_app.web.log")
        config.include("workflow_app.web.guard_demo")
        config.include("workflow_app.web.clock")
        config.include("workflow_app.web.uploads")
        config.include("workflow_app.web.checking_gate")
        config.include("workflow_app.web.archiving")
        config.include("workflow_app.web.language")
        config.include("workflow_app.web.security")
        config.include("workflow_app.web.headers")
        config.include("workflow_app.web.resources")
        config.include("workflow_app.web.views")
        config.include("workflow_app.web.scheduler")
        return config.make_wsgi_app()


def app(global_config: dict[str, str] | None = None, **settings: Any) -> Router:
    """:func:`main` for ``use = egg:avtaleflyt``: what keeps the server from starting is told in sentences.

    Whoever starts the server is a person too, and reads file and key, not a
    traceback. Raises ``SystemExit`` (status 1).
    """
    from workflow_app.domain.definitions import UnsoundDefinition
    from workflow_app.services.log.signer import LogKeyError
    from workflow_app.services.mail.settings import MailSettingsError
    from workflow_app.settings import SettingsError
    from workflow_app.web.collecting import settle
    from workflow_app.web.guard_demo import DemonstrationExposed

    try:
        served = main(global_config, **settings)
    except (UnsoundDefinition, SettingsError, MailSettingsError, LogKeyError, DemonstrationExposed) as fault:
        raise SystemExit(f"avtaleflyt does not start:\n{fault}") from None
    settle()
    return served
