"""Reading a text: lay it out, read each sentence with every clause table, settle what they say.

Pure, deterministic and linear in the length of the text: every table looks at
one sentence of bounded length at a time, and only where one of its stems stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.answers import form_of_date
from workflow_app.domain.reading.clauses.blanks import read_blanks
from workflow_app.domain.reading.clauses.council import read_council
from workflow_app.domain.reading.clauses.duties import read_deputies, read_rotation, read_tasks
from workflow_app.domain.reading.clauses.evaluation import read_evaluation
from workflow_app.domain.reading.clauses.handling import read_agenda, read_supplement
from workflow_app.domain.reading.clauses.meetings import read_meetings
from workflow_app.domain.reading.clauses.minutes import read_minutes
from workflow_app.domain.reading.clauses.only_where import ClauseTable
from workflow_app.domain.reading.clauses.renewal import option_notice, read_renewal
from workflow_app.domain.reading.clauses.revision import read_revision
from workflow_app.domain.reading.clauses.signatories import read_signatories
from workflow_app.domain.reading.clauses.signing import read_date_lines, read_signed
from workflow_app.domain.reading.clauses.termination import read_termination
from workflow_app.domain.reading.clauses.title_period import title_period
from workflow_app.domain.reading.clauses.validity import read_validity
from workflow_app.domain.reading.incomplete import blank_names, incomplete_sections
from workflow_app.domain.reading.language import detect_language
from workflow_app.domain.reading.model import Passage, Question, Reading
from workflow_app.domain.reading.neighbours import joined
from workflow_app.domain.reading.page import Page, lay_out
from workflow_app.domain.reading.parties import find_parties
from workflow_app.domain.reading.references import find_references
from workflow_app.domain.reading.sections import find_sections
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.settle import settle
from workflow_app.domain.reading.times import find_dates
from workflow_app.domain.reading.title import find_title
from workflow_app.domain.reading.unread import unread_sentences
from workflow_app.domain.rules import Rule

TABLES: tuple[ClauseTable, ...] = (
    read_signed,
    read_blanks,
    read_validity,
    read_revision,
    read_evaluation,
    read_renewal,
    read_termination,
    read_meetings,
    read_agenda,
    read_minutes,
    read_council,
    read_rotation,
    read_deputies,
    read_tasks,
    read_supplement,
)


def read(text: str) -> Reading:
    """Read an agreement. Never raises, whatever the text; what is uncertain becomes a question."""
    page = lay_out(text)
    rules: list[Rule] = []
    questions: list[Question] = []
    notices: list[tuple[int, Sentence]] = []
    for sentence in page.sentences:
        for table in TABLES:
            if table.may_speak(sentence):
                _sort(table.read(page, sentence), rules, questions)
        questions.extend(_impossible_dates(page, sentence))
        if (months := option_notice(sentence)) is not None:
            notices.append((months, sentence))
    for found in (read_date_lines(page), read_signatories(page)):
        _sort(found, rules, questions)
    settled = settle(
        joined(page, rules), questions, list(title_period(page)), notices[0][0] if notices else None
    )
    parties = find_parties(page.apart, page.tail)
    references = find_references(page)
    options = any((rule.kind, rule.form) == ("renewal", "option") for rule in settled.rules)
    told: list[tuple[int, int]] = [(s.start, s.end) for _, s in notices if options]
    for given in (rules, settled.rules, questions, settled.questions, references):
        told += [(one.start, one.end) for one in given]
    adoption = next((r for r in settled.rules if (r.kind, r.form) == ("council", "adoption")), None)
    return Reading(
        language=detect_language(page.flat),
        title=find_title(page, parties),
        municipal=parties.municipal,
        police=parties.police,
        rules=tuple(rule for rule in settled.rules if rule.dated),
        undated=tuple(rule for rule in settled.rules if not rule.dated),
        incomplete_sections=incomplete_sections(page.lines, page.headings),
        blank_names=blank_names(page.lines, page.tail),
        questions=settled.questions,
        sections=find_sections(page.lines, page.headings, len(text)),
        suggested_definition="politiradsavtale_vedtak" if adoption else "politiradsavtale",
        references=references,
        unread=unread_sentences(page, told),
        suggested_because=Passage(adoption.quote, adoption.start, adoption.end) if adoption else None,
    )


def _sort(found: Iterator[Rule | Question], rules: list[Rule], questions: list[Question]) -> None:
    for one in found:
        if isinstance(one, Rule):
            rules.append(one)
        else:
            questions.append(one)


def _impossible_dates(page: Page, sentence: Sentence) -> Iterator[Question]:
    for when in find_dates(sentence.flat):
        if when.problem == "impossible" and when.precision == "day":
            written = sentence.flat[when.start : when.end]
            yield page.question(
                sentence,
                "impossible_date",
                msg("There is no such day as ${date}. Which date is meant?", date=written),
                form_of_date(sentence.folded) or ("signed:date" if _at_the_end(page, sentence) else None),
            )


def _at_the_end(page: Page, sentence: Sentence) -> bool:
    return any(line.start <= sentence.start <= line.end for line in page.closing)
