"""The form by which a clause is read in another form, or words of the text are made a rule.

It is opened by the address: ``as`` names the kind and form, ``rule`` the rule
that is read anew, ``quote`` the words that were marked (``near`` where), ``at``
a paragraph's place, ``question`` or ``unread`` what is to be filled in. Words
alone open its first half, which asks what they are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message
from workflow_app.domain.reading import read
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rule_names import kind_word
from workflow_app.domain.rules import Rule
from workflow_app.models.contents import RuleSet
from workflow_app.services.answers import kinds_of, share_words
from workflow_app.web.pagemodels import RuleForm
from workflow_app.web.present.rule_fields import fields, form_choices

LONGEST_QUOTE = 4000
"""Code points of the text that a form is filled with; a clause is a sentence or two."""

ASKED_BY = ("as", "quote", "at", "question", "unread")
"""The parts of an address that open the form."""


def anew_form(
    request: Request,
    current: RuleSet,
    text: str,
    given: Mapping[str, str] | None,
    errors: Mapping[str, Message],
) -> RuleForm | None:
    """The form as the address, or what was ``given`` before something was wrong, asks for it."""
    asked: Mapping[str, str] = given if given is not None and "as" in given else request.GET
    if not any(name in asked for name in ASKED_BY):
        return None
    filled = _filled(current, text, asked)
    kind, _, form = (str(asked.get("as", "")) or filled.get("as", "")).partition(":")
    key = str(asked.get("rule", "")) or filled.get("rule", "")
    raw = _numbered(current.rules, key)
    quote = str(asked.get("quote", "")) or filled.get("quote", "") or (raw["quote"] if raw else "")
    near = str(asked.get("near", "")) or filled.get("near", "")
    guess = _read(quote) if raw is None else None
    wrong = errors.get("quote")
    shared: dict[str, Any] = {
        "key": key if raw else "",
        "quote": quote,
        "near": near if near.isdecimal() and len(near) < 10 else "",
        "note": str(asked.get("note", "")),
        "error": request.say(wrong) if wrong is not None else None,
    }
    if (kind, form) not in FORMS:
        likely = (guess.kind, guess.form) if guess else None
        return RuleForm(chosen="", label="", forms=form_choices(request, likely), **shared)
    values: Mapping[str, Any] = {}
    if raw is not None and (raw["kind"], raw["form"]) == (kind, form):
        values = raw
    elif guess is not None and (guess.kind, guess.form) == (kind, form):
        values = guess.values
    return RuleForm(
        chosen=f"{kind}:{form}",
        label=f"{request.say(kind_word(kind))}: {request.say(FORMS[kind, form].label)}",
        fields=fields(request, kind, form, values, errors, given if asked is given else None),
        **shared,
    )


def _read(quote: str) -> Rule | None:
    """What the reader makes of the words alone: it fills the form, and a person looks at it."""
    reading = read(quote[:LONGEST_QUOTE])
    return next(iter((*reading.rules, *reading.undated)), None)


def _filled(current: RuleSet, text: str, asked: Mapping[str, str]) -> dict[str, str]:
    """What the address says by number or place, in the words of the form."""
    question = _numbered(current.questions, str(asked.get("question", "")))
    if question is not None:
        return _of_question(current, question)
    passage = _numbered(current.unread, str(asked.get("unread", "")))
    if passage is not None:
        return {"quote": passage["quote"], "near": str(passage["start"])}
    start, dash, end = str(asked.get("at", "")).partition("-")
    if dash and all(n.isascii() and n.isdecimal() and len(n) < 10 for n in (start, end)):
        first, last = int(start), min(int(end), int(start) + LONGEST_QUOTE)
        return {"quote": text[first:last], "near": start}
    return {}


def _of_question(current: RuleSet, question: Mapping[str, Any]) -> dict[str, str]:
    """The form the reader names, and the rule that was read from the same words, if there is one."""
    kinds = kinds_of(question)
    same = [str(n) for n, r in enumerate(current.rules) if r["kind"] in kinds and share_words(r, question)]
    filled = {"quote": question["quote"], "near": str(question["start"]), "as": question.get("form") or ""}
    return {**filled, "rule": same[0]} if same else filled


def _numbered(held: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    if not (key.isascii() and key.isdecimal()) or len(key) > 5 or int(key) >= len(held):
        return None
    return held[int(key)]
