"""What waits for a person on the rules page: the questions, and the sentences that were not read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pyramid.request import Request

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.models.contents import RuleSet
from workflow_app.services.answers import is_settled, to_fill_in
from workflow_app.web.pagemodels import Choice, Link, Question, Unread
from workflow_app.web.present.rule_rows import ClauseOf

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def question_rows(
    request: Request,
    current: RuleSet,
    *,
    clause_of: ClauseOf,
    url: str,
    given: Mapping[str, str],
    may: bool,
) -> tuple[Question, ...]:
    """Every question with its answers: those that take effect here, and those to be filled in."""
    return tuple(
        _question(request, current, n, q, clause_of, url, given, may) for n, q in enumerate(current.questions)
    )


def _question(
    request: Request, current: RuleSet, n: int, asked: Mapping[str, Any], clause_of: ClauseOf, url: str,
    given: Mapping[str, str], may: bool,
) -> Question:  # fmt: skip
    settled = is_settled(asked, current.rules)
    stands = asked.get("answer")
    chosen = given.get(f"answer.{n}", stands)
    direct = [c for c in asked["choices"] if not to_fill_in(asked, c)]
    later = [c for c in asked["choices"] if to_fill_in(asked, c)]
    link = f"{url}/rules?{urlencode({'question': n})}#anew"
    fill = [
        Link(link, request.say(msg("Fill in: ${choice}", choice=_said(request, asked, c)))) for c in later
    ]
    if not asked["choices"]:
        fill = [Link(link, request.say(msg("Fill in the rule")))]
    return Question(
        key=str(n),
        text=request.say(Message(asked["sentence"], _days(asked["values"]))),
        choices=tuple(Choice(c, _said(request, asked, c), chosen=c == chosen) for c in direct),
        clause=clause_of(asked, str(n)),
        answer=_said(request, asked, stands) if stands is not None else None,
        fill=tuple(fill) if may and not settled else (),
        settled=settled,
    )


def _said(request: Request, asked: Mapping[str, Any], choice: str) -> str:
    """A choice in the reader's language; a reading of before kept only the English words of it."""
    words = asked.get("words") or [[c, {}] for c in asked["choices"]]
    text, values = words[asked["choices"].index(choice)]
    said: str = request.say(Message(text, _days(values)))
    return said


def _days(values: Mapping[str, str]) -> dict[str, object]:
    """The values of a stored message: days as days again, so that they are read as days are."""
    return {name: _day(value) for name, value in values.items()}


def _day(value: str) -> object:
    try:
        return Interval.parse(value) if _DAY.fullmatch(value) else value
    except ValueError:
        # A text may name a day that no calendar has, and the question is about that.
        return value


def unread_rows(
    passages: Sequence[tuple[str, Mapping[str, Any]]], *, clause_of: ClauseOf, url: str, may: bool
) -> tuple[Unread, ...]:
    """The sentences that speak of time and were not read, each with the way to make a rule of it."""
    return tuple(
        Unread(
            key=key,
            clause=clause_of(passage, key),
            make=f"{url}/rules?{urlencode({'unread': key})}#anew" if may else None,
        )
        for key, passage in passages
    )
