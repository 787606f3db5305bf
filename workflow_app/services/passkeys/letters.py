"""The letters about a passkey: it was added, it was taken away, it may have been copied.

They go to the owner alone, so that nobody else can add a key in her name unseen.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.mail import Mail
from workflow_app.models.passkeys import Passkey
from workflow_app.services.mail.letters import Block, Facts, Letter, Link, Paragraph

_WHY = msg("You get this because it is about how you log in and sign.")
_WRONG = msg("If it was not you, remove it at once and tell your administrator.")


def added(session: Session, mail: Mail, today: date) -> Letter | None:
    """To the owner of a new passkey; None where it is gone again already."""
    passkey = session.get(Passkey, mail.data["passkey"])
    if passkey is None or passkey.removed_at is not None:
        return None
    return _letter(
        msg("A passkey was added to your account"),
        Paragraph(msg("A passkey was added to your account. With it one can log in and sign as you.")),
        _facts(passkey, msg("Added"), passkey.created_at.date()),
        Paragraph(_WRONG),
    )


def removed(session: Session, mail: Mail, today: date) -> Letter | None:
    """To the one whose passkey was taken away."""
    passkey = session.get(Passkey, mail.data["passkey"])
    if passkey is None or passkey.removed_at is None:
        return None
    return _letter(
        msg("A passkey was removed from your account"),
        Paragraph(
            msg("A passkey was removed from your account and opens nothing more. What it signed stands.")
        ),
        _facts(passkey, msg("Removed"), passkey.removed_at.date()),
        Paragraph(msg("If you lost it, log in with the password and register a new one.")),
    )


def suspected(session: Session, mail: Mail, today: date) -> Letter | None:
    """To the owner of a passkey whose counter went backwards; None where it is gone already."""
    passkey = session.get(Passkey, mail.data["passkey"])
    if passkey is None or passkey.removed_at is not None:
        return None
    return _letter(
        msg("A passkey of yours may have been copied"),
        Paragraph(
            msg(
                "A passkey of yours was used, and counted fewer uses than before. That happens when there"
                " are two of it. It was refused."
            )
        ),
        _facts(passkey, msg("Added"), passkey.created_at.date()),
        Paragraph(msg("Remove it and register a new one; if you cannot, ask your administrator.")),
    )


def _facts(passkey: Passkey, label: Message, day: date) -> Facts:
    return Facts(((msg("Name"), passkey.name), (label, day)))


def _letter(subject: Message, *blocks: Block) -> Letter:
    return Letter(subject=subject, blocks=(*blocks, Link("/passkeys", msg("My passkeys"))), why=_WHY)
