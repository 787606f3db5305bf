"""What the tests at the doors share: one house that nothing sent to it may change, and who knocks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from webtest import TestApp

from tests.functional.conftest import Program, Site
from tests.functional.door_support import Furnished, furnish, house


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house for all tests of a module."""
    made = house(tmp_path_factory.mktemp("doors"))
    yield made
    made.app.registry["engine"].dispose()


@pytest.fixture(scope="module")
def draft(shared: Site) -> Furnished:
    """A draft of Moss."""
    return furnish(shared)


@pytest.fixture(scope="module")
def signed(shared: Site) -> Furnished:
    """A signed agreement of Moss."""
    return furnish(shared, "signed")


@pytest.fixture(scope="module")
def slt(shared: Site) -> Program:
    """The coordinator's program."""
    return shared.program("slt.moss")


@pytest.fixture(scope="module")
def client(shared: Site) -> TestApp:
    """The coordinator's browser."""
    return shared.browser("slt.moss")
