"""Meetings of the politiråd: a year's plan from the clauses, the agenda's fixed points, whose turn it is."""
