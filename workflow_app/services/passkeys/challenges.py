"""Challenges: 32 bytes that may be answered once, within minutes.

A used one stays until it expires, so that the same answer cannot come twice; an
expired one is deleted when the next is made. How many one person or one address
may have open is limited, since anybody may ask for one before signing in.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.passkeys import PasskeyChallenge
from workflow_app.services.passkeys.wire import b64
from workflow_app.services.people_login import LoginRefused


class Purpose(StrEnum):
    """What an answer to a challenge does, and nothing else."""

    LOGIN = "login"
    CONFIRM = "confirm"
    """Show that it is still you, before another passkey is added."""
    REGISTER = "register"
    SIGN = "sign"


LIFE: Mapping[Purpose, timedelta] = {
    Purpose.LOGIN: timedelta(minutes=5),
    Purpose.CONFIRM: timedelta(minutes=5),
    Purpose.REGISTER: timedelta(minutes=10),
    Purpose.SIGN: timedelta(minutes=10),
}
PER_SUBJECT = 60
"""Open challenges of one person or address; a whole town hall stands behind one address."""


def make(
    session: Session,
    purpose: Purpose,
    *,
    subject: str,
    now: datetime,
    person_id: str | None = None,
    challenge: bytes | None = None,
    agreement_id: str | None = None,
    transition: str | None = None,
    statement: Mapping[str, Any] | None = None,
) -> PasskeyChallenge:
    """A new challenge; random unless ``challenge`` was drawn from a statement.

    ``now`` is the wall clock. Raises ``LoginRefused`` (``throttled``) where ``subject`` has too many open.
    """
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now))
    open_ones = session.scalar(
        select(func.count()).where(PasskeyChallenge.subject == subject, PasskeyChallenge.used_at.is_(None))
    )
    if (open_ones or 0) >= PER_SUBJECT:
        wait = LIFE[purpose]
        raise LoginRefused(
            "throttled",
            msg(
                "Too many attempts are under way. Wait ${minutes} min and try again.",
                minutes=wait // timedelta(minutes=1),
            ),
            retry_after=int(wait.total_seconds()),
        )
    row = PasskeyChallenge(
        challenge=b64(challenge if challenge is not None else secrets.token_bytes(32)),
        purpose=purpose,
        subject=subject,
        person_id=person_id,
        agreement_id=agreement_id,
        transition=transition,
        statement=dict(statement) if statement is not None else None,
        answer=None,
        made_at=now,
        expires_at=now + LIFE[purpose],
        used_at=None,
    )
    session.add(row)
    session.flush()
    return row


def find(
    session: Session, challenge: bytes, purpose: Purpose, now: datetime, *, person_id: str | None = None
) -> PasskeyChallenge:
    """The live challenge for this purpose and person; ``LoginRefused`` (``passkey_expired``) where none is.

    A used one is found too: whether it may be answered again is for :func:`spend` to say.
    """
    row = session.scalars(
        select(PasskeyChallenge).where(
            PasskeyChallenge.challenge == b64(challenge),
            PasskeyChallenge.purpose == purpose,
            PasskeyChallenge.expires_at > now,
        )
    ).one_or_none()
    if row is None or row.person_id != person_id:
        raise expired()
    return row


def spend(session: Session, row: PasskeyChallenge, now: datetime) -> bool:
    """Use the challenge; False where somebody was first. Only one transaction can have it."""
    used = session.execute(
        update(PasskeyChallenge)
        .where(PasskeyChallenge.id == row.id, PasskeyChallenge.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session="fetch")
    )
    assert isinstance(used, CursorResult)
    return int(used.rowcount) == 1


def expired() -> LoginRefused:
    """The challenge was used, is too old, or was somebody else's."""
    return LoginRefused(
        "passkey_expired", msg("It took too long, or this was done already; press the button once more.")
    )
