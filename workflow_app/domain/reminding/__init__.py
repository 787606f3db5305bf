"""When to remind of a deadline, and whom: a ladder of rungs, working days, and which roles answer."""
