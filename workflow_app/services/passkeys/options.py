"""What the browser is asked with: the options of ``create()`` and ``get()``, as JSON.

For signing in by user name first, a name that nobody has gets a credential id too,
the same each time, so that the answer does not tell who has an account.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
)
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from workflow_app.models.passkeys import Passkey, PasskeyChallenge
from workflow_app.models.people import Person
from workflow_app.services import throttle as th
from workflow_app.services.passkeys import challenges
from workflow_app.services.passkeys.challenges import LIFE, Purpose
from workflow_app.services.passkeys.keys import keys_of, may_add
from workflow_app.services.passkeys.public_key import ALGORITHMS
from workflow_app.services.passkeys.site import NAME, Site
from workflow_app.services.passkeys.wire import unb64
from workflow_app.services.people_fields import username_or_none
from workflow_app.services.people_login import THROTTLE

_LENGTHS = (16, 20, 32, 48, 64)
"""Lengths of credential ids, in bytes, as authenticators make them."""


def to_register(session: Session, person: Person, now: datetime, *, site: Site) -> dict[str, Any]:
    """Options for a new passkey of a person who has just shown who she is. Raises ``Conflict``."""
    may_add(session, person)
    row = challenges.make(session, Purpose.REGISTER, subject=person.id, now=now, person_id=person.id)
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name=NAME,
        user_id=person.id.encode("ascii"),
        user_name=person.username,
        user_display_name=person.name,
        challenge=unb64(row.challenge),
        timeout=_milliseconds(Purpose.REGISTER),
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(keys_of(session, person.id)),
        supported_pub_key_algs=list(ALGORITHMS),
    )
    return _plain(options)


def to_sign_in(
    session: Session,
    username: str,
    client: str,
    now: datetime,
    *,
    site: Site,
    throttle: th.Throttle = THROTTLE,
) -> dict[str, Any]:
    """Options for signing in; with a ``username``, for that person's passkeys, else for any on the device."""
    row = challenges.make(session, Purpose.LOGIN, subject=throttle.client(client).hash, now=now)
    if not username.strip():
        return _answerable(row, Purpose.LOGIN, site, ())
    known = username_or_none(username)
    person = None
    if known is not None:
        person = session.scalars(select(Person).where(Person.username == known, Person.active)).one_or_none()
    mine = _ids(keys_of(session, person.id)) if person is not None else ()
    allowed = mine or (_nobodys(username, throttle),)
    # Without transports: an invented one would have none to tell.
    return _answerable(row, Purpose.LOGIN, site, [PublicKeyCredentialDescriptor(id=one) for one in allowed])


def to_prove(session: Session, person: Person, row: PasskeyChallenge, *, site: Site) -> dict[str, Any]:
    """Options for an answer of this person's own passkeys to a challenge that is made."""
    return _answerable(row, Purpose(row.purpose), site, _descriptors(keys_of(session, person.id)))


def _answerable(
    row: PasskeyChallenge, purpose: Purpose, site: Site, allowed: Iterable[PublicKeyCredentialDescriptor]
) -> dict[str, Any]:
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=unb64(row.challenge),
        timeout=_milliseconds(purpose),
        allow_credentials=list(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options)


def _descriptors(keys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    known = {t.value: t for t in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=key.credential_id, transports=[known[t] for t in key.transports if t in known] or None
        )
        for key in keys
    ]


def _ids(keys: Iterable[Passkey]) -> tuple[bytes, ...]:
    return tuple(key.credential_id for key in keys)


def _nobodys(username: str, throttle: th.Throttle) -> bytes:
    """A credential id for a name that has none, always the same one, of a length that real ones have."""
    seed = hmac.new(
        throttle.key, f"passkey:{username.strip().casefold()}".encode("utf-8", "replace"), "sha512"
    )
    raw = seed.digest()
    return raw[: _LENGTHS[raw[-1] % len(_LENGTHS)]]


def _plain(options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(options_to_json(options))
    return found


def _milliseconds(purpose: Purpose) -> int:
    return int(LIFE[purpose].total_seconds() * 1000)
