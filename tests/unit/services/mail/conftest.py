"""A post office for tests: people with addresses, an outbox, a real mail server, and a clock that is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from tests.support.smtp import SmtpServer
from workflow_app.models.base import new_key
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person
from workflow_app.services.mail import outbox
from workflow_app.services.mail.sending import Drained, drain
from workflow_app.services.mail.settings import MailSettings, mail_settings
from workflow_app.services.norway import OSLO

NOON = datetime(2026, 3, 2, 12, tzinfo=OSLO)


@dataclass
class Office:
    """The outbox and whatever moves it."""

    engine: Engine
    server: SmtpServer
    settings: MailSettings
    now: datetime = NOON
    people: list[str] = field(default_factory=list)

    def person(self, email: str | None = "kari@kommune.example", **more: object) -> str:
        """Somebody new, with this address."""
        return self.crowd([email], **more)[0]

    def crowd(self, emails: list[str | None], **more: object) -> list[str]:
        """As many people as addresses; their keys."""
        start = len(self.people)
        rows = [
            {"id": new_key(), "username": f"person{start + n}", "name": f"Person {start + n}", "email": email,
             "active": True, "is_operator": False, "created_at": NOON, **more}
            for n, email in enumerate(emails)
        ]  # fmt: skip
        with Session(self.engine) as session, session.begin():
            session.execute(insert(Person), rows)
        self.people += [str(row["id"]) for row in rows]
        return [str(row["id"]) for row in rows]

    def mail(self, person: str, key: str | None = None, **more: object) -> int:
        """A trial mail to somebody, in the outbox; its id."""
        with Session(self.engine) as session, session.begin():
            made = outbox.enqueue(
                session, kind=str(more.pop("kind", "trial")), key=key or new_key(), person_id=person,
                now=self.now, **more,  # type: ignore[arg-type]  # a test's own words
            )  # fmt: skip
            assert made is not None
            return made.id

    def drain(self, **more: object) -> Drained:
        """Empty the outbox."""
        return drain(self.engine, self.settings, lambda: self.now, **more)  # type: ignore[arg-type]

    def later(self, **span: int) -> None:
        """Put the clock forward."""
        self.now += timedelta(**span)

    def row(self, ident: int) -> Mail:
        """One row as it stands."""
        with Session(self.engine) as session:
            return session.get_one(Mail, ident)

    def counts(self) -> dict[str, int]:
        """How many rows of each status."""
        with Session(self.engine) as session:
            rows = session.execute(select(Mail.status, func.count()).group_by(Mail.status))
            return {row[0]: row[1] for row in rows}


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """A mail server without TLS on this machine."""
    with SmtpServer() as running:
        yield running


@pytest.fixture
def office(engine: Engine, server: SmtpServer) -> Office:
    """An empty outbox that sends to :func:`server`."""
    return Office(engine, server, mail_settings(server.settings()))


@pytest.fixture
def secured(engine: Engine, tmp_path: Path) -> Callable[..., Office]:
    """Make an office whose server has TLS, running; stopped by the test's end."""
    running: list[SmtpServer] = []

    def make(**options: str) -> Office:
        made = SmtpServer(**options)
        made.start()
        running.append(made)
        return Office(engine, made, mail_settings(made.settings(tmp_path)))

    try:
        yield make  # type: ignore[misc]  # a fixture that yields
    finally:
        for made in running:
            made.stop()
