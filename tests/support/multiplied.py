"""One agreement made into hundreds, row by row: for what must be shown with a thousand of something."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.contents import RuleSet, TextVersion
from workflow_app.models.trail import TrailEntry
from workflow_app.services.trail import agreement_chain

OWNED = (AgreementParty, TextVersion, RuleSet)


def multiply(sessions: sessionmaker[Session], ident: str, count: int) -> list[str]:
    """Put ``count`` copies beside the agreement, each with its text, rules and trail; their ids.

    The entries of a copied trail name the chain they were copied from, so nobody can verify them.
    """
    idents = [f"kopi{n:06d}" for n in range(count)]
    with sessions.begin() as session:
        _copy(session, Agreement.__table__, "id", ident, {new: new for new in idents})
        for model in OWNED:
            _copy(session, model.__table__, "agreement_id", ident, {new: new for new in idents})
        chains = {new: agreement_chain(new) for new in idents}
        _copy(session, TrailEntry.__table__, "chain", agreement_chain(ident), chains)
    return idents


def _copy(session: Session, table: Any, column: str, old: str, new: dict[str, str]) -> None:
    assert isinstance(table, Table)
    rows = [dict(row._mapping) for row in session.execute(select(table).where(table.c[column] == old))]
    numbered = table.autoincrement_column is not None and column != "id"
    kept = [{k: v for k, v in row.items() if not (numbered and k == "id")} for row in rows]
    session.connection().execute(
        insert(table), [{**row, column: name} for name in new.values() for row in kept]
    )
