"""What a matter may put before the kommunestyre besides the agreement itself, and who sees to it.

The agreement's own matter is a step of its definition. An evaluation, a notice
and the lapse are told of without moving the state, and also when the agreement
is over and its state grants nobody anything but to look: so it is the holding
that is asked for here, in the roles the definition lets prepare a matter in any
state, for that very kommune.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.deadlines.occasions import dealt_with, happenings
from workflow_app.domain.definitions import Definition, Permission
from workflow_app.domain.history import History, Occasion
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters, matters_entries, trail
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import MATTER_SETTLED, bring_up_to_date, history_of
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed

OCCASIONS: tuple[Occasion, ...] = ("agreement", "evaluation", "termination", "lapse")


@dataclass(frozen=True)
class Subject:
    """What a matter is about: the occasion, and the year where that is an evaluation."""

    occasion: Occasion = "agreement"
    year: int | None = None


AGREEMENT = Subject()


def subject_of(matter: Matter) -> Subject:
    """What this matter is about."""
    return Subject(cast(Occasion, matter.occasion), matter.year)


def subject(occasion: object, year: object) -> Subject:
    """The subject that was sent. Raises ``FieldErrors`` for an unknown occasion or a year out of place."""
    if occasion in (None, ""):
        occasion = "agreement"
    if occasion not in OCCASIONS:
        raise FieldErrors(
            {"occasion": msg("Say what the matter is about: ${choices}.", choices=", ".join(OCCASIONS))}
        )
    if occasion != "evaluation":
        if year not in (None, ""):
            raise FieldErrors({"year": msg("Only a matter about an evaluation has a year.")})
        return Subject(cast(Occasion, occasion))
    text = "" if isinstance(year, bool) else str(year)
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise FieldErrors({"year": msg("Name the year of the evaluation, such as 2026.")})
    return Subject("evaluation", int(text))


def told_of(history: History, about: Subject) -> date | None:
    """The day it happened: the evaluation approved, notice given, the end; None where it has not."""
    if about.occasion == "agreement":
        return history.signing.latest if history.signing else None
    return next(
        (h.on for h in happenings(history) if (h.occasion, h.year) == (about.occasion, about.year)), None
    )


def possible(history: History, party: str) -> Iterator[Subject]:
    """What has happened that this kommunestyre has not dealt with yet, newest first."""
    for happened in reversed(happenings(history)):
        if dealt_with(history, party, happened.occasion, happened.year) is None:
            yield Subject(happened.occasion, happened.year)


def preparing_roles(definition: Definition) -> frozenset[str]:
    """The roles that the definition lets prepare a matter in any state."""
    return frozenset(
        role for state in definition.states.values() for role in state.may.get(Permission.PREPARE_MATTER, ())
    )


def check_own(
    agreement: Agreement, definition: Definition, party: Party, who: Who, about: Subject
) -> Holding | None:
    """The holding in which ``who`` sees to the matter. Raises ``NotAllowed``.

    The agreement's own matter goes by the rights of its state.
    """
    if about == AGREEMENT:
        matters.check_own(agreement, definition, party, who)
        return None
    return check_holder(definition, party, who)


def check_holder(definition: Definition, party: Party, who: Who) -> Holding:
    """The holding in which ``who`` sees to this kommune's matters, in any state. Raises ``NotAllowed``."""
    roles = preparing_roles(definition)
    found = next((h for h in who.holdings if h.party == party.key and h.role in roles), None)
    if found is None:
        raise NotAllowed("not_your_kommune", matters.not_yours(party))
    return found


def check_happened(history: History, about: Subject) -> None:
    """Raise ``Conflict`` for a matter about what has not happened."""
    if about != AGREEMENT and told_of(history, about) is None:
        raise Conflict("not_happened", not_happened(about))


def not_happened(about: Subject) -> Message:
    """Why there is nothing to lay before the kommunestyre yet."""
    if about.occasion == "evaluation":
        return msg(
            "The evaluation for ${year} is not approved by both yet; its matter is made when it is.",
            year=about.year,
        )
    if about.occasion == "termination":
        return msg("No notice of termination is recorded, so there is none to lay before the kommunestyre.")
    return msg("The agreement has not lapsed, so there is no lapse to lay before the kommunestyre.")


def record_outcome(
    session: Session,
    agreement: Agreement,
    matter: Matter,
    fields: Mapping[str, Any],
    *,
    who: Who,
    holding: Holding | None,
    now: datetime,
) -> None:
    """Record what the kommunestyre did with a matter that moves no state.

    ``agreement`` is locked; ``fields`` are cleaned: ``outcome`` and, where they
    are named, ``decision``, ``meeting_date`` and what a matter is prepared with.
    Raises ``FieldErrors`` for a meeting that is not named, ahead, or before what
    it was told of, and ``Conflict`` for a matter that has its outcome already.
    """
    about = subject_of(matter)
    history = history_of(session, agreement)
    if about == AGREEMENT:
        raise Conflict("a_step", msg("The outcome of the agreement's own matter is recorded as a step."))
    if matter.outcome is not None:
        raise Conflict(
            "matter_settled",
            msg("The outcome of this matter is recorded already; a new one is a new matter."),
        )
    check_happened(history, about)
    _held(fields.get("meeting_date") or matter.meeting_date, told_of(history, about), now.date())
    matters.give_outcome(matter, fields, now)
    session.flush()
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=MATTER_SETTLED,
        now=now,
        actor=who.entry(holding),
        event_date=matter.meeting_date,
        agreement=agreement.digest,
        data={**matters_entries.public_fields(matter), "matter": matter.number},
        private=matters_entries.private_fields(matter),
    )
    bring_up_to_date(session, agreement, now.date())


def _held(meeting: date | None, happened: date | None, today: date) -> None:
    wrong: Message | None = None
    if meeting is None:
        wrong = msg("The matter has no meeting day; give the day the kommunestyre met.")
    elif meeting > today:
        wrong = msg("The meeting is on ${day}; record its outcome when it has been held.", day=meeting)
    elif happened is not None and meeting < happened:
        wrong = msg(
            "The meeting on ${day} was before it happened, on ${happened}; give a meeting after that day.",
            day=meeting,
            happened=happened,
        )
    if wrong is not None:
        raise FieldErrors({"meeting_date": wrong})
