"""Reminders: which are due today, made once and put in the outbox for those they are for.

:func:`run` is what the scheduler and ``avtaleflyt remind`` call, once a day or as often
as they like: a rung that was made is a row, and a row is made once.
"""

from workflow_app.services.reminders.running import Counts, run

__all__ = ["Counts", "run"]
