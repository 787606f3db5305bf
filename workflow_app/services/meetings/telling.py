"""Mail about a meeting put in the outbox: one row to each who is to be told, and once for each sending.

The rows hold numbers alone. What the letter says is read when it goes out: the
invitation as it was frozen, the meeting as it then stands.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.meetings.called import guests, members
from workflow_app.services.meetings.delivery import CANCELLED, INVITATION


def tell_of_invitation(
    session: Session, agreement: Agreement, meeting: Meeting, sender: str, now: datetime
) -> int:
    """The invitation in this sending to everybody who is called; how many letters were put out.

    ``sender`` is the person who sends it, in whose name the rows to guests stand.
    """
    return _to_all(session, agreement, meeting, INVITATION, sender, now, {"sending": meeting.sendings})


def tell_of_cancelling(
    session: Session, agreement: Agreement, meeting: Meeting, sender: str, now: datetime
) -> int:
    """That the meeting is called off, to those who were invited; nobody where no invitation went out."""
    if meeting.invited_at is None:
        return 0
    return _to_all(session, agreement, meeting, CANCELLED, sender, now, {})


def _to_all(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    kind: str,
    sender: str,
    now: datetime,
    more: dict[str, int],
) -> int:
    about = "/".join([kind, agreement.id, str(meeting.number), *(str(n) for n in more.values())])
    sent = 0
    for called in members(session, agreement, meeting):
        mail = enqueue(
            session,
            kind=kind,
            key=f"{about}/{called.person}",
            person_id=called.person,
            now=now,
            agreement=agreement,
            party=called.party,
            data={"meeting": meeting.number, **more},
        )
        sent += mail is not None
    for guest in guests(session, meeting):
        if guest.email is None:
            continue
        mail = enqueue(
            session,
            kind=kind,
            key=f"{about}/guest-{guest.id}",
            person_id=sender,
            now=now,
            agreement=agreement,
            data={"meeting": meeting.number, "guest": guest.id, **more},
        )
        sent += mail is not None
    return sent
