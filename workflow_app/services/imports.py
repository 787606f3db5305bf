"""Drafts from files, without a browser: the text names its own parties, and the console vouches.

A kommune with a shelf of agreements takes them all in at once. Whom each is
between is read from its words and must be a party of this installation, one and
no other; where that is not so, the file is refused with a sentence that says
what to name, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reading import Reading, read
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services import norway, parties
from workflow_app.services.agreements import create_draft
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.texts import Source, decode_source


class Known(NamedTuple):
    """What of a party is compared with the words of a text."""

    id: int
    key: str
    side: str
    name: str
    kommune_number: str | None
    district: str | None


def import_file(
    session: Session,
    source: Source,
    reading: Reading | None = None,
    *,
    municipal: Sequence[str] = (),
    police: Sequence[str] = (),
    definition: Definition | None = None,
    registry: Registry,
    now: datetime,
) -> Agreement:
    """Make a draft of one file; the actor is the operator at the console.

    ``municipal`` and ``police`` are keys of parties that stand instead of those
    the text names; ``definition`` stands instead of the one its clauses suggest.
    ``reading`` is that of the file's text, where it has been read already.
    Raises ``ServiceError`` for a file that cannot be read and for parties that
    cannot be told from the text.
    """
    # Read before the database is asked anything: a writer holds others up.
    text = decode_source(source)
    reading = reading or read(text)
    known = _known(session, now.date())
    kommuner = municipal or [p.key for p in municipal_of(reading, known)]
    return create_draft(
        session,
        source,
        municipal=kommuner,
        police=police or [p.key for p in police_of(session, reading, text, known, kommuner)],
        definition=definition or registry.newest(reading.suggested_definition),
        who=None,
        now=now,
        reading=reading,
    )


def _known(session: Session, today: date) -> list[Known]:
    """The parties that are not ended; as plain rows, since a shelf asks for all of them for every file."""
    columns = (Party.id, Party.key, Party.side, Party.name, Party.kommune_number, Party.district)
    wanted = select(*columns).where(or_(Party.ended_on.is_(None), Party.ended_on >= today))
    return [Known(*row) for row in session.execute(wanted.order_by(Party.key))]


def municipal_of(reading: Reading, known: Iterable[Known]) -> list[Known]:
    """The kommuner the text names, in its order. Raises ``ServiceError`` for none or an unknown one."""
    if not reading.municipal:
        raise _unnamed("municipal", msg("The text names no kommune; say which one with --municipal."))
    here = [p for p in known if p.side == parties.MUNICIPAL]
    return [
        _one(name, [p for p in here if _same_kommune(p, name)], "municipal") for name in reading.municipal
    ]


def police_of(
    session: Session, reading: Reading, text: str, known: Iterable[Known], kommuner: Sequence[str]
) -> list[Known]:
    """The police units the text names, in its order.

    A text often names the district alone, or its station only where the chief
    signs. Of a district's units the one is meant that stands in the text, else
    the one these kommuner have agreements with, else the one called as they are.
    Raises ``ServiceError`` for none, an unknown one, or several that could be meant.
    """
    if not reading.police:
        raise _unnamed("police", msg("The text names no police unit; say which one with --police."))
    everything = list(known)
    here = [p for p in everything if p.side == parties.POLICE]
    places = {_short(p.name) for p in everything if p.key in kommuner}
    found = []
    for name in reading.police:
        units = _units(name, here)
        if len(units) > 1:
            words = norway.fold(text)
            partners = _partners(session, kommuner)
            for meant in (
                [u for u in units if norway.fold(u.name) in words],
                [u for u in units if u.id in partners],
                [u for u in units if norway.fold(u.name).partition("-politi")[0] in places],
            ):
                if len(meant) == 1:
                    units = meant
                    break
        found.append(_one(name, units, "police"))
    return found


def _partners(session: Session, kommuner: Sequence[str]) -> set[int]:
    """The ids of all parties these kommuner have agreements with."""
    mine = (
        select(AgreementParty.agreement_id)
        .join(Party, Party.id == AgreementParty.party_id)
        .where(Party.key.in_(kommuner))
    )
    return set(session.scalars(select(AgreementParty.party_id).where(AgreementParty.agreement_id.in_(mine))))


def _same_kommune(party: Known, name: str) -> bool:
    wanted = _short(name)
    found = norway.kommune(party.kommune_number or "")
    names = (party.name, *(found.names if found else ()))
    return wanted in {_short(one) for one in names}


@lru_cache(maxsize=2_048)  # the same few hundred parties are looked through for every file of a shelf
def _short(name: str) -> str:
    """The name without the word for what it is: "Moss kommune", "MOSS" → "moss"."""
    folded = norway.fold(name)
    for word in ("-kommune", "-suohkan", "-herad"):
        folded = folded.removesuffix(word)
    return folded


def _units(name: str, here: list[Known]) -> list[Known]:
    wanted = norway.fold(name)
    named = [p for p in here if norway.fold(p.name) == wanted]
    if named:
        return named
    districts = {norway.fold(d.name): d.slug for d in norway.districts()}
    return [p for p in here if p.district == districts.get(wanted)] if wanted in districts else []


def _one(name: str, found: list[Known], option: str) -> Known:
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unnamed(
            option,
            msg(
                "The text names «${name}», which is no party here; add it, "
                "or say who is meant with --${option}.",
                name=name,
                option=option,
            ),
        )
    raise _unnamed(
        option,
        msg(
            "The text names «${name}», which can be ${choices}; say which one with --${option}.",
            name=name,
            choices=", ".join(p.key for p in found),
            option=option,
        ),
    )


def _unnamed(field: str, sentence: Message) -> ServiceError:
    return FieldErrors({field: sentence})
