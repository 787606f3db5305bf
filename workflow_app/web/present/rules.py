"""The rules page: the text with its clauses marked, every rule beside it, what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.contents import RuleSet
from workflow_app.services import proposals, rule_history
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.material import rules_of, text_of
from workflow_app.web.pagemodels import (
    AgreementHead,
    Clause,
    Preview,
    Problem,
    Proposal,
    RulesPage,
)
from workflow_app.web.present.deadlines import silence_rows
from workflow_app.web.present.marked_text import marked_text
from workflow_app.web.present.places import places_of
from workflow_app.web.present.rule_anew import anew_form
from workflow_app.web.present.rule_changes import moved
from workflow_app.web.present.rule_fields import form_choices
from workflow_app.web.present.rule_marks import mark_id, spans, unread_of
from workflow_app.web.present.rule_order import order
from workflow_app.web.present.rule_proposals import proposal_rows, waits_for
from workflow_app.web.present.rule_questions import question_rows, unread_rows
from workflow_app.web.present.rule_rows import ClauseOf, RuleRows
from workflow_app.web.present.words import head, moment, person_name
from workflow_app.web.resources import AgreementResource

Errors = Mapping[str, Message]


def proposing(resource: AgreementResource) -> bool:
    """Whether a correction is now a proposal: the parties have agreed, and nobody corrects alone."""
    may = resource.definition.states[resource.agreement.state].may
    return Permission.CONFIRM_RULES not in may and Permission.PROPOSE_CORRECTION in may


def right(resource: AgreementResource) -> Permission:
    """The right a correction asks for in the agreement's state."""
    return Permission.PROPOSE_CORRECTION if proposing(resource) else Permission.CONFIRM_RULES


@dataclass(frozen=True)
class Sent:
    """What a form sent that is shown again: because something was wrong, or as a preview."""

    given: Mapping[str, str] | None = None
    errors: Errors = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    preview: Preview | None = None


NOTHING_SENT = Sent()


class RulesView:
    """The page for one request."""

    def __init__(self, request: Request, resource: AgreementResource, sent: Sent = NOTHING_SENT) -> None:
        self.request, self.resource, self.agreement = request, resource, resource.agreement
        self.sent = sent
        self.current = rules_of(request.dbsession, self.agreement)
        self.text = text_of(request.dbsession, self.agreement).text
        self.places = places_of(self.text)
        self.head: AgreementHead = head(request, self.agreement, resource.definition)
        self.may = bool(request.has_permission(right(resource), resource))

    def page(self) -> RulesPage:
        """The whole page."""
        request, current, sent, may = self.request, self.current, self.sent, self.may
        proposed = proposals.proposed(request.dbsession, self.agreement) if proposing(self.resource) else None
        chronicle = read_chronicle(request.dbsession, self.agreement, request.today, current)
        passages = unread_of(current)
        picking = may and bool(request.GET.get("pick"))
        sections, linked = marked_text(
            self.text, spans(request, current, passages),
            incomplete=frozenset(current.incomplete), pick=self._pick if picking else None,
        )  # fmt: skip
        clauses = {kind: self._clause_of(kind, linked) for kind in ("rule", "question", "unread")}
        rows = RuleRows(request, self.agreement, current, clause_of=clauses["rule"], may=may,
                        given=sent.given, errors=sent.errors)  # fmt: skip
        questions = question_rows(request, current, clause_of=clauses["question"], url=self.head.url,
                                  given=sent.given or {}, may=may)  # fmt: skip
        return RulesPage(
            head=self.head,
            sections=sections,
            rules=(*rows.standing(), *rows.set_aside()),
            questions=questions,
            unsettled=sum(not q.settled for q in questions),
            unread=unread_rows(passages, clause_of=clauses["unread"], url=self.head.url, may=may),
            proposals=self._proposals(proposed, clauses["rule"]),
            silences=tuple(
                s
                for s in silence_rows(
                    request,
                    self.agreement,
                    chronicle,
                    self.places,
                    propose=bool(request.has_permission(Permission.EDIT, self.resource)),
                )
                if s.clause is None
            ),
            moves=self._moves(),
            forms=form_choices(request) if may else (),
            anew=anew_form(request, current, self.text, sent.given, sent.errors) if may else None,
            preview=sent.preview,
            order=order(request, self.resource, current, clauses["rule"]),
            confirmed=self._confirmed(),
            may_confirm=may and current.confirmed_at is None and proposed is None,
            may_correct=may,
            proposing=proposing(self.resource),
            picking=picking,
            closed=None if may else request.say(self._closed()),
            problems=sent.problems,
        )

    def _pick(self, start: int, end: int) -> str:
        return f"{self.head.url}/rules?{urlencode({'pick': 1, 'at': f'{start}-{end}'})}#anew"

    def _clause_of(self, kind: Any, linked: frozenset[str]) -> ClauseOf:
        """The way to the words on this page; to the text's own page where they are not shown here."""

        def clause_of(raw: Mapping[str, Any], key: str | None) -> Clause:
            anchor, heading = self.places.at(raw["start"])
            here = mark_id(kind, key) if key is not None else ""
            href = f"#{here}" if here in linked else f"{self.head.url}/text#{anchor}"
            return Clause(raw["quote"], href, heading, self.agreement.language)

        return clause_of

    def _proposals(self, proposed: RuleSet | None, clause_of: ClauseOf) -> tuple[Proposal, ...]:
        if proposed is None:
            return ()
        waits, mine = waits_for(self.request, self.resource)
        return proposal_rows(
            self.request, self.agreement, self.current, proposed, clause_of=lambda raw: clause_of(raw, None),
            waits=waits, may_accept=self.may and mine, may_decline=self.may,
        )  # fmt: skip

    def _moves(self) -> tuple[str, ...]:
        """In a draft: what its corrections have moved, compared with what was first read."""
        rules = self.current.rules
        if proposing(self.resource) or not any(r.get("corrected") for r in rules):
            return ()
        first = rule_history.first_reading(self.request.dbsession, self.agreement)
        return tuple(self.request.say(s) for _, s in moved(self.request, self.agreement, first, rules))

    def _confirmed(self) -> str | None:
        at, by = self.current.confirmed_at, self.current.confirmed_by
        if at is None:
            return None
        who = person_name(self.request, by) if by else self.request.say(msg("the system"))
        when = moment(self.request, at).text
        said: str = self.request.say(msg("The rules were confirmed by ${who}, ${when}.", who=who, when=when))
        return said

    def _closed(self) -> Message:
        may = self.resource.definition.states[self.agreement.state].may
        if right(self.resource) in may:
            return msg("Only an SLT coordinator or a politikontakt of the parties corrects the rules.")
        return msg("The rules stand as they are: nobody corrects them in the state the agreement is in.")
