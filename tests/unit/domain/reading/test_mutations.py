"""Another name, date, number or frequency in a text must come out in its rules, and nowhere else.

A reader fitted to five files would pass every other test; it fails these.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workflow_app.domain.reading import Reading, read

TWINS = Path(__file__).resolve().parents[3] / "data" / "agreements"

REAL = {
    "moss": "moss-2020", "lillehammer": "lillehammer-2018", "raelingen": "raelingen-2018",
    "sor-varanger": "sor-varanger-2024", "stange": "stange-2025",
}  # fmt: skip

# (text, words there, other words, kind and form, the value that changes)
CHANGES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("moss", "30/4 - 2020", "7/11 - 2023", "signed.date", {"date": "2023-11-07"}),
    ("moss", "30/4 - 2020", "3. mai 2021", "signed.date", {"date": "2021-05-03"}),
    ("moss", "Moss, 30/4 - 2020", "Våler, den 1.2.22", "signed.date", {"date": "2022-02-01"}),
    ("moss", "revideres årlig", "revideres hvert tredje år", "revision.every", {"months": 36}),
    ("moss", "revideres årlig", "revideres annethvert år", "revision.every", {"months": 24}),
    ("moss", "4 møter pr. år", "seks møter i året", "meetings.council", {"per_year": 6}),
    ("moss", "4 møter pr. år", "minst 3 møter pr. år", "meetings.council", {"per_year_min": 3}),
    ("moss", "2 vår og 2 høst", "1 vår og 3 høst", "meetings.council", {"autumn": 3}),
    ("moss", "seneste 1 uke", "senest 10 dager", "agenda.lead", {"days": 10}),
    ("moss", "1 gang pr. år", "2 ganger pr. år", "attendance.yearly", {"per_year": 2}),
    ("moss", "minimum 1 gang i året", "minimum 4 ganger i året", "task.yearly", {"per_year_min": 4}),
    ("moss", "Ved årets slutt", "Innen 1. juni hvert år", "evaluation.yearly", {"month": 6, "day": 1}),
    ("moss", "Ved årets slutt", "Hver høst", "evaluation.yearly", {"season": "autumn"}),
    ("lillehammer", "3.12.2018", "17.1.2022", "signed.date", {"date": "2022-01-17"}),
    (
        "lillehammer",
        "4 møter pr år, minimum 2",
        "6 møter pr år, minimum 3",
        "meetings.council",
        {"per_year": 6, "per_year_min": 3},
    ),
    ("lillehammer", "senest 1 uke", "senest to uker", "agenda.lead", {"days": 14}),
    ("raelingen", "06.12.2018", "24.08.2021", "signed.date", {"date": "2021-08-24"}),
    ("raelingen", "20.08.2008", "2. mars 2011", "supplement.to", {"date": "2011-03-02"}),
    ("raelingen", "settes til 1.6", "settes til 15.10", "evaluation.yearly", {"month": 10, "day": 15}),
    ("raelingen", "settes til 1.6", "settes til 1. september", "evaluation.yearly", {"month": 9, "day": 1}),
    ("raelingen", "minimum to møter", "minimum fem møter", "meetings.council", {"per_year_min": 5}),
    ("raelingen", "1 gang per år", "3 ganger per år", "attendance.yearly", {"per_year": 3}),
    ("sor-varanger", "2024-2026", "2027-2030", "validity.period", {"from": "2027-01-01", "to": "2030-12-31"}),
    ("sor-varanger", "hvert andre år", "hvert tredje år", "rotation.every", {"months": 36}),
    ("sor-varanger", "ett møte hvert år", "to møter hvert år", "attendance.yearly", {"per_year": 2}),
    ("sor-varanger", "tre ganger i året", "fem ganger i året", "attendance.yearly", {"per_year": 5}),
    (
        "stange",
        "Stange, februar 2025",
        "Stange, november 2023",
        "signed.date",
        {"date": "2023-11", "precision": "month"},
    ),
    (
        "stange",
        "gyldig i perioden 2025-2027",
        "gyldig i perioden 2026-2029",
        "validity.period",
        {"from": "2026-01-01", "to": "2029-12-31"},
    ),
    (
        "stange",
        "gyldig i perioden 2025-2027",
        "gyldig fra 1.3.2025 til 28.2.2028",
        "validity.period",
        {"from": "2025-03-01", "to": "2028-02-28"},
    ),
    ("stange", "5 møter pr år", "3 møter pr år", "meetings.council", {"per_year": 3}),
]


def twin(name: str) -> str:
    return (TWINS / f"{name}-twin.txt").read_text("utf-8")


def check(text: str, old: str, new: str, form: str, values: dict[str, Any]) -> None:
    assert old in text
    before, after = read(text), read(text.replace(old, new, 1))
    kind, name = form.split(".")
    changed = [
        r
        for r in after.rules
        if (r.kind, r.form) == (kind, name) and values.items() <= dict(r.values).items()
    ]
    assert len(changed) == 1, [dict(r.values) for r in after.rules if r.kind == kind]
    assert others(before, kind) == others(after, kind)


def others(reading: Reading, kind: str) -> str:
    """Everything of another kind, without places, which move with the length of the words."""
    rules = [(r.kind, r.form, dict(r.values)) for r in (*reading.rules, *reading.undated) if r.kind != kind]
    return json.dumps(rules, default=str)


@pytest.mark.parametrize(("name", "old", "new", "form", "values"), CHANGES)
def test_changed_twin(name: str, old: str, new: str, form: str, values: dict[str, Any]) -> None:
    check(twin(name), old, new, form, values)


def test_changed_real_texts(shared_dir: Path) -> None:
    for name, old, new, form, values in CHANGES:
        text = (shared_dir / "agreements" / f"{REAL[name]}.txt").read_text("utf-8")
        check(text, old, new, form, values)


NAMES = [
    (
        "moss",
        {"MOSS": "NORDRE FOLLO", "Moss": "Nordre Follo"},
        ("Nordre Follo kommune",),
        ("Øst politidistrikt",),
    ),
    (
        "lillehammer",
        {"Lillehammer": "Nord-Aurdal", "Innlandet": "Møre og Romsdal"},
        ("Nord-Aurdal kommune",),
        ("Møre og Romsdal politidistrikt",),
    ),
    (
        "raelingen",
        {"Rælingen": "Evje og Hornnes", "Øst politi": "Agder politi"},
        ("Evje og Hornnes kommune",),
        ("Agder politidistrikt",),
    ),
    (
        "sor-varanger",
        {"Sør-Varanger": "Båtsfjord", "Finnmark": "Troms"},
        ("Båtsfjord kommune",),
        ("Troms politidistrikt",),
    ),
    (
        "stange",
        {"Stange": "Løten", "Hamar": "Elverum"},
        ("Løten kommune",),
        ("Elverum politistasjonsdistrikt",),
    ),
]


@pytest.mark.parametrize(("name", "names", "municipal", "police"), NAMES)
def test_other_names(
    name: str, names: dict[str, str], municipal: tuple[str, ...], police: tuple[str, ...]
) -> None:
    text = twin(name)
    before = read(text)
    for old, new in names.items():
        text = text.replace(old, new)
    after = read(text)
    assert (after.municipal, after.police) == (municipal, police)
    assert others(before, "") == others(after, "")


def test_filled_in_goals_and_names_are_complete() -> None:
    text = twin("lillehammer")
    filled = text.replace("\n-\n\n-\n-\n", "\n- Trygge kvelder\n\n- Færre slagsmål\n- Flere voksne ute\n")
    filled = filled.replace("Navn\nOrdfører", "Kari Nordmann\nOrdfører").replace(
        "Navn\nPoliti", "Ola Nordmann\nPoliti"
    )
    assert read(text).incomplete_sections == ("6. Mål i kommunen og oppfølging",)
    assert read(filled).incomplete_sections == ()
    assert read(text).blank_names
    assert not read(filled).blank_names


IMPOSSIBLE = [
    ("moss", "30/4 - 2020", "31/4 - 2020"),
    ("lillehammer", "3.12.2018", "31.02.2020"),
    ("raelingen", "06.12.2018", "29.02.2019"),
]


@pytest.mark.parametrize(("name", "old", "new"), IMPOSSIBLE)
def test_a_day_no_calendar_has_is_asked_about(name: str, old: str, new: str) -> None:
    reading = read(twin(name).replace(old, new))
    assert not [rule for rule in reading.rules if rule.kind == "signed"]
    assert any(question.code == "impossible_date" and new in question.quote for question in reading.questions)
