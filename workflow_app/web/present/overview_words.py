"""The words of the overview: whom it waits for and for how long, how long it is in force, the filters."""

from __future__ import annotations

from datetime import date, datetime

from pyramid.request import Request

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.services.overview.wanted import NOBODY
from workflow_app.web.pagemodels import Moment
from workflow_app.web.pagemodels.overview import StepWaited, Waits
from workflow_app.web.present.words import moment_day, party_name, roles_word
from workflow_app.web.present.worklist import step_name

LONG = 30
"""Days from which on a wait is marked: a month is more than any step takes."""

WAITS_FOR: dict[str, Message] = {
    "municipal": msg("The kommune"),
    "police": msg("The police"),
    "both": msg("Kommune and police"),
    "council": msg("The kommunestyre"),
    NOBODY: msg("Nobody"),
}
DUE: dict[str, Message] = {
    "overdue": msg("Overdue"),
    "30": msg("Within 30 days"),
    "90": msg("Within 90 days"),
    "none": msg("No deadline"),
}
IN_FORCE: dict[str, Message] = {"yes": msg("In force today"), "no": msg("Not in force today")}
HAVING: dict[str, Message] = {
    "some": msg("Agreements you can see"),
    "none": msg("Kommuner without an agreement you can see"),
}
SORTS: dict[str, Message] = {
    "due": msg("What is due first"),
    "since": msg("Who has waited longest"),
    "kommune": msg("Kommune, alphabetically"),
}
WITHOUT = msg("No agreement here that you can see.")
NO_DISTRICT = msg("No district known")


def waits(request: Request, agreement: Agreement) -> Waits:
    """For which side it waits, since when and for how long, and by which steps."""
    if agreement.waiting is None:
        return Waits("", request.say(msg("Not counted yet")))
    code = agreement.waits_for or NOBODY
    if agreement.waits_since is None:
        return Waits(code, request.say(WAITS_FOR[code]))
    first = moment_day(agreement.waits_since)
    waited = (request.today - first).days
    return Waits(
        code=code,
        label=request.say(WAITS_FOR.get(code, Message(code))),
        since=Moment(first.isoformat(), _since(request, first, waited)),
        long=waited > LONG,
        steps=tuple(steps(request, agreement)),
    )


def _since(request: Request, first: date, days: int) -> str:
    """ "since 3 March 2026, for 12 days"; of today the day alone."""
    if days <= 0:
        words = msg("since ${day}", day=first)
    elif days == 1:
        words = msg("since ${day}, for one day", day=first)
    else:
        words = msg("since ${day}, for ${count} days", day=first, count=days)
    return str(request.say(words))


def steps(request: Request, agreement: Agreement) -> list[StepWaited]:
    """Each step that is waited for, with the places that are open in it."""
    definition = request.definitions.by_digest(agreement.definition_digest)
    return [
        StepWaited(
            step_name(
                request, definition.transitions[told["step"]], agreement.evaluation_year, told["written"]
            ),
            tuple(
                f"{roles_word(request, tuple(place['roles']))}, {party_name(agreement, place['party'])}"
                for place in told["places"]
            ),
        )
        for told in agreement.waiting or ()
    ]


def in_force(agreement: Agreement, today: date) -> bool:
    """Whether the agreement is in force that day, by its derived columns."""
    to = agreement.in_force_to
    return agreement.signed_on is not None and agreement.signed_on <= today and (to is None or today <= to)


def validity(request: Request, agreement: Agreement) -> str:
    """One line on when it is in force."""
    if agreement.signing is None:
        return str(request.say(msg("Not signed")))
    if agreement.in_force_to is None:
        return str(request.say(msg("In force since ${day}, no last day", day=agreement.signing)))
    to = Interval(agreement.in_force_to_earliest or agreement.in_force_to, agreement.in_force_to)
    if in_force(agreement, request.today):
        return str(request.say(msg("In force to ${day}", day=to)))
    if request.today < agreement.signing.latest:
        return str(request.say(msg("In force from ${day}", day=agreement.signing)))
    return str(request.say(msg("Was in force to ${day}", day=to)))


def since_day(value: datetime | None) -> date | None:
    """The Norwegian day since which it waits."""
    return None if value is None else moment_day(value)
