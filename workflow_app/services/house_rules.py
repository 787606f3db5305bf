"""Changing a kommune's house rules, with everything that is counted from them.

The next deadline of each agreement is kept beside it for the long lists, so a
change of rule brings those of the kommune's own agreements up to date in the
same transaction: nobody's worklist goes on by the rule that was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services import parties_rules
from workflow_app.services.chronicle import bring_up_to_date
from workflow_app.services.errors import FieldErrors
from workflow_app.services.reminders.settings import look_again
from workflow_app.services.trail import EntryActor
from workflow_app.services.transitions import lock


def change(
    session: Session,
    party: Party,
    wanted: Mapping[str, int | None],
    *,
    actor: EntryActor | None = None,
    now: datetime,
) -> tuple[str, ...]:
    """Set each rule of ``wanted``, None to take it away; returns the kinds that are now another.

    Raises ``ServiceError`` as :func:`parties_rules.set_house_rule` does.
    """
    before = parties_rules.dated_rules(session, [party]).get(party.key, {})
    for kind, number in wanted.items():
        parties_rules.set_house_rule(session, party, kind, number, actor=actor, now=now)
    after = parties_rules.dated_rules(session, [party]).get(party.key, {})
    changed = tuple(kind for kind in wanted if before.get(kind) != after.get(kind))
    if changed:
        look_again(session, [party.id])
        _recount(session, party, now)
    return changed


def _recount(session: Session, party: Party, now: datetime) -> None:
    its_own = select(AgreementParty.agreement_id).where(AgreementParty.party_id == party.id)
    signed = select(Agreement.id).where(Agreement.id.in_(its_own), Agreement.signed_on.is_not(None))
    for ident in session.scalars(signed.order_by(Agreement.id)).all():
        agreement = lock(session, ident)
        if agreement is not None:
            bring_up_to_date(session, agreement, now.date())


def read_numbers(sent: Mapping[str, object]) -> dict[str, int | None]:
    """The rules that a form or a program sent: a whole number, or nothing for no rule.

    Raises ``FieldErrors`` for a rule there is not, or what is no whole number within its bounds.
    """
    wanted: dict[str, int | None] = {}
    wrong: dict[str, Message] = {}
    for kind, value in sent.items():
        if kind not in parties_rules.KINDS:
            wrong[kind] = msg("There is no house rule “${name}”.", name=kind[:60])
            continue
        try:
            wanted[kind] = _number(value)
        except ValueError:
            wanted[kind] = 0
        number = wanted[kind]
        if number is not None and not 1 <= number <= parties_rules.LONGEST[kind]:
            wrong[kind] = msg(
                "Write a whole number from 1 to ${longest}, or nothing where there is to be no rule.",
                longest=parties_rules.LONGEST[kind],
            )
    if wrong:
        raise FieldErrors(wrong)
    return wanted


def _number(value: object) -> int | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise ValueError(text)
    return int(text)
