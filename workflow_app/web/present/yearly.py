"""The part of the page of deadlines where what is done once a year is recorded and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.deadlines.model import clause_key, subject
from workflow_app.domain.fields import Choice, Field, FieldType
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.domain.rules import Rule
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.meetings.access import coordinating
from workflow_app.services.yearly import clauses
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.yearly import DoneRow, YearlyPart
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.words import agreement_url, day
from workflow_app.web.resources import AgreementResource

REASON = (Field("reason", "reason", FieldType.LONGTEXT, msg("Why it is taken back"), free_text=True),)
TAKE_BACK = "take_back"
"""The field that names the entry to take back."""


def form_fields(chronicle: Chronicle) -> tuple[Field, ...]:
    """What is sent to record something as done."""
    choices = tuple(Choice(key, _words(rule)) for key, rule in clauses(chronicle).items())
    return (
        Field("clause", "clause", FieldType.CHOICE, msg("What was done"), choices=choices),
        Field("on", "on", FieldType.DATE, msg("The day it was done")),
        Field("note", "note", FieldType.LONGTEXT, msg("Note"), required=False, free_text=True),
    )


def _words(rule: Rule) -> Message:
    return msg("${kind}: ${what}", kind=kind_word(rule.kind), what=subject(rule) or rule.quote)


def yearly_part(
    request: Request,
    resource: AgreementResource,
    chronicle: Chronicle,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> YearlyPart | None:
    """The form and what has been recorded; None where no clause asks for anything once a year.

    ``given`` and ``errors`` keep what was written and say what is wrong with it.
    """
    agreement, known = resource.agreement, clauses(chronicle)
    if not known or agreement.signed_on is None:
        return None
    may = coordinating(agreement, request.who) is not None
    url = agreement_url(request, agreement.id)
    taking = str((given or {}).get(TAKE_BACK, ""))
    rows = []
    for number, done in enumerate(sorted(chronicle.history.yearly, key=lambda d: (d.on, d.entry)), 2):
        rule = known.get(done.clause)
        here = taking == str(done.entry)
        rows.append(
            DoneRow(
                what=request.say(_words(rule) if rule else kind_word(done.kind)),
                when=day(request, done.on),
                entry=Link(
                    f"{url}/trail?entry={done.entry}#e{done.entry}",
                    request.say(msg("entry ${number} of the trail", number=done.entry)),
                ),
                form=_taking_back(request, resource, done.entry, number, errors if here else None)
                if may
                else None,
                open=here,
            )
        )
    form = None
    if may:
        recording = not taking
        form = render_form(
            request, action=f"{url}/deadlines", version=agreement.version, fields=form_fields(chronicle),
            button=msg("Record as done"), given=(given if recording else None) or _only(known),
            errors=errors if recording else None, number=1,
        )  # fmt: skip
    return YearlyPart(form=form, rows=tuple(reversed(rows)))


def _only(known: Mapping[str, Rule]) -> dict[str, str]:
    """Where there is one clause there is nothing to choose."""
    return {"clause": next(iter(known))} if len(known) == 1 else {}


def _taking_back(
    request: Request,
    resource: AgreementResource,
    entry: int,
    number: int,
    errors: Mapping[str, Message] | None,
) -> str:
    return render_form(
        request, action=f"{agreement_url(request, resource.agreement.id)}/deadlines",
        version=resource.agreement.version, fields=REASON, button=msg("Take back"), errors=errors,
        extra={TAKE_BACK: str(entry)}, number=number,
    )  # fmt: skip


def yearly_json(request: Request, resource: AgreementResource, chronicle: Chronicle) -> dict[str, Any]:
    """The same for a program: the clauses by their keys, and what is recorded under each."""
    return {
        "may_record": coordinating(resource.agreement, request.who) is not None
        and resource.agreement.signed_on is not None,
        "clauses": [
            {"clause": clause_key(rule), "kind": rule.kind, "about": subject(rule), "quote": rule.quote}
            for rule in clauses(chronicle).values()
        ],
        "done": [
            {"clause": d.clause, "kind": d.kind, "year": d.year, "on": d.on.isoformat(), "entry": d.entry}
            for d in chronicle.history.yearly
        ],
    }
