"""Which agreements can be linked, and why not where they cannot.

A link that replaces ends another agreement the day this one is signed, so it is
asked about more closely than one that only points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import REPLACES, AgreementLink
from workflow_app.services.errors import FieldErrors
from workflow_app.services.material import text_of
from workflow_app.services.parties import is_open

LONGEST_QUOTE = 2_000


def no(field: str, sentence: Message) -> FieldErrors:
    """One field that is wrong, and why."""
    return FieldErrors({field: sentence})


def may_hang_together(
    session: Session, newer: Agreement, older: Agreement, relation: str, registry: Registry, now: datetime
) -> None:
    """Raise ``FieldErrors`` where ``newer`` cannot replace or supplement ``older``."""
    if newer.id == older.id:
        raise no("agreement", msg("An agreement cannot be linked to itself; choose another."))
    pair = {newer.id, older.id}
    if session.scalars(
        select(AgreementLink).where(AgreementLink.newer_id.in_(pair), AgreementLink.older_id.in_(pair))
    ).first():
        raise no("agreement", msg("These two agreements are linked already."))
    if newer.predecessor_id == older.id:
        sentence = msg("This is the revision of that agreement, and follows it when it is signed.")
        raise no("agreement", sentence)
    if newer.id in _below(session, older.id):
        raise no("agreement", msg("That agreement builds on this one, so this one cannot build on it."))
    if older.signed_on is None and registry.by_digest(older.definition_digest).states[older.state].final:
        raise no("agreement", msg("The older agreement was withdrawn, and was never in force."))
    binds = {p.party.key for p in newer.parties}
    if not any(p.party.key in binds for p in older.parties):
        raise no("agreement", msg("The two agreements have no party in common."))
    if relation == REPLACES:
        _may_end(older, binds, now)


def _may_end(older: Agreement, binds: Iterable[str], now: datetime) -> None:
    """Nobody's agreement ends without them: its parties are in the new one, or are no more."""
    if older.replaced_on is not None:
        sentence = msg("That agreement was replaced already, on ${day}.", day=older.replaced_on)
        raise no("agreement", sentence)
    left = [p.party.name for p in older.parties if p.party.key not in binds and is_open(p.party, now.date())]
    if left:
        raise no(
            "agreement",
            msg(
                "The older agreement also binds ${parties}, not party to the newer one: it cannot be"
                " replaced without them. Terminate it, or make a supplement.",
                parties=", ".join(left),
            ),
        )


def _below(session: Session, start: str) -> set[str]:
    """Everything an agreement builds on, however many steps down; itself too."""
    reached, edge = {start}, {start}
    while edge:
        down = session.scalars(select(AgreementLink.older_id).where(AgreementLink.newer_id.in_(edge))).all()
        before = session.scalars(select(Agreement.predecessor_id).where(Agreement.id.in_(edge))).all()
        edge = {ident for ident in (*down, *before) if ident is not None} - reached
        reached |= edge
    return reached


def quoted(session: Session, newer: Agreement, quote: str | None) -> str | None:
    """The words as they stand in the text, however the lines were broken on the way."""
    words = (quote or "").split()
    if not words:
        return None
    if len(quote or "") <= LONGEST_QUOTE:
        found = re.search(r"\s+".join(map(re.escape, words)), text_of(session, newer).text)
        if found is not None:
            return found.group()
    raise no("quote", msg("These words do not stand in the text of the newer agreement; copy them from it."))
