"""The year wheel and the calendar feed of an agreement in force: what a wall and a phone ask for all day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.served import Client, server
from tests.bench.stage import Stage, seconds
from tests.bench.steps import take

SIGNED = date(2025, 2, 3)
ASKED = 40


def measure(stage: Stage, folder: Path) -> dict[str, Any]:
    """Milliseconds over HTTP of the wheel as page and as picture, and of two feeds."""
    ident = stage.draft()
    for who in ("slt", "politikontakt"):
        take(stage, ident, who, "register", {"signed_on": SIGNED})
    pages = {
        "wheel": f"/agreements/{ident}/year?year=2025",
        "wheel_svg": f"/agreements/{ident}/year.svg?year=2025",
        "feed": f"/agreements/{ident}/calendar.ics",
        "own_feed": "/calendar.ics",
    }
    found: dict[str, Any] = {}
    with server(stage, folder) as (port, _, _):
        client = Client(port, stage.tokens["slt"])
        for name, path in pages.items():
            status, body = client.ask("GET", path)
            assert status == 200, (name, status)
            assert b"Evaluering" in body, name
            taken = seconds(lambda p=path: client.ask("GET", p), ASKED)  # type: ignore[misc]
            found[f"{name}_ms"] = round(taken * 1000, 1)
    return found | {"limit_wheel_ms": 10}
