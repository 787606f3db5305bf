"""The days of a matter: prepared for a meeting ahead, and after the bodies that have it first."""

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
