"""The words around the facts: headings, column titles, fixed sentences, dates.

Templates hold no language of their own. They ask for labels by key, and the
sentences here are the catalogues' keys, so a paper in nynorsk is the same
template with another catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from string import Template

from workflow_app.domain.messages import Message, msg

Translate = Callable[[str], str]

LABELS: Mapping[str, Message] = {
    # The template puts the numbers in: only it knows them.
    "page": msg("Page ${page} of ${total}"),
    "agreement": msg("Agreement"),
    "referatsak": msg("Matter for information"),
    "vedtak": msg("Matter for decision"),
    "exempt": msg("Exempt from public disclosure"),
    "case_officer": msg("Case officer"),
    "archive_case": msg("Archive case"),
    "committee": msg("Committee"),
    "meeting_date": msg("Meeting date"),
    "case_number": msg("Case number"),
    "not_set": msg("Not set"),
    "proposal": msg("Recommendation"),
    "decision": msg("Decision"),
    "facts": msg("Facts of the matter"),
    "handling": msg("Handling before the kommunestyre"),
    "vote": msg("Recommendation and vote"),
    "about": msg("The agreement in brief"),
    "title": msg("Title"),
    "version": msg("Version"),
    "municipal": msg("Municipality"),
    "police": msg("Police"),
    "parties": msg("Parties"),
    "party": msg("Party"),
    "text": msg("Text of the agreement"),
    "no_text": msg("The agreement has no text."),
    "signatures": msg("Signatures"),
    "unsigned": msg("The agreement is not signed."),
    "half_signed": msg("Not everybody has signed yet."),
    "missing": msg("Not signed yet"),
    "name_role": msg("Name and role"),
    "acting_for": msg("acting for ${name}"),
    "signed": msg("Signed"),
    "how": msg("How"),
    "password": msg("In the system, with the password typed again"),
    "passkey": msg("In the system, with a passkey"),
    "paper": msg("On paper"),
    "attachments": msg("Attachments"),
    "no_attachments": msg("No attachments."),
    "file": msg("File"),
    "size": msg("Size"),
    "bytes": msg("${size} bytes"),
    "rules": msg("What the clauses say"),
    "no_rules": msg("No rules are confirmed."),
    "rule": msg("Rule"),
    "meaning": msg("Meaning, and the words of the clause"),
    "undated": msg("What the text gives no date for"),
    "reason": msg("Reason"),
    "deadlines": msg("Deadlines"),
    "next_deadlines": msg("Next deadlines"),
    "no_deadlines": msg("No deadline is waiting."),
    "date": msg("Date"),
    "what": msg("What"),
    "basis": msg("Basis"),
    "clause": msg("Clause"),
    "house_rule": msg("House rule of the municipality"),
    "proof": msg("What can be checked"),
    "made_by_system": msg(
        "From here on: information drawn up by the case system. It is not part of the text that was agreed."
    ),
    "text_sha256": msg("SHA-256 of the text"),
    "digest": msg("SHA-256 of text, attachments and rules"),
    "definition": msg("Workflow definition"),
    "definition_version": msg("${name}, version ${version}"),
    "definition_digest": msg("SHA-256 of the definition"),
    "trail": msg("Trail"),
    "trail_size": msg("Entries in the trail"),
    "trail_head": msg("Hash of the last entry"),
    "refusals": msg("Refused attempts"),
    "number": msg("No."),
    "time": msg("Time"),
    "step": msg("Step"),
    "who": msg("Who"),
    "automatic": msg("The system, by date"),
    "took_place": msg("took place ${date}"),
    "no_steps": msg("No steps are recorded."),
    "limits": msg("What the trail does not prove"),
    "made_at": msg("Paper made"),
    "twin": msg("The same facts as data, for programs"),
    "twin_note": msg("The same facts lie in this file as data for programs: ${name}."),
    "replaced": msg(
        "Characters that this paper's fonts lack stand as their code in square brackets, such as [U+1F600]."
    ),
}

LIMITS: tuple[Message, ...] = (
    msg("The trail does not prove that an event which was never entered did not take place."),
    msg("It does not prove who sat behind a login, only which user was signed in."),
    msg("A sign-off in the system is not a qualified electronic signature."),
    msg("What came after the last checkpoint signed by the witnesses of both sides is not secured yet."),
)

MONTHS: tuple[Message, ...] = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)
_DATE = msg("${day} ${month} ${year}")
_TIME = msg("${date} at ${hour}:${minute} (${zone})")
_INTERVAL = msg("${first} to ${last}")


def say(message: Message, translate: Translate, **values: object) -> str:
    """The message in the paper's language, with ``values`` beside its own."""
    return Template(translate(message.text)).safe_substitute({**message.values, **values})


def labels(translate: Translate) -> dict[str, str]:
    """Every label by key, translated, placeholders left for whoever has the values."""
    return {key: translate(label.text) for key, label in LABELS.items()}


def say_date(day: date, translate: Translate) -> str:
    """A day as people read it: "3. desember 2018", "3 December 2018"."""
    return say(_DATE, translate, day=day.day, month=translate(MONTHS[day.month - 1].text), year=day.year)


def say_days(earliest: date, latest: date, translate: Translate) -> str:
    """One day, or the first and the last of a half-known date."""
    first = say_date(earliest, translate)
    if earliest == latest:
        return first
    # In a narrow column the break falls between the two, not inside one.
    ends = {"first": first, "last": say_date(latest, translate)}
    return say(_INTERVAL, translate, **{name: day.replace(" ", "\u00a0") for name, day in ends.items()})


def say_time(at: datetime, translate: Translate) -> str:
    """An instant with its zone: "30. april 2020 kl. 12.05 (CEST, UTC+02:00)".

    Raises ``ValueError`` for an instant without a zone: two readers would take
    it for two different moments.
    """
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"the time {at.isoformat()} has no zone; give it one, such as Europe/Oslo")
    zone = _offset(offset)
    name = at.tzname()
    if name and not name.startswith(("UTC", "+", "-")):
        zone = f"{name}, {zone}"
    hour, minute = f"{at.hour:02}", f"{at.minute:02}"
    return say(_TIME, translate, date=say_date(at.date(), translate), hour=hour, minute=minute, zone=zone)


def _offset(offset: timedelta) -> str:
    """UTC, UTC+02:00, UTC-03:30."""
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
