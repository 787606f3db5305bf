"""An evaluation tied to an event cannot come before so much time has passed since the agreement began."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read


def earliest(text: str) -> str | None:
    (rule,) = [rule for rule in read(text).undated if rule.kind == "evaluation"]
    assert rule.reason
    assert ("earliest" in rule.values) == bool(rule.assumptions)
    value = rule.values.get("earliest")
    assert value is None or isinstance(value, str)
    return value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Avtalen gjelder fra 1. mai 2020. Den skal evalueres etter to års drift.", "2022-05-01"),
        ("Avtala gjeld frå 1.1.2019. Ho skal evaluerast når ho har verka i eitt år.", "2020-01-01"),
        (
            "Samarbeidet gjelder fra 1. januar 2020. Det skal evalueres etter at regnskapet for det "
            "andre hele driftsåret er lagt frem for partene.",
            "2022-01-01",
        ),
        ("Avtalen gjelder 2020-2023. Samarbeidet skal evalueres etter seks måneder.", "2020-07-01"),
    ],
)
def test_counted_from_the_beginning(text: str, day: str) -> None:
    assert earliest(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Avtalen skal evalueres etter to års drift.",
        "Avtalen gjelder fra signering. Den skal evalueres etter to års drift.",
        "Avtalen gjelder fra februar 2020. Den skal evalueres etter ett år.",
        "Avtalen gjelder fra 1. mai 2020. Den skal evalueres etter at det andre hele driftsåret er omme.",
        "Avtalen gjelder fra 1. mai 2020. Den skal evalueres før avtaleperioden er omme.",
        "Avtalen gjelder fra 1. mai 2020. Den skal evalueres seks måneder før utløp.",
    ],
)
def test_not_counted_without_a_day_to_count_from(text: str) -> None:
    assert earliest(text) is None
