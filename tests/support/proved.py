"""An agreement signed off by passkey under a log with witnesses: what bundles and receipts are tried on.

Everything is made by the services that make it in earnest, but the device and
the witnesses, which are software here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft, person
from tests.support.soft_authenticator import SoftAuthenticator
from workflow_app.domain.trail import (
    WITNESS_KEY,
    NoteSignature,
    VerifierKey,
    cosigned_message,
    key_id,
    note_bytes,
    parse_note,
    vkey_text,
)
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Person
from workflow_app.services import parties, readings
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.log import checkpoints, cosigning, witnesses
from workflow_app.services.log.keys import enter
from workflow_app.services.log.signer import Signer
from workflow_app.services.passkeys import options, registering, signing
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.proving import once_more
from workflow_app.services.passkeys.site import Site
from workflow_app.services.transitions import Taken, lock, take_transition

ORIGIN = "avtaler.example/trail"
SIGNER = Signer(ORIGIN, bytes(range(32)))
SITE = Site("avtaler.example", ("https://avtaler.example",))
REGISTRY = workflow_definitions()
WITNESSED = datetime(2025, 3, 10, 10, 0, tzinfo=UTC)


class Watch:
    """A witness in software: cosigns what it is given, as often as it is asked."""

    def __init__(self, name: str, seed: int) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))
        public = self._private.public_key().public_bytes_raw()
        self.key = VerifierKey(name, key_id(name, WITNESS_KEY, public), WITNESS_KEY, public)
        self.vkey = vkey_text(self.key)

    def line(self, text: bytes, time: int) -> NoteSignature:
        """Its cosignature under the checkpoint ``text``."""
        blob = time.to_bytes(8, "big") + self._private.sign(cosigned_message(text, time))
        return NoteSignature(self.key.name, self.key.key_id, blob)


KOMMUNE, POLITI = Watch("moss.example/vitne", 1), Watch("politi.example/vitne", 2)


@dataclass
class Scene:
    """The agreement, its people with their devices, in one session."""

    session: Session
    agreement: Agreement
    people: dict[str, Who]
    devices: dict[str, SoftAuthenticator]

    def take(self, who: str, name: str, *, by: str = "password", **data: object) -> Taken:
        """One step, by password or by the person's passkey."""
        locked = lock(self.session, self.agreement.id)
        assert locked is not None
        sign_off = self._sign_off(who, name, data) if by == "passkey" else None
        taken = take_transition(
            self.session, locked, name, self.people[who], data, NOW, registry=REGISTRY,
            reauthenticated=True, sign_off=sign_off,
        )  # fmt: skip
        assert taken.done, taken.refusals
        return taken

    def _sign_off(self, who: str, name: str, data: dict[str, object]) -> signing.SignOff:
        row = signing.prepare(
            self.session, self.agreement, name, self.people[who], data, NOW,
            registry=REGISTRY, origin=ORIGIN, real_now=NOW,
        )  # fmt: skip
        assert row is not None
        somebody = self.session.get(Person, self.people[who].person_id)
        assert somebody is not None
        asked = options.to_prove(self.session, somebody, row, site=SITE)
        answer = self.devices[who].get(asked)
        return signing.signed(once_more(self.session, somebody, answer, Purpose.SIGN, NOW, site=SITE))

    def cosign(self, *watches: Watch, time: datetime = WITNESSED) -> int:
        """Let these cosign the head that is now; gives its size."""
        head = checkpoints.current(self.session, SIGNER)
        note = parse_note(head.note)
        body = note_bytes(note.text, [w.line(note.text, int(time.timestamp())) for w in watches])
        cosigning.accept(self.session, cosigning.read(body), SIGNER, time)
        return head.size


def scene(session: Session, *, witnessed: bool = True) -> Scene:
    """A negotiated agreement, mayor and station chief with a passkey each, and a witness for each side."""
    enter(session, SIGNER, NOW)
    agreement, slt = draft(session)
    made = Scene(
        session,
        agreement,
        {
            "slt": slt,
            "kontakt": person(session, "kontakt", POLICE, "politikontakt"),
            "mayor": person(session, "ordforer", "3103", "mayor"),
            "chief": person(session, "sjef", POLICE, "station_chief"),
        },
        {name: SoftAuthenticator(SITE.origins[0]) for name in ("mayor", "chief")},
    )
    for name, device in made.devices.items():
        somebody = session.get(Person, made.people[name].person_id)
        assert somebody is not None
        answer = device.create(options.to_register(session, somebody, NOW, site=SITE))
        registering.add(session, somebody, answer, "Telefon", site=SITE, now=NOW, real_now=NOW)
    if witnessed:
        for watch, party in ((KOMMUNE, "3103"), (POLITI, POLICE)):
            witnesses.register(session, parties.find(session, party), watch.vkey, now=NOW, real_now=NOW)
    readings.confirm(session, agreement, who=slt, now=NOW)
    made.take("slt", "agree")
    made.take("kontakt", "agree")
    return made
