"""The guided form: the agreement's goals one by one, what the clauses ask for, what the record tells.

What is found in the text is proposed with its words; what was carried on from
last year stands beside each goal. Whatever was written comes back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyramid.request import Request

from workflow_app.domain.evaluation_form import InvalidAnswers, read_answers
from workflow_app.domain.evaluation_form.composing import compose
from workflow_app.domain.evaluation_form.goals import Goal, find_goals, find_pointer
from workflow_app.domain.evaluation_form.merging import merge
from workflow_app.domain.evaluation_form.words import ASSESSMENTS, HELP, PARTS, QUESTIONS, REQUIRED
from workflow_app.domain.fields import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.services import evaluations
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.documents_words import Voice
from workflow_app.services.material import text_of
from workflow_app.web.pagemodels import Choice, Clause
from workflow_app.web.pagemodels.evaluation import AnswerField, GoalFields, GuidedForm
from workflow_app.web.present.deadlines import clause
from workflow_app.web.present.evaluation_folding import standing_of, unfolded
from workflow_app.web.present.evaluation_known import known
from workflow_app.web.present.evaluation_written import Opened
from workflow_app.web.present.papers import translator
from workflow_app.web.present.places import Places, places_of
from workflow_app.web.present.words import agreement_url

Raw = Mapping[str, Any]


class Guided:
    """The form of one year for one request; ``given`` is what was sent and came back, as raw answers."""

    def __init__(
        self,
        request: Request,
        agreement: Agreement,
        chronicle: Chronicle,
        year: int,
        newest: EvaluationVersion | None,
        given: Raw | None = None,
        errors: Mapping[str, Message] | None = None,
        opened: Opened | None = None,
    ) -> None:
        self.request, self.agreement, self.chronicle, self.year = request, agreement, chronicle, year
        self.errors = errors or {}
        self.text = text_of(request.dbsession, agreement).text
        self.places: Places = places_of(self.text)
        self.url = agreement_url(request, agreement.id)
        tasks = [(r.start, r.end) for r in chronicle.rules if r.kind in ("task", "attendance")]
        self.found = {goal.words.lower(): goal for goal in find_goals(self.text, tasks)}
        self.before = self._last_year()
        stored = newest.answers if newest is not None else None
        self.raw: Raw = given if given is not None else (stored or self._proposed())
        self.opened = opened or Opened(newest.number if newest else 0)
        self.taken: Message | None = None
        if opened is not None and opened.stale and given is not None and stored is not None:
            merged = merge(given, opened.answers or self._proposed(), stored)
            self.raw, self.taken = merged.raw, merged.taken
            self.opened = Opened(newest.number if newest else 0)

    def form(self) -> GuidedForm:
        """Everything of it."""
        goals = unfolded([self._goal(n, raw) for n, raw in enumerate(self.raw.get("goals") or (), 1)])
        blank = self._goal(len(goals) + 1, {}, blank=True)
        pointer = find_pointer(self.text)
        outcome = self.raw.get("outcome") or ""
        return GuidedForm(
            goals=(*goals, replace(blank, open=not goals)),
            general=tuple(self._question(key) for key in self._asked()),
            outcome=tuple(
                Choice(c.value, self.request.say(c.label), c.value == outcome)
                for c in FIELDS["evaluation_outcome"].choices
            ),
            outcome_error=self._error("outcome"),
            clauses=tuple(self._clause(r) for r in self.chronicle.rules if r.kind == "evaluation"),
            known=known(self.request, self.chronicle, self.year),
            found=bool(self.found),
            pointer=Clause(pointer.quote, f"{self.url}/text", None, self.agreement.language)
            if pointer
            else None,
            seen=self.opened.seen,
            version=self.opened.version,
            taken=self.request.say(self.taken) if self.taken is not None else None,
        )

    def reads_as(self) -> str | None:
        """What the answers in the form read as; None where some of them cannot be read."""
        voice = Voice(translator(self.request, self.agreement.language), self.agreement.language)
        try:
            return compose(read_answers(self.raw), voice.say)[0]
        except InvalidAnswers:
            return None

    def _last_year(self) -> dict[str, Raw]:
        """The goals of the last evaluation before this one that was answered goal by goal."""
        db = self.request.dbsession
        for year in evaluations.years(db, self.agreement):
            if year < self.year and (version := evaluations.newest(db, self.agreement, year)) is not None:
                return {g["goal"].lower(): g for g in (version.answers or {}).get("goals", ())}
        return {}

    def _proposed(self) -> Raw:
        """The goals that the text names, and those of last year that were written by hand."""
        goals = [_named(goal) for goal in self.found.values()]
        goals += [{"goal": g["goal"]} for key, g in self.before.items() if key not in self.found]
        return {"goals": goals, "general": {}}

    def _goal(self, number: int, raw: Raw, blank: bool = False) -> GoalFields:
        at, say = f"goals.{number}", self.request.say
        words = str(raw.get("goal") or "")
        found = self.found.get(words.lower())
        last = self.before.get(words.lower(), {})
        chosen = raw.get("assessment") or ""
        standing, label = ("open", None) if blank else standing_of(raw)
        return GoalFields(
            number=number,
            goal=AnswerField(f"{at}.goal", say(msg("The goal")), words, error=self._error(f"{at}.goal")),
            fields=tuple(
                AnswerField(
                    f"{at}.{part}", say(label), str(raw.get(part) or ""),
                    error=self._error(f"{at}.{part}"), before=last.get(part) or None,
                    required=part == "effect",
                )
                for part, label in PARTS.items()
            ),
            assessment=tuple(Choice(v, say(w), v == chosen) for v, w in ASSESSMENTS.items()),
            assessment_error=self._error(f"{at}.assessment"),
            clause=self._place(found) if found else None,
            agreed=found.agreed if found else (),
            place=(str(found.start), str(found.end)) if found else None,
            blank=blank,
            standing=standing,
            standing_label=say(label) if label is not None else None,
            open=standing == "soon" or any(name.startswith(f"{at}.") for name in self.errors),
        )  # fmt: skip

    def _question(self, key: str) -> AnswerField:
        said = self.raw.get("general") or {}
        value = said.get(key) if isinstance(said, Mapping) else ""
        return AnswerField(
            f"general.{key}", self.request.say(QUESTIONS[key]), str(value or ""),
            help=self.request.say(HELP[key]), error=self._error(f"general.{key}"),
            required=key in REQUIRED, rows=5 if key == "conclusion" else 4,
        )  # fmt: skip

    def _asked(self) -> list[str]:
        """The questions that this agreement gives cause for, and any that has an answer."""
        kinds = {rule.kind for rule in self.chronicle.rules}
        said = self.raw.get("general") or {}
        cause = {
            "situation": True,
            "meetings": "meetings" in kinds,
            "tasks": bool(kinds & {"task", "attendance"}),
            "preparedness": "beredskap" in self.text.lower(),
            "cooperation": True,
            "conclusion": True,
        }
        return [key for key in QUESTIONS if cause[key] or (isinstance(said, Mapping) and said.get(key))]

    def _error(self, name: str) -> str | None:
        found = self.errors.get(name)
        return None if found is None else str(self.request.say(found))

    def _clause(self, rule: Rule) -> Clause:
        return clause(self.agreement, self.url, rule.quote, rule, self.places)

    def _place(self, goal: Goal) -> Clause:
        anchor, heading = self.places.at(goal.start)
        href = f"{self.url}/text#{anchor}" if anchor else f"{self.url}/text"
        return Clause(goal.words, href, heading, self.agreement.language)


def _named(goal: Goal) -> Raw:
    return {"goal": goal.words, "start": goal.start, "end": goal.end}
