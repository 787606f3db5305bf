"""``avtaleflyt import`` of an agreement from every kommune, by the real command on a new SQLite file."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.pages import agreement
from tests.support.office_files import docx_of, laid_out
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.services import norway, parties

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "import sys; from workflow_app.commands import main; sys.exit(main())"


def measure(folder: Path) -> dict[str, Any]:
    """Agreements a second, as text and as Word files, each on a database of its own."""
    found: dict[str, Any] = {"pages_each": 5, "limit_per_s": 20}
    for kind in ("txt", "docx"):
        shelf = folder / kind
        shelf.mkdir()
        ini = installation(shelf)
        files = written(shelf, kind)
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "import", *map(str, files), "--config", str(ini)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        spent = time.perf_counter() - started
        if len(done.stdout.splitlines()) != len(files):
            raise RuntimeError(f"not every agreement went in: {done.stderr[:500]}")
        found[f"{kind}_files"] = len(files)
        found[f"{kind}_per_s"] = round(len(files) / spent, 1)
    return found


def installation(folder: Path) -> Path:
    """A new database with every kommune and a police unit in each district; its settings file."""
    url = f"sqlite:///{folder / 'shelf.sqlite'}"
    engine = make_engine(url)
    create_all(engine)
    now = datetime.now(UTC)
    with make_session_factory(engine).begin() as db:
        for one in norway.kommuner():
            parties.add_municipal(db, one.number, now=now)
        for district in norway.districts():
            parties.add_police(db, f"{district.name.split()[0]} politistasjon", district.slug, now=now)
    engine.dispose()
    ini = folder / "shelf.ini"
    ini.write_text(f"[app:main]\nsqlalchemy.url = {url}\n", encoding="utf-8")
    return ini


def written(folder: Path, kind: str) -> list[Path]:
    """As many agreements of five pages as there are kommuner.

    Two are called Herøy and two Våler, and a text cannot say which; in their place others have a second.
    """
    often = Counter(one.name for one in norway.kommuner())
    names = [one.name for one in norway.kommuner() if often[one.name] == 1]
    names += names[: len(norway.kommuner()) - len(names)]
    districts = norway.districts()
    files = []
    for n, name in enumerate(names):
        text = agreement(5, name, districts[n % len(districts)].name)
        path = folder / f"{n:03}.{kind}"
        path.write_bytes(text.encode() if kind == "txt" else docx_of(laid_out(text)))
        files.append(path)
    return files
