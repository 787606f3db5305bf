"""An evaluation as it is read: goal by goal, what it lacks, what has changed between its versions."""

from __future__ import annotations

from collections.abc import Iterable

from pyramid.request import Request

from workflow_app.domain.evaluation_form import Answers, GoalAnswer, missing
from workflow_app.domain.evaluation_form.words import ASSESSMENTS, PARTS, QUESTIONS
from workflow_app.domain.fields import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.models.proceedings import ApprovalRound, EvaluationVersion
from workflow_app.web.pagemodels import Link, Problem, VersionRow
from workflow_app.web.pagemodels.evaluation import Changed, EvaluationView, ToldPart
from workflow_app.web.present.differences import rows
from workflow_app.web.present.words import moment, person_name


def outcome_word(request: Request, outcome: str) -> str:
    """An outcome in words."""
    choices = FIELDS["evaluation_outcome"].choices
    found = next((c.label for c in choices if c.value == outcome), Message(outcome))
    said: str = request.say(found)
    return said


def version_row(request: Request, url: str, version: EvaluationVersion, current: bool) -> VersionRow:
    """A version in a list; an unfinished one says so."""
    note = outcome_word(request, version.outcome) if version.complete else request.say(msg("Not finished"))
    return VersionRow(
        number=version.number,
        when=moment(request, version.created_at),
        who=person_name(request, version.person_id) if version.person_id else request.say(msg("the system")),
        sha256=version.sha256,
        href=f"{url}/evaluation?year={version.year}&version={version.number}",
        note=note,
        current=current,
    )


def view(request: Request, url: str, version: EvaluationVersion, current: bool) -> EvaluationView:
    """A version as read."""
    answers = Answers.from_json(version.answers) if version.answers is not None else None
    lacks = tuple(missing(answers)) if answers is not None and not version.complete else ()
    return EvaluationView(
        year=version.year,
        version=version_row(request, url, version, current),
        body=version.body,
        learning_points=version.learning_points,
        outcome=version.outcome,
        outcome_label=outcome_word(request, version.outcome) if version.outcome else None,
        parts=parts_of(request, answers) if answers is not None else (),
        missing=tuple(Problem(name, request.say(sentence)) for name, sentence in lacks),
    )


def parts_of(request: Request, answers: Answers) -> tuple[ToldPart, ...]:
    """Goals and questions with what was answered."""
    goals = [_goal(request, goal) for goal in answers.goals]
    general = [
        ToldPart(request.say(label), answers.general[key])
        for key, label in QUESTIONS.items()
        if answers.general.get(key, "").strip()
    ]
    return (*goals, *general)


def _goal(request: Request, goal: GoalAnswer) -> ToldPart:
    said = [(label, getattr(goal, name)) for name, label in PARTS.items()]
    return ToldPart(
        goal.goal,
        goal=True,
        assessment=request.say(ASSESSMENTS[goal.assessment]) if goal.assessment in ASSESSMENTS else None,
        parts=tuple(ToldPart(request.say(label), text) for label, text in said if text),
    )


def compared(request: Request, old: EvaluationVersion, new: EvaluationVersion) -> Changed:
    """Two versions side by side."""
    left, right = (request.say(msg("Version ${number}", number=v.number)) for v in (old, new))
    return Changed(left, right, rows(_whole(request, old), _whole(request, new)))


def beside(request: Request, written: str, newest: EvaluationVersion) -> Changed:
    """What somebody else saved first, beside what was written; ``written`` is the text of it."""
    theirs = request.say(msg("Version ${number}, saved meanwhile", number=newest.number))
    mine = request.say(msg("What you have written"))
    return Changed(theirs, mine, rows(newest.body, written))


def _whole(request: Request, version: EvaluationVersion) -> str:
    outcome = outcome_word(request, version.outcome) if version.outcome else "–"
    learning = f"\n\n{version.learning_points}" if version.learning_points else ""
    return f"{version.body}{learning}\n\n{request.say(msg('Outcome'))}: {outcome}"


def changed_since(
    request: Request, url: str, versions: list[EvaluationVersion], rounds: Iterable[ApprovalRound]
) -> Link | None:
    """The way to what has changed since the reader approved; None where she has not, or nothing has."""
    if not versions:
        return None
    by_hash = {v.sha256: v for v in versions}
    approved = [
        by_hash[r.digest].number
        for r in rounds
        if r.digest in by_hash and any(a.person_id == request.who.person_id for a in r.approvals)
    ]
    newest = versions[0].number
    if not approved or max(approved) >= newest:
        return None
    words = msg("It has changed since you approved version ${number}: see what", number=max(approved))
    href = f"{url}/evaluation?year={versions[0].year}&old={max(approved)}&new={newest}#comparison"
    return Link(href, request.say(words))
