"""The matters before each kommunestyre: prepared, frozen, and given their outcome.

Preparing and freezing change no state and are the kommune's own. The outcome of
the agreement's own matter does, and goes the way of every step; that of a
matter about an evaluation, a notice or the lapse is recorded as what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.fields import InvalidData, clean
from workflow_app.domain.messages import msg
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters, matters_occasions
from workflow_app.services.chronicle import history_of
from workflow_app.services.errors import Conflict, FieldErrors, NotThere, ServiceError
from workflow_app.services.matters_occasions import AGREEMENT, Subject, subject, subject_of
from workflow_app.services.ticking import tick_one
from workflow_app.services.transitions import lock, take_transition
from workflow_app.web.body import sent, sent_version
from workflow_app.web.changing import as_json, held, page_again, refused, shown_again, status_of, to_page
from workflow_app.web.present.matter_cards import FORM, OUTCOME_FORM, settling, usual_kind
from workflow_app.web.present.matters import MattersView, matters_json
from workflow_app.web.present.papers import matter_to_freeze
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, Matters

_CARRIED = ("action", "version", "party", "matter", "occasion", "year")


@page("matters", context=Matters, permission=Permission.VIEW)
def all_matters(context: Matters, request: Request) -> dict[str, object]:
    """The matters of every kommune."""
    return {"page": MattersView(request, context.owner).page(), "nav": "agreements"}


@twin(context=Matters, permission=Permission.VIEW)
def matters_twin(context: Matters, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return matters_json(request, context.owner)


@view_config(context=Matters, permission=Permission.VIEW, request_method="POST")
def change(context: Matters, request: Request) -> Response:
    """Prepare a matter, freeze it, or record its outcome."""
    asked = sent(request)
    action = str(asked.get("action", "prepare"))
    try:
        about = _about(context.owner, request, asked)
        if action == "outcome" and about == AGREEMENT:
            return _step(context, request, asked)
        if action not in _DOING:
            raise FieldErrors({"action": msg("Say what to do with the matter: prepare, freeze or outcome.")})
        resource = _DOING[action](context, request, asked, about)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        return _again(context, request, asked, wrong)
    if wants_json(request):
        return as_json(request, matters_json(request, resource))
    code = {"freeze": "frozen", "outcome": "recorded"}.get(action, "saved")
    return to_page(request, f"/agreements/{resource.agreement.id}/matters", done=code)


def _about(owner: AgreementResource, request: Request, asked: Mapping[str, Any]) -> Subject:
    """What the matter is about: that of the matter named by its number, else what was sent."""
    if asked.get("action") == "outcome" and asked.get("matter") not in (None, ""):
        return subject_of(_matter(owner, request, asked))
    return subject(asked.get("occasion"), asked.get("year"))


def _again(context: Matters, request: Request, asked: Mapping[str, Any], wrong: ServiceError) -> Response:
    """The page with the form as it was filled in; a freeze that failed tells it in the matter's form."""
    errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
    action, party, given = str(asked.get("action", "prepare")), str(asked.get("party", "")), dict(asked)
    about = AGREEMENT
    if action == "freeze":
        found = _matter(context.owner, request, asked)
        party, action, about = found.party.key, "prepare", subject_of(found)
        given = {name: getattr(found, name) for name in ("kind", *matters.PREPARED)}
    elif "occasion" not in errors and "year" not in errors:
        about = _about(context.owner, request, asked)
    view = MattersView(request, context.owner, given, errors, (action, party, about))
    return page_again(request, "matters", view.page(), status_of(wrong))


def _prepare(
    context: Matters, request: Request, asked: Mapping[str, Any], about: Subject
) -> AgreementResource:
    wanted = {name: value for name, value in asked.items() if name not in _CARRIED}
    wanted.setdefault("kind", usual_kind(context.definition, about))
    data = _clean(FORM, wanted)
    emptied = {name: None for name in matters.PREPARED if name in wanted and name not in data}
    resource = held(request, context.owner, Permission.VIEW)
    party = matters.municipal_party(resource.agreement, _party(asked))
    matters_occasions.check_own(resource.agreement, resource.definition, party, request.who, about)
    matters_occasions.check_happened(history_of(request.dbsession, resource.agreement), about)
    matters.prepare(
        request.dbsession, resource.agreement, {**emptied, **data}, party=party, who=request.who,
        now=request.now, occasion=about.occasion, year=about.year,
    )  # fmt: skip
    return resource


