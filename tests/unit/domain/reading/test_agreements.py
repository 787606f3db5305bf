"""Whole agreements: the real ones beside the repository and our own-worded twins of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workflow_app.domain.reading import Reading, read
from workflow_app.domain.rules import Rule

TWINS = Path(__file__).resolve().parents[3] / "data" / "agreements"
TWIN_NAMES = [
    "moss-twin.txt",
    "lillehammer-twin.txt",
    "raelingen-twin.txt",
    "sor-varanger-twin.txt",
    "stange-twin.txt",
]
REAL_NAMES = [
    "moss-2020.txt",
    "lillehammer-2018.txt",
    "raelingen-2018.txt",
    "sor-varanger-2024.txt",
    "stange-2025.txt",
]
# Free text: compared by nobody, since it says the same in other words.
FREE = {"who", "what", "where", "by", "titles", "quote"}


def expected(folder: Path) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    return raw


def agrees(rule: Rule, wanted: dict[str, Any]) -> bool:
    got = rule.to_json()
    for name, value in wanted.items():
        if name in FREE:
            continue
        same = set(got.get(name, [])) == set(value) if name == "roles" else got.get(name) == value
        if not same:
            return False
    quote, words = " ".join(rule.quote.split()), " ".join(wanted.get("quote", "").split())
    return words in quote or quote in words


def unmatched(
    rules: tuple[Rule, ...], wanted: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Rule]]:
    """What was wanted and not read, and what was read and not wanted."""
    left, missing = list(rules), []
    for one in wanted:
        match = next((rule for rule in left if agrees(rule, one)), None)
        if match is None:
            missing.append(one)
        else:
            left.remove(match)
    return missing, left


def check(reading: Reading, wanted: dict[str, Any]) -> None:
    assert unmatched(reading.rules, wanted["rules"]) == ([], [])
    assert unmatched(reading.undated, wanted["undated"]) == ([], [])
    assert reading.language == wanted["language"]


def check_agreement(reading: Reading, wanted: dict[str, Any]) -> None:
    check(reading, wanted)
    assert list(reading.municipal) == wanted["parties"]["municipal"]
    assert list(reading.police) == wanted["parties"]["police"]
    assert list(reading.incomplete_sections) == wanted.get("incomplete_sections", [])
    assert reading.blank_names == wanted.get("unfilled_names", False)
    adopted = any(rule.kind == "council" and rule.form == "adoption" for rule in reading.rules)
    assert reading.suggested_definition == ("politiradsavtale_vedtak" if adopted else "politiradsavtale")


@pytest.mark.parametrize("name", TWIN_NAMES)
def test_twin(name: str) -> None:
    wanted = expected(TWINS)[name]
    reading = read((TWINS / name).read_text("utf-8"))
    check_agreement(reading, wanted)
    assert reading.title == wanted["title"]
    assert [section.heading for section in reading.sections] == wanted["sections"]


@pytest.mark.parametrize("name", REAL_NAMES)
def test_real_agreement(name: str, shared_dir: Path) -> None:
    folder = shared_dir / "agreements"
    check_agreement(read((folder / name).read_text("utf-8")), expected(folder)[name])


def test_real_clauses(shared_dir: Path) -> None:
    folder = shared_dir / "clauses"
    for name, wanted in expected(folder).items():
        reading = read((folder / name).read_text("utf-8"))
        check(reading, wanted)
        read_dates = json.dumps([rule.to_json() for rule in reading.rules])
        assert not [day for day in wanted.get("not_dates", []) if day in read_dates], name


@pytest.mark.parametrize("name", TWIN_NAMES)
def test_sections_cover_the_text_in_order(name: str) -> None:
    text = (TWINS / name).read_text("utf-8")
    sections = read(text).sections
    assert sections[-1].end == len(text)
    for section in sections:
        assert section.heading.strip(":") in text[section.start : section.heading_end]
        assert section.start < section.heading_end <= section.end


def test_the_answer_of_the_contract() -> None:
    text = (TWINS / "moss-twin.txt").read_text("utf-8")
    answer = read(text).to_json("moss-twin.txt", "aa", "bb")
    assert answer["source"] == {"name": "moss-twin.txt", "sha256": "aa", "text_sha256": "bb"}
    assert {
        "language",
        "parties",
        "rules",
        "undated",
        "incomplete_sections",
        "blank_names",
        "questions",
    } <= set(answer)
    revision = next(rule for rule in answer["rules"] if rule["kind"] == "revision")
    assert revision["assumptions"] == ["counted from the signing date; the clause does not say"]
    assert text[revision["start"] : revision["end"]] == revision["quote"]
    json.dumps(answer)
