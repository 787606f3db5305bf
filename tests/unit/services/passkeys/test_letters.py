"""The letters about passkeys: to the owner, with a way to the page, and only while they are true."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.soft_authenticator import SoftAuthenticator
from tests.unit.services.passkeys.conftest import NOW, registered
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person
from workflow_app.services.mail.drawing import draw
from workflow_app.services.mail.kinds import writer
from workflow_app.services.passkeys import keys
from workflow_app.services.passkeys.keys import Because


def test_each_says_which_passkey_and_where_to_look(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    made = registered(session, kari, device, "Jobbtelefon")
    mail = session.scalars(select(Mail)).one()
    for kind in ("passkey_added", "passkey_suspected"):
        letter = writer(kind)(session, mail, NOW.date())
        assert letter is not None
        drawn = draw(letter, language="nb", url="https://avtale.example", sender="Avtaleflyt")
        assert "Jobbtelefon" in drawn.text
        assert "https://avtale.example/passkeys" in drawn.text
    assert writer("passkey_removed")(session, mail, NOW.date()) is None
    keys.remove(session, kari.id, made.id, because=Because.OWNER, actor=None, now=NOW, real_now=NOW)
    assert writer("passkey_removed")(session, mail, NOW.date()) is not None
    for kind in ("passkey_added", "passkey_suspected"):
        assert writer(kind)(session, mail, NOW.date()) is None
