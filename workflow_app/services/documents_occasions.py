"""What a matter tells the kommunestyre when it is not the agreement itself that is laid before it.

Titles, the innstilling that is proposed where nobody has worded another, and
the telling: the evaluation goal by goal, when notice was given and from when it
counts, the day the agreement ended. All in the kommune's own language, and
drawn from what is recorded.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflow_app.domain.evaluation_form import Answers
from workflow_app.domain.evaluation_form.words import ASSESSMENTS, PARTS, QUESTIONS
from workflow_app.domain.fields.registry import FIELDS
from workflow_app.domain.history import History
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import EvaluationVersion, Matter
from workflow_app.services import evaluations
from workflow_app.services.chronicle import history_of
from workflow_app.services.documents_words import Voice
from workflow_app.services.papers.model import Telling, Told

PROPOSALS: dict[tuple[str, str], Message] = {
    ("agreement", "referatsak"): msg("The matter is taken for information."),
    ("agreement", "vedtak"): msg("The kommunestyre adopts the agreement “${title}”."),
    ("evaluation", "referatsak"): msg("The evaluation for ${year} of “${title}” is taken for information."),
    ("evaluation", "vedtak"): msg(
        "The kommunestyre endorses the evaluation for ${year} of “${title}” and what is to be carried on."
    ),
    ("termination", "referatsak"): msg("That “${title}” has been terminated is taken for information."),
    ("termination", "vedtak"): msg("The kommunestyre endorses that “${title}” is terminated."),
    ("lapse", "referatsak"): msg("That “${title}” has ended is taken for information."),
    ("lapse", "vedtak"): msg("The kommunestyre takes note that “${title}” has ended."),
}
"""What is put to the council where nobody has worded it otherwise, by occasion and kind of matter."""

TITLES: dict[str, Message] = {
    "evaluation": msg("The evaluation for ${year}: ${title}"),
    "termination": msg("Termination: ${title}"),
    "lapse": msg("Agreement that has ended: ${title}"),
}


def proposal(occasion: str, kind: str, title: str, year: int | None) -> Message:
    """The innstilling that is proposed."""
    return Message(PROPOSALS[occasion, kind].text, {"title": title, "year": year})


def title_of(agreement: Agreement, matter: Matter) -> Message:
    """What the paper is called."""
    found = TITLES.get(matter.occasion)
    if found is None:
        return Message("${title}", {"title": agreement.title})
    return Message(found.text, {"title": agreement.title, "year": matter.year})


def telling_of(session: Session, agreement: Agreement, matter: Matter, voice: Voice) -> Telling | None:
    """What has happened, as it is recorded; None where the agreement itself is laid before the council."""
    if matter.occasion == "agreement":
        return None
    history = history_of(session, agreement)
    if matter.occasion == "evaluation":
        return _evaluation(session, agreement, matter.year, history, voice)
    ended = history.terminated
    if matter.occasion == "termination" and ended is not None:
        facts = (
            (msg("Notice given on"), voice.day(ended.given_on)),
            (msg("Last day in force"), voice.day(ended.effective_on)),
        )
        return _telling(msg("The termination"), facts, voice)
    last = history.lapsed_on
    return _telling(
        msg("The end of the agreement"),
        ((msg("First day no longer in force"), voice.day(last) if last else voice.say(msg("Not set"))),),
        voice,
    )


def _telling(heading: Message, facts: tuple[tuple[Message, str], ...], voice: Voice) -> Telling:
    return Telling(voice.say(heading), tuple((voice.say(label), value) for label, value in facts))


def _evaluation(
    session: Session, agreement: Agreement, year: int | None, history: History, voice: Voice
) -> Telling:
    done = next((e for e in history.evaluations if e.year == year), None)
    version = evaluations.newest(session, agreement, year)
    outcome = (version.outcome if version else "") or (done.outcome if done else "")
    facts = [(voice.say(msg("Year evaluated")), str(year))]
    if done is not None:
        facts.append((voice.say(msg("Approved by both on")), voice.day(done.on)))
    label = next((c.label for c in FIELDS["evaluation_outcome"].choices if c.value == outcome), None)
    if label is not None:
        facts.append((voice.say(msg("Outcome")), voice.say(label)))
    heading = voice.say(msg("The evaluation for ${year}", year=year))
    return Telling(heading, tuple(facts), evaluation_parts(version, voice) if version else ())


def evaluation_parts(version: EvaluationVersion, voice: Voice) -> tuple[Told, ...]:
    """The evaluation's own words: goal by goal where it was written so, else as the text it is."""
    if version.answers is None:
        parts = [Told(1, voice.say(msg("What was found")), version.body)]
        if version.learning_points.strip():
            parts.append(Told(1, voice.say(msg("Learning points")), version.learning_points))
        return tuple(parts)
    answers = Answers.from_json(version.answers)
    parts = []
    for goal in answers.goals:
        reached = ASSESSMENTS.get(goal.assessment)
        judged = f"{voice.say(msg('Assessment'))}: {voice.say(reached)}" if reached is not None else ""
        parts.append(Told(1, goal.goal, judged))
        parts += [
            Told(2, voice.say(label), getattr(goal, name))
            for name, label in PARTS.items()
            if getattr(goal, name).strip()
        ]
    parts += [
        Told(1, voice.say(label), answers.general[key])
        for key, label in QUESTIONS.items()
        if answers.general.get(key, "").strip()
    ]
    return tuple(parts)
