"""A digest changes with anything that was approved, and with nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.domain.digests import agreement_digest, evaluation_digest
from workflow_app.domain.rules import Rule

TEXT = sha256(b"text").hexdigest()
ONE = sha256(b"one").hexdigest()
TWO = sha256(b"two").hexdigest()
REVISION = Rule("revision", "every", "Gås gjennom hvert år.", 10, 31, MappingProxyType({"months": 12}))
SIGNED = Rule("signed", "date", "Vik, 3.3.2021", 90, 103, MappingProxyType({"date": "2021-03-03"}))


def test_the_agreement_digest_can_be_recomputed_by_hand() -> None:
    raw = {
        "attachments": [{"name": "vedlegg 1.pdf", "sha256": ONE}],
        "digest_of": "agreement",
        "rules": [REVISION.to_json()],
        "text": TEXT,
        "version": 1,
    }
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert agreement_digest(TEXT, [("vedlegg 1.pdf", ONE)], [REVISION]) == sha256(text.encode()).hexdigest()


@settings(deadline=None)
@given(st.permutations([REVISION, SIGNED]), st.permutations([("a", ONE), ("b", TWO)]))
def test_order_does_not_matter(rules: list[Rule], attachments: list[tuple[str, str]]) -> None:
    expected = agreement_digest(TEXT, [("a", ONE), ("b", TWO)], [REVISION, SIGNED])
    assert agreement_digest(TEXT, attachments, rules) == expected


def test_everything_approved_is_in_it() -> None:
    variants = [
        agreement_digest(TEXT, [("a", ONE)], [REVISION]),
        agreement_digest(ONE, [("a", ONE)], [REVISION]),
        agreement_digest(TEXT, [("a", TWO)], [REVISION]),
        agreement_digest(TEXT, [("b", ONE)], [REVISION]),
        agreement_digest(TEXT, [("a", ONE), ("a", ONE)], [REVISION]),
        agreement_digest(TEXT, [], [REVISION]),
        agreement_digest(TEXT, [("a", ONE)], []),
        agreement_digest(TEXT, [("a", ONE)], [REVISION, REVISION]),
        agreement_digest(TEXT, [("a", ONE)], [replace(REVISION, start=11)]),
        agreement_digest(TEXT, [("a", ONE)], [replace(REVISION, values={"months": 24})]),
        agreement_digest(TEXT, [("a", ONE)], [replace(REVISION, assumptions=("guessed",))]),
    ]
    assert len(set(variants)) == len(variants)


@pytest.mark.parametrize("wrong", ["", "abc", TEXT.upper(), TEXT + "0", TEXT + "\n"])
def test_what_is_no_hash_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        agreement_digest(wrong, [], [])
    with pytest.raises(ValueError, match="not a SHA-256"):
        agreement_digest(TEXT, [("a", wrong)], [])


@pytest.mark.parametrize("number", [1.5, 2**53, float("nan")])
def test_numbers_that_have_two_spellings_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        agreement_digest(TEXT, [], [replace(REVISION, values={"months": number})])


def test_an_evaluation_binds_its_outcome_and_its_words() -> None:
    def digest(year: int = 2025, outcome: str = "continues", body: str = "Godt år.", points: str = "") -> str:
        return evaluation_digest(year, body, points, outcome)

    digests = [
        digest(),
        digest(year=2024),
        digest(outcome="reviewed_unchanged"),
        digest(body="Godt."),
        digest(points="Møt oftere."),
        digest(body="", points="Godt år."),
    ]
    assert len(set(digests)) == len(digests)


def test_a_rule_and_its_json_have_one_digest() -> None:
    stored = json.loads(json.dumps(REVISION.to_json())) | {"assumptions": []}
    assert agreement_digest(TEXT, [], [stored]) == agreement_digest(TEXT, [], [REVISION])
