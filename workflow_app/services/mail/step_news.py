"""One piece of news, said: what was done, by whom, and the reason in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.dates import Interval
from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message
from workflow_app.domain.role_names import role_name
from workflow_app.domain.round_words import CLOSED
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Person
from workflow_app.services.mail import step_words as words
from workflow_app.services.mail.audience import Story
from workflow_app.services.mail.clauses import clause_for, quote
from workflow_app.services.mail.letters import Block, Facts, Paragraph, Quote, Value
from workflow_app.services.mail.news import News
from workflow_app.services.trail_reading import openings


@dataclass(frozen=True)
class Told:
    """News as a letter tells it. The subject lacks only the agreement's title.

    ``path`` is the page to look at, where that is another than the agreement's own.
    """

    subject: Message
    blocks: tuple[Block, ...]
    path: str | None = None


def told_of(session: Session, agreement: Agreement, definition: Definition, story: Story) -> Told:
    """The story in words, its free text read from the trail as it is now."""
    assert story.news is not None, "only news is told"
    data = story.entry.get("data", {})
    name = story.entry.get("transition") or data.get("transition_name") or ""
    step = definition.transitions.get(name)
    values = {
        "who": _who(session, agreement, story.entry),
        "step": Message(step.label) if step else name,
        "year": data.get("year", ""),
        "because": CLOSED.get(data.get("because", "")) or "",
    }
    blocks: list[Block] = [Paragraph(Message(_sentence(story, data).text, values))]
    blocks += _in_own_words(session, story, data)
    blocks += _clause(session, agreement, definition, story)
    if facts := tuple(_facts(agreement, story, data)):
        blocks.append(Facts(facts))
    subject = words.SUBJECTS[story.news]
    return Told(Message(subject.text, values), tuple(blocks), _path(session, agreement, story.news))


def _path(session: Session, agreement: Agreement, news: News) -> str | None:
    if news is News.PAPER_READY:
        return f"/agreements/{agreement.id}/matters"
    if news is not News.TO_BE_REVISED:
        return None
    made = select(Agreement.id).where(Agreement.predecessor_id == agreement.id)
    successor = session.scalars(made.order_by(Agreement.created_at.desc()).limit(1)).first()
    return f"/agreements/{successor}" if successor else None


def _sentence(story: Story, data: Mapping[str, object]) -> Message:
    assert story.news is not None
    if story.news is News.SIGNED and "signed_on" in data:
        return words.REGISTERED
    if story.news is News.ENDED and data.get("because") == "replaced":
        return words.REPLACED
    return words.BY_THE_CLOCK.get(story.news) or words.BY_SOMEBODY[story.news]


def _who(session: Session, agreement: Agreement, entry: Mapping[str, object]) -> Message:
    actor = entry.get("actor")
    if not isinstance(actor, Mapping):
        return words.THE_CLOCK
    person = session.get(Person, actor["person"])
    name: Message | str = (person.name if person else None) or words.ERASED
    party = next((p.party.name for p in agreement.parties if p.party.key == actor.get("party")), None)
    if not actor.get("role") or party is None:
        return name if isinstance(name, Message) else Message("${name}", {"name": name})
    return Message(words.NAMED.text, {"name": name, "role": role_name(actor["role"]), "party": party})


def _in_own_words(session: Session, story: Story, data: Mapping[str, object]) -> Iterator[Block]:
    clear = {field: o.value for field, o in openings(session, [story.id]).get(story.id, {}).items()}
    if clear.get("reason"):
        inside = data.get("internal") is True
        yield Paragraph(words.KEPT_OUT) if inside else Quote(clear["reason"], words.REASON)
    if clear.get("decision"):
        yield Quote(clear["decision"], words.DECISION)


def _clause(session: Session, agreement: Agreement, definition: Definition, story: Story) -> Iterator[Block]:
    step = definition.transitions.get(story.entry.get("transition") or "")
    if step is None or story.news not in (News.TERMINATED, News.ENDED, News.SENT_BACK, News.POSTPONED):
        return
    found = clause_for(session, agreement, step)
    if found is None and story.news is News.TERMINATED:
        found = quote(session, agreement, ["validity"])
    if found is not None:
        yield Quote(found, words.CLAUSE, agreement.language)


def _facts(agreement: Agreement, story: Story, data: Mapping[str, object]) -> Iterator[tuple[Message, Value]]:
    until = data.get("effective_date")
    if story.news is News.TERMINATED and isinstance(until, str):
        yield words.IN_FORCE_UNTIL, date.fromisoformat(until)
    if story.news is News.EXTENDED and isinstance(until, str):
        yield words.EXTENDED_UNTIL, date.fromisoformat(until)
    if story.news is News.SIGNED and isinstance(agreement.signing, Interval):
        yield words.SIGNED_ON, agreement.signing
