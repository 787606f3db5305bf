"""The first two thousand mutated texts; and that the fuzzer itself sees what hangs, dies or is wrong."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz import __main__ as command_line
from tests.fuzz.cases import EVERY, Case, case_of, wrong_with
from tests.fuzz.runner import Outcome, run
from tests.fuzz.worker import work
from tests.support.reading_checks import complaints
from workflow_app.domain.reading import Reading, read
from workflow_app.domain.rules import Rule

TEXT = "Avtalen gjelder fra 1. mai 2020 til 30. april 2024. Avtalen revideres årlig.\n"


def test_two_thousand_mutated_texts_are_taken_without_a_fault(tmp_path: Path) -> None:
    seeds = range(2_000)
    outcome = run(seeds)
    assert outcome.failures == {}, command_line.report(seeds, outcome, tmp_path)
    assert outcome.taken == len(seeds)


def test_a_seed_is_the_same_input_every_time() -> None:
    assert [case_of(seed) for seed in range(50)] == [case_of(seed) for seed in range(50)]


def test_one_seed_in_twenty_is_a_file_of_an_office_or_a_pdf() -> None:
    files = [case_of(seed) for seed in range(EVERY - 1, 40 * EVERY, EVERY)]
    assert {case.name.rpartition(".")[2] for case in files} >= {"docx", "odt", "pdf"}
    assert all(case.content is not None for case in files)
    assert wrong_with(files[0]) == []


def test_the_inputs_differ_and_most_say_something() -> None:
    cases = [case_of(seed) for seed in range(150)]
    assert len({case.saved for case in cases}) > 145
    texts = [case.text for case in cases if case.text is not None]
    assert 75 < len(texts) < 145
    assert sum(bool(read(text).rules) for text in texts) > len(texts) // 3


# --- what is wrong with a reading ---------------------------------------------


def _with_rule(reading: Reading, **changed: object) -> Reading:
    first, *rest = reading.rules
    return replace(reading, rules=(replace(first, **changed), *rest))  # type: ignore[arg-type]


DOCTORED = {
    "does not quote": {"start": 3},
    "is no rule": {"values": {"months": 0, "from": "signing"}},
    "the year is not written": {"values": {"from": "2020-05-01", "to": "2031-04-30"}},
    "the month is not written": {"values": {"from": "2020-05-01", "to": "2024-09-30"}},
    "the day is not written": {"values": {"from": "2020-05-17", "to": "2024-04-30"}},
    "without a date": {"reason": "because"},
}


@pytest.mark.parametrize("complaint", DOCTORED)
def test_a_reading_that_cannot_be_right_is_complained_of(complaint: str) -> None:
    reading = read(TEXT)
    assert complaints(TEXT, reading) == []
    found = complaints(TEXT, _with_rule(reading, **DOCTORED[complaint]))
    assert any(complaint in one for one in found), found


def test_a_day_may_be_counted_from_another_but_not_from_nothing() -> None:
    text = "Avtalen gjelder fra 1.1.2022. Ordningen skal evalueres etter to år."
    values = {"event": "etter to år", "earliest": "2024-01-01"}
    begins = Rule("validity", "open", text[:29], 0, 29, {"from": "2022-01-01"})
    event = Rule("evaluation", "event", text[30:], 30, len(text), values, reason="an event")
    nothing = read("")
    assert complaints(text, replace(nothing, rules=(begins,), undated=(event,))) == []
    found = complaints(text, replace(nothing, undated=(event,)))
    assert len(found) == 1
    assert "counted from" in found[0]


def test_a_date_may_be_written_in_two_digits_or_other_signs() -> None:
    values = {"date": "2020-04-30", "precision": "day"}
    for text in ("Signert 30.4.20", "Signert ٣٠.٤.٢٠٢٠", "Signert 30. APRİL 2020"):
        rule = Rule("signed", "date", text, 0, len(text), values)
        assert complaints(text, replace(read(""), rules=(rule,))) == []


# --- a process that hangs, dies or raises ---------------------------------------

SCRIPT = """
import json, os, sys, time
for seed in range(*map(int, sys.argv[1:4])):
    print(seed, flush=True)
    if seed == 3:
        {deed}
    if seed == 5:
        print(json.dumps([seed, ["wrong"]]), flush=True)
"""


@pytest.mark.parametrize(
    ("deed", "why"),
    [("time.sleep(60)", "killed"), ("os._exit(7)", "died with code 7"), ("os.abort()", "died")],
)
def test_the_seed_that_ends_a_process_is_told_and_the_others_are_taken(deed: str, why: str) -> None:
    script = SCRIPT.format(deed=deed)
    outcome = run(
        range(10),
        seconds=0.3,
        start=lambda s: [sys.executable, "-c", script, *map(str, (s.start, s.stop, s.step))],
    )
    assert sorted(outcome.failures) == [3, 5]
    assert why in outcome.failures[3][0]
    assert outcome.failures[5] == ["wrong"]
    assert outcome.taken == 10


def test_whatever_a_seed_raises_is_told_and_the_next_one_taken() -> None:
    def check(seed: int) -> list[str]:
        if seed == 1:
            raise RecursionError("too deep")
        return ["odd"] if seed == 2 else []

    told: list[str] = []
    work(range(4), told.append, check)
    assert [line.strip() for line in told if line[0] != "["] == ["0", "1", "2", "3"]
    failed = [json.loads(line) for line in told if line[0] == "["]
    assert [seed for seed, _ in failed] == [1, 2]
    assert failed[0][1][0].startswith("RecursionError: too deep at ")
    assert failed[1][1] == ["odd"]


def test_a_failed_input_is_saved_and_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = command_line.report(range(5), Outcome(5, {4: ["wrong"]}, 0.1, 2, 1.0), tmp_path)
    assert "1 failed" in said
    assert "5 a second" in said
    assert "python -m tests.fuzz --seed 4" in said
    assert (tmp_path / "4.input").read_bytes() == case_of(4).saved
    assert command_line.main(["--seed", "4"]) == 0
    assert "nothing is wrong with it" in capsys.readouterr().out


def test_a_lone_surrogate_can_be_saved() -> None:
    assert Case(0, text="a\ud800b").saved == b"a\xed\xa0\x80b"
