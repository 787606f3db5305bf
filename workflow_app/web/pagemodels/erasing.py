"""What the page for erasing a person shows: ``erase.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Choice, Link, Problem
from workflow_app.web.pagemodels.people import PartyHead


@dataclass(frozen=True)
class NamedIn:
    """An agreement whose papers will still name the person: where it is, and what names them."""

    agreement: Link
    what: str


@dataclass(frozen=True)
class ErasePage:
    """``erase.pt``: choose somebody who has left (``choices``), see what goes and what stays, do it.

    The form posts ``person`` (the key), ``because``, ``confirm`` (the user name typed once more) and
    ``csrf_token`` to ``{head.url}/erase``. With ``obstacles`` there is no form: they say what to do first.
    """

    head: PartyHead
    choices: tuple[Choice, ...] = ()
    key: str = ""
    name: str = ""
    username: str = ""
    gone: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    papers: tuple[NamedIn, ...] = ()
    obstacles: tuple[str, ...] = ()
    because: str = ""
    confirm: str = ""
    problems: tuple[Problem, ...] = ()

    def problem(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((p.message for p in self.problems if p.field == name), None)
