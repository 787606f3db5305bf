"""The first two thousand mangled bundles; and that the fuzzer would see a verifier that takes too much."""

from __future__ import annotations

import pytest

from tests.fuzz.bundles import Case, case_of, true_bundle, wrong_with
from tests.fuzz.worker import work
from workflow_app.domain import trail
from workflow_app.domain.trail import Said, Verdict


def test_two_thousand_mangled_bundles_are_taken_without_a_fault() -> None:
    told: list[str] = []
    work(range(2_000), told.append, lambda seed: wrong_with(case_of(seed)))
    assert [line for line in told if line[0] == "["] == []


def test_what_is_mangled_holds_to_begin_with() -> None:
    verdict = trail.verify(true_bundle())
    assert verdict.ok, verdict.first_fault
    assert any("7 of 7 entries are final" in said.en for said in verdict.checked)
    assert wrong_with(Case(true_bundle())) == []


def test_a_seed_is_the_same_input_every_time_and_few_still_hold() -> None:
    assert [case_of(seed) for seed in range(50)] == [case_of(seed) for seed in range(50)]
    assert sum(trail.verify(case_of(seed).raw).ok for seed in range(200)) < 40


def test_a_verifier_that_takes_everything_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = Verdict(True, (Said("alt", "all"),))
    monkeypatch.setattr(trail, "verify", lambda raw, held=None: fine)
    told: list[str] = []
    work(range(3, 40, 4), told.append, lambda seed: wrong_with(case_of(seed)))
    assert any("another bundle was taken" in line for line in told)
