"""The outbox in words: for an administrator who is to see at a glance whom mail does not reach, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.models.mail import BOUNCED, REFUSED, SENDING, SENT, UNCERTAIN, WAITING, Mail
from workflow_app.models.people import Person
from workflow_app.services.errors import ServiceError
from workflow_app.services.mail import correcting
from workflow_app.services.mail.addresses import WrongAddress, addr_spec
from workflow_app.services.mail.listing import NEEDS_A_PERSON, Outbox, addressee, outbox_of
from workflow_app.services.meetings.delivery import CANCELLED
from workflow_app.web.changing import problems_of
from workflow_app.web.pagemodels.common import Link, Problem
from workflow_app.web.pagemodels.mail import AddressForm, MailPage, MailRow
from workflow_app.web.present.words import agreement_url, moment, root_url

STATUS: dict[str, Message] = {
    WAITING: msg("Waits"),
    SENDING: msg("Being sent"),
    REFUSED: msg("Refused"),
    BOUNCED: msg("Came back"),
    UNCERTAIN: msg("Uncertain"),
}

EXPLAINED: dict[str, Message] = {
    WAITING: msg("Is sent when its time has come and the mail server takes it."),
    SENDING: msg("The server is sending it."),
    REFUSED: msg("It could not be delivered. Correct the address, then send it again."),
    BOUNCED: msg("It came back from the recipient's mail server. Correct the address, then send it again."),
    UNCERTAIN: msg(
        "The connection broke at the moment of sending: it may have arrived. Ask, before you send it again."
    ),
}

GUEST_EXPLAINED = msg(
    "It did not reach the guest, who has no account. A coordinator of the parties takes the guest off the"
    " list on the meeting's page, invites again with the right address, and sends the invitation once more."
)
CALLED_OFF_EXPLAINED = msg(
    "The guest, who has no account, was not told that the meeting is called off. Somebody has to tell the"
    " guest in another way."
)
GONE_EXPLAINED = msg("The guest is no longer on the meeting's list: let the mail rest.")

KIND: dict[str, Message] = {
    "coverage": msg("A role that nobody holds"),
    "handover": msg("A role taken over"),
    "handover_taken": msg("A role handed over"),
    "meeting_cancelled": msg("A meeting called off"),
    "meeting_invitation": msg("An invitation to a meeting"),
    "passkey_added": msg("A passkey added"),
    "passkey_removed": msg("A passkey removed"),
    "passkey_suspected": msg("A passkey that may have been copied"),
    "reminder": msg("A reminder"),
    "step": msg("A step of an agreement"),
    "trial": msg("A trial mail"),
}

GUEST_GONE = msg("A guest who was taken off the list")
NOT_SET = msg("No mail server is set for this installation, so no mail goes out. The operator can set one.")
IN_FOLDER = msg("This installation puts mail in a folder on the server instead of sending it.")


@dataclass(frozen=True)
class Typed:
    """An address that was not taken: by the id of the mail it was typed at, and why it was not."""

    mail: int
    address: str
    wrong: Message


def mail_page(request: Request, wrong: ServiceError | None = None, typed: Typed | None = None) -> MailPage:
    """What the reader minds of the outbox; ``wrong`` is why nothing was done, ``typed`` what is kept."""
    found = outbox_of(request.reading, request.who, request.today)
    forms = _forms(request, found.stopped, typed)
    settings = request.registry["mail_settings"]
    notice = None if settings.host else IN_FOLDER if settings.folder else NOT_SET
    return MailPage(
        url=f"{root_url(request)}/mail",
        stopped=tuple(replace(_row(request, mail), **forms.get(mail.id, {})) for mail in found.stopped),
        waiting=tuple(_row(request, mail) for mail in found.waiting),
        more_stopped=sum(found.counts.get(s, 0) for s in NEEDS_A_PERSON) - len(found.stopped),
        more_waiting=sum(found.counts.get(s, 0) for s in (WAITING, SENDING)) - len(found.waiting),
        sent=found.counts.get(SENT, 0),
        notice=request.say(notice) if notice else None,
        problems=(Problem(f"email-{typed.mail}", request.say(typed.wrong)),)
        if typed
        else problems_of(request, wrong),
        trial=own_address(request) is not None,
    )


def _forms(request: Request, stopped: tuple[Mail, ...], typed: Typed | None) -> dict[int, dict[str, Any]]:
    """By the id of a mail, what its row has of correcting the address: once for each person."""
    asking = [mail for mail in stopped if correcting.asks_for_it(mail)]
    # Where she typed something it is kept, else the person's newest mail has the form.
    asking.sort(key=lambda mail: typed is None or mail.id != typed.mail)
    made: dict[int, dict[str, Any]] = {}
    for ident, mail in {mail.person_id: mail for mail in reversed(asking)}.items():
        person = request.reading.get(Person, ident)
        if reason := correcting.why_not(request.reading, request.who, person, request.today):
            made[mail.id] = {"others": request.say(reason)}
        else:
            mine = typed if typed and typed.mail == mail.id else None
            wrong = request.say(mine.wrong) if mine else None
            form = AddressForm(f"email-{mail.id}", mine.address if mine else "", wrong)
            made[mail.id] = {"correct": form}
    return made


def own_address(request: Request) -> str | None:
    """The reader's own address, where mail can be sent to it."""
    person = request.reading.get(Person, request.who.person_id)
    try:
        return addr_spec(person.email) if person is not None and person.email else None
    except WrongAddress:
        return None


