"""Where a person's name still stands after the erasing: in the papers of the parties.

The agreement's text, its attachments, evaluations, minutes and matters are the
kommune's and the police's own records, kept by the law of archives and bound by
hashes that others approved. They are not rewritten in silence. Instead whoever
erases is told which of them name the person, so that a human being decides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import Attachment, TextVersion
from workflow_app.models.meetings import AgendaItem, Decision, Meeting
from workflow_app.models.proceedings import EvaluationVersion, Matter, MatterFile, MatterHandling
from workflow_app.services.erasing.names import Names
from workflow_app.services.trail_reading import BATCH

TEXT = msg("the agreement's text")
FILES = msg("the name of a file")
EVALUATION = msg("the evaluation")
MATTER = msg("a matter before the kommunestyre")
MEETING = msg("agenda and minutes")
KINDS = (TEXT, FILES, EVALUATION, MATTER, MEETING)


@dataclass(frozen=True)
class Paper:
    """One agreement's papers of one kind that name the person, and how many of them do."""

    agreement_id: str
    title: str
    what: Message
    count: int


def naming(session: Session, agreements: Collection[str], names: Names) -> list[Paper]:
    """The papers of these agreements in which one of ``names`` stands, by agreement.

    Frozen PDFs and uploaded files are not opened: what they say is not known here.
    """
    found: Counter[tuple[str, str]] = Counter()
    for what, statement in _places(agreements):
        for ident, *values in session.execute(statement.execution_options(yield_per=BATCH)):
            if any(names.within(_words(value)) for value in values):
                found[ident, what.text] += 1
    named = select(Agreement.id, Agreement.title).where(Agreement.id.in_({ident for ident, _ in found}))
    return [
        Paper(row.id, row.title, what, found[row.id, what.text])
        for row in session.execute(named.order_by(Agreement.title, Agreement.id))
        for what in KINDS
        if (row.id, what.text) in found
    ]


def _places(mine: Collection[str]) -> Iterator[tuple[Message, Select[*tuple[Any, ...]]]]:
    """Each kind of paper with a statement of an agreement's id and the texts."""
    yield TEXT, select(Agreement.id, Agreement.title).where(Agreement.id.in_(mine))
    for what, table, columns in (
        (TEXT, TextVersion, (TextVersion.text,)),
        (FILES, TextVersion, (TextVersion.filename,)),
        (FILES, Attachment, (Attachment.name,)),
        (EVALUATION, EvaluationVersion, (
            EvaluationVersion.body, EvaluationVersion.learning_points, EvaluationVersion.answers)),
        (MATTER, Matter, (Matter.proposal, Matter.decision, Matter.committee)),
        (MEETING, Meeting, (Meeting.minutes, Meeting.note, Meeting.place)),
        (MEETING, AgendaItem, (AgendaItem.title, AgendaItem.description)),
    ):  # fmt: skip
        yield what, select(table.agreement_id, *columns).where(table.agreement_id.in_(mine))
    yield (
        MATTER,
        select(Matter.agreement_id, MatterHandling.proposal, MatterHandling.committee)
        .join(Matter, Matter.id == MatterHandling.matter_id)
        .where(Matter.agreement_id.in_(mine)),
    )
    yield (
        FILES,
        select(Matter.agreement_id, MatterFile.name)
        .join(Matter, Matter.id == MatterFile.matter_id)
        .where(Matter.agreement_id.in_(mine)),
    )
    yield (
        MEETING,
        select(Meeting.agreement_id, Decision.text)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(Meeting.agreement_id.in_(mine)),
    )


def _words(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
