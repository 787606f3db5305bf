"""The two letters of a hand-over: to the one who takes over, with what waits, and to the one who leaves.

Written on the day they are sent: a hand-over that was undone before its day is
told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import role_name
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person, RoleAssignment
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail import step_words
from workflow_app.services.mail.letters import Block, Letter, Link, Paragraph, Points
from workflow_app.services.people_holdings import holders, holdings
from workflow_app.services.worklist import Item, worklist

NOBODY = msg("nobody yet")


def given(session: Session, mail: Mail, today: date) -> Letter | None:
    """To the new holder; None where the role is not theirs on the day."""
    mine = [a for a in _assignments(session, mail, "given") if _held(a, today)]
    if not mine:
        return None
    first = mine[0]
    role = role_name(first.role, first.title)
    return Letter(
        subject=_subject(role, mine),
        blocks=tuple(_to_the_new(session, mail, mine, role, today)),
        why=Message(step_words.WHY.text, {"role": role, "party": first.party.name}),
    )


def taken(session: Session, mail: Mail, today: date) -> Letter | None:
    """To the old holder; None where the role is theirs again, or ended another day by a later hand-over."""
    before = date.fromisoformat(mail.data["first"]) - timedelta(days=1)
    mine = [a for a in _assignments(session, mail, "ended") if _ended(a, today) and a.to_date == before]
    mine = [a for a in mine if not _again(session, a, today)]
    if not mine:
        return None
    first = mine[0]
    role = role_name(first.role, first.title)
    after = {a.party.key: _successor(session, a, mail.data["new"], today) for a in mine}
    blocks: list[Block] = []
    if len(mine) == 1:
        blocks.append(Paragraph(_was(first, role, after[first.party.key])))
    else:
        until = msg("You were ${role} until ${day}. These have taken over:", role=role, day=first.to_date)
        points = (Message("${party}: ${name}", {"party": a.party.name, "name": after[a.party.key] or NOBODY})
                  for a in mine)  # fmt: skip
        blocks += [Paragraph(until), Points(tuple(points))]
    blocks.append(
        Paragraph(
            msg(
                "What you approved stands, and what waited for you waits for the new holder. "
                "Thank you for the work."
            )
        )
    )
    name = after[first.party.key]
    return Letter(
        subject=msg("${name} has taken over as ${role}", name=name, role=role)
        if name
        else msg("You are no longer ${role}", role=role),
        blocks=tuple(blocks),
        why=msg("You get this because you were ${role} for ${party}.", role=role, party=first.party.name),
    )


def _was(one: RoleAssignment, role: Message | str, name: str | None) -> Message:
    values = {"role": role, "party": one.party.name, "day": one.to_date}
    if name is None:
        return msg("You were ${role} for ${party} until ${day}. Nobody has taken over yet.", **values)
    return msg("You were ${role} for ${party} until ${day}. ${name} has taken over.", **values, name=name)


def _successor(session: Session, one: RoleAssignment, wanted: str, today: date) -> str | None:
    """Who has the role now: the one it was handed to, or whoever has followed by today."""
    held = holders(session, [one.party.key], today, role=one.role)
    own = [h for h in held if h.acting_for is None and h.person != one.person_id]
    return next((h.name for h in own if h.person == wanted), own[0].name if own else None)


def _subject(role: Message | str, mine: Sequence[RoleAssignment]) -> Message:
    if len(mine) == 1:
        return msg("You are now ${role} for ${party}", role=role, party=mine[0].party.name)
    return msg("You are now ${role} for ${count} parties", role=role, count=len(mine))


def _to_the_new(
    session: Session, mail: Mail, mine: Sequence[RoleAssignment], role: Message | str, today: date
) -> Iterator[Block]:
    first = mine[0]
    if len(mine) == 1:
        yield Paragraph(
            msg("You are ${role} for ${party} from ${day}.", role=role, party=first.party.name,
                day=first.from_date)
        )  # fmt: skip
    else:
        yield Paragraph(msg("You are ${role} from ${day} for:", role=role, day=first.from_date))
        yield Points(tuple(Message("${party}", {"party": a.party.name}) for a in mine))
    before = next((a.person for a in _assignments(session, mail, "ended")), None)
    if before is not None and before.id != mail.person_id:
        yield Paragraph(
            msg("You take over from ${name}. What was approved before you stands.", name=before.name)
        )
    items, more = _waiting(session, mail.person, mine, today)
    if items:
        yield Paragraph(msg("This waits for you:"))
        lines = [_line(item) for item in items]
        if more:
            lines.append(msg("and ${count} more", count=more))
        yield Points(tuple(lines))
    else:
        yield Paragraph(msg("Nothing waits for you today."))
    yield Link("/", msg("Open my tasks"))


def _line(item: Item) -> Message:
    step = item.definition.transitions[item.mine[0][0]]
    return Message("${title}: ${step}", {"title": item.agreement.title, "step": Message(step.label)})


def _waiting(
    session: Session, person: Person, mine: Sequence[RoleAssignment], today: date
) -> tuple[tuple[Item, ...], int]:
    """What waits for the person in the role that was handed over, and how many more there are."""
    keys = {a.party.key for a in mine}
    held = tuple(h for h in holdings(session, person.id, today) if h.role == mine[0].role and h.party in keys)
    found = worklist(session, Who(person.id, person.name, held), workflow_definitions())
    return found.mine, found.more_mine


def _assignments(session: Session, mail: Mail, which: str) -> list[RoleAssignment]:
    rows = session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.id.in_(mail.data.get(which, ())))
        .order_by(RoleAssignment.id)
    )
    return list(rows)


def _held(one: RoleAssignment, today: date) -> bool:
    return one.from_date <= today and (one.to_date is None or one.to_date >= today)


def _ended(one: RoleAssignment, today: date) -> bool:
    # One that ends before it begins was never held, and there is nothing to thank for.
    return one.to_date is not None and one.from_date <= one.to_date < today


def _again(session: Session, one: RoleAssignment, today: date) -> bool:
    held = holdings(session, one.person_id, today)
    return any((h.role, h.party) == (one.role, one.party.key) and h.acting_for is None for h in held)
