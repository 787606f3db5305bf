"""The page of one year's evaluation: what was found, in which versions, and who has approved it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.definitions import Of, Permission
from workflow_app.domain.fields import FIELDS, Field, FieldType
from workflow_app.domain.messages import Message, msg
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.services import evaluations
from workflow_app.services.cases import case_of
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.people_holdings import holders
from workflow_app.services.sealing import sealed
from workflow_app.web.pagemodels import (
    DeadlineRow,
    EvaluationPage,
    Link,
    Problem,
    RoundView,
    TransitionRow,
)
from workflow_app.web.pagemodels.evaluation import Changed
from workflow_app.web.pagemodels.seals import SealLine
from workflow_app.web.present.deadlines import deadline_row, text_places
from workflow_app.web.present.evaluation_guided import Guided
from workflow_app.web.present.evaluation_read import beside, changed_since, compared, version_row, view
from workflow_app.web.present.evaluation_written import Written
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.seals import seal_line
from workflow_app.web.present.steps import round_view, transition_row
from workflow_app.web.present.twins import what_i_may_do
from workflow_app.web.present.words import head
from workflow_app.web.resources import AgreementResource

FORM: tuple[Field, ...] = (
    Field("body", "body", FieldType.LONGTEXT, msg("What was found"), free_text=True),
    Field("learning_points", "learning_points", FieldType.LONGTEXT, msg("Learning points"), required=False),
    FIELDS["evaluation_outcome"],
)
"""What is written where the text is sent whole. The year is that of the evaluation that is open."""


@dataclass(frozen=True)
class Asked:
    """What of the year's evaluation is to be shown: a version, or two beside each other."""

    version: int | None = None
    old: int | None = None
    new: int | None = None


def chosen_year(request: Request, resource: AgreementResource, asked: int | None) -> int:
    """The year of the page: the one asked for, the one open, the newest written, or this one."""
    agreement = resource.agreement
    if asked is not None:
        return asked
    if agreement.evaluation_year is not None:
        return agreement.evaluation_year
    written = evaluations.years(request.dbsession, agreement)
    return written[0] if written else request.today.year


