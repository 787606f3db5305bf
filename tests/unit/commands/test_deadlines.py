"""``avtaleflyt deadlines``: the contract's answer from a file's clauses alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workflow_app.commands import main

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "agreements"

TEXT = """SAMARBEIDSAVTALE

1. Samarbeid
Partene skal møtes jevnlig, jf. rundskriv 2011/4.

2. Varighet
Avtalen gjelder i perioden 2021-2023.
Avtalen revideres årlig.
Ved årets slutt skal politirådet evaluere samarbeidet.
Avtalen skal gjøres kjent i kommunestyret som en referatsak.

Vik, 15. mars 2021
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "avtale.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["deadlines", *words, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def days(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(d["kind"], d["latest"]) for d in found]


def test_what_the_clauses_give_and_nothing_of_house_rules(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, str(file), "--until", "2025-12-31")
    assert days(found) == [
        ("evaluation", "2021-12-31"),
        ("revision", "2022-03-15"),
        ("evaluation", "2022-12-31"),
        ("evaluation", "2023-12-31"),
        ("expiry", "2023-12-31"),
    ]
    assert {d["source"] for d in found} == {"clause"}
    assert all(d["quote"] in TEXT for d in found)
    assert set(found[0]) == {"kind", "source", "earliest", "latest", "quote", "assumptions"}
    assert found[1]["assumptions"] == ["counted from the signing date; the clause does not say"]


def test_a_signing_given_overrides_the_one_in_the_text(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, str(file), "--until", "2023-06-30", "--signed", "2022-02-01")
    assert days(found) == [("evaluation", "2022-12-31"), ("revision", "2023-02-01")]


def test_a_half_known_signing_gives_an_interval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "halv.md"
    path.write_text(TEXT.replace("Vik, 15. mars 2021", "Vik, februar 2021"), encoding="utf-8")
    revision = next(d for d in answer(capsys, str(path), "--until", "2025-12-31") if d["kind"] == "revision")
    assert (revision["earliest"], revision["latest"]) == ("2022-02-01", "2022-02-28")


def test_a_person_reads_clause_counting_and_silence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", str(file), "--until", "2022-06-30"]) == 0
    out = capsys.readouterr().out
    assert "15 March 2022  revision" in out
    assert '"Avtalen revideres årlig."' in out
    assert "12 months after 15 March 2021." in out
    assert "Assumed: counted from the signing date; the clause does not say" in out
    assert "report: The clause gives no date for laying the agreement before the kommunestyre." in out


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2025-02-31", "'2025-02-31' is not a day in any calendar"),
        ("2025-02", "'2025-02' is not a whole date; write it as 2026-12-31"),
        ("31.12.2025", "'31.12.2025' is not a date; write it as 2025-02-28, 2025-02 or 2025"),
    ],
)
def test_a_wrong_day_is_a_wrong_call(
    until: str, sentence: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["deadlines", str(file), "--until", until])
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02" * 400, b"%PDF-1.7"])
def test_a_wrong_file_is_one_sentence(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "feil.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["deadlines", str(path), "--until", "2025-12-31"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"avtaleflyt deadlines: {path}: ")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    "name",
    [
        "moss-2020.txt",
        "lillehammer-2018.txt",
        "raelingen-2018.txt",
        "sor-varanger-2024.txt",
        "stange-2025.txt",
    ],
)
def test_the_five_agreements_from_their_files(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if not SHARED.exists():
        pytest.skip("no folder of agreements beside the repository")
    agreement = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))[name]
    key = next(k for k in agreement if k.startswith("deadlines_until_"))
    found = answer(capsys, str(SHARED / name), "--until", key.removeprefix("deadlines_until_"))
    assert days(found) == [tuple(pair) for pair in agreement[key]]


def test_a_month_of_signing_gives_the_first_and_the_last_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Avtalen revideres årlig.\n\nMoss, 3. mars 2020\n", encoding="utf-8")
    found = answer(capsys, str(file), "--until", "2027-12-31", "--signed", "2025-02")
    assert [(d["earliest"], d["latest"]) for d in found] == [("2026-02-01", "2026-02-28")]
    assert main(["deadlines", str(file), "--until", "2027-12-31", "--signed", "2025"]) == 0
    assert "earliest 1 January 2026, latest 31 December 2026  revision" in capsys.readouterr().out
