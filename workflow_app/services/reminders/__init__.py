"""Reminders: each deadline before the people who hold the role that day, in time and once."""