class EvaluationYear:
    """One year's evaluation for one request."""

    def __init__(
        self,
        request: Request,
        resource: AgreementResource,
        year: int,
        asked: Asked | None = None,
        written: Written | None = None,
    ) -> None:
        self.request, self.resource, self.agreement, self.year = request, resource, resource.agreement, year
        self.asked, self.written = asked or Asked(), written or Written()
        self.head = head(request, self.agreement, resource.definition)
        self.chronicle: Chronicle = read_chronicle(request.dbsession, self.agreement, request.today)
        self.versions = evaluations.versions(request.dbsession, self.agreement, year)
        self.newest: EvaluationVersion | None = self.versions[0] if self.versions else None
        self.rows = self._round_rows()

    def page(self) -> EvaluationPage:
        """The page."""
        request, url = self.request, self.head.url
        open_here = self.agreement.evaluation_year == self.year
        may = open_here and bool(request.has_permission(Permission.EVALUATE, self.resource))
        shown, guided = self._version(self.asked.version) or self.newest, self._guided()
        as_text = self.written.given is not None or (
            self.written.raw is None and self.newest is not None and self.newest.answers is None
        )
        return EvaluationPage(
            head=self.head,
            year=self.year,
            years=self._years(),
            guided=guided.form() if may else None,
            form=self._text_form() if may else None,
            as_text=as_text,
            closed=None if may else request.say(self._closed()),
            current=view(request, url, shown, shown is self.newest) if shown else None,
            versions=tuple(version_row(request, url, v, v is self.newest) for v in self.versions),
            rounds=self._rounds(),
            deadline=self._deadline(),
            approve=self._approve() if open_here and self.newest is not None else (),
            pdf=Link(f"{url}/evaluation.pdf?year={self.year}", request.say(msg("The evaluation (PDF)")))
            if self.newest
            else None,
            seal=self._seal(f"{url}/evaluation.pdf?year={self.year}"),
            since_approved=changed_since(request, url, self.versions, self.rows) if open_here else None,
            comparison=self._comparison(),
            meanwhile=self._meanwhile(guided),
            problems=tuple(
                Problem(name, request.say(message))
                for name, message in (self.written.errors or {}).items()
                if self.written.given is None
            ),
        )

    def _seal(self, url: str) -> SealLine | None:
        found = (
            sealed.of_evaluation(self.request.dbsession, self.agreement, self.newest) if self.newest else None
        )
        return None if found is None else seal_line(self.request, found, url)

    def _guided(self) -> Guided:
        return Guided(
            self.request, self.agreement, self.chronicle, self.year, self.newest,
            self.written.raw, self.written.errors, self.written.opened(self.versions),
        )  # fmt: skip

    def _text_form(self) -> str:
        given = self.written.given
        if given is None and self.newest is not None and self.newest.answers is None:
            given = {name: getattr(self.newest, name) for name in ("body", "learning_points", "outcome")}
        return render_form(
            self.request, action=f"{self.head.url}/evaluation", version=self.agreement.version, fields=FORM,
            button=msg("Save the text"), given=given,
            errors=self.written.errors if self.written.given is not None else None,
            extra={"year": str(self.year)},
        )  # fmt: skip

    def _version(self, number: int | None) -> EvaluationVersion | None:
        return next((v for v in self.versions if v.number == number), None)

    def _comparison(self) -> Changed | None:
        old, new = self._version(self.asked.old), self._version(self.asked.new)
        return compared(self.request, old, new) if old is not None and new is not None else None

    def _meanwhile(self, guided: Guided) -> Changed | None:
        stale = self.written.raw is not None and self.written.stale
        text = guided.reads_as() if stale else self.written.text
        if text is None or self.newest is None or self.newest.body == text:
            return None
        return beside(self.request, text, self.newest)

    def _closed(self) -> Message:
        open_year = self.agreement.evaluation_year
        if self._binds_nobody():
            return msg(
                "The agreement binds nobody until it is signed, or registered as signed; no evaluation is due"
                " before that. Its next step stands on the agreement's page."
            )
        if open_year is None:
            return msg("No evaluation is open. It is begun under Steps, when the agreement is in force.")
        if open_year != self.year:
            return msg("The evaluation that is open is for ${open}; this one is closed.", open=open_year)
        return msg("Only an SLT coordinator or a politikontakt of the parties writes the evaluation.")

    def _binds_nobody(self) -> bool:
        """Whether it is still on its way to a signing; one that was withdrawn is on its way nowhere."""
        state = self.resource.definition.states[self.agreement.state]
        return self.agreement.signed_on is None and not state.final

    def _years(self) -> tuple[Link, ...]:
        found = {self.year, *evaluations.years(self.request.dbsession, self.agreement)}
        if self.agreement.evaluation_year is not None:
            found.add(self.agreement.evaluation_year)
        return tuple(
            Link("" if year == self.year else f"{self.head.url}/evaluation?year={year}", str(year))
            for year in sorted(found, reverse=True)
        )

    def _steps(self) -> list[str]:
        """The transitions whose approvals are bound to an evaluation."""
        steps = self.resource.definition.transitions.values()
        return [s.name for s in steps if s.approvals is not None and s.approvals.of is Of.EVALUATION]

    def _round_rows(self) -> list[ApprovalRound]:
        return list(
            self.request.dbsession.scalars(
                select(ApprovalRound)
                .where(
                    ApprovalRound.agreement_id == self.agreement.id,
                    ApprovalRound.transition.in_(self._steps()),
                    ApprovalRound.digest.in_([v.sha256 for v in self.versions]),
                )
                .order_by(ApprovalRound.id)
            )
        )

    def _rounds(self) -> tuple[RoundView, ...]:
        if not self.rows:
            return ()
        keys = [p.party.key for p in self.agreement.parties]
        people = holders(self.request.dbsession, keys, self.request.today)
        return tuple(
            round_view(self.request, self.agreement, self.resource.definition, row, people, number)
            for number, row in enumerate(self.rows, 1)
        )

    def _deadline(self) -> DeadlineRow | None:
        # A date in the text of what nobody has signed is nobody's deadline.
        if self.agreement.signed_on is None:
            return None
        due = (d for d in self.chronicle.deadlines() if d.kind == "evaluation" and d.year == self.year)
        found = next(due, None)
        if found is None:
            return None
        places = text_places(self.request, self.agreement)
        return deadline_row(self.request, self.agreement, found, places)

    def _approve(self) -> tuple[TransitionRow, ...]:
        case = case_of(self.request.dbsession, self.agreement)
        found = what_i_may_do(self.request, self.resource, case, self.chronicle)
        names = self._steps()
        mine = (p for p in found if p.allowed and p.transition in names)
        rows = (transition_row(self.request, self.resource, p) for p in mine)
        return tuple(replace(row, label=self._approving(row.label)) for row in rows)

    def _approving(self, step: str) -> str:
        """Under a text that is read, "Continue" alone would be taken for the way to the next page."""
        words = msg("Approve the evaluation for ${year}: ${step}", year=self.year, step=step)
        return str(self.request.say(words))
