"""Where the tests keep compiled page templates: one folder for every process and every run.

Compiling all the pages takes ten seconds of a processor, and the unit, the
functional and the browser tests each draw them. The name of a compiled template
holds the digest of its text and of Chameleon itself, so a change of either is
compiled anew.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / ".pytest_cache" / "templates"


def compiled() -> str:
    """The folder, made if it is not there; a value for ``avtaleflyt.template_cache``."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    return str(_FOLDER)
