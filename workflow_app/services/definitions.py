"""The installation's workflow definitions, read from ``states/`` once per process.

The files ship with the program; a kommune's own order of things is one more
file beside them. All are checked whole before any is used.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from workflow_app.domain.definitions import Registry, load_all


@cache
def workflow_definitions() -> Registry:
    """Every definition in ``states/``. Raises ``UnsoundDefinition`` naming file and key."""
    found = sorted(f.name for f in files("workflow_app.states").iterdir() if f.name.endswith(".toml"))
    return load_all((name, files("workflow_app.states").joinpath(name).read_text("utf-8")) for name in found)
