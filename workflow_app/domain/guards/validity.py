"""Guards on how long the agreement lasts: extension, termination, lapse, successor."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from workflow_app.domain.guards.base import Data, Facts, guard
from workflow_app.domain.messages import Message, msg


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or the month's last day where it is shorter.

    Beyond the calendar's last year it is the calendar's last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@guard("effective_date")
def new_end_is_later(facts: Facts, data: Data) -> Message | None:
    """An extension moves the last day forward, and not into the past."""
    end = data.get("effective_date")
    if end is None:
        return None
    if facts.effective_end is None:
        return msg("The agreement has no last day, so there is nothing to extend.")
    if end <= facts.effective_end:
        return msg("The last day is ${end} already; give a later one.", end=facts.effective_end)
    if end < facts.today:
        return msg("${day} has passed; give a last day that is not over.", day=end)
    return None


@guard("basis", "effective_date")
def option_reaches(facts: Facts, data: Data) -> Message | None:
    """An extension by option stays within the option of the agreement."""
    end = data.get("effective_date")
    if data.get("basis") != "option" or end is None:
        return None
    if facts.option_until is None:
        return msg("The agreement has no option left; choose that the parties agree instead.")
    if end <= facts.option_until:
        return None
    return msg("The option reaches ${until}; give that day or an earlier one.", until=facts.option_until)


@guard("given_date")
def notice_is_given(facts: Facts, data: Data) -> Message | None:
    """Notice was given in the agreement's time and not ahead of today."""
    given = data.get("given_date")
    if given is None:
        return None
    if given > facts.today:
        return msg("${day} is ahead; record the notice when it has been given.", day=given)
    if facts.signed_on is not None and given < facts.signed_on:
        return msg(
            "The agreement was signed on ${signed}; notice cannot have been given before that.",
            signed=facts.signed_on,
        )
    return None


@guard("effective_date", "given_date")
def notice_is_kept(facts: Facts, data: Data) -> Message | None:
    """The end is named, not before notice was given, and not sooner than a notice clause allows."""
    given, end = data.get("given_date"), data.get("effective_date")
    if end is None:
        if facts.notice_months is not None:
            return None
        return msg("The agreement has no notice clause; give the day it ends, as agreed or stated.")
    if given is None:
        return None
    if end < given:
        return msg("It cannot end on ${end}, before notice was given on ${given}.", end=end, given=given)
    if facts.notice_months is None or data.get("basis") == "agreed":
        return None
    earliest = months_after(given, facts.notice_months)
    if end >= earliest:
        return None
    return msg(
        "The notice clause says ${months} months, so it ends on ${earliest} at the earliest;"
        " give that day, or say that the parties agree.",
        months=facts.notice_months,
        earliest=earliest,
    )


@guard()
def does_not_renew_itself(facts: Facts, data: Data) -> Message | None:
    """An agreement that renews itself does not lapse."""
    if not facts.renews_itself:
        return None
    return msg("The agreement renews itself; terminate it if it is to end.")


@guard()
def successor_not_signed(facts: Facts, data: Data) -> Message | None:
    """Once the successor is signed, the revised agreement is final."""
    if not facts.successor_signed:
        return None
    return msg("The successor is signed and stands in its place; use the successor.")


@guard()
def successor_withdrawn(facts: Facts, data: Data) -> Message | None:
    """The successor has been withdrawn, so the agreement it was to replace goes on."""
    if facts.successor_withdrawn:
        return None
    return msg("The successor is not withdrawn; the agreement resumes if that happens.")
