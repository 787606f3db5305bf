"""A log that can lie and a witness of it, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_log import FakeLog, many
from tests.support.witnessing import Watcher


@pytest.fixture
def log() -> Iterator[FakeLog]:
    """Five leaves so far."""
    with FakeLog(many(5)) as made:
        yield made


@pytest.fixture
def witness(tmp_path: Path, log: FakeLog) -> Watcher:
    """A new witness of the log, which has cosigned nothing."""
    return Watcher.new(tmp_path / "w", "moss.example/1", log.key.vkey, log.url)
