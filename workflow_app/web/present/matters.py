"""The matters before each kommunestyre, with the forms to prepare them for those of that kommune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.fields import Field
from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters, matters_occasions
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.documents_occasions import proposal
from workflow_app.services.documents_words import Voice
from workflow_app.services.matters_occasions import AGREEMENT, Subject, subject_of
from workflow_app.web.pagemodels import DeadlineRow, Link
from workflow_app.web.pagemodels.matters import KommuneMatters, MattersPage, Offer
from workflow_app.web.present.deadlines import deadline_row, text_places
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.matter_cards import (
    FORM,
    OUTCOME_FORM,
    about_words,
    card,
    matter_json,
    may_prepare,
    settling,
    usual_kind,
)
from workflow_app.web.present.papers import translator
from workflow_app.web.present.words import head, root_url
from workflow_app.web.resources import AgreementResource

Wrong = tuple[str, str, Subject]
"""The form that came back: its action, its kommune, and what its matter is about."""


class MattersView:
    """The page for one request; ``given`` and ``errors`` belong to the form of ``wrong``."""

    def __init__(
        self,
        request: Request,
        resource: AgreementResource,
        given: Mapping[str, Any] | None = None,
        errors: Mapping[str, Message] | None = None,
        wrong: Wrong | None = None,
    ) -> None:
        self.request, self.resource, self.agreement = request, resource, resource.agreement
        self.given, self.errors, self.wrong = given, errors, wrong
        self.head = head(request, self.agreement, resource.definition)
        self.chronicle: Chronicle = read_chronicle(request.dbsession, self.agreement, request.today)
        self.matters = matters.matters_of(request.dbsession, self.agreement)
        self.forms = 0

    def page(self) -> MattersPage:
        """A part for every kommune."""
        kommuner = [p.party for p in self.agreement.parties if p.party.side == "municipal"]
        return MattersPage(head=self.head, kommuner=tuple(self._kommune(party) for party in kommuner))

    def _kommune(self, party: Party) -> KommuneMatters:
        own = [m for m in reversed(self.matters) if m.party_id == party.id]
        offers = tuple(self._offers(party, own))
        may = may_prepare(self.request, self.resource, party)
        rules = Link(
            f"{root_url(self.request)}/parties/{party.key}/rules", self.request.say(msg("House rules"))
        )
        return KommuneMatters(
            party=party.name,
            party_key=party.key,
            matters=tuple(self._matter(m, party) for m in own),
            offers=offers,
            deadlines=self._deadlines(party),
            note=None if may or offers else self.request.say(self._note(party)),
            rules=rules,
        )

    def _note(self, party: Party) -> Message:
        step = settling(self.resource.definition, self.agreement.state)
        if step is None or self.agreement.state not in step.sources:
            return msg("No matter is prepared in the state the agreement is in.")
        return matters.not_yours(party)

    def _offers(self, party: Party, own: list[Matter]) -> list[Offer]:
        """What can be begun: the agreement's own matter, and what has happened that nobody prepares yet."""
        begun = [subject_of(m) for m in own if m.outcome is None]
        offers = []
        if AGREEMENT not in begun and may_prepare(self.request, self.resource, party):
            title = self.request.say(msg("Prepare a matter"))
            offers.append(Offer(title, self._form(party, AGREEMENT), open=not own or self._is_wrong(party)))
        for about in matters_occasions.possible(self.chronicle.history, party.key):
            if about in begun or not may_prepare(self.request, self.resource, party, about):
                continue
            title = self.request.say(msg("Prepare a matter: ${about}", about=about_words(about)))
            held = self._form(party, about, "outcome")
            opened = self._is_wrong(party, about)
            offers.append(Offer(title, self._form(party, about), held, self._deadline(party, about), opened))
        return offers

    def _is_wrong(self, party: Party, about: Subject = AGREEMENT, action: str | None = None) -> bool:
        return self.wrong is not None and self.wrong in (
            (one, party.key, about) for one in ((action,) if action else ("prepare", "outcome"))
        )

    def _form(
        self, party: Party, about: Subject, action: str = "prepare", pending: Matter | None = None
    ) -> str:
        self.forms += 1
        mine = self._is_wrong(party, about, action)
        fields: tuple[Field, ...] = FORM if action == "prepare" else OUTCOME_FORM
        values: Mapping[str, Any] = self._proposed(party, about) if action == "prepare" else {}
        if pending is not None:
            values = {name: getattr(pending, name) for name in ("kind", *matters.PREPARED)}
        extra = {"action": action, "party": party.key}
        if about != AGREEMENT:
            extra |= {"occasion": about.occasion, "year": str(about.year or "")}
        return render_form(
            self.request,
            action=f"{self.head.url}/matters",
            version=self.agreement.version,
            fields=fields,
            button=msg("Save the matter") if action == "prepare" else msg("Record the outcome"),
            given=self.given if mine else values,
            errors=self.errors if mine else None,
            extra=extra,
            number=self.forms,
        )

    def _proposed(self, party: Party, about: Subject) -> dict[str, Any]:
        """What a new matter begins with: the usual kind, and an innstilling in the kommune's language."""
        kind = usual_kind(self.resource.definition, about)
        voice = Voice(translator(self.request, party.language), party.language)
        words = proposal(about.occasion, kind, self.agreement.title, about.year)
        return {"kind": kind, "proposal": voice.say(words)}

    def _deadlines(self, party: Party) -> tuple[DeadlineRow, ...]:
        """The agreement's own report, and what else is asked for and not done."""
        found = [d for d in self.chronicle.deadlines() if d.kind == "report" and d.party == party.key]
        shown = [d for d in found if d.occasion == "agreement"][:1]
        shown += [d for d in found if d.occasion != "agreement" and d.reminds]
        places = text_places(self.request, self.agreement) if shown else None
        return tuple(deadline_row(self.request, self.agreement, d, places) for d in shown)

    def _deadline(self, party: Party, about: Subject) -> DeadlineRow | None:
        found = next(
            (
                d
                for d in self.chronicle.deadlines()
                if d.kind == "report"
                and d.party == party.key
                and (d.occasion, d.year) == (about.occasion, about.year)
            ),
            None,
        )
        return deadline_row(self.request, self.agreement, found) if found is not None else None

    def _matter(self, matter: Matter, party: Party) -> Any:
        about = subject_of(matter)
        may = may_prepare(self.request, self.resource, party, about)
        writable = may and matter.outcome is None and matter.frozen_at is None
        form = self._form(party, about, pending=matter) if writable else None
        return card(self.request, self.resource, matter, may, form)


def matters_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """Every matter as programs get it, and whose the reader may prepare."""
    db, agreement = request.dbsession, resource.agreement
    step = settling(resource.definition, agreement.state)
    kommuner = [p.party for p in agreement.parties if p.party.side == "municipal"]
    history = read_chronicle(db, agreement, request.today).history
    return {
        "version": agreement.version,
        "matters": [matter_json(m) for m in matters.matters_of(db, agreement)],
        "may_prepare": [p.key for p in kommuner if may_prepare(request, resource, p)],
        "may_prepare_about": [
            {"party": p.key, "occasion": about.occasion, "year": about.year}
            for p in kommuner
            for about in matters_occasions.possible(history, p.key)
            if may_prepare(request, resource, p, about)
        ],
        "outcome_by": step.name if step is not None else None,
    }
