"""Somebody shows a passkey: to sign in, or once more while signed in.

Throttled as passwords are and told in the same security log. As there, failures are
written with the caller's transaction, which must be *committed* after a refusal:
catch ``LoginRefused`` and answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.passkeys import Passkey, PasskeyChallenge
from workflow_app.models.people import Person
from workflow_app.services import throttle as th
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.passkeys import challenges, checking
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.site import Site
from workflow_app.services.passkeys.wire import Assertion, read_assertion, unb64
from workflow_app.services.people_login import THROTTLE, LoginRefused, wait

SUSPECTED = "passkey_suspected"
"""In the security log, and the kind of the mail: a passkey that may have been copied."""


@dataclass(frozen=True)
class Shown:
    """A passkey that answered: whose, what it answered with, and to which challenge."""

    passkey: Passkey
    assertion: Assertion
    challenge: PasskeyChallenge


def sign_in(
    session: Session,
    sent: object,
    client: str,
    now: datetime,
    *,
    site: Site,
    throttle: th.Throttle = THROTTLE,
) -> Person:
    """The person whose passkey answered the challenge. ``client`` is the address it came from.

    Raises ``LoginRefused``; an unknown passkey, an ended account and a wrong
    signature are one answer.
    """
    address = throttle.client(client)
    wait(session, throttle, (address,), now)
    subjects: tuple[th.Subject, ...] = (address,)
    try:
        assertion = read_assertion(sent)
        row = challenges.find(session, assertion.said.challenge, Purpose.LOGIN, now)
        passkey = _passkey(session, assertion)
        if passkey is not None:
            subjects = (throttle.name(passkey.person.username), address)
            wait(session, throttle, subjects[:1], now)
        _check(session, passkey, assertion, row, site, throttle, now)
        if not challenges.spend(session, row, now):
            raise challenges.expired()
    except LoginRefused as no:
        _count(session, no, th.LOGIN_FAILED, subjects, throttle, now)
        raise
    assert passkey is not None
    throttle.record(session, th.LOGIN_SUCCEEDED, subjects[:1], now)
    return passkey.person


def once_more(
    session: Session,
    person: Person,
    sent: object,
    purpose: Purpose,
    now: datetime,
    *,
    site: Site,
    throttle: th.Throttle = THROTTLE,
) -> Shown:
    """A signed-in person's own passkey, in place of the password typed again.

    The challenge is found and not used: whoever writes what it was for uses it in the
    same transaction. Raises ``LoginRefused``.
    """
    subjects = (throttle.name(person.username),)
    wait(session, throttle, subjects, now)
    try:
        assertion = read_assertion(sent)
        row = challenges.find(session, assertion.said.challenge, purpose, now, person_id=person.id)
        passkey = _passkey(session, assertion)
        if passkey is not None and passkey.person_id != person.id:
            passkey = None
        if row.answer != assertion.digest or passkey is None or passkey.removed_at is not None:
            _check(session, passkey, assertion, row, site, throttle, now)
            row.answer = assertion.digest
    except LoginRefused as no:
        _count(session, no, th.REAUTHENTICATION_FAILED, subjects, throttle, now)
        raise
    assert passkey is not None
    session.flush()
    throttle.record(session, th.REAUTHENTICATION_SUCCEEDED, subjects, now)
    return Shown(passkey, assertion, row)


def _passkey(session: Session, assertion: Assertion) -> Passkey | None:
    found = session.scalars(
        select(Passkey).where(Passkey.key == assertion.key).with_for_update()
    ).one_or_none()
    return found if found is not None and found.person.active else None


def _check(
    session: Session,
    passkey: Passkey | None,
    assertion: Assertion,
    row: PasskeyChallenge,
    site: Site,
    throttle: th.Throttle,
    now: datetime,
) -> None:
    try:
        counter = checking.check(passkey, assertion, unb64(row.challenge), site)
    except LoginRefused as no:
        if no.code == checking.COUNTER and passkey is not None:
            _suspect(session, passkey, throttle, now)
        raise
    assert passkey is not None
    passkey.counter, passkey.last_used_at = counter, now
    session.flush()


def _suspect(session: Session, passkey: Passkey, throttle: th.Throttle, now: datetime) -> None:
    """Write it down and tell the owner, once a day for each passkey."""
    throttle.record(session, SUSPECTED, (throttle.name(passkey.person.username),), now)
    enqueue(
        session,
        kind=SUSPECTED,
        key=f"{SUSPECTED}/{passkey.id}/{now.date().isoformat()}",
        person_id=passkey.person_id,
        now=now,
        data={"passkey": passkey.id},
    )


def _count(
    session: Session,
    no: LoginRefused,
    kind: str,
    subjects: tuple[th.Subject, ...],
    throttle: th.Throttle,
    now: datetime,
) -> None:
    # Who took too long was not guessing, and one who waits is not looked at.
    if no.code not in ("passkey_expired", "throttled"):
        throttle.record(session, kind, subjects, now)
