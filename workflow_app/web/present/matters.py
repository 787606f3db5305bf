"""The matters before each kommunestyre, with the form to prepare one for those of that kommune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Definition, Transition
from workflow_app.domain.fields import FIELDS, Field, field
from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.errors import NotAllowed
from workflow_app.web.pagemodels import DeadlineRow, KommuneMatters, Link, MattersPage, MatterView
from workflow_app.web.present.deadlines import deadline_row, text_places
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.words import day, head, moment
from workflow_app.web.resources import AgreementResource

FORM: tuple[Field, ...] = (field("kind"), *(field(f"{name}?") for name in matters.PREPARED))
"""What a council secretary has before the meeting."""

KINDS: dict[str, Message] = {"referatsak": msg("Referatsak"), "vedtak": msg("Vedtakssak")}


def settling(definition: Definition, state: str | None = None) -> Transition | None:
    """The step that records a matter's outcome: one possible in ``state``, else the definition's first."""
    steps = [t for t in definition.transitions.values() if t.outcomes]
    here = [t for t in steps if state in t.sources]
    return next(iter(here or steps), None)


def usual_kind(definition: Definition) -> str:
    """The kind of matter this order of things asks for."""
    step = settling(definition)
    return "vedtak" if step is not None and "noted" not in step.outcomes else "referatsak"


def may_prepare(request: Request, resource: AgreementResource, party: Party) -> bool:
    """Whether the reader prepares the matter of this kommune now."""
    try:
        matters.check_own(resource.agreement, resource.definition, party, request.who)
    except NotAllowed:
        return False
    return True


class MattersView:
    """The page for one request; ``given`` and ``errors`` belong to the form of ``wrong_party``."""

    def __init__(
        self,
        request: Request,
        resource: AgreementResource,
        given: Mapping[str, Any] | None = None,
        errors: Mapping[str, Message] | None = None,
        wrong_party: str | None = None,
    ) -> None:
        self.request, self.resource, self.agreement = request, resource, resource.agreement
        self.given, self.errors, self.wrong_party = given, errors, wrong_party
        self.head = head(request, self.agreement, resource.definition)
        self.chronicle: Chronicle = read_chronicle(request.dbsession, self.agreement, request.today)
        self.matters = matters.matters_of(request.dbsession, self.agreement)

    def page(self) -> MattersPage:
        """A part for every kommune."""
        kommuner = [p.party for p in self.agreement.parties if p.party.side == "municipal"]
        return MattersPage(
            head=self.head, kommuner=tuple(self._kommune(party, n) for n, party in enumerate(kommuner, 1))
        )

    def _kommune(self, party: Party, number: int) -> KommuneMatters:
        own = [m for m in reversed(self.matters) if m.party_id == party.id]
        pending = next((m for m in own if m.outcome is None), None)
        may = may_prepare(self.request, self.resource, party)
        writable = may and (pending is None or pending.frozen_at is None)
        form = self._form(party, pending, number) if writable else None
        return KommuneMatters(
            party=party.name,
            party_key=party.key,
            matters=tuple(self._matter(m, may, form if m is pending else None) for m in own),
            form=form if pending is None else None,
            deadline=self._deadline(party),
            note=None if may else self.request.say(self._note(party)),
        )

    def _note(self, party: Party) -> Message:
        step = settling(self.resource.definition, self.agreement.state)
        if step is None or self.agreement.state not in step.sources:
            return msg("No matter is prepared in the state the agreement is in.")
        return matters.not_yours(party)

    def _form(self, party: Party, pending: Matter | None, number: int) -> str:
        mine = self.wrong_party == party.key
        values: Mapping[str, Any] = {"kind": usual_kind(self.resource.definition)}
        if pending is not None:
            values = {name: getattr(pending, name) for name in ("kind", *matters.PREPARED)}
        return render_form(
            self.request,
            action=f"{self.head.url}/matters",
            version=self.agreement.version,
            fields=FORM,
            button=msg("Save the matter"),
            given=self.given if mine else values,
            errors=self.errors if mine else None,
            extra={"action": "prepare", "party": party.key},
            number=number,
        )

    def _deadline(self, party: Party) -> DeadlineRow | None:
        reports = (d for d in self.chronicle.deadlines() if d.kind == "report" and d.party == party.key)
        found = next(reports, None)
        if found is None:
            return None
        return deadline_row(self.request, self.agreement, found, text_places(self.request, self.agreement))

    def _matter(self, matter: Matter, may: bool, form: str | None) -> MatterView:
        request, say = self.request, self.request.say
        step = settling(self.resource.definition, self.agreement.state)
        due = matter.meeting_date is None or matter.meeting_date <= request.today
        possible = step is not None and self.agreement.state in step.sources
        settles = possible and may and due and matter.outcome is None
        return MatterView(
            number=matter.number,
            kind=say(KINDS[matter.kind]),
            archive_case=matter.archive_case,
            case_number=matter.case_number,
            committee=matter.committee,
            meeting=day(request, matter.meeting_date) if matter.meeting_date else None,
            officer=matter.case_officer,
            proposal=matter.proposal,
            legal_basis=matter.legal_basis,
            pdf=Link(f"{self.head.url}/matters/{matter.number}.pdf", say(msg("The paper (PDF)"))),
            sha256=matter.frozen_sha256,
            frozen=moment(request, matter.frozen_at) if matter.frozen_at else None,
            outcome=outcome_word(request, matter.outcome) if matter.outcome else None,
            decision=matter.decision,
            may_freeze=may and form is not None and matter.meeting_date is not None
            and matter.meeting_date >= request.today,
            form=form,
            outcome_href=f"{self.head.url}/transitions/{step.name}" if step and settles else None,
        )  # fmt: skip


def outcome_word(request: Request, outcome: str) -> str:
    """What the council did, in words."""
    found = next((c.label for c in FIELDS["outcome"].choices if c.value == outcome), Message(outcome))
    said: str = request.say(found)
    return said


def matters_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """Every matter as programs get it, and whose the reader may prepare."""
    db, agreement = request.dbsession, resource.agreement
    step = settling(resource.definition, agreement.state)
    return {
        "version": agreement.version,
        "matters": [_matter_json(m) for m in matters.matters_of(db, agreement)],
        "may_prepare": [
            p.party.key
            for p in agreement.parties
            if p.party.side == "municipal" and may_prepare(request, resource, p.party)
        ],
        "outcome_by": step.name if step is not None else None,
    }


def _matter_json(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "party": matter.party.key,
        "kind": matter.kind,
        **{name: getattr(matter, name) for name in matters.PREPARED},
        "frozen_at": matter.frozen_at,
        "frozen_sha256": matter.frozen_sha256,
        "outcome": matter.outcome,
        "decision": matter.decision,
        "recorded_at": matter.recorded_at,
    }
