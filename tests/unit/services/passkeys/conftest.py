"""A person with a device, and what registering and using a passkey takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.soft_authenticator import ES256, SoftAuthenticator
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine
from workflow_app.models.passkeys import Passkey
from workflow_app.models.people import Person
from workflow_app.services import people
from workflow_app.services.passkeys import options, registering
from workflow_app.services.passkeys.site import Site

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HERE = Site("avtale.example", ("https://avtale.example",))


def registered(
    session: Session, person: Person, device: SoftAuthenticator, name: str = "Telefon", algorithm: int = ES256
) -> Passkey:
    """A new passkey of the person's on the device."""
    asked = options.to_register(session, person, NOW, site=HERE)
    answer = device.create(asked, algorithm)
    return registering.add(session, person, answer, name, site=HERE, now=NOW, real_now=NOW)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for a module: what a test writes is rolled back after it."""
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('passkeys') / 'test.sqlite'}")
    create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(session, username="ordforer.moss", name="Kari Nordmann", now=NOW)


@pytest.fixture
def device() -> SoftAuthenticator:
    return SoftAuthenticator("https://avtale.example")
