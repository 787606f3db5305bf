"""The page of one matter: its papers, the bodies before the kommunestyre, what came back, its outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters_handling
from workflow_app.services.errors import NotAllowed
from workflow_app.services.matters_occasions import AGREEMENT, check_holder, subject_of
from workflow_app.services.papers.plain import as_text
from workflow_app.web.pagemodels import ExcerptRow, HandlingRow, Link, MatterPage, Problem
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.matter_cards import OUTCOME_FORM, card, matter_json, may_prepare
from workflow_app.web.present.papers import matter_copy
from workflow_app.web.present.words import day, file_size, head, moment, person_name
from workflow_app.web.resources import MatterResource
from workflow_app.web.uploads import limit_of

Rows = Sequence[Mapping[str, Any]]


class MatterView:
    """The page for one request; what was written comes back by the ``action`` it was sent with."""

    def __init__(
        self,
        request: Request,
        context: MatterResource,
        action: str = "",
        given: Mapping[str, Any] | None = None,
        errors: Mapping[str, Message] | None = None,
        rows: Rows | None = None,
    ) -> None:
        self.request, self.context = request, context
        self.resource, self.matter = context.owner, context.matter
        self.action, self.given, self.errors, self.rows = action, given, errors or {}, rows

    def page(self) -> MatterPage:
        """Everything of the matter."""
        request, matter = self.request, self.matter
        about = subject_of(matter)
        may = may_prepare(request, self.resource, matter.party, about)
        holds = may_see_to(request, self.resource, matter)
        shown_head = head(request, self.resource.agreement, self.resource.definition)
        view = card(request, self.resource, matter, may)
        _, blocks = matter_copy(request, self.resource, matter)
        return MatterPage(
            head=shown_head,
            party=matter.party.name,
            matter=view,
            papers=self._papers(view.href),
            handlings=tuple(self._stands(n, h) for n, h in enumerate(matters_handling.as_rows(matter), 1)),
            rows=self._rows() if holds and matter.frozen_at is None else (),
            excerpts=self._excerpts(view.href),
            may_add=holds,
            max_size=f"{limit_of(request) >> 20} MB",
            text=as_text(blocks),
            language=matter.party.language,
            outcome_form=self._outcome_form(view.href) if holds else None,
            closed=None if holds else request.say(msg("Only the kommune's own people change its matter.")),
            # The outcome's own form tells what is wrong with it.
            problems=tuple(
                Problem(name, request.say(message))
                for name, message in self.errors.items()
                if self.action != "outcome"
            ),
        )

    def _papers(self, own: str) -> tuple[Link, ...]:
        say = self.request.say
        frozen = say(msg("frozen")) if self.matter.frozen_at else say(msg("as things stand now"))
        copy = say(msg("to work on in the case system"))
        return (
            Link(f"{own}.pdf", say(msg("The paper (PDF)")), frozen),
            Link(f"{own}.docx", say(msg("Word file")), copy),
            Link(f"{own}.txt", say(msg("Plain text")), copy),
        )

    def _stands(self, number: int, row: Mapping[str, Any]) -> HandlingRow:
        held = row["meeting_date"]
        return HandlingRow(
            number,
            row["committee"],
            held.isoformat() if held else "",
            row["case_number"] or "",
            row["proposal"] or "",
            day(self.request, held) if held else None,
        )

    def _rows(self) -> tuple[HandlingRow, ...]:
        """What the form holds, and one more to fill in."""
        if self.rows is not None:
            given = [
                HandlingRow(
                    n,
                    committee=_words(row, "committee"),
                    meeting_date=_words(row, "meeting_date"),
                    case_number=_words(row, "case_number"),
                    proposal=_words(row, "proposal"),
                )
                for n, row in enumerate(self.rows, 1)
            ]
        else:
            stands = matters_handling.as_rows(self.matter)
            given = [self._stands(n, row) for n, row in enumerate(stands, 1)]
        return (*given, HandlingRow(len(given) + 1))

    def _excerpts(self, own: str) -> tuple[ExcerptRow, ...]:
        files = list(enumerate(self.matter.files, 1))
        return tuple(
            ExcerptRow(
                link=Link(f"{own}/excerpt?file={n}", f.name),
                size=file_size(self.request, f.size),
                sha256=f.sha256,
                when=moment(self.request, f.added_at),
                who=person_name(self.request, f.person_id) if f.person_id else None,
                current=n == len(files),
            )
            for n, f in reversed(files)
        )

    def _outcome_form(self, own: str) -> str | None:
        matter = self.matter
        ahead = matter.meeting_date is not None and matter.meeting_date > self.request.today
        mine = self.action == "outcome"
        if subject_of(matter) == AGREEMENT or matter.outcome is not None or (ahead and not mine):
            return None
        stands = {name: getattr(matter, name) for name in ("meeting_date", "case_number", "committee")}
        return render_form(
            self.request,
            action=own,
            version=self.resource.agreement.version,
            fields=OUTCOME_FORM,
            button=msg("Record the outcome"),
            given=self.given if mine else stands,
            errors=self.errors if mine else None,
            extra={"action": "outcome"},
        )


def _words(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def may_see_to(request: Request, resource: Any, matter: Matter) -> bool:
    """Whether the reader sees to what is this kommune's own of the matter, in whatever state."""
    try:
        check_holder(resource.definition, matter.party, request.who)
    except NotAllowed:
        return False
    return True


def one_matter_json(request: Request, context: MatterResource) -> dict[str, Any]:
    """The same for a program."""
    return {
        "version": context.owner.agreement.version,
        "matter": matter_json(context.matter),
        "may_change": may_see_to(request, context.owner, context.matter),
    }