def mail_json(request: Request) -> dict[str, Any]:
    """The same for a program."""
    found: Outbox = outbox_of(request.reading, request.who, request.today)
    return {
        "stopped": [_json(mail) for mail in found.stopped],
        "waiting": [_json(mail) for mail in found.waiting],
        "counts": found.counts,
        "sends": request.registry["mail_settings"].sends,
    }


def _row(request: Request, mail: Mail) -> MailRow:
    agreement = mail.agreement
    name, address = addressee(request.reading, mail)
    return MailRow(
        id=mail.id,
        to=name or request.say(GUEST_GONE),
        address=address,
        about=request.say(KIND.get(mail.kind, Message(mail.kind))),
        status=mail.status,
        status_label=request.say(STATUS[mail.status]),
        when=moment(request, mail.done_at or mail.due_at),
        explanation=request.say(_explained(mail, gone=name is None)),
        answer=_answer(request, mail.answer) if mail.answer else None,
        agreement=Link(agreement_url(request, agreement.id), agreement.title) if agreement else None,
        meeting=_meeting(request, mail),
    )


def _explained(mail: Mail, *, gone: bool) -> Message:
    if mail.guest is None or mail.status not in (REFUSED, BOUNCED):
        return EXPLAINED[mail.status]
    if gone:
        return GONE_EXPLAINED
    return CALLED_OFF_EXPLAINED if mail.kind == CANCELLED else GUEST_EXPLAINED


def _meeting(request: Request, mail: Mail) -> Link | None:
    """The meeting a guest's mail is about, where the guest is invited anew."""
    if mail.guest is None or mail.agreement is None:
        return None
    number = mail.data["meeting"]
    href = f"{agreement_url(request, mail.agreement.id)}/meetings/{number}"
    return Link(href, request.say(msg("Meeting ${number}", number=number)))


def _answer(request: Request, kept: str) -> str:
    """Our own reason, from the catalogue, before what the mail server said, as it came."""
    reason, colon, detail = kept.partition(": ")
    return f"{request.say(Message(reason))}{colon}{detail}"


def _json(mail: Mail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "kind": mail.kind,
        "to": mail.person.username if mail.guest is None else None,
        "agreement": mail.agreement_id,
        "meeting": mail.data.get("meeting"),
        "status": mail.status,
        "attempts": mail.attempts,
        "due": mail.due_at,
        "code": mail.code,
        "answer": mail.answer,
    }
