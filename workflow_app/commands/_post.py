"""What the commands that send mail share: its settings as a sentence when wrong, and the counts of a run."""

from __future__ import annotations

from collections.abc import Mapping

from workflow_app.commands import CommandError
from workflow_app.services.mail.sending import Drained
from workflow_app.services.mail.settings import MailSettings, MailSettingsError, mail_settings


def settings_of(settings: Mapping[str, str]) -> MailSettings:
    """The settings for mail; raises ``CommandError`` where they cannot be used."""
    try:
        return mail_settings(settings)
    except MailSettingsError as error:
        raise CommandError(str(error)) from error


def counted(done: Drained) -> str:
    """One line: "12 sent, 1 refused, 2 to be tried again, 0 dropped, 0 uncertain"."""
    return (
        f"{done.sent} sent, {done.refused} refused, {done.later} to be tried again, "
        f"{done.dropped} dropped, {done.uncertain} uncertain"
    )
