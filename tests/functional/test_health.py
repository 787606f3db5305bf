"""Is the house in order? Asked by machines, without signing in."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from webtest import TestApp

from tests.functional.conftest import Site, make_site
from tests.functional.door_support import furnish, written


def test_a_house_in_order_says_so_to_anybody(site: Site) -> None:
    furnish(site)
    before = written(site)
    for accept in ("text/html", "application/json", "*/*", ""):
        answer = TestApp(site.app).get("/health", headers={"Accept": accept}, status=200)
        assert answer.json == {"status": "ok"}
        assert "Set-Cookie" not in answer.headers
    assert written(site) == before


def test_a_database_that_only_reads_is_not_in_order(site: Site) -> None:
    """Reading would still work, and nobody could sign: that must not look healthy."""

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE"):
            raise sqlite3.OperationalError("database or disk is full")

    engine = site.app.registry["engine"]
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        answer = TestApp(site.app).get("/health", status=503)
    finally:
        event.remove(engine, "before_cursor_execute", refuse)
    assert answer.json["status"] == "unavailable"
    assert answer.json["reason"]
    assert "party" not in answer.text, "what failed is the operator's, in the log"
    TestApp(site.app).get("/health", status=200)


def test_a_database_that_is_gone_is_said_and_no_page_falls_apart(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    client = site.browser("slt.moss")
    site.app.registry["engine"].dispose()
    for file in tmp_path.glob("site.sqlite*"):
        file.unlink()
    answer = TestApp(site.app).get("/health", status=503)
    assert answer.json["status"] == "unavailable"
    for path in ("/", "/agreements"):
        page = client.get(path, expect_errors=True)
        assert page.status_int == 503, path
        assert page.headers["Retry-After"]
        assert "Traceback" not in page.text
        assert "sqlite" not in page.text.lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_asked(site: Site, method: str) -> None:
    answer = TestApp(site.app).request("/health", method=method, expect_errors=True)
    assert answer.status_int in (400, 401, 405, 303)
