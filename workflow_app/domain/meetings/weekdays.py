"""The days of the week in words, Monday first, as ``date.weekday()`` counts them."""

from __future__ import annotations

from workflow_app.domain import rule_names

WEEKDAYS = tuple(rule_names.WEEKDAYS.values())
"""The same words as the rules', by their number."""
