"""Where somebody's mail goes, corrected by an administrator who sees that it does not arrive.

A wrong address is found out by a mail that comes back, and whoever looks at that
knows the person; waiting for the operator would cost the mails of those days. It
is the same change as the command's: mail that waits goes to the new address, and
what the old one refused goes again when somebody says so.

All of a person's mail follows the address, so an administrator corrects it for
those alone who act for nobody but the administrator's own parties: another
kommune's letters must not be led away from here. The operator corrects anybody's.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.mail import BOUNCED, REFUSED, Mail
from workflow_app.models.people import Person
from workflow_app.services import people
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, ServiceError
from workflow_app.services.people_acting import list_acting
from workflow_app.services.people_roles import ADMINISTRATOR, administered, list_roles
from workflow_app.services.trail import EntryActor

NOT_FOR_OTHERS = msg(
    "Only the operator corrects this address, since whoever has it acts for others than your parties too."
)


def asks_for_it(mail: Mail) -> bool:
    """Whether the mail shows that the address of somebody with an account is wrong."""
    return mail.guest is None and mail.status in (REFUSED, BOUNCED) and mail.person.active


def why_not(session: Session, who: Who, person: Person, today: date) -> Message | None:
    """Why ``who`` may not correct this person's address; None where it may be done."""
    if who.is_operator:
        return None
    acts_for = _parties(session, person, today)
    return NOT_FOR_OTHERS if person.is_operator or acts_for - administered(who) else None


def correct(session: Session, who: Who, mail: Mail, address: str, *, today: date, now: datetime) -> None:
    """Give whom the mail was for another address, as the entry says without naming it in clear.

    ``mail`` is one that ``who`` has to decide about. Raises ``FieldErrors`` (``email``) for what is no
    address, none at all or the one that stands; ``Conflict`` where somebody else has to do it.
    """
    person = mail.person
    if not asks_for_it(mail):
        raise Conflict("address_elsewhere", msg("No account's address can be corrected by this mail."))
    if (reason := why_not(session, who, person, today)) is not None:
        raise Conflict("acts_for_others", reason)
    if not address.strip():
        raise FieldErrors({"email": msg("Write the address that mail is to go to, as name@kommune.no.")})
    try:
        changed = people.change_person(
            session, person, email=address, actor=_actor(session, who, person, today), now=now
        )
    except Conflict:
        raise
    except ServiceError as wrong:
        raise FieldErrors({"email": wrong.message}) from wrong
    if not changed:
        raise FieldErrors({"email": msg("This is the address that mail goes to already; write another.")})


def _actor(session: Session, who: Who, person: Person, today: date) -> EntryActor:
    """The administrator, for the party that both act for; the operator by the account alone."""
    shared = _parties(session, person, today) & administered(who)
    if not shared:
        return who.entry()
    return EntryActor(person=who.person_id, role=ADMINISTRATOR, party=min(shared))


def _parties(session: Session, person: Person, today: date) -> frozenset[str]:
    held = list_roles(session, today=today, person=person)
    acting = list_acting(session, today=today, person=person)
    return frozenset({h.party.key for h in held} | {a.party.key for a in acting})
