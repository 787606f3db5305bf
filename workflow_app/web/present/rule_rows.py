"""Each rule as the page shows it, in the order of the text: words, clause, standing and form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.services import rule_history
from workflow_app.web.pagemodels import Clause, RuleRow
from workflow_app.web.present.rule_changes import Change, changes, introduced
from workflow_app.web.present.rule_fields import fields
from workflow_app.web.present.words import moment, person_name

ClauseOf = Callable[[Mapping[str, Any], str | None], Clause]
"""The clause of stored words; the second is the id of their mark, where they have one."""

_DATES = ("date", "from", "to", "anchor", "by")


def plain(raw: Mapping[str, Any]) -> Rule:
    """A stored rule as the domain knows it."""
    return Rule.from_json({k: v for k, v in raw.items() if k != "corrected"})


class RuleRows:
    """The rows for one request; ``given`` and ``errors`` are those of a form that comes back."""

    def __init__(
        self,
        request: Request,
        agreement: Agreement,
        current: RuleSet,
        *,
        clause_of: ClauseOf,
        may: bool,
        given: Mapping[str, str] | None,
        errors: Mapping[str, Message],
    ) -> None:
        self.request, self.agreement, self.current = request, agreement, current
        self.clause_of, self.may, self.errors = clause_of, may, errors
        self.given = given if given is not None and "as" not in given else None

    def standing(self) -> list[RuleRow]:
        """The rules that stand."""
        told = introduced(self.request, self.agreement, self.current.rules)
        made = changes(self.request, self.agreement) if told else {}
        return [
            self._row(n, raw, made.get(told[n]) if n in told else None)
            for n, raw in enumerate(self.current.rules)
        ]

    def set_aside(self) -> list[RuleRow]:
        """Those that a person has said are no rules of this agreement."""
        return [
            RuleRow(
                key=f"aside-{n}",
                kind=self.request.say(kind_word(raw["kind"])),
                sentence=self.request.say(in_words(plain(raw))),
                clause=self.clause_of(raw, None),
                standing="set_aside",
            )
            for n, raw in enumerate(rule_history.set_aside(self.request.dbsession, self.agreement))
        ]

    def _row(self, n: int, raw: Mapping[str, Any], change: Change | None) -> RuleRow:
        say, key = self.request.say, str(n)
        given = self.given if self.given is not None and self.given.get("rule") == key else None
        errors = self.errors if given is not None else {}
        rule = plain(raw)
        confirmed = self.current.confirmed_at is not None
        return RuleRow(
            key=key,
            number=n + 1,
            kind=say(kind_word(rule.kind)),
            sentence=say(in_words(rule)),
            clause=self.clause_of(raw, key),
            assumptions=(*(say(Message(a)) for a in rule.assumptions), *self._half_known(rule)),
            reason=say(Message(rule.reason)) if rule.reason is not None else None,
            standing="corrected" if raw.get("corrected") else "confirmed" if confirmed else "read",
            settled=self._settled(change) if change else None,
            fields=fields(self.request, rule.kind, rule.form, rule.values, errors, given) if self.may else (),
            quote=given.get("quote", "") if given else rule.quote,
            note=given.get("note", "") if given else "",
            fault=say(errors["quote"]) if "quote" in errors else None,
            opened=given is not None,
        )

    def _half_known(self, rule: Rule) -> list[str]:
        """What is between which days, where the clause names a month and no day of it."""
        said = []
        for name in _DATES:
            value = rule.values.get(name)
            if isinstance(value, str) and len(value) == len("2025-02") and value[:4].isdecimal():
                month = Interval.parse(value)
                said.append(
                    self.request.say(
                        msg(
                            "The clause names a month and no day: earliest ${earliest}, latest ${latest}.",
                            earliest=month.earliest,
                            latest=month.latest,
                        )
                    )
                )
        return list(dict.fromkeys(said))

    def _settled(self, change: Change) -> str:
        request = self.request
        who = person_name(request, change.person) if change.person else request.say(msg("the system"))
        said: str = request.say(
            msg("Corrected by ${who}, ${when}.", who=who, when=moment(request, change.at).text)
        )
        return f"{said} {change.note}" if change.note else said
