"""What has been, what others do and what is denied: the families by which a clause is known for no rule."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading.clauses.told import anothers, denied, done, over


@pytest.mark.parametrize(
    ("words", "is_done"),
    [
        ("Samarbeidet vart evaluert i 2019.", True),
        ("Det ble gjort en evaluering i 2016.", True),
        ("Rapporten ble lagt fram i 2021.", True),
        ("Avtalen ble inngått i 2020 og evalueres årlig.", False),
        ("Avtala vert evaluert kvart år.", False),
        ("Partene skal evaluere det som ble gjort i 2020.", False),
    ],
)
def test_done(words: str, is_done: bool) -> None:
    assert done(words) is is_done


@pytest.mark.parametrize(
    ("words", "is_over"),
    [
        ("Avtalen gjaldt fra 2012 til 2016.", True),
        ("Kommunen har sagt opp avtala med verknad frå 1. januar 2021.", True),
        ("Avtalen med borettslaget gjelder for to år.", True),
        ("Avtalen ble inngått for fire år.", False),
        ("Avtalen gjelder i fire år.", False),
    ],
)
def test_over(words: str, is_over: bool) -> None:
    assert over(words) is is_over


@pytest.mark.parametrize(
    ("words", "is_anothers"),
    [
        ("Departementet evaluerer ordningen i 2024.", True),
        ("Reformen skal evalueres innen 2025.", True),
        ("Universitetet og regionrådet inngår avtale for tre år.", False),
        ("Partene evaluerer samarbeidet.", False),
    ],
)
def test_anothers(words: str, is_anothers: bool) -> None:
    assert anothers(words) is is_anothers


def test_denied() -> None:
    assert denied("Avtalen evalueres ikke årlig.")
    assert not denied("Den revideres ikke uten at begge parter er enige.")
    assert not denied("Avtalen evalueres årlig.")
