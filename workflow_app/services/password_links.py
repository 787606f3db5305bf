"""A one-time way to choose one's own password, for somebody who was just added or has forgotten it.

The link is shown once to the one who made it, who gives it to the person. The
table has only its SHA-256; it works once and for a week, and a newer one makes
the older worthless.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.deputies import PasswordLink
from workflow_app.models.people import Party, Person
from workflow_app.services import passwords, people
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.people_acting import list_acting
from workflow_app.services.people_entries import enter
from workflow_app.services.people_roles import administered, list_roles
from workflow_app.services.trail import EntryActor

LIFE = timedelta(days=7)
_SHAPE = 43  # characters of 32 bytes in URL-safe base64


def issue(session: Session, person: Person, *, actor: EntryActor | None = None, now: datetime) -> str:
    """A new link's secret in clear, kept nowhere; earlier ones of the person work no more.

    ``now`` is the wall clock. Raises ``Conflict`` for an ended person.
    """
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    session.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person.id, PasswordLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session="fetch")
    )
    clear = secrets.token_urlsafe(32)
    session.add(
        PasswordLink(
            token_sha256=_sha256(clear), person=person, created_at=now, expires_at=now + LIFE, used_at=None
        )
    )
    enter(session, None, "password_link_made", data={"person": person.id}, actor=actor, now=now)
    return clear


def expect_own(session: Session, person: Person, party: Party, *, who: Who, today: date) -> None:
    """Refuse an administrator of ``party`` a new link by which she would reach further than her parties.

    Whoever has the link can become the person. So it is made only for one who has
    not chosen a password, does not run the installation, and acts for no party but
    those that ``who`` administers. Raises ``FieldErrors`` (``username``) and ``Conflict``.
    """
    held = list_roles(session, today=today, person=person)
    if party.id not in {h.party_id for h in held}:
        raise FieldErrors({"username": msg("«${username}» holds no role here.", username=person.username)})
    if person.password_hash is not None:
        raise Conflict(
            "password_chosen",
            msg("«${username}» has a password; only the operator gives a new one.", username=person.username),
        )
    acting = list_acting(session, today=today, person=person)
    parties = {h.party.key for h in held} | {a.party.key for a in acting}
    if person.is_operator or parties - administered(who):
        raise Conflict(
            "acts_for_others",
            msg(
                "«${username}» acts for others than your parties; only the operator gives a new address.",
                username=person.username,
            ),
        )


def find(session: Session, clear: str, now: datetime) -> Person:
    """Whose link this is. ``NotThere`` (``password_link``) for one that never was, was used or is over."""
    return _row(session, clear, now).person


def use(
    session: Session,
    clear: str,
    password: str,
    *,
    now: datetime,
    hashing: passwords.Passwords = passwords.STANDARD,
) -> Person:
    """Set the password and spend the link. Raises ``NotThere``, and ``ServiceError`` for a weak password."""
    row = _row(session, clear, now, lock=True)
    people.set_password(
        session, row.person, password, actor=EntryActor(person=row.person_id), now=now, hashing=hashing
    )
    row.used_at = now
    session.flush()
    return row.person


def _row(session: Session, clear: str, now: datetime, *, lock: bool = False) -> PasswordLink:
    row = None
    if len(clear) == _SHAPE and clear.isascii():
        wanted = (
            select(PasswordLink)
            .join(Person, Person.id == PasswordLink.person_id)
            .where(
                PasswordLink.token_sha256 == _sha256(clear),
                PasswordLink.used_at.is_(None),
                PasswordLink.expires_at > now,
                Person.active,
            )
        )
        row = session.scalars(wanted.with_for_update(of=PasswordLink) if lock else wanted).one_or_none()
    if row is None:
        raise NotThere(
            "password_link",
            msg("This link has been used or is too old; ask the one who gave it to you for a new one."),
        )
    return row


def _sha256(clear: str) -> str:
    return hashlib.sha256(clear.encode("ascii")).hexdigest()
