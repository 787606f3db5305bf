"""The frame of every page: who is signed in, in what language, what just happened.

A view passes it to every template as ``layout``, beside the page's own model
as ``page``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from workflow_app.web.pagemodels.common import Capacity, Choice


@dataclass(frozen=True)
class Flash:
    """A message about what just happened. ``kind`` gives colour and icon, never the meaning alone."""

    text: str
    kind: Literal["success", "info", "warning", "danger"] = "success"


@dataclass(frozen=True)
class SignedIn:
    """The person at the page and the roles held today.

    Somebody with a role for each of eight kommuner is not to meet them all above
    every page: where they are more than three, ``folded`` names the roles alone.
    """

    name: str
    capacities: tuple[Capacity, ...] = ()

    @property
    def folded(self) -> str:
        """The different roles, in order; empty where the capacities are few enough to be shown."""
        return ", ".join(dict.fromkeys(c.role for c in self.capacities)) if len(self.capacities) > 3 else ""


NavKey = Literal["worklist", "overview", "agreements", "calendar", "parties", "mail", "seals", ""]


@dataclass(frozen=True)
class Layout:
    """The frame.

    ``root`` is the address of the root without a slash at the end ("" when
    mounted at /), ``static`` where static files lie ("/static"; may carry a
    version), ``here`` the path and query of this page: the language switch
    posts ``lang`` and ``came_from=here`` to ``{root}/language``. ``languages``
    are nb, nn and en under their own names, the current one chosen. ``nav``
    marks the current entry of the main menu. ``clock`` is a sentence shown
    where the clock has been set by hand (development only), ``demonstration``
    marks an installation with demonstration data. ``mail`` is how many mails need
    the reader, for whoever minds the mail, and None for everybody else.
    """

    language: str
    csrf_token: str
    person: SignedIn | None = None
    languages: tuple[Choice, ...] = ()
    flashes: tuple[Flash, ...] = field(default=())
    nav: NavKey = ""
    root: str = ""
    static: str = "/static"
    here: str = "/"
    clock: str | None = None
    demonstration: bool = False
    mail: int | None = None
