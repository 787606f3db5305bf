"""Access tokens: how a program signs in as a person.

The clear token is given once and kept nowhere; the table has its SHA-256. A
token has a scope and an end, always: a forgotten one must die by itself.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.people import AccessToken, Person
from workflow_app.services import norway
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.people_entries import enter
from workflow_app.services.people_fields import listed
from workflow_app.services.trail import EntryActor

READ = "read"
WRITE = "write"
SCOPES = (READ, WRITE)
"""``read`` may look; ``write`` may also do what the person may do."""

STANDARD_LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=366)

# A prefix lets the scanners that look for leaked secrets find it.
_PREFIX = "avtaleflyt_"
_SHAPE = re.compile(_PREFIX + r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Bearer:
    """Who a program is: the person, and what the token allows."""

    person: Person
    scope: str
    token_id: int

    @property
    def may_write(self) -> bool:
        """Whether anything but reading is allowed."""
        return self.scope == WRITE


def issue(
    session: Session,
    person: Person,
    scope: str,
    *,
    until: datetime | None = None,
    actor: EntryActor | None = None,
    now: datetime,
) -> tuple[str, AccessToken]:
    """A new token in clear, to be shown once, and its row.

    ``until`` is the instant it dies (90 days from now where not given, a year at
    most). Raises ``ServiceError`` for scope or end, ``Conflict`` for an ended person.
    """
    if scope not in SCOPES:
        raise ServiceError(
            "token_scope",
            msg("«${scope}» is not a scope; choose ${choices}.", scope=scope, choices=listed(SCOPES)),
        )
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    until = now + STANDARD_LIFE if until is None else until
    if not now < until <= now + LONGEST_LIFE:
        raise ServiceError(
            "token_end",
            msg(
                "A token must end between ${first} and ${last}.",
                first=norway.local_date(now),
                last=norway.local_date(now + LONGEST_LIFE - timedelta(days=1)),
            ),
        )
    clear = _PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        token_sha256=_sha256(clear),
        person_id=person.id,
        scope=scope,
        created_at=now,
        expires_at=until,
        # Said, not left out: a later bulk change reaches only what the row in memory holds.
        revoked_at=None,
    )
    session.add(token)
    session.flush()
    enter(
        session,
        None,
        "token_issued",
        actor=actor,
        now=now,
        data={"person": person.id, "token": token.id, "scope": scope, "until": until.isoformat()},
    )
    return clear, token


def find(session: Session, clear: str, now: datetime) -> Bearer | None:
    """Whose live token this is, in one statement; None for any other string."""
    if not _SHAPE.fullmatch(clear):
        return None
    row = session.execute(
        select(AccessToken, Person)
        .join(Person, Person.id == AccessToken.person_id)
        .where(
            AccessToken.token_sha256 == _sha256(clear),
            AccessToken.revoked_at.is_(None),
            AccessToken.expires_at > now,
            Person.active,
        )
    ).one_or_none()
    return None if row is None else Bearer(row[1], row[0].scope, row[0].id)


def end(session: Session, token_id: int, *, actor: EntryActor | None = None, now: datetime) -> AccessToken:
    """Make a token worthless at once. ``NotThere`` or ``Conflict`` where there is none to end."""
    token = session.get(AccessToken, token_id)
    if token is None:
        raise NotThere("unknown_token", msg("There is no token with the number ${id}.", id=token_id))
    if token.revoked_at is not None or token.expires_at <= now:
        raise Conflict("token_ended", msg("The token with the number ${id} is over already.", id=token_id))
    token.revoked_at = now
    session.flush()
    enter(
        session,
        None,
        "token_ended",
        actor=actor,
        now=now,
        data={"person": token.person_id, "token": token.id},
    )
    return token


def end_all(session: Session, person_id: str, now: datetime) -> None:
    """End every token of a person, whose own ending is the entry that says so."""
    session.execute(
        update(AccessToken)
        .where(AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session="fetch")
    )


def list_tokens(
    session: Session, now: datetime, *, person: Person | None = None, ended: bool = False
) -> list[AccessToken]:
    """The tokens, oldest first; of one ``person`` where given; ``ended`` adds the dead ones."""
    wanted = select(AccessToken).order_by(AccessToken.id)
    if person is not None:
        wanted = wanted.where(AccessToken.person_id == person.id)
    if not ended:
        wanted = wanted.where(AccessToken.revoked_at.is_(None), AccessToken.expires_at > now)
    return list(session.scalars(wanted))


def _sha256(clear: str) -> str:
    return hashlib.sha256(clear.encode("ascii")).hexdigest()
