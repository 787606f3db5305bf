"""The filters of the overview as conditions the database can apply.

Kept apart by what they filter, so that a count can leave its own filter out: the
numbers beside the states are those one would see after choosing another state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select, true

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services.overview.wanted import NOBODY, UNKNOWN, Wanted, states_meant
from workflow_app.services.visibility import in_states


def in_force_on(day: date) -> ColumnElement[bool]:
    """Signed by that day, and not over."""
    return and_(
        Agreement.signed_on.is_not(None),
        Agreement.signed_on <= day,
        or_(Agreement.in_force_to.is_(None), Agreement.in_force_to >= day),
    )


def due_by(code: str, today: date) -> ColumnElement[bool]:
    """What is overdue, due within so many days from today, or never."""
    if code == "none":
        return Agreement.next_due.is_(None)
    if code == "overdue":
        return Agreement.next_due < today
    return Agreement.next_due.between(today, today + timedelta(days=int(code)))


def waits_for_side(side: str) -> ColumnElement[bool]:
    """Whom it waits for."""
    return Agreement.waits_for.is_(None) if side == NOBODY else Agreement.waits_for == side


@dataclass(frozen=True)
class Ids:
    """What the filters come to among the parties a reader knows: the ids of a district's police units,
    and for each word looked for those of the parties it names.
    """

    units: tuple[int, ...] = ()
    named: tuple[tuple[str, tuple[int, ...]], ...] = ()


def beside_the_counts(wanted: Wanted, ids: Ids) -> ColumnElement[bool]:
    """The filters that have no counts of their own: words, party, district."""
    found: list[ColumnElement[bool]] = [_named(word, parties) for word, parties in ids.named]
    if wanted.party:
        of_party = select(Party.id).where(Party.key == wanted.party)
        found.append(_with_one_of(AgreementParty.party_id.in_(of_party)))
    if wanted.district == UNKNOWN:
        known = select(Party.id).where(Party.district.is_not(None))
        found.append(not_(_with_one_of(AgreementParty.party_id.in_(known))))
    elif wanted.district:
        found.append(_with_one_of(AgreementParty.party_id.in_(ids.units)))
    if wanted.agreement == "none":
        found.append(false())
    return and_(true(), *found)


def counted(wanted: Wanted, registry: Registry, today: date) -> Mapping[str, ColumnElement[bool]]:
    """The filters with counts of their own, by their name; those not set are not there."""
    made: dict[str, Callable[[str], ColumnElement[bool]]] = {
        "state": lambda value: in_states(states_meant(value, registry), many=True),
        "waits_for": waits_for_side,
        "due": lambda value: due_by(value, today),
        "in_force": lambda value: in_force_on(today) if value == "yes" else not_(in_force_on(today)),
    }
    return {name: make(value) for name, make in made.items() if (value := getattr(wanted, name))}


def _named(word: str, parties: tuple[int, ...]) -> ColumnElement[bool]:
    """The word stands in the title, or names one of the parties.

    SQLite folds the case of ASCII letters only, so a word with æ, ø or å is
    looked for as it was typed, in small letters, in capitals and with a capital first.
    """
    forms = (word,) if word.isascii() else (word, word.lower(), word.upper(), word.capitalize())
    titles = (Agreement.title.icontains(form, autoescape=True) for form in dict.fromkeys(forms))
    by_party = [_with_one_of(AgreementParty.party_id.in_(parties))] if parties else []
    return or_(*by_party, *titles)


def _with_one_of(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(AgreementParty.agreement_id == Agreement.id, which)
