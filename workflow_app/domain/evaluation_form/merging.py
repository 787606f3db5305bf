"""Two who answer at once: whoever comes second keeps what she wrote and gets what she had left alone.

Without it her form would hold empty fields where somebody else has answered
meanwhile, and saving it again would take those answers away unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow_app.domain.evaluation_form.words import PARTS, QUESTIONS
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import list_words

Raw = Mapping[str, Any]

FIELDS: dict[str, Message] = {**PARTS, "assessment": msg("Was the goal reached?")}


@dataclass(frozen=True)
class Merged:
    """Raw answers for the form, and what of them was taken over (None: nothing), in one sentence."""

    raw: dict[str, Any]
    taken: Message | None


def merge(mine: Raw, opened: Raw, theirs: Raw) -> Merged:
    """``mine`` with ``theirs`` in every field that stands as it was when the form was ``opened``.

    All three are raw answers (``goals``, ``general``, ``outcome``); goals are
    the same when their words are. A goal that somebody else answered and that
    was left out here comes back, since leaving it out was decided without
    seeing the answer.
    """
    taken: list[Message | str] = []
    old, new = _goals(opened), _goals(theirs)
    own: set[str] = set()
    goals: list[dict[str, Any]] = []
    for goal in mine.get("goals") or ():
        key = _key(goal)
        if not key or key in own:
            goals.append(dict(goal))
            continue
        own.add(key)
        before = old.get(key, {})
        if key not in new and key in old and not _changed(goal, before):
            taken.append(msg("“${goal}” (left out)", goal=goal["goal"]))
            continue
        parts = [name for name in FIELDS if _taken(goal, before, new.get(key, goal), name)]
        goals.append({**goal, **{name: new[key].get(name, "") for name in parts}})
        if parts:
            said = list_words([FIELDS[name] for name in parts])
            taken.append(msg("“${goal}” (${parts})", goal=goal["goal"], parts=said))
    for key, goal in new.items():
        if key not in own and (key not in old or _changed(goal, old[key])):
            goals.append(dict(goal))
            taken.append(msg("“${goal}”", goal=goal["goal"]))
    general = dict(mine.get("general") or {})
    asked = [theirs.get("general") or {}, opened.get("general") or {}]
    for name in (q for q in QUESTIONS if _taken(general, asked[1], asked[0], q)):
        general[name] = asked[0].get(name, "")
        taken.append(QUESTIONS[name])
    outcome = mine.get("outcome")
    if _taken(mine, opened, theirs, "outcome"):
        outcome = theirs.get("outcome", "")
        taken.append(msg("Outcome of the evaluation"))
    sentence = msg(
        "Taken over from what was saved meanwhile, since you had left it as it was: ${what}.",
        what=list_words(taken) if taken else "",
    )
    return Merged({"goals": goals, "general": general, "outcome": outcome}, sentence if taken else None)


def _goals(raw: Raw) -> dict[str, Raw]:
    return {_key(goal): goal for goal in raw.get("goals") or ()}


def _key(goal: Raw) -> str:
    return " ".join(_said(goal, "goal").lower().split())


def _taken(mine: Raw, opened: Raw, theirs: Raw, name: str) -> bool:
    """Whether a field was left alone here and answered otherwise there."""
    return _said(mine, name) == _said(opened, name) != _said(theirs, name)


def _changed(goal: Raw, before: Raw) -> bool:
    return any(_said(goal, name) != _said(before, name) for name in FIELDS)


def _said(raw: Raw, name: str) -> str:
    # A browser ends lines with CRLF, what is stored ends them with LF.
    return str(raw.get(name) or "").replace("\r\n", "\n").strip()
