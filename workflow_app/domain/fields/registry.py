"""Every field there is. A definition names fields; it cannot invent them.

A guard that reads a field and a trail that keeps it must both know it, so a new
field is a line here first. Names are the contract's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workflow_app.domain.fields.model import Choice, Field, FieldType
from workflow_app.domain.messages import Message, msg


def _text(key: str, label: Message, **more: Any) -> Field:
    return Field(key, more.pop("name", key), FieldType.TEXT, label, free_text=True, **more)


def _long(key: str, label: Message) -> Field:
    return Field(key, key, FieldType.LONGTEXT, label, free_text=True)


def _choice(key: str, name: str, label: Message, **choices: Message) -> Field:
    options = tuple(Choice(value, words) for value, words in choices.items())
    return Field(key, name, FieldType.CHOICE, label, choices=options)


FIELDS: dict[str, Field] = {
    f.key: f
    for f in (
        _long("reason", msg("Reason")),
        Field(
            "internal", "internal", FieldType.FLAG,
            msg("Keep the reason out of public papers"), internal=True,
        ),
        Field("password", "password", FieldType.PASSWORD, msg("Your password, once more")),
        # The matter before a kommunestyre.
        Field("party", "party", FieldType.TEXT, msg("For which party")),
        _choice(
            "kind", "kind", msg("Kind of matter"),
            referatsak=msg("For information (referatsak)"), vedtak=msg("For decision (vedtakssak)"),
        ),
        Field(
            "archive_case", "archive_case", FieldType.TEXT, msg("Archive case"),
            pattern=r"\d{2,4}/\d{1,7}(-\d{1,5})?", example="20/1234",
        ),
        Field("case_number", "case_number", FieldType.TEXT, msg("Case number of the meeting"),
              pattern=r".*\d+\s*/\s*\d{2,4}", example="RS 12/20"),
        Field("committee", "committee", FieldType.TEXT, msg("Committee")),
        Field("meeting_date", "meeting_date", FieldType.DATE, msg("Day of the meeting")),
        _text("case_officer", msg("Case officer")),
        _long("proposal", msg("Proposal (innstilling)")),
        _text("legal_basis", msg("Legal basis, if the matter is closed")),
        _choice(
            "outcome", "outcome", msg("Outcome of the matter"),
            noted=msg("Noted (tatt til orientering)"), adopted=msg("Adopted (vedtatt)"),
            postponed=msg("Postponed (utsatt)"), sent_back=msg("Sent back (sendt tilbake)"),
        ),
        _long("decision", msg("Decision (vedtak)")),
        # The evaluation.
        Field("year", "year", FieldType.YEAR, msg("Year evaluated")),
        _text("body", msg("Who evaluated")),
        _long("learning_points", msg("Learning points")),
        _choice(
            "evaluation_outcome", "outcome", msg("Outcome of the evaluation"),
            continues=msg("The agreement continues"),
            reviewed_unchanged=msg("Reviewed, unchanged"),
            to_be_revised=msg("To be revised"),
        ),
        # Days and grounds.
        Field("effective_date", "effective_date", FieldType.DATE, msg("Effective date")),
        Field("given_date", "given_date", FieldType.DATE, msg("Notice given on")),
        Field("signed_on", "signed_on", FieldType.DATE, msg("Signed on"), half_known=True),
        Field("scan", "scan", FieldType.FILE, msg("Scan of the signed agreement")),
        _text("original_at", msg("Where the original is kept")),
        _choice(
            "extension_basis", "basis", msg("Basis"),
            option=msg("An option in the agreement"), agreement=msg("The parties agree"),
        ),
        _choice(
            "termination_basis", "basis", msg("Basis"),
            clause=msg("The agreement's notice clause"), agreed=msg("The parties agree on the day"),
            stated=msg("Stated by the party that terminates"),
        ),
    )
}  # fmt: skip


def field(use: str) -> Field:
    """The field a definition names: ``reason`` is required, ``reason?`` is not. Raises ``KeyError``."""
    return replace(FIELDS[use.removesuffix("?")], required=not use.endswith("?"))
