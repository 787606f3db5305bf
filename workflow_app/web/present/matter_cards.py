"""A matter as it is shown wherever it stands: its words, its facts, what may be done with it."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Definition, Transition
from workflow_app.domain.fields import FIELDS, Field, field
from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters
from workflow_app.services.errors import NotAllowed
from workflow_app.services.matters_occasions import AGREEMENT, Subject, check_own, subject_of
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.matters import MatterView
from workflow_app.web.present.seals import frozen_line
from workflow_app.web.present.words import agreement_url, day, moment, named
from workflow_app.web.resources import AgreementResource

FORM: tuple[Field, ...] = (field("kind"), *(field(f"{name}?") for name in matters.PREPARED))
"""What a council secretary has before the meeting."""

OUTCOME_FORM: tuple[Field, ...] = (
    field("outcome"), field("meeting_date?"), field("case_number?"), field("committee?"), field("decision?"),
)  # fmt: skip
"""What is told afterwards of a matter that moves no state."""

KINDS: dict[str, Message] = {"referatsak": msg("Referatsak"), "vedtak": msg("Vedtakssak")}


def about_words(about: Subject) -> Message:
    """What a matter lays before the kommunestyre."""
    if about.occasion == "evaluation":
        return msg("The evaluation for ${year}", year=about.year)
    return {
        "agreement": msg("The agreement"),
        "termination": msg("The termination of the agreement"),
        "lapse": msg("The end of the agreement"),
    }[about.occasion]


def settling(definition: Definition, state: str | None = None) -> Transition | None:
    """The step that records a matter's outcome: one possible in ``state``, else the definition's first."""
    steps = [t for t in definition.transitions.values() if t.outcomes]
    here = [t for t in steps if state in t.sources]
    return next(iter(here or steps), None)


def usual_kind(definition: Definition, about: Subject = AGREEMENT) -> str:
    """The kind of matter this order of things asks for; what has happened is told for information."""
    if about != AGREEMENT:
        return "referatsak"
    step = settling(definition)
    return "vedtak" if step is not None and "noted" not in step.outcomes else "referatsak"


def may_prepare(
    request: Request, resource: AgreementResource, party: Party, about: Subject = AGREEMENT
) -> bool:
    """Whether the reader sees to this kommune's matter about this."""
    try:
        check_own(resource.agreement, resource.definition, party, request.who, about)
    except NotAllowed:
        return False
    return True


def card(
    request: Request, resource: AgreementResource, matter: Matter, may: bool, form: str | None = None
) -> MatterView:
    """One matter as read; ``may``: it is the reader's to see to."""
    say, url = request.say, agreement_url(request, resource.agreement.id)
    own = f"{url}/matters/{matter.number}"
    excerpt = matter.files[-1] if matter.files else None
    return MatterView(
        number=matter.number,
        kind=say(KINDS[matter.kind]),
        about=say(about_words(subject_of(matter))),
        href=own,
        archive_case=matter.archive_case,
        case_number=matter.case_number,
        committee=matter.committee,
        meeting=day(request, matter.meeting_date) if matter.meeting_date else None,
        officer=None if matter.case_officer is None else named(request, matter.case_officer),
        proposal=matter.proposal,
        legal_basis=matter.legal_basis,
        pdf=Link(f"{own}.pdf", say(msg("The paper (PDF)"))),
        sha256=matter.frozen_sha256,
        seal=frozen_line(request, matter.frozen_sha256, f"{own}.pdf"),
        frozen=moment(request, matter.frozen_at) if matter.frozen_at else None,
        outcome=outcome_word(request, matter.outcome) if matter.outcome else None,
        decision=matter.decision,
        excerpt=Link(f"{own}/excerpt", excerpt.name) if excerpt else None,
        may_freeze=may and form is not None and matter.meeting_date is not None
        and matter.meeting_date >= request.today,
        form=form,
        outcome_href=_outcome_href(request, resource, matter, own) if may else None,
    )  # fmt: skip


def _outcome_href(request: Request, resource: AgreementResource, matter: Matter, own: str) -> str | None:
    """Where the outcome is recorded once the meeting may have been held: a step, or the matter's own page."""
    due = matter.meeting_date is None or matter.meeting_date <= request.today
    if matter.outcome is not None or not due:
        return None
    if subject_of(matter) != AGREEMENT:
        return f"{own}#outcome"
    state = resource.agreement.state
    step = settling(resource.definition, state)
    if step is None or state not in step.sources:
        return None
    return f"{agreement_url(request, resource.agreement.id)}/transitions/{step.name}"


def outcome_word(request: Request, outcome: str) -> str:
    """What the council did, in words."""
    found = next((c.label for c in FIELDS["outcome"].choices if c.value == outcome), Message(outcome))
    said: str = request.say(found)
    return said


def matter_json(matter: Matter) -> dict[str, Any]:
    """One matter as programs get it."""
    return {
        "number": matter.number,
        "party": matter.party.key,
        "kind": matter.kind,
        "occasion": matter.occasion,
        "year": matter.year,
        **{name: getattr(matter, name) for name in matters.PREPARED},
        "frozen_at": matter.frozen_at,
        "frozen_sha256": matter.frozen_sha256,
        "outcome": matter.outcome,
        "decision": matter.decision,
        "recorded_at": matter.recorded_at,
        "handling": [
            {
                "committee": h.committee,
                "meeting_date": h.meeting_date,
                "case_number": h.case_number,
                "proposal": h.proposal,
            }
            for h in matter.handlings
        ],
        "excerpts": [
            {"number": n, "name": f.name, "sha256": f.sha256, "size": f.size, "at": f.added_at}
            for n, f in enumerate(matter.files, 1)
        ],
    }
