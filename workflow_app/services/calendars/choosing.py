"""What a new calendar address is to be about: something the person may see, or all that is her own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors
from workflow_app.services.parties_seen import sees_party
from workflow_app.services.visibility import visible_to

MINE = "mine"


def chosen(session: Session, who: Who, registry: Registry, about: str) -> Agreement | Party | None:
    """What "mine", "agreements/ID" or "parties/KEY" names; None is all that is the person's own.

    Raises ``FieldErrors`` for anything else, and for what is not hers to see: the two are one answer.
    """
    kind, _, key = about.partition("/")
    if about == MINE:
        return None
    if kind == "agreements":
        wanted = select(Agreement).where(Agreement.id == key, visible_to(who, registry))
        if (agreement := session.scalars(wanted).one_or_none()) is not None:
            return agreement
    if kind == "parties":
        party = session.scalars(select(Party).where(Party.key == key)).one_or_none()
        if party is not None and sees_party(session, who, party, registry):
            return party
    raise FieldErrors(
        {"about": msg("Choose what the calendar is to show: all that is yours, an agreement, or a party.")}
    )
