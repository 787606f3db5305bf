"""``avtaleflyt deputy``: named, listed and ended, where the agreement's clause allows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.conftest import TEXT, make_site
from tests.functional.looking_support import drafts
from workflow_app.commands import main

ALLOWED = TEXT.replace("## 3.", "Det kan utnevnes faste stedfortredere.\n\n## 3.")
TODAY = "2025-03-10"


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, str, str]:
    """Settings, an agreement with the clause, and one without."""
    site = make_site(tmp_path)
    (allowed,), (silent,) = drafts(site, 1, text=ALLOWED), drafts(site, 1)
    site.app.registry["engine"].dispose()
    path = tmp_path / "site.ini"
    url = f"sqlite:///{tmp_path / 'site.sqlite'}"
    path.write_text(
        f"[app:main]\nsqlalchemy.url = {url}\navtaleflyt.clock_may_be_set = true\n", encoding="utf-8"
    )
    return path, allowed, silent


def run(capsys: pytest.CaptureFixture[str], ini: Path, *words: str) -> tuple[int, str, str]:
    code = main(["deputy", *words, "--config", str(ini), "--today", TODAY])
    out, err = capsys.readouterr()
    return code, out, err


def test_named_listed_and_ended(house: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    ini, allowed, _ = house
    add = ("add", "sekretaer.moss", "mayor", "--party", "3103", "--agreement", allowed)
    assert run(capsys, ini, *add)[1] == (
        "1: sekretaer.moss stands in for the mayor of Moss kommune from 2025-03-10 until further notice\n"
    )
    (row,) = json.loads(run(capsys, ini, "list", "--json")[1])
    assert (row["username"], row["role"], row["agreement"], row["to"]) == (
        "sekretaer.moss", "mayor", allowed, None,
    )  # fmt: skip
    assert run(capsys, ini, "end", "1", "--to", "2025-03-09")[0] == 0
    assert json.loads(run(capsys, ini, "list", "--json")[1]) == []
    assert len(json.loads(run(capsys, ini, "list", "--json", "--ended", "--party", "3103")[1])) == 1


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"agreement": "zzzzzzzzzz"}, "there is no agreement «zzzzzzzzzz»"),
        ({"agreement": "silent"}, "No confirmed clause of this agreement allows deputies"),
        ({"party": "3413"}, "Stange kommune is no party to this agreement"),
        ({"role": "station_chief"}, "cannot be held for Moss kommune"),
        ({"username": "stasjonssjef.moss"}, "nobody sits on both sides of the table"),
        ({"username": "nobody"}, "There is nobody with the user name"),
    ],
)
def test_what_cannot_be(
    house: tuple[Path, str, str], capsys: pytest.CaptureFixture[str], change: dict[str, str], part: str
) -> None:
    ini, allowed, silent = house
    asked = {
        "username": "sekretaer.moss",
        "role": "mayor",
        "party": "3103",
        "agreement": allowed,
    }
    asked |= {name: silent if value == "silent" else value for name, value in change.items()}
    code, out, err = run(
        capsys, ini, "add", asked["username"], asked["role"], "--party", asked["party"],
        "--agreement", asked["agreement"],
    )  # fmt: skip
    assert (code, out) == (2, "")
    assert part in err
