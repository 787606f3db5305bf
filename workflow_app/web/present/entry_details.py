"""The named values of a trail entry: what was filled in, approved or decided.

Every field a definition can ask for has its words in the registry of fields;
the rest of an entry's data (hashes, numbers of rounds) is for machines and is
left to the JSON twin and the bundle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflow_app.domain.dates import Interval
from workflow_app.domain.fields import FieldType
from workflow_app.domain.fields.registry import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import REPLACES, SUPPLEMENTS

ERASED = msg("(erased)")

_LEFT_OUT = frozenset({"reason", "internal", "party", "password", "outcome", "basis", "body"})
"""Told in another way: beside the entry, in its sentence, or below by what the step was."""

_PRIVATE: dict[str, Message] = {
    "title": msg("Title"),
    "name": msg("Name of the file"),
    "committee": msg("Committee"),
    "body": msg("The evaluation"),
    "note": msg("Note"),
    "quote": msg("Clause"),
    "removed": msg("The rules before"),
    "added": msg("The rules after"),
    "answers": msg("Answers to the questions"),
    "place": msg("Place"),
    "description": msg("What it is about"),
    "guest": msg("Guest"),
    "guest_email": msg("E-mail address"),
    "point_added": msg("Point added"),
    "point_removed": msg("Point taken off"),
    "handling": msg("Bodies before the kommunestyre"),
    "signers": msg("Signed by"),
}
"""Names and free texts that are no fields of a transition."""

CONNECTED: dict[tuple[str, str, str], Message] = {
    ("linked", REPLACES, "out"): msg("It was linked to an agreement that it replaces."),
    ("linked", REPLACES, "in"): msg("An agreement that replaces it was linked to it."),
    ("linked", SUPPLEMENTS, "out"): msg("It was linked to an agreement that it supplements."),
    ("linked", SUPPLEMENTS, "in"): msg("An agreement that supplements it was linked to it."),
    ("unlinked", REPLACES, "out"): msg("The link to an agreement that it replaces was taken away."),
    ("unlinked", REPLACES, "in"): msg("The link to an agreement that replaces it was taken away."),
    ("unlinked", SUPPLEMENTS, "out"): msg("The link to an agreement that it supplements was taken away."),
    ("unlinked", SUPPLEMENTS, "in"): msg("The link to an agreement that supplements it was taken away."),
}
"""Kind of entry, relation and direction → its sentence."""

_WITH_FIELDS = frozenset(
    {"transition", "approval", "recorded", "evaluation_saved", "matter_prepared", "matter_frozen",
     "matter_settled", "matter_handled", "matter_excerpt"}
)  # fmt: skip
"""Kinds of entries whose data holds fields a reader knows."""

Pair = tuple[Message, Message]


def details(entry: Mapping[str, Any], clear: Mapping[str, str], agreement: Agreement) -> Iterator[Pair]:
    """Label and value of everything in the entry that a reader can use."""
    data: Mapping[str, Any] = entry.get("data", {})
    told = entry["kind"]
    if told in _WITH_FIELDS:
        yield from _party(data, agreement)
        yield from _chosen(data)
        yield from _fields(data)
    yield from _signed_off(data)
    yield from _written(entry, clear, told)
    if isinstance(data.get("voided"), int) and data["voided"]:
        yield msg("Approvals that no longer count"), _words(data["voided"])


def _party(data: Mapping[str, Any], agreement: Agreement) -> Iterator[Pair]:
    name = next((p.party.name for p in agreement.parties if p.party.key == data.get("party")), None)
    if name:
        yield msg("Party"), _words(name)


SIGNED_WITH: dict[str, Message] = {
    "passkey": msg("a passkey, whose signature anybody can check"),
    "password": msg("the password typed again"),
}
"""How a sign-off was made."""


def _signed_off(data: Mapping[str, Any]) -> Iterator[Pair]:
    """What the sign-off was made with; a passkey by its name in the trail."""
    signoff = data.get("signoff")
    if isinstance(signoff, dict) and signoff.get("how") in SIGNED_WITH:
        yield msg("Signed with"), SIGNED_WITH[signoff["how"]]
        if "key" in signoff:
            yield msg("Passkey"), _words(signoff["key"])


def _fields(data: Mapping[str, Any]) -> Iterator[Pair]:
    for field in FIELDS.values():
        if field.key in _LEFT_OUT or field.key != field.name or field.free_text or field.key not in data:
            continue
        value = data[field.key]
        if field.type is FieldType.DATE:
            yield field.label, Message("${day}", {"day": Interval.parse(value)})
        elif field.type is FieldType.CHOICE:
            yield field.label, next((c.label for c in field.choices if c.value == value), _words(value))
        else:
            yield field.label, _words(value)


def _chosen(data: Mapping[str, Any]) -> Iterator[Pair]:
    """Outcome and basis: each name serves two fields, told apart by the value."""
    for name, keys in {
        "outcome": ("outcome", "evaluation_outcome"),
        "basis": ("extension_basis", "termination_basis"),
    }.items():
        fields = [FIELDS[key] for key in keys]
        found = next(((f, c) for f in fields for c in f.choices if c.value == data.get(name)), None)
        if found is not None:
            yield found[0].label, found[1].label


def _written(entry: Mapping[str, Any], clear: Mapping[str, str], told: str) -> Iterator[Pair]:
    """Names and free texts; what was sealed and is not there any more is said to be erased."""
    in_the_sentence = {
        ("title_changed", "title"), ("attachment_added", "name"), ("attachment_removed", "name"),
    }  # fmt: skip
    for name in entry.get("private", {}):
        if name in clear and (name == "reason" or (told, name) in in_the_sentence):
            continue
        label = _PRIVATE.get(name) or (FIELDS[name].label if name in FIELDS else Message(name))
        yield label, _words(clear[name]) if name in clear else ERASED


def _words(value: object) -> Message:
    """A value as it is, not to be translated whatever it reads like."""
    return Message("${value}", {"value": value})
