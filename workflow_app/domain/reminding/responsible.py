"""Whose reminder it is: for each kind of deadline, the roles of each party that are to be told.

The work is the coordinators'; what concerns the kommunestyre is also its
secretary's; a choice that only those who sign can make is brought before them while it
can still be made. The leader of a party hears of what is overdue, once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from workflow_app.domain.case import CaseParty
from workflow_app.domain.deadlines import Deadline

COORDINATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"municipal": ("slt_coordinator",), "police": ("politikontakt",)}
)
"""By side, who does the daily work of an agreement."""

LEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"municipal": ("mayor",), "police": ("station_chief",)}
)
"""By side, who signs; they are told of what is overdue, and of the choices that are theirs."""

COUNCIL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"municipal": ("slt_coordinator", "council_secretary")}
)
"""Who brings a matter before the kommunestyre. The police have none."""

ADMINISTRATORS = ("administrator",)
"""Who hears of a reminder that nobody else could be given."""

LEADERS_CHOOSE = frozenset({"expiry", "notice", "option", "renewal"})
"""The kinds where what is to be done is a choice of those who sign, not a piece of work alone."""


def roles_reminded(kind: str, side: str, *, last: bool) -> tuple[str, ...]:
    """The roles of a party of ``side`` that a deadline of ``kind`` is said to; empty where it is not theirs.

    ``last`` is whether this is one of the last rungs before the day.
    """
    if kind == "report":
        return COUNCIL.get(side, ())
    coordinators = COORDINATORS.get(side, ())
    return coordinators + LEADERS.get(side, ()) if last and kind in LEADERS_CHOOSE else coordinators


def concerned(
    deadline: Deadline, parties: Collection[CaseParty], awaited: Collection[str] = ()
) -> tuple[CaseParty, ...]:
    """The parties a deadline waits for, in their order.

    A deadline of one party is that one's alone. ``awaited`` are the keys of the
    parties whose approval is missing of the evaluation under way, where that would meet
    the deadline: who has done his part is not asked again.
    """
    if deadline.party is not None:
        return tuple(p for p in parties if p.key == deadline.party)
    waiting = tuple(p for p in parties if p.key in awaited)
    return waiting or tuple(parties)


def ladder_party(party: CaseParty, parties: Collection[CaseParty]) -> CaseParty | None:
    """The kommune whose ladder a party's reminders follow: its own, and for the police the first one's."""
    if party.side == "municipal":
        return party
    return next((p for p in parties if p.side == "municipal"), None)
