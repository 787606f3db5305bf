"""The server on PostgreSQL: what a request has committed has its place before the answer is out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from webtest import TestApp

from tests.support.witnessing import log_key
from workflow_app import main
from workflow_app.services import trail
from workflow_app.services.log import sequencer, tree
from workflow_app.web.scheduler import Scheduler

pytestmark = pytest.mark.xdist_group("postgresql")

JSON = {"Accept": "application/json"}


@pytest.fixture
def app(postgresql: str, tmp_path: Path) -> Iterator[Any]:
    """The application with a log key; nobody lives there."""
    _, settings = log_key(tmp_path)
    made = main({}, **{"sqlalchemy.url": postgresql, **settings})
    yield made
    made.registry["engine"].dispose()


def append(app: Any, ago: timedelta = timedelta()) -> None:
    """An entry that was committed by somebody who sequences nothing."""
    with app.registry["sessions"].begin() as session:
        trail.append(session, "agreement/1", kind="note", now=datetime.now(UTC) - ago)


def size(app: Any) -> int:
    with app.registry["sessions"]() as session:
        return tree.tree_size(session)


def test_a_look_gives_no_places_and_a_change_does(app: Any) -> None:
    append(app)
    client = TestApp(app)
    for path in ("/checkpoint", "/health", "/login", "/log/keys", "/checkpoints"):
        client.get(path, headers=JSON, status=200)
    assert size(app) == 0
    assert client.get("/checkpoint", headers=JSON).json["size"] == 0
    # Refused, and yet a request that might have written.
    client.post("/language", {"lang": "nn"}, headers=JSON, expect_errors=True)
    assert client.get("/checkpoint", headers=JSON).json["size"] == 1
    assert len(client.get("/tile/0/000.p/1").body) == 32


def test_the_clock_of_the_server_gives_places_too(app: Any) -> None:
    append(app)
    Scheduler(app.registry).look()
    assert size(app) == 1


def test_while_another_sequences_the_answer_does_not_wait(app: Any) -> None:
    append(app)
    with app.registry["engine"].connect() as other:
        other.execute(text(f"SELECT pg_advisory_xact_lock({sequencer.LOCK})"))
        TestApp(app).post("/language", {"lang": "nn"}, headers=JSON, expect_errors=True)
        assert size(app) == 0


def test_health_tells_of_entries_that_have_waited_long(app: Any) -> None:
    append(app)
    client = TestApp(app)
    assert client.get("/health").json == {"status": "ok"}
    append(app, timedelta(hours=2))
    with app.registry["sessions"].begin() as session:
        sequencer.sequence(session, 1)
    told = client.get("/health", status=200).json
    assert told["status"] == "ok"
    assert told["entries_waiting"] == 1
    since = datetime.fromisoformat(told["waiting_since"])
    assert timedelta(hours=1) < datetime.now(UTC) - since < timedelta(hours=3)
