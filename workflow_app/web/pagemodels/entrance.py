"""Pages for those who are not in yet, or whose request went wrong.

``login.pt``, ``accessibility.pt`` and ``error.pt``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workflow_app.web.pagemodels.common import Link, Problem


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration data, listed on the login page."""

    username: str
    title: str
    party: str


@dataclass(frozen=True)
class Kept:
    """A field somebody had written in when her session ended: its name, its label, her words."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class LoginPage:
    """``login.pt``. Posts ``username``, ``password``, ``came_from``, ``csrf_token`` to ``{root}/login``.

    ``problem`` is the one sentence about a failed attempt; it never says which
    of the two was wrong. ``reason`` tells why one was sent here ("Økten er
    utløpt"); ``kept`` is what she had written by then. ``accounts`` and
    ``demo_password`` are given with demonstration data only. ``passkeys`` is the
    address at which a passkey lets in too; None where they work at none.
    """

    came_from: str = ""
    username: str = ""
    problem: str | None = None
    reason: str | None = None
    kept: tuple[Kept, ...] = ()
    accounts: tuple[DemoAccount, ...] = ()
    demo_password: str | None = None
    passkeys: str | None = None


@dataclass(frozen=True)
class ErrorPage:
    """``error.pt``: what happened, why, what to do.

    The heading and the advice belong to the status and stand in the template.
    ``message`` is a sentence that is more exact than the general one;
    ``reasons`` are the refusals (409) or the wrong fields (422); ``back`` leads
    to where the person can go on, ``reference`` is what to quote to the
    operator of the installation (500). ``looked`` says that a page was only asked
    for, so that nobody can have been there first and nothing could be changed.
    """

    status: Literal[400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503]
    message: str | None = None
    reasons: tuple[Problem, ...] = ()
    back: Link | None = None
    reference: str | None = None
    looked: bool = False


@dataclass(frozen=True)
class AccessibilityPage:
    """``accessibility.pt``: the accessibility statement, by default a form of words to be completed.

    ``operator`` is the body that answers for the installation, ``contact`` an
    e-mail address, ``statement_url`` the published statement at uustatus.no.
    Each None is said openly on the page.
    """

    operator: str | None = None
    contact: str | None = None
    statement_url: str | None = None
