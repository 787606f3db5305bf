"""Starting the server: what keeps it from starting is told in sentences, not in a traceback.

This is what ``use = egg:avtaleflyt`` in a settings file leads to. Whoever starts
the server is a person too, and reads file and key.
"""

from __future__ import annotations

from typing import Any


def app(global_config: dict[str, str] | None = None, **settings: Any) -> Any:
    """The WSGI application of :func:`workflow_app.main`.

    Raises ``SystemExit`` (status 1) with one sentence per fault for settings, a
    definition or demonstration people with which a server must not start.
    """
    from workflow_app import main
    from workflow_app.domain.definitions import UnsoundDefinition
    from workflow_app.settings import SettingsError
    from workflow_app.web.guard_demo import DemonstrationExposed

    try:
        return main(global_config, **settings)
    except (UnsoundDefinition, SettingsError, DemonstrationExposed) as fault:
        raise SystemExit(f"avtaleflyt does not start:\n{fault}") from None
