"""The letter that an administrator sends to see whether mail goes out at all."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.mail import Mail
from workflow_app.services.mail.letters import Letter, Link, Paragraph


def letter(_session: Session, _mail: Mail, today: date) -> Letter:
    """Always true: it says that it came."""
    return Letter(
        subject=msg("A trial mail from Avtaleflyt"),
        blocks=(
            Paragraph(msg("Mail goes out from Avtaleflyt: this was sent on ${day}.", day=today)),
            Link("/", msg("Open Avtaleflyt")),
        ),
        why=msg("You get this because somebody who runs the installation tried whether mail comes through."),
    )
