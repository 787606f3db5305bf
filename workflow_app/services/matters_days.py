"""The days of a matter: prepared for a meeting ahead, after the bodies before it, and then told of."""

from __future__ import annotations

from datetime import date

from workflow_app.domain.messages import msg
from workflow_app.models.proceedings import Matter
from workflow_app.services.errors import FieldErrors


def ahead(day: date | None, today: date) -> None:
    """A matter is prepared for a meeting still to come, or today's. Raises ``FieldErrors``."""
    if day is not None and day < today:
        raise FieldErrors(
            {
                "meeting_date": msg(
                    "${day} is past; a matter is prepared for a meeting ahead. "
                    "Name that meeting's day, or record the outcome.",
                    day=day,
                )
            }
        )


def has_met(matter: Matter, today: date) -> None:
    """An excerpt of the minutes comes once the kommunestyre has met, as a recorded outcome says it has.

    Raises ``FieldErrors`` with the day of the meeting.
    """
    day = matter.meeting_date
    if matter.outcome is None and day is not None and day > today:
        raise FieldErrors(
            {
                "file": msg(
                    "The kommunestyre meets on ${day}; there is no excerpt of its minutes before that.",
                    day=day,
                )
            }
        )


def after_the_bodies(matter: Matter, day: date | None) -> None:
    """The kommunestyre has it after the bodies that prepare it. Raises ``FieldErrors``."""
    before = max((h.meeting_date for h in matter.handlings if h.meeting_date), default=None)
    if day is not None and before is not None and day < before:
        raise FieldErrors(
            {
                "meeting_date": msg(
                    "${day} is before ${body} has the matter on ${before}; give a later day.",
                    day=day,
                    body=next(h.committee for h in matter.handlings if h.meeting_date == before),
                    before=before,
                )
            }
        )
