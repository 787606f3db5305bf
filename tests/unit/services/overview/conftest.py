"""The stage of the overview's tests."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.support.country import Country


@pytest.fixture
def country(session: Session) -> Country:
    """Kommuner and police, and no agreement yet."""
    return Country(session)
