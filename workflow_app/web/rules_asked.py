"""What a POST to the rules page asks for: the page's form and the contract's JSON as one thing.

Reading it is kept apart from doing it, so that a preview and the saving of the
same correction cannot come to differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule
from workflow_app.services.errors import FieldErrors
from workflow_app.web.body import json_object
from workflow_app.web.present.rule_fields import values_sent
from workflow_app.web.uploads import json_text

LONGEST_NOTE = 500
MOST_CORRECTIONS = 200

CORRECTING = ("correct", "set_aside", "replace")
"""The actions that make corrections of what was written."""


def asked_in_json(request: Request) -> dict[str, Any]:
    """The contract's ``confirm``, ``corrections`` and the rest as the page's actions."""
    data = json_object(request)
    action = data.get("action")
    if action is None:
        known = ("corrections", "confirm", "accept", "decline", "definition", "answers")
        named = [name for name in known if data.get(name)]
        action = named[0] if named else ""
        if "confirm" in named and "corrections" not in named:
            action = "confirm"
    action = {"corrections": "correct", "answers": "answer"}.get(str(action), str(action))
    return {**data, "action": "preview", "then": action} if data.get("preview") is True else {
        **data, "action": action
    }  # fmt: skip


def previewed(asked: Mapping[str, Any]) -> str | None:
    """The action that is only to be shown; None where it is to be done.

    A page's button says ``preview`` or, where a form can do two things, ``preview:set_aside``.
    """
    action, _, named = str(asked.get("action", "")).partition(":")
    if action != "preview":
        return None
    return named or str(asked.get("then", "")) or _implied(asked)


def _implied(asked: Mapping[str, Any]) -> str:
    if "as" in asked:
        return "replace"
    return "correct" if "rule" in asked else "answer"


def note_of(asked: Mapping[str, Any]) -> str | None:
    """Why it is corrected. Raises ``FieldErrors`` for one that is too long."""
    note = json_text(dict(asked), "note")
    if note is not None and len(note) > LONGEST_NOTE:
        raise FieldErrors({"note": msg("The note is ${length} characters long; the most is ${most}.",
                                       length=len(note), most=LONGEST_NOTE)})  # fmt: skip
    return note


def answers_of(asked: Mapping[str, Any]) -> dict[str, str]:
    """The answers by the number of their question."""
    answers = asked.get("answers")
    if isinstance(answers, Mapping):
        return {str(key): str(answer) for key, answer in answers.items()}
    return {k.removeprefix("answer."): str(v) for k, v in asked.items() if k.startswith("answer.")}


def corrections_of(
    asked: Mapping[str, Any], action: str, current: Sequence[dict[str, Any]]
) -> list[Mapping[str, Any]]:
    """The corrections as the services take them. Raises ``FieldErrors``."""
    if "corrections" in asked:
        found = asked["corrections"]
        if not isinstance(found, list) or not found or len(found) > MOST_CORRECTIONS:
            raise FieldErrors({"corrections": msg("corrections must be a list of one or more corrections.")})
        return found
    index = _index(str(asked.get("rule", "")), len(current))
    if action == "replace":
        return [_replacing(asked, index)]
    if index is None:
        raise FieldErrors({"rule": msg("Say which rule is meant.")})
    if action == "set_aside":
        return [{"index": index, "remove": True}]
    stands = Rule.from_json(current[index])
    rule = values_sent(stands.kind, stands.form, asked)
    # A form without the clause keeps it.
    return [{"index": index, "rule": {**rule, "quote": str(asked["quote"])} if "quote" in asked else rule}]


def _index(key: str, count: int) -> int | None:
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 6 and int(key) < count else None


def _replacing(asked: Mapping[str, Any], index: int | None) -> Mapping[str, Any]:
    kind, _, form = str(asked.get("as", "")).partition(":")
    words = str(asked.get("quote", ""))
    rule = {"kind": kind, "form": form, "quote": words, **values_sent(kind, form, asked)}
    near = str(asked.get("near", ""))
    if near.isascii() and near.isdecimal() and len(near) < 10:
        # The same words may stand in several places; those that were marked are meant.
        rule["start"] = int(near)
    return {"rule": rule} if index is None else {"index": index, "rule": rule}
