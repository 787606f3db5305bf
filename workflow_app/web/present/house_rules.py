"""The page of a kommune's house rules: what each asks for, and the number it has set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.services import parties_rules
from workflow_app.web.pagemodels.common import Problem
from workflow_app.web.pagemodels.house_rules import HouseRuleRow, HouseRulesPage
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.words import day, root_url

RULES: dict[str, tuple[Message, Message]] = {
    "report": (
        msg("The agreement before the kommunestyre"),
        msg("Days from signing, where the agreement asks for a matter but names no day."),
    ),
    "review": (
        msg("Review of agreements that name no revision"),
        msg("Months from signing, and from one review to the next."),
    ),
    "council_evaluation": (
        msg("The yearly evaluation before the kommunestyre"),
        msg("Days after both have approved the evaluation."),
    ),
    "council_termination": (
        msg("A termination before the kommunestyre"),
        msg("Days after notice was given."),
    ),
    "council_lapse": (
        msg("An agreement that has lapsed before the kommunestyre"),
        msg("Days after the agreement ended."),
    ),
}
"""Kind of rule → what it asks for, and what its number counts, in the order of the page."""

UNITS: dict[str, Message] = {"days": msg("days"), "months": msg("months")}


def house_rules_page(
    request: Request,
    resource: PartyResource,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> HouseRulesPage:
    """The page; ``given`` and ``errors`` keep what was written and say what is wrong."""
    party = resource.party
    set_ = parties_rules.dated_rules(request.dbsession, [party])[party.key]
    may = bool(request.has_permission(Right.SET_RULES, resource))
    wrong = {name: request.say(message) for name, message in (errors or {}).items()}
    return HouseRulesPage(
        party=party.name,
        url=f"{root_url(request)}/parties/{party.key}/rules",
        back=f"{root_url(request)}/parties/{party.key}",
        rows=tuple(_row(request, kind, set_.get(kind), given, wrong) for kind in RULES),
        may_change=may,
        closed=None
        if may
        else request.say(
            msg("The rules are set by the kommune's administrator, SLT coordinator or council secretary.")
        ),
        problems=tuple(Problem(name if name in RULES else "", sentence) for name, sentence in wrong.items()),
    )


def _row(
    request: Request,
    kind: str,
    stands: tuple[int, Any] | None,
    given: Mapping[str, Any] | None,
    wrong: Mapping[str, str],
) -> HouseRuleRow:
    label, help_ = RULES[kind]
    usual = parties_rules.DEFAULTS.get(kind)
    number, since = stands or (None, None)
    value = "" if number is None else str(number)
    return HouseRuleRow(
        kind=kind,
        label=request.say(label),
        help=request.say(help_),
        unit=request.say(UNITS[parties_rules.UNITS[kind]]),
        value=value if given is None else str(given.get(kind) or ""),
        usual=None if usual is None else str(usual),
        # The others count from the signing, whenever they were set.
        since=day(request, since) if since is not None and kind in parties_rules.COUNCIL else None,
        error=wrong.get(kind),
    )


def house_rules_json(request: Request, resource: PartyResource) -> dict[str, Any]:
    """The same for a program: number, unit and first day of each rule; null where there is none."""
    party = resource.party
    set_ = parties_rules.dated_rules(request.dbsession, [party])[party.key]
    rules = {}
    for kind in RULES:
        number, since = set_.get(kind, (None, None))
        rules[kind] = {"number": number, "unit": parties_rules.UNITS[kind], "since": since}
    return {
        "party": party.key,
        "rules": rules,
        "may_change": bool(request.has_permission(Right.SET_RULES, resource)),
    }
