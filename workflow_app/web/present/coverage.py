"""What a page of an agreement says of roles that nobody holds, while there is still time."""

from __future__ import annotations

from collections.abc import Iterable

from pyramid.request import Request

from workflow_app.domain.definitions import Definition, Effect, Transition
from workflow_app.models.agreements import Agreement
from workflow_app.services.coverage import Gap, uncovered
from workflow_app.services.coverage_words import gap_message
from workflow_app.services.people_holdings import Holder


def of_page(
    request: Request, agreement: Agreement, definition: Definition, people: Iterable[Holder]
) -> tuple[str, ...]:
    """The gaps, but for those that the page's other warnings speak of: who would sign a draft."""
    held = {(h.role, h.party) for h in people}
    gaps = uncovered(request.dbsession, agreement, definition, request.today)
    return _said(request, (g for g in gaps if not _would_sign(g, agreement, definition, held)))


def of_step(
    request: Request, agreement: Agreement, definition: Definition, step: Transition
) -> tuple[str, ...]:
    """All of them where the parties agree on the text: a warning and no refusal."""
    if Effect.RECORD_AGREED_DIGEST not in step.effects:
        return ()
    return _said(request, uncovered(request.dbsession, agreement, definition, request.today))


def _said(request: Request, gaps: Iterable[Gap]) -> tuple[str, ...]:
    return tuple(str(request.say(gap_message(gap, request.today))) for gap in gaps)


def _would_sign(gap: Gap, agreement: Agreement, definition: Definition, held: set[tuple[str, str]]) -> bool:
    steps = definition.transitions.values()
    signing = {
        role for s in steps if s.approvals and s.approvals.reauthenticate for role in s.approvals.roles
    }
    (first, *_) = gap.roles
    return agreement.signed_on is None and first in signing and (first, gap.party) not in held
