"""Who may do what with the meetings of an agreement, and when there are meetings at all.

No workflow definition gives rights to meetings: they move no state. Who may see
the agreement may see them; its coordinators (SLT coordinator and politikontakt
of the parties) plan and call them; whoever holds a role of a party may raise a
matter. The invitation goes out from the convener's side.
"""

from __future__ import annotations

from datetime import date, timedelta

from workflow_app.domain.case import Holding
from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, NotAllowed
from workflow_app.services.material import replaced

COORDINATORS = ("slt_coordinator", "politikontakt")
"""Who plans, moves, cancels and calls."""

MEMBERS = ("mayor", "slt_coordinator", "station_chief", "politikontakt")
"""The roles of the politiråd: who is called to a meeting. The council secretary is not of it."""


def meets(agreement: Agreement, definition: Definition) -> bool:
    """Whether the agreement is one to plan meetings under: signed, and neither over nor replaced."""
    final = definition.states[agreement.state].final
    return agreement.signed_on is not None and not final and not replaced(agreement)


def after_it(agreement: Agreement, on: date) -> bool:
    """Whether a day comes after the agreement's last: its end, or the signing of what follows it."""
    return agreement.in_force_to is not None and on > agreement.in_force_to


def plans(agreement: Agreement, definition: Definition, today: date) -> bool:
    """Whether there is a day to come that a meeting can be planned for.

    Under an agreement that another has followed there is none; what was held
    before that day is still recorded and minuted.
    """
    return meets(agreement, definition) and not after_it(agreement, today + timedelta(days=1))


def expect_planning(agreement: Agreement, definition: Definition, on: date) -> None:
    """Raise ``Conflict`` where no meeting on ``on`` can be planned or changed."""
    expect_meeting(agreement, definition)
    if after_it(agreement, on):
        raise Conflict("over", last_day_told(agreement))


def last_day_told(agreement: Agreement) -> Message:
    """Why nothing is planned any more under an agreement that has a last day."""
    return msg(
        "The last day of the agreement is ${day}; no meeting after it is planned or changed here.",
        day=agreement.in_force_to,
    )


def expect_meeting(agreement: Agreement, definition: Definition) -> None:
    """Raise ``Conflict`` where there are no meetings: it is not signed, or is over."""
    if agreement.signed_on is None:
        raise Conflict("not_signed", msg("The agreement is not signed yet; meetings are planned once it is."))
    if not meets(agreement, definition):
        raise Conflict("over", msg("The agreement is over; no meeting is planned or changed under it."))


def coordinating(agreement: Agreement, who: Who | None) -> Holding | None:
    """The first role in which a person may plan meetings here; None where she may not."""
    keys = {p.party.key for p in agreement.parties}
    held = who.holdings if who else ()
    return next((h for h in held if h.party in keys and h.role in COORDINATORS), None)


def expect_coordinator(agreement: Agreement, who: Who) -> Holding:
    """The role it is done in. Raises ``NotAllowed``."""
    holding = coordinating(agreement, who)
    if holding is None:
        raise NotAllowed(
            "not_coordinator",
            msg("Meetings are planned by an SLT coordinator or a politikontakt of the parties."),
        )
    return holding


def raising(agreement: Agreement, definition: Definition, who: Who | None) -> Holding | None:
    """The first role in which a person may raise a matter; observers have none."""
    keys = {p.party.key for p in agreement.parties}
    roles = {role for side in definition.sides.values() for role in side.roles}
    held = who.holdings if who else ()
    return next((h for h in held if h.party in keys and h.role in roles), None)


def expect_raiser(agreement: Agreement, definition: Definition, who: Who) -> Holding:
    """The role a matter is raised in. Raises ``NotAllowed``."""
    holding = raising(agreement, definition, who)
    if holding is None:
        raise NotAllowed(
            "not_member", msg("A matter is raised by somebody who holds a role of one of the parties.")
        )
    return holding


def calling(agreement: Agreement, meeting: Meeting, who: Who | None) -> Holding | None:
    """The role in which a person may send the invitation: on the convener's side where there is one."""
    keys = {p.party.key for p in agreement.parties}
    if meeting.convener is not None:
        keys &= {meeting.convener.key}
    held = who.holdings if who else ()
    return next((h for h in held if h.party in keys and h.role in COORDINATORS), None)


def expect_caller(agreement: Agreement, meeting: Meeting, who: Who) -> Holding:
    """The role the invitation is sent in. Raises ``NotAllowed``."""
    first = expect_coordinator(agreement, who)
    if meeting.convener is None:
        return first
    holding = calling(agreement, meeting, who)
    if holding is None:
        raise NotAllowed(
            "not_convener",
            msg("${party} calls this meeting, and sends the invitation.", party=meeting.convener.name),
        )
    return holding
