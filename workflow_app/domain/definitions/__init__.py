"""Workflow definitions: TOML text in, frozen and checked data out.

A definition says who may do what, from which state to which. It is data, so
that a kommune's own order of things needs no programmer; it is checked whole,
so that a fault stops the server at start and not an agreement in mid-life.
"""

from __future__ import annotations

from workflow_app.domain.definitions.findings import Finding, UnsoundDefinition
from workflow_app.domain.definitions.model import (
    FILL,
    ORIGIN,
    RECORD,
    SAME,
    Approvals,
    Automatic,
    Definition,
    Document,
    Effect,
    Of,
    Order,
    Outcome,
    Permission,
    Side,
    State,
    Transition,
)
from workflow_app.domain.definitions.reader import digest, parse
from workflow_app.domain.definitions.registry import Registry, load_all

__all__ = [
    "FILL", "ORIGIN", "RECORD", "SAME",
    "Approvals", "Automatic", "Definition", "Document", "Effect", "Finding", "Of", "Order", "Outcome",
    "Permission", "Registry", "Side", "State", "Transition", "UnsoundDefinition",
    "digest", "load_all", "parse",
]  # fmt: skip
