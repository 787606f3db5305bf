"""Every night: who must know that a role is empty, or soon will be, and has not been told.

A gap is told once, and again after thirty days if it is still there. Those told
are the party's administrators, who can do something about it, and the
coordinators of its agreements, who wait for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.definitions import Registry
from workflow_app.domain.workdays import is_working_day
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.mail import Mail
from workflow_app.models.people import Party
from workflow_app.services import coverage, people_leaving
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.norway import OSLO
from workflow_app.services.people_holdings import holders
from workflow_app.services.people_roles import ADMINISTRATOR

KIND = "coverage"
AGAIN = timedelta(days=30)
"""After how long a gap that is still there is told once more."""

COORDINATORS = ("slt_coordinator", "politikontakt")


def nightly(session: Session, now: datetime, registry: Registry) -> int:
    """Put a letter in the outbox for everybody who has not been told; how many letters. None on a day off.

    ``session`` is the caller's transaction. Safe to call again the same night, and
    from two processes at once: the outbox takes a key once. People who left lose
    their programs' tokens and open sessions on the way.
    """
    now = now.astimezone(OSLO)
    people_leaving.close(session, now)
    if not is_working_day(now.date()):
        return 0
    gaps: dict[str, list[coverage.Gap]] = defaultdict(list)
    for gap in coverage.all_uncovered(session, registry, now.date()):
        gaps[gap.party].append(gap)
    if not gaps:
        return 0
    parties = {p.key: p for p in session.scalars(select(Party).where(Party.key.in_(sorted(gaps))))}
    told = _told(session, now)
    made = 0
    for key, people in _audience(session, parties, now.date()).items():
        for person in people:
            new = [g for g in gaps[key] if (person, key, *mark(g)) not in told]
            if new and _enqueue(session, parties[key], person, new, now):
                made += 1
    return made


def mark(gap: coverage.Gap) -> tuple[str, int]:
    """What tells one gap of a party from another, and from the next of the same role."""
    return "|".join(gap.roles), gap.last


def _enqueue(
    session: Session, party: Party, person: str, gaps: Iterable[coverage.Gap], now: datetime
) -> bool:
    mail = enqueue(
        session,
        kind=KIND,
        key=f"{KIND}/{party.key}/{person}/{now.date().isoformat()}",
        person_id=person,
        now=now,
        party=party,
        data={"gaps": [list(mark(gap)) for gap in gaps]},
    )
    return mail is not None


def _told(session: Session, now: datetime) -> set[tuple[str, str, str, int]]:
    """(person, party, roles, last assignment) of every gap told lately."""
    rows = session.execute(
        select(Mail.person_id, Party.key, Mail.data)
        .join(Party, Party.id == Mail.party_id)
        .where(Mail.kind == KIND, Mail.made_at > now - AGAIN)
    )
    return {(person, key, roles, last) for person, key, data in rows for roles, last in data["gaps"]}


def _audience(session: Session, parties: Mapping[str, Party], today: date) -> dict[str, list[str]]:
    """Party → the people to tell: its administrators, its coordinators and its counterparties'."""
    mine, theirs = aliased(AgreementParty), aliased(AgreementParty)
    together = session.execute(
        select(mine.party_id, Party.key)
        .join(theirs, theirs.agreement_id == mine.agreement_id)
        .join(Party, Party.id == theirs.party_id)
        .join(Agreement, Agreement.id == mine.agreement_id)
        .where(
            mine.party_id.in_([p.id for p in parties.values()]),
            Agreement._state.not_in(("withdrawn", "lapsed", "terminated")),
            Agreement.replaced_on.is_(None),
        )
        .distinct()
    )
    by_id = {p.id: p.key for p in parties.values()}
    around: dict[str, set[str]] = {key: {key} for key in parties}
    for party_id, key in together:
        around[by_id[party_id]].add(key)
    people: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for holder in holders(session, set().union(*around.values()), today):
        people[holder.party][holder.role].append(holder.person)
    found = {}
    for key, near in around.items():
        told = list(people[key][ADMINISTRATOR])
        told += [p for other in sorted(near) for role in COORDINATORS for p in people[other][role]]
        found[key] = list(dict.fromkeys(told))
    return found
