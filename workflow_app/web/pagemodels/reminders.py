"""What the page of a kommune's reminders shows: ``reminders.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Problem


@dataclass(frozen=True)
class KindBox:
    """A kind of deadline, the days it is reminded of in words, and whether the kommune wants them."""

    kind: str
    label: str
    days: str
    wanted: bool = True


@dataclass(frozen=True)
class RemindersPage:
    """``reminders.pt``: a kommune's ladder. The form posts ``before``, ``weeks``, ``escalate_after``, and
    ``kind.NAME`` for each kind that is wanted, to ``url``; ``usual=1`` alone goes back to the usual ladder.

    ``own`` says that the kommune has chosen for itself; ``follows`` is the sentence of a
    police unit, which has nothing to choose.
    """

    party: str
    url: str
    back: str
    before: str = ""
    weeks: str = ""
    escalate_after: str = ""
    kinds: tuple[KindBox, ...] = ()
    own: bool = False
    may_change: bool = False
    closed: str | None = None
    follows: str | None = None
    problems: tuple[Problem, ...] = ()

    def problem(self, field: str) -> str | None:
        """What is wrong with a field, where something is."""
        return next((p.message for p in self.problems if p.field == field), None)
