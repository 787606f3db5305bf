"""The catalogues outside any request: letters are written by commands and by the server's own clock."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import as_file, files

from workflow_app.services.documents_words import LANGUAGES, Voice

DOMAIN = "avtaleflyt"


@cache
def voice(language: str) -> Voice:
    """The catalogue of a language; an unknown one is bokmål, and a sentence it lacks is English."""
    chosen = language if language in LANGUAGES else "nb"
    with as_file(files("workflow_app") / "locale") as folder:
        catalogue = gettext.translation(DOMAIN, folder, languages=[chosen], fallback=True)
    return Voice(catalogue.gettext, chosen)
