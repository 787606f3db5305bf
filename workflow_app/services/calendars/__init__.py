"""Deadlines and meetings as calendar feeds, and the addresses they are read from."""
