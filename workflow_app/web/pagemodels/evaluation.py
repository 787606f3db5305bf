"""The page of a year's evaluation: ``evaluation.pt``. Read goal by goal, written in a guided form."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.agreement import TransitionRow
from workflow_app.web.pagemodels.common import (
    AgreementHead,
    Choice,
    Clause,
    DeadlineRow,
    Link,
    Moment,
    Problem,
    RoundView,
    VersionRow,
)
from workflow_app.web.pagemodels.seals import SealLine
from workflow_app.web.pagemodels.texts import DiffRow


@dataclass(frozen=True)
class ToldPart:
    """A heading and the words under it; ``goal`` marks a goal of the agreement."""

    heading: str
    text: str = ""
    goal: bool = False
    assessment: str | None = None
    parts: tuple[ToldPart, ...] = ()


@dataclass(frozen=True)
class EvaluationView:
    """A version as read. ``outcome_label`` is None while nothing is concluded; ``missing`` what it lacks.

    ``parts`` are the goals and questions where it was written so; ``body`` the text else.
    """

    year: int
    version: VersionRow
    body: str
    learning_points: str
    outcome: str
    outcome_label: str | None
    parts: tuple[ToldPart, ...] = ()
    missing: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class AnswerField:
    """A field of the guided form: ``name`` is also its id. ``before`` is what was written last year."""

    name: str
    label: str
    value: str = ""
    help: str | None = None
    error: str | None = None
    before: str | None = None
    required: bool = False
    rows: int = 3


@dataclass(frozen=True)
class GoalFields:
    """One goal in the form: its words (``goal``), what is asked of it, how far it was reached.

    ``clause`` shows the agreement's own words where they were found there, and
    ``place`` is then their start and end; ``agreed`` are measures the agreement lists for it.
    ``standing`` is how far it is answered, as a deadline's status is written, and
    ``standing_label`` says it; ``open`` unfolds it.
    """

    number: int
    goal: AnswerField
    fields: tuple[AnswerField, ...]
    assessment: tuple[Choice, ...]
    assessment_error: str | None = None
    clause: Clause | None = None
    agreed: tuple[str, ...] = ()
    place: tuple[str, str] | None = None
    blank: bool = False
    standing: str = "open"
    standing_label: str | None = None
    open: bool = False


@dataclass(frozen=True)
class GuidedForm:
    """The whole form. ``clauses`` are the evaluation's own; ``known`` what the record tells of the year.

    ``pointer`` quotes where the agreement says that its goals stand elsewhere;
    ``found`` tells whether the text named any. ``seen`` is the version of the
    evaluation that the form was filled from (0: none yet) and ``version`` that of the
    agreement, where they are not the page's; ``taken`` says what was taken over.
    """

    goals: tuple[GoalFields, ...]
    general: tuple[AnswerField, ...]
    outcome: tuple[Choice, ...]
    outcome_error: str | None = None
    clauses: tuple[Clause, ...] = ()
    known: tuple[tuple[str, tuple[str, ...]], ...] = ()
    found: bool = False
    pointer: Clause | None = None
    seen: int = 0
    version: int | None = None
    taken: str | None = None


@dataclass(frozen=True)
class Changed:
    """A comparison of two versions, as rows of a table; ``old`` and ``new`` name them."""

    old: str
    new: str
    rows: tuple[DiffRow, ...] = ()


@dataclass(frozen=True)
class EvaluationPage:
    """``evaluation.pt``: one form per year, its versions, the approvals bound to the newest.

    ``years`` leads to the other years (``?year=N``), the current one without
    href. ``guided`` and ``form`` (the text whole, deform's) are None where the
    reader may not write, and ``closed`` says why. ``meanwhile`` compares what was
    written with what somebody else saved first. ``approve`` are the transitions
    that bind to this evaluation and may be done.
    """

    head: AgreementHead
    year: int
    years: tuple[Link, ...] = ()
    guided: GuidedForm | None = None
    form: str | None = None
    as_text: bool = False
    closed: str | None = None
    current: EvaluationView | None = None
    versions: tuple[VersionRow, ...] = ()
    rounds: tuple[RoundView, ...] = ()
    deadline: DeadlineRow | None = None
    approve: tuple[TransitionRow, ...] = ()
    pdf: Link | None = None
    seal: SealLine | None = None
    since_approved: Link | None = None
    comparison: Changed | None = None
    meanwhile: Changed | None = None
    problems: tuple[Problem, ...] = ()
    council: Link | None = None
    when: Moment | None = None
