"""Whose agreement it is."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read

CASES = [
    ("Avtale mellom Vika kommune og Vest politidistrikt", ["Vika kommune"], ["Vest politidistrikt"]),
    (
        "AVTALE MELLOM STOR-VIKA KOMMUNE OG SØR-VEST POLITIDISTRIKT",
        ["Stor-Vika kommune"],
        ["Sør-Vest politidistrikt"],
    ),
    (
        "Avtale mellom kommunane Lom, Skjåk og Vågå og Innlandet politidistrikt.",
        ["Lom kommune", "Skjåk kommune", "Vågå kommune"],
        ["Innlandet politidistrikt"],
    ),
    (
        "Avtale mellom Lom, Skjåk og Vågå kommuner og Innlandet politidistrikt.",
        ["Lom kommune", "Skjåk kommune", "Vågå kommune"],
        ["Innlandet politidistrikt"],
    ),
    (
        "Avtale mellom Nore og Uvdal kommune og Møre og Romsdal politidistrikt",
        ["Nore og Uvdal kommune"],
        ["Møre og Romsdal politidistrikt"],
    ),
    ("Avtale mellom Vika kommune og Bakken lensmannskontor", ["Vika kommune"], ["Bakken lensmannskontor"]),
    (
        "Politiet i Vika kommune gjør sitt. Troms politidistrikt også.",
        ["Vika kommune"],
        ["Troms politidistrikt"],
    ),
    # A name does not go on from the heading above it, whatever marks the heading.
    (
        "Innledning\n\nVika kommune og Vest politidistrikt gjør sitt.\n\nMål\n\nVi vil ha det trygt.",
        ["Vika kommune"],
        ["Vest politidistrikt"],
    ),
    (
        "1. Partene\n\nVika kommune gjør sitt.\n\n2. Politi\n\nVest politidistrikt gjør sitt.",
        ["Vika kommune"],
        ["Vest politidistrikt"],
    ),
    (
        "Avtale mellom\n\nVika kommune\n\nog\n\nVest politidistrikt\n\nMål\n\nVi vil.",
        ["Vika kommune"],
        ["Vest politidistrikt"],
    ),
    ("Både Vika kommune og Bø kommune har politi.", [], []),
    ("Avtale mellom ............. kommune og politiet.", [], []),
]


@pytest.mark.parametrize(("text", "municipal", "police"), CASES)
def test_parties(text: str, municipal: list[str], police: list[str]) -> None:
    reading = read(text)
    assert (list(reading.municipal), list(reading.police)) == (municipal, police)


def test_a_party_without_a_name_is_blank() -> None:
    assert read("Avtale mellom ............. kommune og politiet.").blank_names
    assert not read("Avtale mellom Vika kommune og politiet.").blank_names
