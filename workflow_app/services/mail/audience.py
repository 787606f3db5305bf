"""Who hears of a step: everybody it means something to, and not whoever took it.

Roles are those of the day, acting holders among them; those who approved are
persons, and hear of it as long as their account is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition
from workflow_app.domain.trail import decode
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.models.trail import TrailEntry
from workflow_app.services.mail.news import (
    TO_ALL_PARTIES,
    TO_ALL_WHO_APPROVED,
    Entry,
    News,
    news_of,
    who_prepares,
    who_signs,
    who_works,
)
from workflow_app.services.people_holdings import holders
from workflow_app.services.trail import agreement_chain


@dataclass(frozen=True)
class Story:
    """One entry to be told of: its id, itself decoded, and what kind of news it is, if it is any."""

    id: int
    entry: Entry
    news: News | None

    @property
    def actor(self) -> str | None:
        """The person's key; None where the clock did it."""
        found: dict[str, Any] = self.entry.get("actor") or {}
        return found.get("person")

    @property
    def at(self) -> str:
        """When, as it was written down."""
        return str(self.entry["at"])

    @property
    def round(self) -> int | None:
        """The round of approvals it belongs to."""
        found: int | None = self.entry.get("data", {}).get("round")
        return found


def read_story(session: Session, entry_ids: Iterable[int], definition: Definition) -> list[Story]:
    """These entries in their order, each with what it means."""
    rows = session.scalars(
        select(TrailEntry).where(TrailEntry.id.in_(list(entry_ids))).order_by(TrailEntry.id)
    )
    entries = [(row.id, decode(row.body)) for row in rows]
    return [Story(ident, entry, news_of(entry, definition)) for ident, entry in entries]


def readers(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    story: Story,
    stories: Sequence[Story],
    today: date,
) -> list[str]:
    """The people who hear of ``story``, each once, its actor left out."""
    if story.news is None or (story.news is News.VOIDED and _told_by_another(story, stories)):
        return []
    people: list[str] = []
    if story.news in TO_ALL_WHO_APPROVED:
        people += _approved_since_draft(session, agreement, definition, story)
    elif story.news is not News.PAPER_READY and story.round is not None:
        people += _approved_in(session, [story.round])
    # What a step voided beside itself is told with it.
    swept = [s.round for s in stories if s.news is News.VOIDED and s.at == story.at and s.round is not None]
    if story.news is not News.VOIDED:
        people += _approved_in(session, swept)
        people += _holding(session, agreement, _roles(agreement, definition, story), _parties(story), today)
    return [p for p in dict.fromkeys(people) if p != story.actor]


def _told_by_another(story: Story, stories: Sequence[Story]) -> bool:
    """Whether the approvals fell because of a step that is news by itself."""
    return any(s.news not in (None, News.VOIDED) and s.at == story.at for s in stories)


def _roles(agreement: Agreement, definition: Definition, story: Story) -> tuple[str, ...]:
    if story.news is News.PAPER_READY:
        return who_prepares(definition, agreement.state)
    works = who_works(definition)
    return (*works, *who_signs(definition)) if story.news in TO_ALL_PARTIES else works


def _parties(story: Story) -> str | None:
    """The one party a paper is for; None: all of them."""
    return story.entry.get("data", {}).get("party") if story.news is News.PAPER_READY else None


def _holding(
    session: Session, agreement: Agreement, roles: Iterable[str], party: str | None, today: date
) -> list[str]:
    wanted = set(roles)
    keys = [p.party.key for p in agreement.parties if party in (None, p.party.key)]
    return [h.person for h in holders(session, keys, today) if h.role in wanted]


def _approved_in(session: Session, rounds: Sequence[int]) -> list[str]:
    if not rounds:
        return []
    return list(
        session.scalars(
            select(ApprovalRow.person_id).where(ApprovalRow.round_id.in_(rounds)).order_by(ApprovalRow.id)
        )
    )


def _approved_since_draft(
    session: Session, agreement: Agreement, definition: Definition, story: Story
) -> list[str]:
    """Everybody who approved anything since the agreement was last made a draft, before this entry."""
    chain = agreement_chain(agreement.id)
    earlier = session.scalars(
        select(TrailEntry)
        .where(TrailEntry.chain == chain, TrailEntry.kind == "transition", TrailEntry.id < story.id)
        .order_by(TrailEntry.number.desc())
    )
    begun = next((e.id for e in earlier if decode(e.body).get("to") == definition.initial), 0)
    return list(
        session.scalars(
            select(ApprovalRow.person_id)
            .join(ApprovalRound, ApprovalRound.id == ApprovalRow.round_id)
            .where(
                ApprovalRound.agreement_id == agreement.id,
                ApprovalRow.entry_id > begun,
                ApprovalRow.entry_id < story.id,
            )
            .order_by(ApprovalRow.id)
        )
    )
