"""Pages on which the agreement moves: transitions, their forms, the evaluation, the matters.

``transitions.pt``, ``transition.pt``, ``evaluation.pt`` and ``matters.pt``.
Where a form belongs to a schema it comes as ``form``: markup that deform has
rendered with the widgets of ``templates/forms`` (form element, CSRF token,
fields, error summary, buttons and all). It may be trusted; deform escapes what
people wrote.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.agreement import TransitionRow
from workflow_app.web.pagemodels.common import (
    AgreementHead,
    Capacity,
    Link,
    RoundView,
    Waiting,
)
from workflow_app.web.pagemodels.passkeys import SigningView
from workflow_app.web.pagemodels.texts import TextSection


@dataclass(frozen=True)
class TransitionsPage:
    """``transitions.pt``: what the reader may do now, and for the rest the reasons why not."""

    head: AgreementHead
    allowed: tuple[TransitionRow, ...] = ()
    refused: tuple[TransitionRow, ...] = ()


@dataclass(frozen=True)
class Approved:
    """Exactly what is approved: nothing else is bound by the approval.

    ``what`` names it ("Avtalen", "Evalueringen for 2025"), ``digest`` is the
    full hex over text, attachments and confirmed rules, ``text`` the full text
    for reading on the spot, ``attachments`` and ``rules`` what else it covers.
    """

    what: str
    title: str
    version: int
    digest: str
    full_text: Link
    text: tuple[TextSection, ...] = ()
    attachments: tuple[Link, ...] = ()
    rules: tuple[str, ...] = ()
    rules_href: str | None = None


@dataclass(frozen=True)
class TransitionPage:
    """``transition.pt``.

    ``capacities`` is what the reader acts in (one is the rule; with several,
    the form lets her choose). ``consequence`` says what happens on pressing
    the button. ``refusals`` are shown instead of the form when it may not be
    done now (409) or not by her (403): then ``form`` is None.
    ``approved`` is None for transitions that collect no approvals. ``warnings``
    are what to know before pressing it, and stop nobody. ``signing`` is what a passkey
    would sign, for steps that ask once more who one is.
    """

    head: AgreementHead
    name: str
    label: str
    form: str | None
    description: str | None = None
    to_label: str | None = None
    consequence: str | None = None
    approved: Approved | None = None
    capacities: tuple[Capacity, ...] = ()
    round: RoundView | None = None
    waits_for: tuple[Waiting, ...] = ()
    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    signing: SigningView | None = None
