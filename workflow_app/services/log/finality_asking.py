"""The two questions to the database that finality is answered from, each put together once.

They are asked on every page about an agreement: the database answers them in a
tenth of a millisecond, and putting them together anew would cost fifty times that.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Executable, ScalarSelect, and_, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from workflow_app.models.agreements import AgreementParty
from workflow_app.models.base import UTCDateTime
from workflow_app.models.people import Party
from workflow_app.models.tree import Checkpoint
from workflow_app.models.witnesses import Cosignature, Witness


def counted() -> ColumnElement[bool]:
    """What a witness handed in while it looked after the party counts, also when it is retired now."""
    in_time = or_(Witness.retired_at.is_(None), Cosignature.received_at <= Witness.retired_at)
    return and_(Cosignature.received_at >= Witness.since, in_time)


def _newest(column: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """Of the newest head that a registered witness cosigned; one step in an index."""
    return (
        select(column)
        .where(Cosignature.vkey == Witness.vkey, counted())
        .order_by(Cosignature.size.desc())
        .limit(1)
        .correlate(Witness)
        .scalar_subquery()
    )


@cache
def watches() -> Executable:
    """Each party of the agreements ``idents``, each of its witnesses, and how far that has come."""
    return (
        select(
            AgreementParty.agreement_id, Party.id, Party.key, Party.name, Party.side,
            Witness.since, Witness.retired_at, _newest(Cosignature.size), _newest(Cosignature.time),
        )
        .join(Party, Party.id == AgreementParty.party_id)
        .outerjoin(Witness, Witness.party_id == Party.id)
        .where(AgreementParty.agreement_id.in_(bindparam("idents", expanding=True)))
        .order_by(Party.id, Witness.id)
    )  # fmt: skip


@cache
def cosigned(musts: int, covering: bool) -> Executable:
    """Every counted cosignature of the head that everybody has cosigned who must, by the parties ``all``.

    The newest such head of at most ``bound`` leaves; with ``covering``, the oldest of more than so many. It
    must be cosigned for one of the parties ``municipal`` and one of ``police``, and for each party ``must0``,
    ``must1``… unless it was kept before that one's ``since0``, ``since1``….
    """
    return (
        select(
            Cosignature.size, Cosignature.time, Checkpoint.root, Checkpoint.at,
            Witness.party_id, Witness.name, Witness.vkey,
        )
        .join(Checkpoint, Checkpoint.size == Cosignature.size)
        .join(Witness, Witness.vkey == Cosignature.vkey)
        .where(Cosignature.size == _head(musts, covering), counted())
        .where(Witness.party_id.in_(bindparam("all", expanding=True)))
        .order_by(Cosignature.time, Witness.id)
    )  # fmt: skip


def _head(musts: int, covering: bool) -> ScalarSelect[int]:
    heads = select(Checkpoint.size).where(
        Checkpoint.size <= bindparam("bound"),
        *(_by(Witness.party_id.in_(bindparam(side, expanding=True))) for side in ("municipal", "police")),
    )
    for n in range(musts):
        kept_before = Checkpoint.at < bindparam(f"since{n}", type_=UTCDateTime())
        heads = heads.where(or_(kept_before, _by(Witness.party_id == bindparam(f"must{n}"))))
    if covering:
        heads = heads.where(Checkpoint.size > bindparam("covering")).order_by(Checkpoint.size)
    else:
        heads = heads.order_by(Checkpoint.size.desc())
    return heads.limit(1).correlate(None).scalar_subquery()


def _by(whom: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Cosignature.size == Checkpoint.size, Witness.vkey == Cosignature.vkey, whom, counted()
    )
