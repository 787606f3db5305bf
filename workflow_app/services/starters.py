"""The texts an agreement can be started from, where there is no file to upload.

They are Markdown files in ``templates/agreements``, in our own words. What only
the parties can know is left as placeholders, and the guard on incomplete
sections keeps a draft from being agreed before those are filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors

TEMPLATE = "template"
"""The origin of a text that was started from one of these."""


@dataclass(frozen=True)
class Starter:
    """A text to start from: its file's name without the suffix, its title and language, its words."""

    name: str
    title: str
    language: str
    text: str


@cache
def starters() -> tuple[Starter, ...]:
    """All of them, by name. A file is called ``{what}-{language}.md`` and begins with its title."""
    found = []
    folder = files("workflow_app.templates").joinpath("agreements")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".md"):
            text, name = file.read_text("utf-8"), file.name.removesuffix(".md")
            title = text.partition("\n")[0].lstrip("# ").strip()
            found.append(Starter(name, title, name.rpartition("-")[2], text))
    return tuple(found)


def starter(name: str) -> Starter:
    """The one of that name. Raises ``FieldErrors``."""
    for one in starters():
        if one.name == name:
            return one
    raise FieldErrors(
        {"template": msg("There is no template called «${name}»; choose one of the list.", name=name[:60])}
    )
