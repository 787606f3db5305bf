"""How often, counted per year or in months."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading.frequencies import find_frequencies


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("4 møter pr. år", {"per_year": 4}),
        ("minst to ganger i året", {"per_year_min": 2}),
        ("ikke færre enn tre møter årlig", {"per_year_min": 3}),
        ("inntil fire ganger per år", {"per_year_max": 4}),
        ("to til tre møter i året", {"per_year_min": 2, "per_year_max": 3}),
        ("4 møter pr år, minimum 2", {"per_year": 4, "per_year_min": 2}),
        ("tre ganger årlig, eller oftere ved behov", {"per_year_min": 3}),
        ("kvart halvår", {"per_year": 2}),
        ("kvartalsvis", {"per_year": 4}),
        ("annenhver måned", {"per_year": 6}),
        ("ein gong i året", {"per_year": 1}),
        ("minst én gang i kvartalet", {"per_year_min": 4}),
        ("vår og haust", {"per_year": 2, "spring": 1, "autumn": 1}),
    ],
)
def test_per_year(words: str, values: dict[str, int]) -> None:
    (frequency,) = find_frequencies(f"Rådet møtes {words}.")
    assert frequency.values() == values


@pytest.mark.parametrize(
    ("words", "months"),
    [("hvert andre år", 24), ("kvart tredje år", 36), ("annethvert år", 24), ("hvert 4. år", 48)],
)
def test_more_seldom_than_yearly(words: str, months: int) -> None:
    (frequency,) = find_frequencies(words)
    assert (frequency.months, frequency.values()) == (months, {})


@pytest.mark.parametrize("words", ["to dager i uka", "i perioden", "fire kommuner", "kl 10-14", "for øvrig"])
def test_no_frequency(words: str) -> None:
    assert find_frequencies(words) == []
