"""Putting a mail in the outbox: one row, in the transaction of what it tells of.

Nothing is sent from here. If the transaction is thrown away, so is the mail; if
it is committed, the mail is there however the mail server is doing. A key is
used once for ever, so whoever asks twice, or from two processes at once, has
asked once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.models.people import Party

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def enqueue(
    session: Session,
    *,
    kind: str,
    key: str,
    person_id: str,
    now: datetime,
    agreement: Agreement | None = None,
    party: Party | None = None,
    data: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Mail | None:
    """Write the row of a mail to one person; None where ``key`` was used before.

    ``kind`` names what writes the letter (``services.mail.kinds``). ``key`` is at
    most 250 characters and says what the mail is about and to whom: it is unique
    for ever. ``data`` holds ids, numbers and ISO dates, never a name or a sentence:
    what is said is read when it is sent. ``agreement`` and ``party`` settle the
    language where the person has chosen none. ``not_before`` keeps it back until then.
    """
    insert = _INSERT[session.get_bind().dialect.name]
    statement = (
        insert(Mail)
        .values(
            key=key,
            kind=kind,
            person_id=person_id,
            agreement_id=agreement.id if agreement else None,
            party_id=party.id if party else None,
            data=dict(data or {}),
            made_at=now,
            due_at=not_before or now,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Mail)
    )
    mail: Mail | None = session.scalars(statement).one_or_none()
    return mail
