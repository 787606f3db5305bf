"""A person's passkeys: which there are, calling one something else, taking one away.

One that was taken away signs nothing more; what it signed stands. Its row stays, so
that the same credential is never taken for new.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.passkeys import Passkey
from workflow_app.models.people import Person
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.passkeys import told
from workflow_app.services.trail import EntryActor

LONGEST_NAME = 100
MOST = 20
"""Passkeys of one person; more than anybody has devices."""
MAIL_ADDED, MAIL_REMOVED = "passkey_added", "passkey_removed"
"""The kinds of mail; see ``letters``."""


class Because(StrEnum):
    """Why a passkey was taken away, as the entry's data say it; words of one's own go beside it."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


def keys_of(session: Session, person_id: str) -> list[Passkey]:
    """The passkeys of a person that work, oldest first."""
    return list(
        session.scalars(
            select(Passkey)
            .where(Passkey.person_id == person_id, Passkey.removed_at.is_(None))
            .order_by(Passkey.id)
        )
    )


def name_of(text: str) -> str:
    """What the person calls it; ``FieldErrors`` (``name``) for nothing or too much."""
    name = " ".join(text.split())
    if not name:
        raise FieldErrors({"name": msg("Give the passkey a name, such as Work phone.")})
    if len(name) > LONGEST_NAME or not _plain(name):
        raise FieldErrors(
            {"name": msg("Use at most ${most} ordinary characters for the name.", most=LONGEST_NAME)}
        )
    return name


def may_add(session: Session, person: Person) -> None:
    """Refuse one more than anybody needs (``too_many_passkeys``)."""
    if len(keys_of(session, person.id)) >= MOST:
        raise Conflict(
            "too_many_passkeys",
            msg("You have ${most} passkeys already; remove one you no longer use first.", most=MOST),
        )


def rename(session: Session, person_id: str, number: int, name: str) -> Passkey:
    """Call it something else. Raises ``NotThere`` and ``FieldErrors``."""
    passkey = find(session, person_id, number)
    passkey.name = name_of(name)
    session.flush()
    return passkey


def remove(
    session: Session,
    person_id: str,
    number: int,
    *,
    because: Because,
    reason: str | None = None,
    actor: EntryActor | None,
    now: datetime,
    real_now: datetime,
) -> Passkey:
    """Take a passkey away: it signs in nobody and signs nothing from now on.

    Somebody else than the owner must say why in words: ``FieldErrors`` (``reason``).
    Raises ``NotThere`` where the person has no such one.
    """
    said = " ".join((reason or "").split())[:500] or None
    if said is not None and not _plain(said):
        raise FieldErrors({"reason": msg("Use ordinary characters for the reason.")})
    if because is not Because.OWNER and said is None:
        raise FieldErrors(
            {"reason": msg("Say why the passkey is removed; its owner and the trail are told.")}
        )
    passkey = find(session, person_id, number)
    passkey.removed_at = now
    session.flush()
    told.tell_removed(session, passkey, because=because, reason=said, actor=actor, now=now)
    notify(session, passkey, MAIL_REMOVED, real_now)
    return passkey


def find(session: Session, person_id: str, number: int) -> Passkey:
    """A passkey of this person that works; ``NotThere`` (``unknown_passkey``) for any other."""
    passkey = session.scalars(
        select(Passkey)
        .where(Passkey.id == number, Passkey.person_id == person_id, Passkey.removed_at.is_(None))
        .with_for_update()
    ).one_or_none()
    if passkey is None:
        raise NotThere("unknown_passkey", msg("There is no such passkey any more."))
    return passkey


def sent_number(values: Mapping[str, object]) -> int:
    """The number of a passkey as a form or JSON sends it; 0, which nobody has, for what is none."""
    raw = str(values.get("passkey", ""))
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0


def _plain(text: str) -> bool:
    """Whether nothing in it is a control character or half a one, which no database would keep."""
    return not any(ch < " " or ch == "\x7f" or "\ud800" <= ch <= "\udfff" for ch in text)


def notify(session: Session, passkey: Passkey, kind: str, now: datetime) -> None:
    """A mail to the owner, in the transaction of what it tells of."""
    enqueue(
        session,
        kind=kind,
        key=f"{kind}/{passkey.id}",
        person_id=passkey.person_id,
        now=now,
        data={"passkey": passkey.id},
    )
