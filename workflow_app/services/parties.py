"""Kommuner and police units: who an agreement can be between.

A party's key never changes and never comes back as another's: the kommune's
number, or a slug of the district and the unit's name. Every change is an entry
in the party's own chain. An ended party (a merger, a closed station) can't be
chosen for new agreements or be given new roles; those who hold roles for it go
on holding them, because somebody must be able to see its old agreements through.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.domain.trail import MUNICIPAL as MUNICIPAL
from workflow_app.domain.trail import POLICE as POLICE
from workflow_app.models.people import Party
from workflow_app.services import norway
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.people_entries import enter
from workflow_app.services.people_fields import KOMMUNE_LANGUAGES, language, listed, text
from workflow_app.services.trail import EntryActor

KEY_LENGTH = 100
"""The longest key, in characters: what the column and a trail entry hold."""


def add_municipal(
    session: Session, number: str, *, language: str = "nb", actor: EntryActor | None = None, now: datetime
) -> Party:
    """Take in the kommune with this number, which is its key; an ended one is opened again.

    ``language`` is nb or nn, the kommune's own choice, and what the police must
    write to it in. Raises ``ServiceError`` (``unknown_kommune``, with near names)
    or ``Conflict`` (``party_exists``).
    """
    found = norway.kommune(number.strip())
    if found is None:
        raise _unknown_kommune(number.strip())
    party = Party(key=found.number, side=MUNICIPAL, name=f"{found.name} kommune", kommune_number=found.number)
    return _add(session, party, language, {"number": found.number}, actor, now)


def add_police(
    session: Session,
    name: str,
    district_slug: str,
    *,
    language: str = "nb",
    actor: EntryActor | None = None,
    now: datetime,
) -> Party:
    """Take in a unit of a police district; its key is a slug such as "ost-moss-politistasjon".

    Raises ``ServiceError`` (``unknown_district``, with near names) or ``Conflict``
    (``party_exists``).
    """
    district = norway.district(district_slug.strip())
    if district is None:
        raise _unknown_district(district_slug.strip())
    name = text(name, msg("The name of the police unit"))
    party = Party(key=_free_key(session, district.slug, name), side=POLICE, name=name, district=district.slug)
    return _add(session, party, language, {"district": district.slug}, actor, now)


def end(
    session: Session, party: Party, *, last_day: date, actor: EntryActor | None = None, now: datetime
) -> Party:
    """Let the party be one until ``last_day``, that day included. Raises ``Conflict`` when ended already."""
    if party.ended_on is not None:
        raise Conflict(
            "party_ended", msg("${name} was ended on ${day} already.", name=party.name, day=party.ended_on)
        )
    party.ended_on = last_day
    enter(session, party, "party_ended", data={"last_day": last_day.isoformat()}, actor=actor, now=now)
    return party


def set_language(
    session: Session, party: Party, to: str, *, actor: EntryActor | None = None, now: datetime
) -> None:
    """Change the language a party is written to in (nb or nn)."""
    language(to, KOMMUNE_LANGUAGES)
    if to != party.language:
        party.language = to
        enter(session, party, "party_language_set", data={"language": to}, actor=actor, now=now)


def language_of(session: Session, keys: Iterable[str]) -> str | None:
    """The language of the first of these parties, kommuner before police units; None where there is none.

    What somebody who works for them reads on a page that is about no one agreement.
    """
    wanted = select(Party.language).where(Party.key.in_(sorted(set(keys))))
    return session.scalars(wanted.order_by(Party.side, Party.key).limit(1)).first()


def list_parties(session: Session, *, today: date, ended: bool = False) -> list[Party]:
    """The parties, kommuner first, each in Norwegian alphabetical order; ``ended`` adds the ended."""
    wanted = select(Party)
    if not ended:
        wanted = wanted.where(or_(Party.ended_on.is_(None), Party.ended_on >= today))
    return sorted(
        session.scalars(wanted), key=lambda p: (p.side != MUNICIPAL, norway.sort_key(p.name), p.key)
    )


def is_key(session: Session, key: str) -> bool:
    """Whether a party has or had this key, or a kommune that is no party yet will have it."""
    if norway.kommune(key) is not None:
        return True
    return session.scalar(select(Party.id).where(Party.key == key)) is not None


def find(session: Session, key: str) -> Party:
    """The party with this key; ``NotThere`` (``unknown_party``) suggests near keys and names."""
    found = session.scalars(select(Party).where(Party.key == key)).one_or_none()
    if found is not None:
        return found
    known = session.execute(select(Party.key, Party.name)).all()
    by_word = {word: k for k, name in known for word in (k, name)}
    close = dict.fromkeys(by_word[word] for word in norway.near(key, by_word))
    if close:
        raise NotThere(
            "unknown_party",
            msg("There is no party «${key}». Did you mean ${near}?", key=key, near=listed(tuple(close))),
        )
    raise NotThere("unknown_party", msg("There is no party «${key}»; add it first.", key=key))


def is_open(party: Party, today: date) -> bool:
    """Whether the party can be chosen for new agreements and roles on that day."""
    return party.ended_on is None or party.ended_on >= today


def _add(
    session: Session,
    party: Party,
    wanted: str,
    facts: dict[str, Any],
    actor: EntryActor | None,
    now: datetime,
) -> Party:
    language(wanted, KOMMUNE_LANGUAGES)
    old = session.scalars(select(Party).where(Party.key == party.key)).one_or_none()
    facts |= {"side": party.side, "name": party.name, "language": wanted}
    if old is not None and old.ended_on is None:
        raise Conflict("party_exists", msg("${name} is here already, as ${key}.", name=old.name, key=old.key))
    if old is not None:
        old.ended_on, old.language = None, wanted
        enter(session, old, "party_reopened", data=facts, actor=actor, now=now)
        return old
    party.language, party.created_at = wanted, now
    session.add(party)
    session.flush()
    enter(session, party, "party_added", data=facts, actor=actor, now=now)
    return party


def _free_key(session: Session, district: str, name: str) -> str:
    wanted = f"{district}-{norway.fold(name)}"[: KEY_LENGTH - 4].strip("-")
    taken = {p.key: p.name for p in session.scalars(select(Party).where(Party.key.startswith(wanted)))}
    key, count = wanted, 1
    # The same unit again is answered by the caller; another with a like name gets a number.
    while key in taken and taken[key].casefold() != name.casefold():
        count += 1
        key = f"{wanted}-{count}"
    return key


def _unknown_kommune(number: str) -> ServiceError:
    old = [one for one in norway.kommuner() if one.old_number == number]
    if old:
        return ServiceError(
            "unknown_kommune",
            msg(
                "${number} was the number of ${name} from 2020 to 2023; it is now ${now}.",
                number=number,
                name=old[0].name,
                now=old[0].number,
            ),
        )
    likely = _neighbours(number) if number.isdecimal() else norway.search(number, 3)
    if likely:
        names = listed(tuple(f"{one.number} {one.label}" for one in likely))
        return ServiceError(
            "unknown_kommune",
            msg(
                "There is no kommune with the number «${number}». Did you mean ${near}?",
                number=number,
                near=names,
            ),
        )
    return ServiceError(
        "unknown_kommune",
        msg("There is no kommune with the number «${number}»; give its four digits.", number=number),
    )


def _neighbours(number: str) -> tuple[norway.Kommune, ...]:
    same_county = [one for one in norway.kommuner() if len(number) == 4 and one.number[:2] == number[:2]]
    nearest = sorted(same_county, key=lambda one: (abs(int(one.number) - int(number)), one.number))[:2]
    return tuple(sorted(nearest, key=lambda one: one.number))


def _unknown_district(slug: str) -> ServiceError:
    words = {word: d.slug for d in norway.districts() for word in (d.slug, d.name)}
    close = dict.fromkeys(words[word] for word in norway.near(slug, words))
    names = tuple(close) or tuple(d.slug for d in norway.districts())
    return ServiceError(
        "unknown_district",
        msg("There is no police district «${slug}». Did you mean ${near}?", slug=slug, near=listed(names)),
    )
