"""What the parties' chains say of passkeys: added, and taken away by whom and why.

Whoever checks a sign-off years later needs the public key from a place the signer's
own side watches, so it is told on the chain of every party the person acts for, and
again where such a person is given a role later. What the person calls the key is
told nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow_app.models.passkeys import Passkey, PasskeyTold
from workflow_app.models.people import ActingHolder, Party, RoleAssignment
from workflow_app.services.norway import local_date
from workflow_app.services.people_entries import enter
from workflow_app.services.trail import EntryActor

ADDED, REMOVED = "passkey_added", "passkey_removed"


def tell_added(session: Session, passkey: Passkey, *, actor: EntryActor | None, now: datetime) -> None:
    """Enter a new passkey for every party its owner acts for, now or later; else for the installation."""
    parties = _parties_of(session, passkey.person_id, local_date(now))
    for party in parties:
        _tell(session, passkey, party, actor=actor, now=now)
    if not parties:
        enter(session, None, ADDED, data=data_of(passkey), actor=actor, now=now)


def role_begins(
    session: Session, person_id: str, party: Party, *, actor: EntryActor | None, now: datetime
) -> None:
    """Tell the party's chain of the passkeys that a person brings to a role or an acting there."""
    known = select(PasskeyTold.passkey_id).where(PasskeyTold.party_id == party.id)
    new = session.scalars(
        select(Passkey)
        .where(Passkey.person_id == person_id, Passkey.removed_at.is_(None), Passkey.id.not_in(known))
        .order_by(Passkey.id)
    )
    for passkey in new.all():
        _tell(session, passkey, party, actor=actor, now=now)


def tell_removed(
    session: Session,
    passkey: Passkey,
    *,
    because: str,
    reason: str | None,
    actor: EntryActor | None,
    now: datetime,
) -> None:
    """Enter that it works no more wherever it was told of. ``because`` is a code, ``reason`` free words."""
    parties: list[Party | None] = list(
        session.scalars(
            select(Party)
            .join(PasskeyTold, PasskeyTold.party_id == Party.id)
            .where(PasskeyTold.passkey_id == passkey.id)
            .order_by(Party.key)
        )
    )
    data = {"key": passkey.key, "person": passkey.person_id, "because": because}
    for party in parties or [None]:
        enter(session, party, REMOVED, data=data, private={"reason": reason}, actor=actor, now=now)


def _tell(
    session: Session, passkey: Passkey, party: Party, *, actor: EntryActor | None, now: datetime
) -> None:
    session.add(PasskeyTold(passkey_id=passkey.id, party_id=party.id))
    enter(session, party, ADDED, data=data_of(passkey), actor=actor, now=now)


def data_of(passkey: Passkey) -> Mapping[str, object]:
    """What a chain says of a passkey, and all that is needed to check what it signed."""
    return {
        "key": passkey.key,
        "public_key": dict(passkey.described),
        "rp_id": passkey.rp_id,
        "origins": list(passkey.origins),
        "person": passkey.person_id,
    }


def _parties_of(session: Session, person_id: str, today: date) -> list[Party]:
    held = select(RoleAssignment.party_id).where(
        RoleAssignment.person_id == person_id,
        or_(RoleAssignment.to_date.is_(None), RoleAssignment.to_date >= today),
    )
    acting = select(ActingHolder.party_id).where(
        ActingHolder.person_id == person_id, ActingHolder.to_date >= today
    )
    wanted = select(Party).where(or_(Party.id.in_(held), Party.id.in_(acting)))
    # In one order always: two transactions that tell several chains must not wait for each other.
    return list(session.scalars(wanted.order_by(Party.key)))
