"""What the page of a party's witnesses shows: ``witnesses.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Choice, Moment, Problem


@dataclass(frozen=True)
class WitnessRow:
    """One witness. ``digits`` are the 8 that are compared over the telephone; ``vkey`` the whole key.

    ``reached`` says how far it has come and when it was last seen; ``behind`` that the log has gone on, and
    ``fault`` what is wrong with one that is asked, and when it is asked again. ``retired``: when and why.
    """

    number: int
    name: str
    digits: str
    vkey: str
    since: Moment
    reached: str
    behind: str | None = None
    fault: str | None = None
    asked_at: str | None = None
    retired: str | None = None


@dataclass(frozen=True)
class WitnessesPage:
    """``witnesses.pt``: one party's witnesses; administrators register and retire them by posting to ``url``.

    ``log`` names the log and its public key, for making a witness; None where it has no key yet. ``none``
    is the warning where no witness is at work, ``damaged`` that the log itself is damaged. ``written`` is
    the key that was typed.
    """

    party: str
    url: str
    back: str
    rows: tuple[WitnessRow, ...] = ()
    retired: tuple[WitnessRow, ...] = ()
    none: str | None = None
    damaged: str | None = None
    log: str | None = None
    log_key: str | None = None
    may_change: bool = False
    reasons: tuple[Choice, ...] = ()
    written: str = ""
    open: str = ""
    problems: tuple[Problem, ...] = ()

    def problem(self, field: str) -> str | None:
        """What is wrong with this field."""
        return next((p.message for p in self.problems if p.field == field), None)
