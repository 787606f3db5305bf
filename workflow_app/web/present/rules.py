"""The rules page: every clause beside its rule, what is proposed, what the text leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words, kind_word
from workflow_app.models.contents import RuleSet
from workflow_app.services import proposals, rule_history
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.material import rules_of, text_of
from workflow_app.web.pagemodels import (
    AgreementHead,
    Choice,
    Clause,
    Problem,
    Proposal,
    Question,
    RuleForm,
    RuleRow,
    RulesPage,
    UndatedRow,
)
from workflow_app.web.present.deadlines import clause, silence_rows
from workflow_app.web.present.places import places_of
from workflow_app.web.present.rule_changes import Change, changes, introduced, moved
from workflow_app.web.present.rule_fields import fields, form_choices
from workflow_app.web.present.rule_proposals import proposal_rows, waits_for
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


class RulesView:
    """The page for one request; ``given`` and ``errors`` keep what was sent when something was wrong."""

    def __init__(
        self,
        request: Request,
        resource: AgreementResource,
        given: Mapping[str, str] | None = None,
        errors: Errors | None = None,
    ) -> None:
        self.request, self.resource, self.agreement = request, resource, resource.agreement
        self.given, self.errors = given, errors or {}
        self.current = rules_of(request.dbsession, self.agreement)
        self.text = text_of(request.dbsession, self.agreement).text
        self.places = places_of(self.text)
        self.head: AgreementHead = head(request, self.agreement, resource.definition)
        self.may = bool(request.has_permission(right(resource), resource))

    def page(self, problems: tuple[Problem, ...] = ()) -> RulesPage:
        """The whole page."""
        request = self.request
        proposed = proposals.proposed(request.dbsession, self.agreement) if proposing(self.resource) else None
        chronicle = read_chronicle(request.dbsession, self.agreement, request.today, self.current)
        confirmable = self.current.confirmed_at is None and (not proposing(self.resource) or proposed is None)
        return RulesPage(
            head=self.head,
            rules=(*self._rules(), *self._set_aside()),
            undated=tuple(self._undated()),
            questions=self._questions(),
            proposals=self._proposals(proposed),
            silences=tuple(
                s for s in silence_rows(request, self.agreement, chronicle, self.places) if s.clause is None
            ),
            moves=self._moves(),
            forms=form_choices(request) if self.may else (),
            anew=self._anew() if self.may else None,
            confirmed=self._confirmed(),
            may_confirm=self.may and confirmable,
            may_correct=self.may,
            proposing=proposing(self.resource),
            closed=None if self.may else request.say(self._closed()),
            problems=problems,
        )

    def _rule(self, raw: Mapping[str, Any]) -> Rule:
        return Rule.from_json({k: v for k, v in raw.items() if k != "corrected"})

    def _clause(self, raw: Mapping[str, Any]) -> Clause:
        return clause(self.agreement, self.head.url, raw["quote"], self._rule(raw), self.places)

    def _sentence(self, raw: Mapping[str, Any] | None) -> str | None:
        return self.request.say(in_words(self._rule(raw))) if raw is not None else None

    def _rules(self) -> list[RuleRow]:
        told = introduced(self.request, self.agreement, self.current.rules)
        made = changes(self.request, self.agreement) if told else {}
        return [
            self._row(str(n), raw, made.get(told[n]) if n in told else None)
            for n, raw in enumerate(self.current.rules)
            if raw.get("reason") is None
        ]

    def _row(self, key: str, raw: Mapping[str, Any], change: Change | None) -> RuleRow:
        request, here = self.request, self.given is not None and self.given.get("rule") == key
        given = self.given if here and self.given is not None and "as" not in self.given else None
        plain = self._rule(raw)
        confirmed = self.current.confirmed_at is not None
        return RuleRow(
            key=key,
            kind=request.say(kind_word(plain.kind)),
            sentence=request.say(in_words(plain)),
            clause=self._clause(raw),
            assumptions=tuple(request.say(Message(a)) for a in plain.assumptions),
            standing="corrected" if raw.get("corrected") else "confirmed" if confirmed else "read",
            settled=self._settled(change) if change else None,
            fields=fields(
                request, plain.kind, plain.form, plain.values, self.errors if here else None, given
            ) if self.may else (),
        )  # fmt: skip

    def _settled(self, change: Change) -> str:
        request = self.request
        who = person_name(request, change.person) if change.person else request.say(msg("the system"))
        said = msg("Corrected by ${who}, ${when}.", who=who, when=moment(request, change.at).text)
        return f"{request.say(said)} {change.note}" if change.note else request.say(said)

    def _set_aside(self) -> list[RuleRow]:
        return [
            RuleRow(
                key=f"aside-{n}",
                kind=self.request.say(kind_word(raw["kind"])),
                sentence=self._sentence(raw) or "",
                clause=self._clause(raw),
                standing="set_aside",
            )
            for n, raw in enumerate(rule_history.set_aside(self.request.dbsession, self.agreement))
        ]

    def _undated(self) -> list[UndatedRow]:
        return [
            UndatedRow(
                kind=self.request.say(kind_word(raw["kind"])),
                clause=self._clause(raw),
                reason=self.request.say(Message(raw["reason"])),
                key=str(n),
                sentence=self._sentence(raw) or "",
            )
            for n, raw in enumerate(self.current.rules)
            if raw.get("reason") is not None
        ]

    def _questions(self) -> tuple[Question, ...]:
        say, given = self.request.say, self.given or {}
        return tuple(
            Question(
                key=str(n),
                text=say(Message(q["sentence"], q["values"])),
                choices=tuple(
                    Choice(c, say(Message(c)), chosen=c == given.get(f"answer.{n}")) for c in q["choices"]
                ),
                clause=self._clause(q | {"kind": "", "form": ""}),
                answer=say(Message(q["answer"])) if "answer" in q else None,
            )
            for n, q in enumerate(self.current.questions)
        )

    def _proposals(self, proposed: RuleSet | None) -> tuple[Proposal, ...]:
        if proposed is None:
            return ()
        waits, mine = waits_for(self.request, self.resource)
        return proposal_rows(
            self.request, self.agreement, self.current, proposed, clause_of=self._clause, waits=waits,
            may_accept=self.may and mine, may_decline=self.may,
        )  # fmt: skip

    def _moves(self) -> tuple[str, ...]:
        """In a draft: what its corrections have moved, compared with what was first read."""
        if proposing(self.resource) or not any(r.get("corrected") for r in self.current.rules):
            return ()
        first = rule_history.first_reading(self.request.dbsession, self.agreement)
        return tuple(self.request.say(s) for _, s in moved(self.request, self.agreement, first, self.current))

    def _anew(self) -> RuleForm | None:
        """The form to read a clause in another form, or to add a rule, where one was asked for."""
        asked = self.given if self.given is not None and "as" in self.given else self.request.GET
        kind, _, form = str(asked.get("as", "")).partition(":")
        if (kind, form) not in FORMS:
            return None
        key = str(asked.get("rule", ""))
        raw = self._stored(key)
        values = raw if raw is not None and (raw["kind"], raw["form"]) == (kind, form) else {}
        quote = self.errors.get("quote")
        label = f"{self.request.say(kind_word(kind))}: {self.request.say(FORMS[kind, form].label)}"
        return RuleForm(
            key=key if raw is not None else "",
            chosen=f"{kind}:{form}",
            label=label,
            quote=str(asked.get("quote", "")) or (raw["quote"] if raw is not None else ""),
            fields=fields(
                self.request, kind, form, values, self.errors, self.given if asked is self.given else None
            ),
            error=self.request.say(quote) if quote is not None else None,
        )

    def _stored(self, key: str) -> dict[str, Any] | None:
        if not key.isdecimal() or len(key) > 5 or int(key) >= len(self.current.rules):
            return None
        found: dict[str, Any] = self.current.rules[int(key)]
        return found

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
