"""The words of rules: kinds, months, seasons, roles, and lists of them.

Kept apart from the sentences, since pages, forms and papers name the same
things and must call them the same.
"""

from __future__ import annotations

from workflow_app.domain.messages import Message, msg

KINDS: dict[str, Message] = {
    "signed": msg("Signing"),
    "validity": msg("Validity"),
    "revision": msg("Revision"),
    "evaluation": msg("Evaluation"),
    "renewal": msg("Renewal"),
    "termination": msg("Termination"),
    "meetings": msg("Meetings"),
    "agenda": msg("Agenda"),
    "council": msg("The kommunestyre"),
    "minutes": msg("Minutes"),
    "attendance": msg("Attendance"),
    "task": msg("Task"),
    "rotation": msg("Rotation"),
    "deputies": msg("Deputies"),
    "signatories": msg("Signatories"),
    "supplement": msg("Supplement"),
    "expiry": msg("Expiry"),
    "notice": msg("Notice"),
    "option": msg("Option"),
    "report": msg("Report to the kommunestyre"),
    "meeting": msg("Meeting"),
}
"""The words for kinds of rules and, where they differ, of deadlines."""

MONTH_NAMES: tuple[Message, ...] = (
    msg("January"), msg("February"), msg("March"), msg("April"), msg("May"), msg("June"), msg("July"),
    msg("August"), msg("September"), msg("October"), msg("November"), msg("December"),
)  # fmt: skip

SEASONS: dict[str, Message] = {
    "spring": msg("spring"),
    "summer": msg("summer"),
    "autumn": msg("autumn"),
    "winter": msg("winter"),
}

ROLE_NAMES: dict[str, Message] = {
    "slt_coordinator": msg("SLT coordinator"),
    "mayor": msg("mayor"),
    "council_secretary": msg("council secretary"),
    "politikontakt": msg("politikontakt"),
    "station_chief": msg("station chief"),
}


ROTATED: dict[str, Message] = {
    "secretary": msg("the secretary"),
    "convening": msg("who convenes"),
    "chair": msg("the chair"),
    "host": msg("the host"),
    "turns": msg("whose turn it is"),
}
"""What goes round among the parties."""

WEEKDAYS: dict[str, Message] = {
    "monday": msg("Monday"), "tuesday": msg("Tuesday"), "wednesday": msg("Wednesday"),
    "thursday": msg("Thursday"), "friday": msg("Friday"), "saturday": msg("Saturday"),
    "sunday": msg("Sunday"),
}  # fmt: skip


def kind_word(kind: str) -> Message:
    """The word for a kind of rule or of deadline; an unknown kind is its own word."""
    return KINDS.get(kind) or Message(kind)


def list_words(parts: list[Message | str]) -> Message:
    """ "mayor", "mayor and station chief", "a, b and c"."""
    first, *rest = [p if isinstance(p, Message) else Message("${words}", {"words": p}) for p in parts]
    if not rest:
        return first
    said = first
    for one in rest[:-1]:
        said = msg("${some}, ${more}", some=said, more=one)
    return msg("${first} and ${last}", first=said, last=rest[-1])


def role_or_words(name: str) -> Message:
    """A role's name, or a body as the clause calls it ("politirådet")."""
    return ROLE_NAMES.get(name) or Message("${words}", {"words": name})
