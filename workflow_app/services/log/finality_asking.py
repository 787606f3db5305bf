"""The questions to the database that finality is answered from, each put together once.

They are asked on every page about an agreement: the database answers each in a
tenth of a millisecond, and putting them together anew would cost fifty times that.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Executable, ScalarSelect, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from workflow_app.models.agreements import AgreementParty
from workflow_app.models.people import Party
from workflow_app.models.tree import Checkpoint
from workflow_app.models.witnesses import Cosignature, Witness


@cache
def watches() -> Executable:
    """Each party of the agreements ``idents``, and each of its witnesses."""
    return (
        select(
            AgreementParty.agreement_id, Party.id, Party.key, Party.name, Party.side,
            Witness.id, Witness.vkey, Witness.since, Witness.retired_at,
        )
        .join(Party, Party.id == AgreementParty.party_id)
        .outerjoin(Witness, Witness.party_id == Party.id)
        .where(AgreementParty.agreement_id.in_(bindparam("idents", expanding=True)))
        .order_by(Party.id, Witness.id)
    )  # fmt: skip


@cache
def reached(witnesses: int) -> Executable:
    """The newest head that each of so many witnesses has cosigned and counts on; one step in an index each.

    Of each, here and in :func:`cosigned`: its number is ``id0``, ``id1``…, the smallest head it
    counts on ``first0``…, the largest ``last0``…
    """
    return select(
        Witness.id, _newest(Cosignature.size, witnesses), _newest(Cosignature.time, witnesses)
    ).where(Witness.id.in_([bindparam(f"id{n}") for n in range(witnesses)]))


def _counted(witnesses: int) -> ColumnElement[bool]:
    """Whether the head that ``Cosignature`` is of is one that ``Witness`` counts on; never for others."""
    first = case({bindparam(f"id{n}"): bindparam(f"first{n}") for n in range(witnesses)}, value=Witness.id)
    last = case({bindparam(f"id{n}"): bindparam(f"last{n}") for n in range(witnesses)}, value=Witness.id)
    return and_(Cosignature.size >= first, Cosignature.size <= last)


def _newest(column: InstrumentedAttribute[int], witnesses: int) -> ScalarSelect[int]:
    return (
        select(column)
        .where(Cosignature.vkey == Witness.vkey, _counted(witnesses))
        .order_by(Cosignature.size.desc())
        .limit(1)
        .correlate(Witness)
        .scalar_subquery()
    )


@cache
def cosigned(witnesses: int, musts: int, covering: bool) -> Executable:
    """Every counted cosignature of the head that everybody has cosigned who must, by the parties ``all``.

    The newest such head of at most ``bound`` leaves; with ``covering``, the oldest of more than so many. It
    must be cosigned for one of the parties ``municipal`` and one of ``police``, and for each party ``must0``,
    ``must1``… unless it is of fewer leaves than that one's ``from0``, ``from1``….
    """
    return (
        select(
            Cosignature.size, Cosignature.time, Checkpoint.root,
            Witness.party_id, Witness.name, Witness.vkey,
        )
        .join(Checkpoint, Checkpoint.size == Cosignature.size)
        .join(Witness, Witness.vkey == Cosignature.vkey)
        .where(Cosignature.size == _head(witnesses, musts, covering), _counted(witnesses))
        .where(Witness.party_id.in_(bindparam("all", expanding=True)))
        .order_by(Cosignature.time, Witness.id)
    )  # fmt: skip


def _head(witnesses: int, musts: int, covering: bool) -> ScalarSelect[int]:
    def by(whom: ColumnElement[bool]) -> ColumnElement[bool]:
        its_witness = (Cosignature.size == Checkpoint.size, Witness.vkey == Cosignature.vkey)
        return exists().where(*its_witness, whom, _counted(witnesses))

    heads = select(Checkpoint.size).where(
        Checkpoint.size <= bindparam("bound"),
        *(by(Witness.party_id.in_(bindparam(side, expanding=True))) for side in ("municipal", "police")),
    )
    for n in range(musts):
        before = Checkpoint.size < bindparam(f"from{n}")
        heads = heads.where(or_(before, by(Witness.party_id == bindparam(f"must{n}"))))
    if covering:
        heads = heads.where(Checkpoint.size > bindparam("covering")).order_by(Checkpoint.size)
    else:
        heads = heads.order_by(Checkpoint.size.desc())
    return heads.limit(1).correlate(None).scalar_subquery()
