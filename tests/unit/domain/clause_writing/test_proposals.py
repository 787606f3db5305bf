"""What is proposed for a silent text ends the silence once it stands there."""

from __future__ import annotations

import pytest

from workflow_app.domain.clause_writing import proposed
from workflow_app.domain.deadlines import silences
from workflow_app.domain.reading import read


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("kind", ["expiry", "revision", "evaluation", "report"])
def test_a_proposed_clause_is_read_and_ends_the_silence(kind: str, language: str) -> None:
    clause = proposed(kind, language)
    assert clause is not None
    silent = {s.kind for s in silences(()) if s.rule is None}
    reading = read(clause)
    spoken = {s.kind for s in silences((*reading.rules, *reading.undated)) if s.rule is None}
    assert kind in silent - spoken


def test_nothing_is_proposed_for_a_day_that_only_the_parties_know() -> None:
    assert proposed("signed", "nb") is None
