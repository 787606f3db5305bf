"""The letter about an agreement's steps: what happened, why, and what waits for you now.

Written when it is sent. What happened stays true; whether it is still your turn,
and whether you still have a part in the agreement, is asked again, and a letter
that would say neither is not sent. Free text is read from the trail's clear values,
so what was erased there is in no later mail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Of, Permission
from workflow_app.domain.messages import Message
from workflow_app.domain.role_names import role_name
from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail import step_words as words
from workflow_app.services.mail.audience import read_story
from workflow_app.services.mail.clauses import clause_for
from workflow_app.services.mail.letters import Block, Facts, Letter, Link, Paragraph, Quote
from workflow_app.services.mail.step_news import Told, told_of
from workflow_app.services.mail.turns import Place, open_places
from workflow_app.services.people_holdings import Holder, holders


def letter(session: Session, mail: Mail, today: date) -> Letter | None:
    """The letter of a mail of the kind ``step``; None where nothing of it concerns the person any more."""
    agreement = mail.agreement
    assert agreement is not None, "a step is an agreement's"
    definition = workflow_definitions().by_digest(agreement.definition_digest)
    mine = part_in(session, agreement, definition, mail.person_id, today)
    if not mine:
        return None
    stories = read_story(session, mail.data.get("entries", ()), definition)
    news = [told_of(session, agreement, definition, story) for story in stories]
    places = _still_mine(session, agreement, definition, mail, mine)
    if not news and not places:
        return None
    holder = next((h for h in mine if any(p.fits(h) for p in places)), mine[0])
    return Letter(
        subject=_subject(agreement, definition, news, places),
        blocks=tuple(_blocks(session, agreement, definition, news, places)),
        why=why(agreement, holder),
    )


def part_in(
    session: Session, agreement: Agreement, definition: Definition, person_id: str, today: date
) -> list[Holder]:
    """What the person holds for the agreement's parties that lets them see it as it stands now."""
    seen = definition.states[agreement.state].may.get(Permission.VIEW, ())
    keys = [p.party.key for p in agreement.parties]
    return [h for h in holders(session, keys, today) if h.person == person_id and h.role in seen]


def why(agreement: Agreement, holder: Holder) -> Message:
    """The last line of a letter: in what role it is sent."""
    sentence = words.WHY if holder.acting_for is None else words.WHY_ACTING
    party = next(p.party.name for p in agreement.parties if p.party.key == holder.party)
    return Message(sentence.text, {"role": role_name(holder.role, holder.title), "party": party})


def _still_mine(
    session: Session, agreement: Agreement, definition: Definition, mail: Mail, mine: Sequence[Holder]
) -> list[Place]:
    wanted = {(row[0], row[1], row[3]) for row in mail.data.get("places", ())}
    if not wanted:
        return []
    return [
        place
        for place in open_places(session, agreement, definition)
        if (place.transition, place.party, place.bound) in wanted and any(place.fits(h) for h in mine)
    ]


def _subject(
    agreement: Agreement, definition: Definition, news: Sequence[Told], places: Sequence[Place]
) -> Message:
    if news:
        return Message(news[-1].subject.text, {**news[-1].subject.values, "title": agreement.title})
    step = step_name(agreement, definition, places[0])
    return Message(words.YOUR_TURN.text, {"step": step, "title": agreement.title})


def _blocks(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    news: Sequence[Told],
    places: Sequence[Place],
) -> Iterator[Block]:
    for told in news:
        yield from told.blocks
    names = list(dict.fromkeys(p.transition for p in places))
    for name in names:
        place = next(p for p in places if p.transition == name)
        sentence = words.AND_YOUR_TURN if news else words.IT_IS_YOUR_TURN
        yield Paragraph(Message(sentence.text, {"step": step_name(agreement, definition, place)}))
        quote = clause_for(session, agreement, definition.transitions[name])
        if quote is not None:
            yield Quote(quote, words.CLAUSE, agreement.language)
    parties = ", ".join(p.party.name for p in agreement.parties)
    state = Message(definition.states[agreement.state].label)
    yield Facts(((words.AGREEMENT, agreement.title), (words.PARTIES, parties), (words.STANDS, state)))
    home = f"/agreements/{agreement.id}"
    if len(names) == 1:
        way = f"{home}/evaluation" if places[0].unwritten else f"{home}/transitions/{names[0]}"
        yield Link(way, words.OPEN_STEP)
    else:
        elsewhere = [told.path for told in news if told.path is not None]
        yield Link(elsewhere[-1] if elsewhere and not names else home, words.OPEN_AGREEMENT)


def step_name(agreement: Agreement, definition: Definition, place: Place) -> Message:
    """What is to be done; of an evaluation which year's, or that it must be written first."""
    step = definition.transitions[place.transition]
    label = Message(step.label)
    if step.approvals is None or step.approvals.of is not Of.EVALUATION:
        return label
    sentence = words.WRITE_EVALUATION if place.unwritten else words.APPROVE_EVALUATION
    return Message(sentence.text, {"year": agreement.evaluation_year, "step": label})
