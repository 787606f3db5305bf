"""A server and its database belong together: one that waits for its upgrade is not served.

Whoever installs a new version and forgets ``avtaleflyt database upgrade`` is told so at the start,
instead of by people who read for a morning that the database is busy.
"""

from __future__ import annotations

from pyramid.config import Configurator

from workflow_app.migrations import head, other_shape
from workflow_app.settings import SettingsError


class OtherShape(SettingsError):
    """The database is at another revision than this version knows; one sentence with both."""


def includeme(config: Configurator) -> None:
    """Raise :class:`OtherShape` where the database is at another revision; an absent one says so itself."""
    found = other_shape(config.registry["read_engine"])
    if found is not None:
        raise OtherShape(
            f"sqlalchemy.url: the database has the shape {found} and this version needs {head()}; "
            "make a backup, then run: avtaleflyt database upgrade"
        )
