"""Who is this? Signing in, and once more before signing an agreement.

An unknown name, an ended account and a wrong password get the same sentence
after the same time. Failures are written with the caller's transaction, so the
caller must *commit* after a refusal, never roll back: catch ``LoginRefused``
and answer.
"""

from __future__ import annotations

import math
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Person
from workflow_app.services import passwords as pw
from workflow_app.services import throttle as th
from workflow_app.services.errors import ServiceError
from workflow_app.services.people_fields import username_or_none

THROTTLE = th.Throttle()


class LoginRefused(ServiceError):
    """Not let in. ``retry_after`` is in seconds where waiting helps (code ``throttled``)."""

    def __init__(self, code: str, message: Message, retry_after: int | None = None) -> None:
        super().__init__(code, message)
        self.retry_after = retry_after


def authenticate(
    session: Session,
    username: str,
    password: str,
    client: str,
    now: datetime,
    *,
    passwords: pw.Passwords = pw.STANDARD,
    throttle: th.Throttle = THROTTLE,
) -> Person:
    """The person with this name and password.

    ``client`` is the address the attempt comes from. Raises ``LoginRefused`` with
    code ``wrong`` or ``throttled``; the failure is flushed and must be committed.
    """
    subjects = (throttle.name(username), throttle.client(client))
    wait(session, throttle, subjects, now)
    known = username_or_none(username)
    person = None
    if known is not None:
        person = session.scalars(select(Person).where(Person.username == known)).one_or_none()
    stored = person.password_hash if person is not None and person.active else None
    if not passwords.verify(stored, password) or person is None:
        throttle.record(session, th.LOGIN_FAILED, subjects, now)
        raise LoginRefused("wrong", msg("The user name or the password is wrong."))
    _renew(person, password, passwords)
    throttle.record(session, th.LOGIN_SUCCEEDED, subjects[:1], now)
    return person


def reauthenticate(
    session: Session,
    person: Person,
    password: str,
    now: datetime,
    *,
    passwords: pw.Passwords = pw.STANDARD,
    throttle: th.Throttle = THROTTLE,
) -> None:
    """Ask a signed-in person for the password once more, with login's own throttle.

    Raises ``LoginRefused`` as :func:`authenticate` does.
    """
    subjects = (throttle.name(person.username),)
    wait(session, throttle, subjects, now)
    if not passwords.verify(person.password_hash if person.active else None, password):
        throttle.record(session, th.REAUTHENTICATION_FAILED, subjects, now)
        raise LoginRefused("wrong", msg("The password is wrong."))
    _renew(person, password, passwords)
    throttle.record(session, th.REAUTHENTICATION_SUCCEEDED, subjects, now)


def wait(session: Session, throttle: th.Throttle, subjects: tuple[th.Subject, ...], now: datetime) -> None:
    """Raise ``LoginRefused`` (``throttled``) while one of ``subjects`` has to wait."""
    until = throttle.wait_until(session, subjects, now)
    if until is None:
        return
    seconds = math.ceil((until - now).total_seconds())
    raise LoginRefused(
        "throttled",
        msg("Too many wrong attempts. Wait ${minutes} min and try again.", minutes=math.ceil(seconds / 60)),
        retry_after=seconds,
    )


def _renew(person: Person, password: str, passwords: pw.Passwords) -> None:
    if person.password_hash is not None and passwords.outdated(person.password_hash):
        person.password_hash = passwords.hash(password)
