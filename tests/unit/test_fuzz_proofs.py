"""The first two thousand mangled proofs; and that the fuzzer would see a reader that takes too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import __main__ as command_line
from tests.fuzz.proofs import Case, case_of, true_ones, wrong_with
from tests.fuzz.runner import Outcome
from tests.fuzz.worker import work
from workflow_app.domain import trail
from workflow_app.domain.trail import Said, Verdict


def test_two_thousand_mangled_proofs_are_taken_without_a_fault() -> None:
    told: list[str] = []
    work(range(2_000), told.append, lambda seed: wrong_with(case_of(seed)))
    assert [line for line in told if line[0] == "["] == []


@pytest.mark.parametrize("kind", list(true_ones()))
def test_what_is_mangled_is_true_to_begin_with(kind: str) -> None:
    assert wrong_with(Case(kind, true_ones()[kind])) == []


def test_the_receipt_holds_and_is_final() -> None:
    verdict = trail.verify(true_ones()["receipt"])
    assert verdict.ok, verdict.first_fault
    assert any("Oppføringen er endelig" in said.nb for said in verdict.checked)


def test_a_seed_is_the_same_input_every_time_and_the_inputs_differ() -> None:
    cases = [case_of(seed) for seed in range(300)]
    assert cases == [case_of(seed) for seed in range(300)]
    assert len({case.raw for case in cases}) > 280
    assert {case.kind for case in cases} == set(true_ones())


def test_a_verifier_that_takes_everything_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = Verdict(True, (Said("alt", "all"),))
    monkeypatch.setattr(trail, "verify", lambda raw, held=None: fine)
    told: list[str] = []
    work(range(1, 40, 2), told.append, lambda seed: wrong_with(case_of(seed)))
    assert any("a receipt with other bytes was taken" in line for line in told)


def test_a_failed_proof_is_saved_and_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = command_line.report(range(5), Outcome(5, {4: ["wrong"]}, 0.1, 2, 1.0), tmp_path, "proofs")
    assert "python -m tests.fuzz --seed 4 --what proofs" in said
    assert (tmp_path / "proofs-4.input").read_bytes() == case_of(4).raw
    assert command_line.main(["--seed", "4", "--what", "proofs"]) == 0
    assert "nothing is wrong with it" in capsys.readouterr().out
