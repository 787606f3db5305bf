"""What somebody asks for when a role is handed over, from a form or from JSON: the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import ROLES
from workflow_app.models.people import Person
from workflow_app.services import people
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.handover import NewPerson, Order
from workflow_app.web.body import json_object, refuse_nul
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.present.handover import Asked

FIELDS = ("role", "from", "whom", "to", "username", "name", "email", "language", "title",
          "first_day", "last_day", "action", "seen")  # fmt: skip
LONGEST = 300


@dataclass(frozen=True)
class Written:
    """The fields as they were sent, the parties chosen, and whether it is to be done now."""

    values: Mapping[str, str]
    parties: tuple[str, ...]
    confirmed: bool


def written(request: Request, resource: PartyResource) -> Written:
    """Read a form, or a JSON object with ``to`` or ``new`` (an object) and ``confirm``."""
    if request.content_type == "application/json":
        data = json_object(request)
        new = data.get("new") if isinstance(data.get("new"), dict) else None
        values = {name: _text(data.get(name)) for name in FIELDS}
        values |= {name: _text((new or {}).get(name)) for name in ("username", "name", "email", "language")}
        values["whom"] = "known" if new is None else "new"
        keys = data.get("parties", [resource.party.key])
        parties = tuple(str(key) for key in keys) if isinstance(keys, list) else ()
        return Written(values, parties, data.get("confirm") is True)
    refuse_nul(request.POST.items())
    values = {name: str(request.POST.get(name, "")).strip()[:LONGEST] for name in FIELDS}
    return Written(values, tuple(map(str, request.POST.getall("parties"))), values["action"] == "confirm")


def asked(session: Session, role: str, username: str) -> Asked:
    """Which role, from whom. Raises ``FieldErrors`` for somebody there is not."""
    try:
        return Asked(role, people.find(session, username) if username else None)
    except NotThere as missing:
        raise FieldErrors({"from": missing.message}) from missing


def order(session: Session, sent: Written, handing: Asked) -> Order:
    """The order; raises ``FieldErrors`` for days and people that cannot be read."""
    wrong: dict[str, Message] = {}
    values = sent.values
    first = _day(values, "first_day", wrong)
    if not values["first_day"]:
        wrong["first_day"] = msg("Write the new holder's first day.")
    last = _day(values, "last_day", wrong)
    taken_by: Person | NewPerson | None = None
    if values["whom"] == "new":
        taken_by = NewPerson(
            values["username"], values["name"], values["email"] or None, values["language"] or None
        )
    elif not values["to"]:
        wrong["to"] = msg("Write the user name of the one who takes over, or choose a new person.")
    else:
        try:
            taken_by = people.find(session, values["to"])
        except NotThere as missing:
            wrong["to"] = missing.message
    if wrong or first is None or taken_by is None:
        raise FieldErrors(wrong)
    return Order(
        role=handing.role,
        parties=sent.parties,
        taken_from=handing.old.id if handing.old else None,
        taken_by=taken_by,
        first=first,
        title=values["title"] or None,
        last=last,
    )


def beside_its_field(wrong: Mapping[str, Message], values: Mapping[str, str]) -> dict[str, Message]:
    """Faults by the fields of the form, with roles in words."""
    known = values.get("whom") != "new"
    return {("to" if known and name == "username" else name): in_words(m) for name, m in wrong.items()}


def in_words(message: Message) -> Message:
    """A sentence of a service with the names of roles in words a person reads."""

    def word(name: str, value: object) -> object:
        if name == "role" and isinstance(value, str):
            return ROLES.get(value, value)
        return value

    return Message(message.text, {name: word(name, value) for name, value in message.values.items()})


def _day(values: Mapping[str, str], name: str, wrong: dict[str, Message]) -> date | None:
    if not values[name]:
        return None
    try:
        return date.fromisoformat(values[name])
    except ValueError:
        wrong[name] = msg("«${value}» is not a date; write it as 2026-12-31.", value=values[name][:40])
        return None


def _text(value: Any) -> str:
    return value.strip()[:LONGEST] if isinstance(value, str) else ""
