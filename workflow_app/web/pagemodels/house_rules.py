"""What the page of a kommune's house rules shows: ``house_rules.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import Moment, Problem


@dataclass(frozen=True)
class HouseRuleRow:
    """One rule: what it asks for, its number in ``unit`` ("" where there is none), since when.

    ``usual`` is the number that holds where the kommune has said nothing.
    """

    kind: str
    label: str
    help: str
    unit: str
    value: str
    usual: str | None = None
    since: Moment | None = None
    error: str | None = None


@dataclass(frozen=True)
class HouseRulesPage:
    """``house_rules.pt``: every rule of one kommune; the form posts each ``kind`` to ``url``.

    ``may_change`` shows the form, else ``closed`` says whose it is.
    """

    party: str
    url: str
    back: str
    rows: tuple[HouseRuleRow, ...]
    may_change: bool = False
    closed: str | None = None
    problems: tuple[Problem, ...] = ()
