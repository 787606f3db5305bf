"""One world for all the attacks of a process, and a copy of it for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.attacks.world import Scene, World, made


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made once; nobody changes it."""
    with made(tmp_path_factory.mktemp("attacked")) as one:
        yield one


@pytest.fixture
def scene(world: World, tmp_path: Path) -> Iterator[Scene]:
    """The server on a copy, with witnesses that remember."""
    with world.copy(tmp_path) as one:
        yield one
