"""Erasing a person: the clear values go, every proof stays."""
