"""A wrong call ends in the usage of its own step, and README's table says what that usage says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workflow_app.commands import main

README = Path(__file__).parents[3] / "README.md"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["list", "3103"], "unrecognized arguments: 3103"),
        (["url", "3103", "1", "--url", "https://witness.example"], "unrecognized arguments: --url"),
        (["url", "3103", "1"], "the following arguments are required: URL"),
        (["add", "3103"], "the following arguments are required: VKEY"),
        (["end", "3103", "1"], "the following arguments are required: --because"),
    ],
)
def test_a_wrong_call_ends_in_its_own_usage(
    words: list[str], wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["cosigners", *words])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"usage: avtaleflyt cosigners {words[0]} ")
    assert said.endswith(f"\navtaleflyt cosigners {words[0]}: error: {wrong}\n")


@pytest.mark.parametrize("step", ["add", "list", "url", "end", "push"])
def test_the_table_has_the_arguments_of_the_usage(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    row = re.search(rf"^\| `avtaleflyt cosigners {step}([^`]*)` \|", README.read_text("utf-8"), re.MULTILINE)
    assert row, f"README's table has no row for {step}"
    with pytest.raises(SystemExit):
        main(["cosigners", step, "--help"])
    usage = " ".join(capsys.readouterr().out.partition("\n\n")[0].split())
    words = re.compile(r"--[a-z]+|\b[A-Z]{3,}\b").findall
    # What every command takes is said once below the table.
    known = usage.replace("[--config INI]", "").replace("[--today DATE]", "")
    assert sorted(words(row[1])) == sorted(words(known))
