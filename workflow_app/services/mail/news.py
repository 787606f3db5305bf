"""What an entry of the trail is to those it concerns, drawn from its definition and not from its name.

A step that makes a draft of it again is news to all who had approved; one that
ends it, to all parties. Nothing in here knows ``sign`` or ``reopen``: a definition of
another agreement, with other names, gets the mails of a careful secretary as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from workflow_app.domain.definitions import Definition, Effect, Permission, Transition

Entry = Mapping[str, Any]
"""An entry as it was hashed, decoded."""


class News(StrEnum):
    """The kinds of news there are."""

    DRAFT_AGAIN = "draft_again"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    ENDED = "ended"
    SIGNED = "signed"
    TO_BE_REVISED = "to_be_revised"
    EXTENDED = "extended"
    STANDS_AGAIN = "stands_again"
    BEFORE_COUNCIL = "before_council"
    EVALUATED = "evaluated"
    DONE = "done"
    SENT_BACK = "sent_back"
    POSTPONED = "postponed"
    VOIDED = "voided"
    PAPER_READY = "paper_ready"


def news_of(entry: Entry, definition: Definition) -> News | None:
    """What the entry is to others than its actor; None where it only hands a task on."""
    kind, data = entry["kind"], entry.get("data", {})
    if kind == "round_closed":
        return News.VOIDED
    if kind == "matter_frozen":
        return News.PAPER_READY
    step = definition.transitions.get(entry.get("transition") or "")
    if step is None:
        return None
    if kind == "recorded":
        return {"sent_back": News.SENT_BACK, "postponed": News.POSTPONED}.get(data.get("outcome", ""))
    return _move(entry, step, definition) if kind == "transition" else None


def _move(entry: Entry, step: Transition, definition: Definition) -> News | None:
    source, to = entry.get("from"), entry.get("to")
    if to == definition.initial and source != to:
        return News.DRAFT_AGAIN
    by_effect = {
        Effect.RECORD_TERMINATION: News.TERMINATED,
        Effect.RECORD_SIGNING: News.SIGNED,
        Effect.MAKE_SUCCESSOR: News.TO_BE_REVISED,
        Effect.RECORD_EXTENSION: News.EXTENDED,
    }
    for effect, news in by_effect.items():
        if effect in step.effects:
            return news
    state = definition.states.get(to or "")
    if state is not None and state.final:
        return News.ENDED if step.automatic else News.WITHDRAWN
    if step.automatic:
        return News.STANDS_AGAIN
    if Effect.RECORD_MATTER in step.each_time:
        return News.BEFORE_COUNCIL
    if Effect.CLOSE_EVALUATION in step.effects:
        return News.EVALUATED
    return News.DONE if step.approvals else None


TO_ALL_WHO_APPROVED = frozenset({News.DRAFT_AGAIN, News.WITHDRAWN, News.SENT_BACK})
"""News to everybody who had approved anything since the draft was begun."""

TO_ALL_PARTIES = frozenset({News.TERMINATED, News.ENDED, News.TO_BE_REVISED})
"""News to those who work with it and those who sign for it, of every party."""


def who_works(definition: Definition) -> tuple[str, ...]:
    """The roles that write the agreement: its coordinators."""
    return definition.states[definition.initial].may.get(Permission.EDIT, ())


def who_signs(definition: Definition) -> tuple[str, ...]:
    """The roles that sign it: those whose approvals record a signing, and do not write it."""
    works = who_works(definition)
    steps = [t for t in definition.transitions.values() if Effect.RECORD_SIGNING in t.effects]
    return tuple(dict.fromkeys(r for t in steps for r in t.roles if r not in works))


def who_prepares(definition: Definition, state: str) -> tuple[str, ...]:
    """The roles that put the matter before the kommunestyre."""
    return definition.states[state].may.get(Permission.PREPARE_MATTER, ())
