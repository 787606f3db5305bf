"""Which order of things a draft follows and which one its text suggests, said beside the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.contents import RuleSet
from workflow_app.services.choosing import why_fixed
from workflow_app.web.pagemodels import Choice, Order
from workflow_app.web.present.add import AS_READ, definition_choices
from workflow_app.web.present.rule_rows import ClauseOf
from workflow_app.web.resources import AgreementResource

ADOPTED, NOTED = "politiradsavtale_vedtak", "politiradsavtale"


def suggested_by(current: RuleSet) -> tuple[str, dict[str, Any] | None]:
    """The id of the definition that the rules suggest, and the rule that does; None where silence does."""
    clause = next((r for r in current.rules if (r["kind"], r["form"]) == ("council", "adoption")), None)
    return (ADOPTED if clause is not None else NOTED), clause


def chosen(request: Request, entry: Mapping[str, Any]) -> Message:
    """What an entry of the trail tells of a choice."""
    try:
        found = request.definitions.by_digest(entry.get("definition", ""))
    except KeyError:
        return msg("Another workflow was chosen.")
    return msg("The workflow “${title}” was chosen.", title=Message(found.title))


def told(request: Request, resource: AgreementResource, current: RuleSet) -> str:
    """Where nobody chose the order of things: which one it is, and by which words."""
    title = Message(resource.definition.title)
    _, clause = suggested_by(current)
    said: str = request.say(
        msg("It follows “${title}”, because the text says: “${quote}”", title=title, quote=clause["quote"])
        if clause is not None
        else msg(
            "It follows “${title}”, because no clause says that the kommunestyre adopts it.", title=title
        )
    )
    return said


def order(
    request: Request, resource: AgreementResource, current: RuleSet, clause_of: ClauseOf
) -> Order | None:
    """The note on a draft; None once the agreement has moved on, when it is no question any more."""
    definition, agreement = resource.definition, resource.agreement
    if agreement.state != definition.initial:
        return None
    suggested, clause = suggested_by(current)
    may = request.has_permission(Permission.EDIT, resource)
    free = may and why_fixed(request.dbsession, agreement, definition) is None
    return Order(
        chosen=request.say(Message(definition.title)),
        suggested=request.say(Message(request.definitions.newest(suggested).title)),
        because=clause_of(clause, str(current.rules.index(clause))) if clause is not None else None,
        differs=suggested != definition.id,
        choices=tuple(
            Choice(c.value, c.label, chosen=c.value == definition.id, hint=c.hint)
            for c in definition_choices(request)
            if c.value != AS_READ
        )
        if free
        else (),
    )
