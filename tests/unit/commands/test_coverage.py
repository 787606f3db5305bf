"""``avtaleflyt coverage``: 0 where every role that is needed is held, 1 and the gaps where not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.functional.conftest import make_site
from tests.functional.door_support import furnish
from workflow_app.commands import main
from workflow_app.models.database import make_engine
from workflow_app.models.mail import Mail

Run = Callable[..., Any]
TODAY = "2025-03-10"


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    """A house with people of two kommuner and one agreement that is in force."""
    site = make_site(tmp_path)
    furnish(site, "signed")
    site.app.registry["engine"].dispose()
    path = tmp_path / "site.ini"
    url = f"sqlite:///{tmp_path / 'site.sqlite'}"
    path.write_text(
        f"[app:main]\nsqlalchemy.url = {url}\navtaleflyt.clock_may_be_set = true\n", encoding="utf-8"
    )
    return path


def run(capsys: pytest.CaptureFixture[str], ini: Path, *words: str) -> tuple[int, str]:
    code = main([*words, "--config", str(ini), "--today", TODAY])
    return code, capsys.readouterr().out


def test_none_and_some(ini: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, ini, "coverage", "--json") == (0, "[]\n")
    rows = json.loads(run(capsys, ini, "role", "list", "--json", "--username", "ordforer.moss")[1])
    yesterday = (date.fromisoformat(TODAY) - timedelta(days=1)).isoformat()
    run(capsys, ini, "role", "end", str(rows[0]["id"]), "--to", yesterday)
    code, out = run(capsys, ini, "coverage", "--json")
    assert code == 1
    assert json.loads(out) == [
        {
            "party": "3103",
            "name": "Moss kommune",
            "roles": "mayor",
            "from": TODAY,
            "until": None,
            "deadline": None,
        }
    ]
    assert run(capsys, ini, "coverage", "--party", "3413", "--json") == (0, "[]\n")
    assert run(capsys, ini, "coverage", "--tell")[0] == 1
    engine: Engine = make_engine(f"sqlite:///{ini.parent / 'site.sqlite'}")
    with Session(engine) as db:
        assert sorted(m.person.username for m in db.scalars(select(Mail))) == [
            "politikontakt.moss",
            "slt.moss",
        ]
    engine.dispose()
