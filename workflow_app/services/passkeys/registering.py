"""A new passkey: what the authenticator attests is checked, kept, told on the chains and told the person.

Which make it is does not matter here, and nobody is asked to reveal it: attestation
is asked for as "none", and one that comes all the same is checked by the library.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import verify_registration_response
from webauthn.helpers.exceptions import WebAuthnException

from workflow_app.domain.messages import msg
from workflow_app.models.passkeys import Passkey
from workflow_app.models.people import Person
from workflow_app.services.errors import Conflict
from workflow_app.services.passkeys import challenges, told
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.checking import check_place
from workflow_app.services.passkeys.keys import MAIL_ADDED, may_add, name_of, notify
from workflow_app.services.passkeys.public_key import ALGORITHMS, described
from workflow_app.services.passkeys.site import Site
from workflow_app.services.passkeys.wire import key_of, read_attestation, unb64, unreadable
from workflow_app.services.people_login import LoginRefused
from workflow_app.services.trail import EntryActor


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
    except Exception as error:
        # A broken attestation makes its decoders raise whatever they like.
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
    notify(session, passkey, MAIL_ADDED, real_now)
    return passkey


def _unusable() -> LoginRefused:
    return LoginRefused(
        "passkey_unusable",
        msg(
            "The new passkey could not be used here; it must ask for fingerprint, face or PIN. "
            "Try again or use another."
        ),
    )
