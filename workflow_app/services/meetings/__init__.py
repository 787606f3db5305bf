"""Meetings of the politiråd: planned, called, held and minuted, each step an entry in the trail."""
