"""What an archive will miss in the package, told before it is made: sent unfinished, left out, not known."""

from __future__ import annotations

from collections.abc import Iterator

from workflow_app.domain.messages import Message, msg
from workflow_app.models.proceedings import Matter
from workflow_app.services import evaluations
from workflow_app.services.archive.agreement_records import evaluated, is_approved
from workflow_app.services.archive.case import case_number
from workflow_app.services.archive.council_records import is_finished, own_matters
from workflow_app.services.archive.formats import may_be_archival
from workflow_app.services.archive.identity import archive_case, council_case
from workflow_app.services.archive.source import Source
from workflow_app.services.material import attachments_of
from workflow_app.services.meetings.finding import meetings_of
from workflow_app.services.norway import local_date
from workflow_app.services.sealing import sealed


def lacking(source: Source) -> tuple[Message, ...]:
    """Each thing in a sentence; nothing of it keeps the package from being made."""
    return (*_agreement(source), *_council(source), *_evaluations(source), *_meetings(source))


def _agreement(source: Source) -> Iterator[Message]:
    if source.agreement.signing is None:
        yield msg("The agreement is not signed; it is sent as a document that is still being written.")
    elif not source.agreement.signing.exact:
        yield msg("The day it was signed is not known exactly, so the document is sent without a date.")
    row = sealed.of_agreement(source.session, source.agreement)
    if row is not None and row.sealed_sha256 is None:
        yield msg("The agreement's paper has no seal yet; it is sent without one.")
    if case_number(source) is None:
        yield msg("No matter has an archive case number, so the archive makes a new case.")
    numbers = {m.archive_case for m in own_matters(source) if _number(source, m) is not None}
    if len({_number(source, m) for m in own_matters(source)} - {None}) > 1:
        yield msg(
            "The matters have different archive case numbers (${numbers}); everything goes to one of them.",
            numbers=", ".join(sorted(n for n in numbers if n)),
        )
    for attachment in attachments_of(source.session, source.agreement):
        if not may_be_archival(attachment.name):
            yield msg(
                "“${name}” is in no format that archives keep; the archive must convert it.",
                name=attachment.name,
            )


def _number(source: Source, matter: Matter) -> tuple[int, int] | None:
    return archive_case(matter.archive_case, local_date(source.now))


def _council(source: Source) -> Iterator[Message]:
    matters = own_matters(source)
    if not matters and source.party.side == "municipal":
        yield msg("No matter has been prepared for the kommunestyre of ${name}.", name=source.party.name)
    for matter in matters:
        named = {"number": matter.number}
        if not is_finished(matter):
            yield Message(NOT_FROZEN.text, named)
        if council_case(matter.case_number, local_date(source.now)) is None:
            yield Message(NO_NUMBER.text, named)
        if matter.outcome is None:
            yield Message(NO_OUTCOME.text, named)
        elif not matter.files:
            yield Message(NO_EXCERPT.text, named)


NOT_FROZEN = msg("Matter ${number} is not frozen; its paper is sent as one that is still being written.")
NO_NUMBER = msg("Matter ${number} has no case number such as “RS 12/20”.")
NO_OUTCOME = msg("What the kommunestyre did with matter ${number} is not recorded.")
NO_EXCERPT = msg("The excerpt of the minutes for matter ${number} is not here.")


def _evaluations(source: Source) -> Iterator[Message]:
    for year in evaluated(source):
        newest = evaluations.newest(source.session, source.agreement, year)
        if newest is None or not newest.complete:
            yield msg("The evaluation for ${year} is not finished and is not sent.", year=year)
        elif not is_approved(source, newest):
            yield msg(
                "The evaluation for ${year} is not approved; it is sent as a document that is still being"
                " written.",
                year=year,
            )


def _meetings(source: Source) -> Iterator[Message]:
    for meeting in meetings_of(source.session, source.agreement):
        if meeting.cancelled_at is None and meeting.held_at is not None and meeting.minutes_sha256 is None:
            yield msg(
                "The minutes of meeting ${number} are not kept and are not sent.", number=meeting.number
            )
