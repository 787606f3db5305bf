"""Demonstration data: so that a newcomer meets pages with something on them.

Five kommuner with their agreements in five states, for a development
installation on the machine of whoever tries it. Everybody's password stands on
the login page; :mod:`workflow_app.web.guard_demo` keeps such a server from
being reached from anywhere else.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import msg
from workflow_app.models.people import Person
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.demonstration.lives import LIVES, Stage
from workflow_app.services.demonstration.people import ACCOUNTS, PASSWORD, Account, add_people
from workflow_app.services.errors import Conflict
from workflow_app.services.passwords import STANDARD, Passwords
from workflow_app.services.people_entries import enter

__all__ = ["ACCOUNTS", "FILLED", "PASSWORD", "Account", "fill", "filled"]

FILLED = "demonstration_filled"
"""The kind of the entry in the installation's chain that tells of demonstration people."""

NOT_BEFORE = date(2026, 1, 1)
"""The first day the five agreements can stand where they stand; Stange's first evaluation was of 2025."""


def filled(session: Session) -> bool:
    """Whether the installation has demonstration people; the trail remembers for good."""
    marker = select(TrailEntry.id).where(TrailEntry.chain == trail.INSTALLATION, TrailEntry.kind == FILLED)
    return session.scalars(marker.limit(1)).first() is not None


def fill(
    session: Session,
    now: datetime,
    *,
    registry: Registry | None = None,
    hashing: Passwords = STANDARD,
) -> bool:
    """Make the demonstration's people and agreements; False where they are there already.

    Raises ``Conflict`` where the installation has people of its own, or the
    clock is set to a day on which the five agreements could not stand so.
    Takes about two seconds, most of them hashing passwords.
    """
    if filled(session):
        return False
    if session.scalars(select(Person.id).limit(1)).first() is not None:
        raise Conflict(
            "installation_in_use",
            msg("There are people in this database already; demonstration data goes into an empty one only."),
        )
    if now.date() < NOT_BEFORE:
        raise Conflict(
            "clock_too_early",
            msg("The demonstration data takes place from ${day} on; set the clock to that day or later.",
                day=NOT_BEFORE),
        )  # fmt: skip
    # First of all: whatever comes after must never stand here without the mark.
    enter(session, None, FILLED, data={"accounts": len(ACCOUNTS)}, actor=None, now=now)
    towns = add_people(session, now, hashing)
    definitions = registry or workflow_definitions()
    for nick, live in LIVES.items():
        live(Stage(session, now, definitions, towns[nick]))
    session.flush()
    return True
