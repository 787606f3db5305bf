"""What a role is called where people read it: on a page, in a letter, in a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow_app.domain.messages import Message, msg

ROLES: Mapping[str, Message] = MappingProxyType(
    {
        "slt_coordinator": msg("SLT coordinator"),
        "mayor": msg("mayor"),
        "council_secretary": msg("council secretary"),
        "politikontakt": msg("politikontakt"),
        "station_chief": msg("station chief"),
        "auditor": msg("auditor"),
        "administrator": msg("administrator"),
    }
)
"""Role → its name, English, the key of the catalogues. A local title goes before it."""


def role_name(role: str, title: str | None = None) -> Message | str:
    """The local title where there is one, else the role's name."""
    return title or ROLES.get(role, Message(role))
