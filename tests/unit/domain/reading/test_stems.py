"""The stems only save time: where they keep a clause table from a sentence, it had nothing to say."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.domain.reading import (
    examples,
    further_examples,
    misread_examples,
    more_examples,
    unseen_examples,
)
from workflow_app.domain.reading import frequencies, lexicon, subjects
from workflow_app.domain.reading.clauses import (
    council,
    duties,
    evaluated,
    evaluation,
    handling,
    meetings,
    minutes,
    option_steps,
    renewal,
    revision,
    signatories,
    signing,
    spans,
    termination,
    validity,
)
from workflow_app.domain.reading.page import lay_out
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.reader import TABLES
from workflow_app.domain.reading.stems import BLANK, DURATION, fold, mentions

TWINS = sorted((Path(__file__).resolve().parents[3] / "data" / "agreements").glob("*.txt"))
CLAUSES = [
    text
    for module in (examples, more_examples, misread_examples, unseen_examples, further_examples)
    for rows in module.ALL.values()
    for text, _ in rows
]
HEADINGS = ["Mål", "Varighet", "Møtefrekvens", "Oppsigelse", "Evaluering og revisjon"]
EVERY_CHARACTER = "".join(chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000)


def test_a_table_kept_from_a_sentence_had_nothing_to_say() -> None:
    texts = [path.read_text("utf-8") for path in TWINS] + [
        f"# {heading}\n\n{clause}\n\n# Ansvar\n\nVi gjør vårt.\n"
        for heading in HEADINGS
        for clause in CLAUSES
    ]
    kept = asked = 0
    for text in texts:
        page = lay_out(text)
        for sentence in page.sentences:
            for table in TABLES:
                if table.may_speak(sentence):
                    asked += 1
                else:
                    kept += 1
                    assert list(table.read(page, sentence)) == [], (table.read.__name__, sentence.flat)
    assert kept > 3 * asked, "the stems let so much through that they save no time"


# What decides whether a table says anything, and the stems it promises.
PROMISES: list[tuple[ModuleType, str, tuple[str, ...]]] = [
    (signing, "_SIGNED", signing.read_signed.needs[0]),
    (signatories, "_SIGN_CLAUSE", signatories._SIGN_STEMS),
    (validity, "VALID", validity.read_validity.needs[0]),
    (spans, "UNTIL_ENDED", validity.read_validity.needs[0]),
    (revision, "_REVISE", revision.read_revision.needs[0]),
    (revision, "_CHANGE", revision.read_revision.needs[0]),
    (revision, "_ELECTION", revision.read_revision.needs[0]),
    (evaluated, "EVALUATE", evaluation.read_evaluation.needs[0]),
    (renewal, "_RENEWED", renewal.read_renewal.needs[0]),
    (renewal, "_OPTION", renewal.read_renewal.needs[0]),
    (renewal, "_AT_A_TIME", renewal.read_renewal.needs[0]),
    (renewal, "_NOT_RENEWED", renewal.read_renewal.needs[0]),
    (termination, "END", termination.read_termination.needs[0]),
    (termination, "_NOTICE", DURATION),
    (option_steps, "NOTE", DURATION),
    (handling, "_MATTERS", handling.read_agenda.needs[0]),
    (handling, "_PAPERS", handling.read_agenda.needs[0]),
    (handling, "_LEAD", handling.read_agenda.needs[1]),
    (handling, "_LEAD", handling.read_agenda.needs[2]),
    (minutes, "_MINUTES", minutes.read_minutes.needs[0]),
    (minutes, "_CLOSED", minutes.read_minutes.needs[0]),
    (minutes, "_OPEN", minutes.read_minutes.needs[0]),
    (minutes, "_CLOSED", minutes.read_minutes.needs[1]),
    (minutes, "_OPEN", minutes.read_minutes.needs[1]),
    (minutes, "_PUBLIC", minutes.read_minutes.needs[1]),
    (minutes, "_NOT_PUBLIC", minutes.read_minutes.needs[1]),
    (minutes, "_ARCHIVED", minutes.read_minutes.needs[1]),
    (council, "_COUNCIL", council.read_council.needs[0]),
    (handling, "_SUPPLEMENT", handling.read_supplement.needs[0]),
    (meetings, "ROTATE", duties.read_rotation.needs[0]),
    (duties, "_DEPUTY", duties.read_deputies.needs[0]),
    (duties, "_TASK_VERB", duties.read_tasks.needs[1]),
    (subjects, "AGREEMENT", subjects._AGREEMENT_STEMS),
    (subjects, "_OTHER_DOCUMENT", subjects._DOCUMENT_STEMS),
    (subjects, "_EARLIER", subjects._EARLIER_STEMS),
]
PATTERNS = [
    *(
        pytest.param(getattr(module, name), stems, id=f"{module.__name__.split('.')[-1]}.{name}")
        for module, name, stems in PROMISES
    ),
    *(
        pytest.param(pattern, stems, id=f"frequencies-{n}")
        for n, (stems, pattern, _) in enumerate(frequencies._ROWS)
    ),
    pytest.param(phrase("<dur>"), DURATION, id="duration"),
    pytest.param(re.compile(lexicon.BLANK), BLANK, id="blank"),
]


@pytest.mark.parametrize(("pattern", "stems"), PATTERNS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_a_stem(
    pattern: re.Pattern[str], stems: tuple[str, ...], data: st.DataObject
) -> None:
    words = data.draw(st.from_regex(pattern, fullmatch=True))
    assert mentions(fold(words), stems), words


def test_meetings_and_tasks_need_a_frequency() -> None:
    assert meetings.read_meetings.needs == (frequencies.STEMS,)
    assert duties.read_tasks.needs[0] == frequencies.STEMS


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzæøå")
def test_every_character_a_pattern_takes_for_a_letter_folds_to_it(letter: str) -> None:
    alike = re.findall(letter, EVERY_CHARACTER, re.IGNORECASE)
    assert {fold(character) for character in alike} == {letter}
    assert len(alike) > 1


def test_folding_keeps_the_length() -> None:
    assert all(len(fold(character)) == 1 for character in EVERY_CHARACTER)
