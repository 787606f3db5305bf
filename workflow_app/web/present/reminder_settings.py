"""The page of a kommune's reminders: on which days, for how long after, who is told, and of what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.ladder import KINDS, Ladder, Settings
from workflow_app.domain.rule_names import kind_word
from workflow_app.services.parties import MUNICIPAL
from workflow_app.services.reminders.settings import has_own, settings_of
from workflow_app.web.pagemodels.common import Problem
from workflow_app.web.pagemodels.reminders import KindBox, RemindersPage
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.words import root_url

FOLLOWS = msg(
    "The reminders of a police unit follow the kommune of each agreement; where there are several, the"
    " first one. What they are is set on the page of the kommune."
)


def reminders_page(
    request: Request,
    resource: PartyResource,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> RemindersPage:
    """The page; ``given`` and ``errors`` keep what was written and say what is wrong."""
    party = resource.party
    url = f"{root_url(request)}/parties/{party.key}"
    if party.side != MUNICIPAL:
        return RemindersPage(party.name, f"{url}/reminders", url, follows=request.say(FOLLOWS))
    own = settings_of(request.dbsession, [party])[party.key]
    may = bool(request.has_permission(Right.SET_RULES, resource))
    shown = _shown(own) | {k: str(v) for k, v in (given or {}).items() if k in _shown(own)}
    return RemindersPage(
        party=party.name,
        url=f"{url}/reminders",
        back=url,
        **shown,
        kinds=tuple(_box(request, kind, own, given) for kind in KINDS),
        own=has_own(request.dbsession, party),
        may_change=may,
        closed=None
        if may
        else request.say(
            msg("The reminders are set by the kommune's administrator, SLT coordinator or council secretary.")
        ),
        problems=tuple(Problem(name, request.say(sentence)) for name, sentence in (errors or {}).items()),
    )


def _shown(own: Settings) -> dict[str, str]:
    leader = own.escalate_after
    return {
        "before": ", ".join(str(days) for days in own.before if days),
        "weeks": str(own.weeks),
        "escalate_after": "" if leader is None else str(leader),
    }


def _box(request: Request, kind: str, own: Settings, given: Mapping[str, Any] | None) -> KindBox:
    wanted = kind not in own.off if given is None else f"kind.{kind}" in given
    ladder = Settings(own.before, own.weeks, own.escalate_after).ladder(kind)
    assert ladder is not None, "nothing was turned off"
    return KindBox(kind, request.say(kind_word(kind)), _days(request, ladder), wanted)


def _days(request: Request, ladder: Ladder) -> str:
    """ "90, 30 and 7 days before, and on the day; then weekly for 8 weeks"."""
    before = [str(days) for days in ladder.before if days]
    words = [request.say(msg("${days} days before", days=", ".join(before)))] if before else []
    if 0 in ladder.before:
        words.append(request.say(msg("on the day")))
    if ladder.weeks == 1:
        words.append(request.say(msg("once a week after")))
    elif ladder.weeks:
        words.append(request.say(msg("each week for ${weeks} weeks after", weeks=ladder.weeks)))
    if ladder.escalate_after is not None:
        words.append(
            request.say(msg("the mayor or station chief after ${days} days", days=ladder.escalate_after))
        )
    return ", ".join(words)


def reminders_json(request: Request, resource: PartyResource) -> dict[str, Any]:
    """The same for a program: what it may send back, and whether the kommune has chosen it."""
    party = resource.party
    if party.side != MUNICIPAL:
        return {"party": party.key, "follows": request.say(FOLLOWS), "may_change": False}
    own = settings_of(request.dbsession, [party])[party.key]
    return {
        "party": party.key,
        "before": list(own.before),
        "weeks": own.weeks,
        "escalate_after": own.escalate_after,
        "off": sorted(own.off),
        "own": has_own(request.dbsession, party),
        "may_change": bool(request.has_permission(Right.SET_RULES, resource)),
    }