def _freeze(
    context: Matters, request: Request, asked: Mapping[str, Any], about: Subject
) -> AgreementResource:
    db, resource = request.dbsession, held(request, context.owner, Permission.VIEW)
    matter = _matter(resource, request, asked)
    matters_occasions.check_own(
        resource.agreement, resource.definition, matter.party, request.who, subject_of(matter)
    )
    matters.check_freezable(matter, request.today)
    paper, anchor = matter_to_freeze(request, resource, matter, db)
    matters.freeze(db, resource.agreement, matter, paper, who=request.who, now=request.now, anchor=anchor)
    return resource


def _tell(context: Matters, request: Request, asked: Mapping[str, Any], about: Subject) -> AgreementResource:
    """What the council did with a matter that moves no state; it is made where none was prepared."""
    data = _clean(OUTCOME_FORM, {name: value for name, value in asked.items() if name not in _CARRIED})
    db, resource = request.dbsession, held(request, context.owner, Permission.VIEW)
    agreement = resource.agreement
    if asked.get("matter") in (None, ""):
        party, matter = matters.municipal_party(agreement, _party(asked)), None
    else:
        matter = _matter(resource, request, asked)
        party = matter.party
    holding = matters_occasions.check_own(agreement, resource.definition, party, request.who, about)
    matters_occasions.check_happened(history_of(db, agreement), about)
    matter = matter or matters.pending_or_new(
        db, agreement, party, "referatsak", request.now, occasion=about.occasion, year=about.year
    )
    matters_occasions.record_outcome(
        db, agreement, matter, data, who=request.who, holding=holding, now=request.now
    )
    return resource


_DOING = {"prepare": _prepare, "freeze": _freeze, "outcome": _tell}


def _clean(fields: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return clean(fields, wanted)
    except InvalidData as wrong:
        raise FieldErrors(wrong.errors) from wrong


def _party(asked: Mapping[str, Any]) -> str | None:
    party = asked.get("party")
    if party is not None and not isinstance(party, str):
        raise FieldErrors({"party": msg("Say which kommune's matter this is: one of the agreement's own.")})
    return party


def _matter(resource: AgreementResource, request: Request, asked: Mapping[str, Any]) -> Matter:
    """The matter meant by its number. Raises ``FieldErrors`` and ``NotThere``."""
    raw = asked.get("matter")
    if isinstance(raw, bool) or not str(raw).isascii() or not str(raw).isdecimal() or len(str(raw)) > 6:
        raise FieldErrors({"matter": msg("Say which matter is meant, by its number.")})
    return matters.find(request.dbsession, resource.agreement, int(str(raw)))


def _step(context: Matters, request: Request, asked: Mapping[str, Any]) -> Response:
    """What the council did with the agreement itself: the step that needs it, through the write path."""
    db = request.dbsession
    agreement = lock(db, context.agreement.id)
    if agreement is None:
        raise NotThere("not_found", msg("There is nothing here, or nothing that is yours to see."))
    tick_one(db, agreement, request.now, registry=request.definitions)
    step = settling(context.definition, agreement.state)
    if step is None:
        raise Conflict("no_such_step", msg("In the order this agreement follows no matter gets an outcome."))
    data = {n: value for n, value in asked.items() if n not in ("action", "version", "matter", "occasion")}
    taken = take_transition(
        db, agreement, step.name, request.who, data, request.now,
        registry=request.definitions, version=sent_version(request),
    )  # fmt: skip
    if not taken.done:
        return refused(request, taken)
    if wants_json(request):
        fresh = AgreementResource(request, agreement, context.owner.parent)
        return as_json(request, matters_json(request, fresh))
    return to_page(request, f"/agreements/{agreement.id}/matters", done="recorded")
