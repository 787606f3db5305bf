"""A person's passkeys: which there are, adding one, calling it something else, taking one away.

One that was taken away signs nothing more; what it signed stands. Its row stays, so
that the same credential is never taken for new.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import verify_registration_response
from webauthn.helpers.exceptions import WebAuthnException

from workflow_app.domain.messages import msg
from workflow_app.models.passkeys import Passkey
from workflow_app.models.people import Person
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.passkeys import challenges, told
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.checking import check_place
from workflow_app.services.passkeys.public_key import ALGORITHMS, described
from workflow_app.services.passkeys.site import Site
from workflow_app.services.passkeys.wire import key_of, read_attestation, unb64, unreadable
from workflow_app.services.people_login import LoginRefused
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
    if len(name) > LONGEST_NAME or any(ch < " " or "\ud800" <= ch <= "\udfff" for ch in name):
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


def add(
    session: Session,
    person: Person,
    sent: object,
    name: str,
    *,
    site: Site,
    now: datetime,
    real_now: datetime,
) -> Passkey:
    """Keep the new credential that answers this person's challenge, tell the chains, and tell the person.

    ``now`` is the installation's time, ``real_now`` the wall clock. Raises
    ``LoginRefused`` and ``ServiceError`` with the code of what is wrong, and
    ``Conflict`` (``passkey_taken``).
    """
    wanted = name_of(name)
    may_add(session, person)
    new = read_attestation(sent)
    check_place(new.said, "webauthn.create", site)
    row = challenges.find(session, new.said.challenge, Purpose.REGISTER, real_now, person_id=person.id)
    try:
        made = verify_registration_response(
            credential=new.raw,
            expected_challenge=unb64(row.challenge),
            expected_rp_id=site.rp_id,
            expected_origin=list(site.origins),
            require_user_verification=True,
            supported_pub_key_algs=list(ALGORITHMS),
        )
    except WebAuthnException as error:
        raise _unusable() from error
    except (ValueError, KeyError, TypeError) as error:
        # What a broken attestation object makes its decoders raise.
        raise unreadable() from error
    if made.credential_id != new.credential_id:
        raise unreadable()
    key = key_of(made.credential_id)
    if session.scalars(select(Passkey.id).where(Passkey.key == key)).one_or_none() is not None:
        raise Conflict("passkey_taken", msg("This passkey was registered before; make another."))
    if not challenges.spend(session, row, real_now):
        raise challenges.expired()
    passkey = Passkey(
        person=person,
        key=key,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        described=described(made.credential_public_key),
        counter=made.sign_count,
        transports=list(new.transports),
        name=wanted,
        rp_id=site.rp_id,
        origins=list(site.origins),
        created_at=now,
        last_used_at=None,
        removed_at=None,
    )
    session.add(passkey)
    session.flush()
    told.tell_added(session, passkey, actor=EntryActor(person=person.id), now=now)
    _notify(session, passkey, MAIL_ADDED, real_now)
    return passkey


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
    if because is not Because.OWNER and said is None:
        raise FieldErrors(
            {"reason": msg("Say why the passkey is removed; its owner and the trail are told.")}
        )
    passkey = find(session, person_id, number)
    passkey.removed_at = now
    session.flush()
    told.tell_removed(session, passkey, because=because, reason=said, actor=actor, now=now)
    _notify(session, passkey, MAIL_REMOVED, real_now)
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


def _notify(session: Session, passkey: Passkey, kind: str, now: datetime) -> None:
    enqueue(
        session,
        kind=kind,
        key=f"{kind}/{passkey.id}",
        person_id=passkey.person_id,
        now=now,
        data={"passkey": passkey.id},
    )


def _unusable() -> LoginRefused:
    return LoginRefused(
        "passkey_unusable",
        msg(
            "The new passkey could not be used here; it must ask for fingerprint, face or PIN. "
            "Try again or use another."
        ),
    )
