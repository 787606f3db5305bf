"""How many entries are final, taken from the verifier's own words: of one, of some, of all and of none."""

from __future__ import annotations

import pytest

from workflow_app.domain.trail import NO_SIGNATURES, Heads, Said, Verdict
from workflow_app.services.checking.final_count import FinalCount, final_count


@pytest.mark.parametrize(("final", "total"), [(0, 1), (0, 17)])
def test_what_the_verifier_says_where_nobody_has_cosigned_is_read(final: int, total: int) -> None:
    # Without a head, which nobody could have cosigned.
    heads = Heads.__new__(Heads)
    heads.heads = ()
    said = heads.said_final(None, final, total)
    verdict = Verdict(True, (Said("Før.", "Before."), said))
    assert final_count(verdict) == FinalCount(final, total)


def test_where_nothing_is_counted_there_is_no_number() -> None:
    assert final_count(Verdict(True, (NO_SIGNATURES,))) is None
    assert final_count(Verdict(False, (Said("", "3 of 4 entries are final: x"),))) is None
    assert final_count(Verdict(True, (Said("", "Before: 3 of 4 entries are final"),))) is None
