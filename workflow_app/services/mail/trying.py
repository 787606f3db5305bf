"""The letter that somebody sends to see whether mail goes out: at once from a command, or by the outbox."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.mail import Mail
from workflow_app.services.mail.composing import compose
from workflow_app.services.mail.drawing import draw
from workflow_app.services.mail.letters import Letter, Link, Paragraph
from workflow_app.services.mail.post import open_post
from workflow_app.services.mail.settings import MailSettings
from workflow_app.services.mail.writing import sent_by


def letter(_session: Session, _mail: Mail, today: date) -> Letter:
    """The letter of a mail of the kind ``trial``: always true."""
    return trial(today)


def trial(today: date) -> Letter:
    """What a trial mail says."""
    return Letter(
        subject=msg("A trial mail from Avtaleflyt"),
        blocks=(
            Paragraph(msg("Mail goes out from Avtaleflyt: this was sent on ${day}.", day=today)),
            Link("/", msg("Open Avtaleflyt")),
        ),
        why=msg("You get this because somebody who runs the installation tried whether mail comes through."),
    )


def try_out(settings: MailSettings, address: str, now: datetime, language: str = "nb") -> None:
    """Send a trial mail to ``address``; returns when it was taken.

    Raises ``WrongAddress``, ``NotTaken``, ``Trouble`` or ``Unknown``, each with its sentence.
    """
    drawn = draw(trial(now.date()), language=language, url=settings.url, sender=sent_by(settings, language))
    envelope = compose(
        drawn, token=uuid4().hex, name="", address=address, language=language, now=now, settings=settings
    )
    post = open_post(settings)
    try:
        post.send(envelope)
    finally:
        post.close()
