"""From a row to the message that is sent: who gets it, in which language, and whether it is still true.

Everything personal is read here, at the last moment: a name that was changed is
the new one, an address that was mended is the right one, and a person who has
left, or was erased, gets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.mail import Mail
from workflow_app.services.calendars import ics
from workflow_app.services.mail.addresses import WrongAddress
from workflow_app.services.mail.claiming import TOO_OLD
from workflow_app.services.mail.composing import Envelope, compose
from workflow_app.services.mail.drawing import draw
from workflow_app.services.mail.kinds import writer
from workflow_app.services.mail.letters import Attached, Letter
from workflow_app.services.mail.settings import MailSettings
from workflow_app.services.mail.voices import voice
from workflow_app.services.norway import OSLO


@dataclass(frozen=True)
class Dropped:
    """A row that is not to be sent, and why, for whoever looks at the list."""

    because: str


TOO_LATE = msg("it waited too long to be news")
CLOSED_ACCOUNT = msg("the account is closed")
NOT_TRUE = msg("no longer true when it was to be sent")
SENT_BY = msg("${name} sends this mail. Nothing happens by opening it or following the link.")
SENT_UNLINKED = msg("${name} sends this mail. Nothing happens by opening it.")


def write(session: Session, ident: int, now: datetime, settings: MailSettings) -> Envelope | Dropped:
    """The message of one row as things stand ``now`` (aware); ``session`` only reads.

    Raises :class:`~workflow_app.services.mail.addresses.WrongAddress` where the person
    has no address, or one that cannot be used.
    """
    mail = session.get_one(Mail, ident)
    if now - max(mail.made_at, mail.due_at) > TOO_OLD:
        return Dropped(str(TOO_LATE))
    if mail.guest is None and not mail.person.active:
        return Dropped(str(CLOSED_ACCOUNT))
    letter = writer(mail.kind)(session, mail, now.astimezone(OSLO).date())
    if letter is None:
        return Dropped(str(NOT_TRUE))
    address = letter.to.address if letter.to else mail.person.email
    if not address:
        raise WrongAddress(msg("The person has no e-mail address."))
    language = mail.agreement.language if letter.to and mail.agreement else language_of(mail)
    drawn = draw(
        letter,
        language=language,
        url=settings.url,
        sender=sent_by(settings, language, linked=letter.linked),
    )
    return compose(
        drawn,
        token=mail.token,
        name=letter.to.name if letter.to else mail.person.name,
        address=address,
        language=language,
        now=now.astimezone(OSLO),
        settings=settings,
        attached=letter.attached + _calendar(letter, language, settings.url, now.astimezone(OSLO).date()),
    )


def _calendar(letter: Letter, language: str, url: str, today: date) -> tuple[Attached, ...]:
    """The letter's event as a file: an invitation shows up in the reader's own calendar."""
    if letter.calendar is None:
        return ()
    content = ics.write(letter.calendar.title, [letter.calendar], ics.Reader(voice(language), url, today))
    return (Attached("mote.ics", "text/calendar", content, {"method": "PUBLISH"}),)


def sent_by(settings: MailSettings, language: str, *, linked: bool = True) -> str:
    """The last line of every mail: who sends it, and that nothing happens by a click, where there is one."""
    sentence = SENT_BY if linked else SENT_UNLINKED
    return voice(language).say(Message(sentence.text, {"name": settings.name}))


def language_of(mail: Mail) -> str:
    """The person's own choice, else the agreement's, else the party's, else bokmål."""
    spoken = (
        mail.person.language,
        mail.agreement.language if mail.agreement else None,
        mail.party.language if mail.party else None,
    )
    return next((language for language in spoken if language), "nb")
