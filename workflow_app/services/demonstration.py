"""Placeholder until the demonstration lands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An account shown on the login page."""

    username: str
    title: str
    party: str


ACCOUNTS: tuple[Account, ...] = ()
PASSWORD = ""
