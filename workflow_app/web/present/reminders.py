"""The reminders below a deadline: which were sent, to whom, and when the next one goes.

By role and party, as the trail names people: who held the role that day is in the
party's own history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from pyramid.request import Request

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.ladder import ESCALATION
from workflow_app.models.reminders import SENT, SKIPPED, Reminder
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.reminders.told import Story, stories
from workflow_app.web.pagemodels.common import Reminded, ReminderLine
from workflow_app.web.present.words import day, party_name, role_word
from workflow_app.web.resources import AgreementResource


def reminded(
    request: Request, resource: AgreementResource, chronicle: Chronicle, deadlines: Iterable[Deadline]
) -> Mapping[str, Reminded]:
    """By ``Deadline.reminder_key``, what is shown below it; none where nothing was said or will be."""
    found = _stories(request, resource, chronicle, deadlines)
    return {key: _shown(request, resource, story) for key, story in found.items() if _any(story)}


def reminded_json(
    request: Request, resource: AgreementResource, chronicle: Chronicle, deadlines: Iterable[Deadline]
) -> Mapping[str, dict[str, Any]]:
    """The same for a program."""
    keys = {p.party.id: p.party.key for p in resource.agreement.parties}
    return {
        key: {
            "reminders": [
                {
                    "rung": row.rung,
                    "on": row.made_on,
                    "due": row.due,
                    "party": keys.get(row.party_id),
                    "outcome": row.outcome,
                    "roles": row.roles,
                }
                for row in story.rows
            ],
            "next_reminder": story.next_on,
        }
        for key, story in _stories(request, resource, chronicle, deadlines).items()
    }


def _stories(
    request: Request, resource: AgreementResource, chronicle: Chronicle, deadlines: Iterable[Deadline]
) -> Mapping[str, Story]:
    return stories(request.dbsession, resource.agreement, resource.definition, chronicle, deadlines)


def _any(story: Story) -> bool:
    return bool(story.rows) or story.next_on is not None


def _shown(request: Request, resource: AgreementResource, story: Story) -> Reminded:
    lines = [
        ReminderLine(day(request, on), request.say(_sentence(request, resource, list(rows))))
        for (on, _, _), rows in groupby(sorted(story.rows, key=_alike), key=_alike)
    ]
    return Reminded(tuple(lines), day(request, story.next_on) if story.next_on else None)


def _alike(row: Reminder) -> tuple[date, str, bool]:
    """Rows of several rungs or parties that are one event to a reader."""
    return row.made_on, row.outcome, row.rung == ESCALATION


def _sentence(request: Request, resource: AgreementResource, rows: Sequence[Reminder]) -> Message:
    first = rows[0]
    if first.outcome == SKIPPED:
        return msg(
            "Earlier reminders passed over, since a later one was due: ${count}.",
            count=len({row.rung for row in rows}),
        )
    if first.outcome != SENT:
        return msg("Nobody held the role it is for.")
    if first.rung == ESCALATION:
        return msg("Overdue: told to ${whom}.", whom=_whom(request, resource, rows))
    return msg("Sent to ${whom}.", whom=_whom(request, resource, rows))


def _whom(request: Request, resource: AgreementResource, rows: Sequence[Reminder]) -> str:
    keys = {p.party.id: p.party.key for p in resource.agreement.parties}
    names = []
    for row in rows:
        roles = ", ".join(role_word(request, role) for role in row.roles)
        names.append(f"{roles} ({party_name(resource.agreement, keys.get(row.party_id, ''))})")
    return "; ".join(dict.fromkeys(names))
