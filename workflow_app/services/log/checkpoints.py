"""Heads of the log as signed notes: the one that is now, and those that others hold.

A head is worked out from the committed leaves and signed when somebody asks;
the same leaves and key give the same bytes, so nothing has to be written to
answer. What was cosigned or printed is kept to the byte, since others hold it.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from workflow_app.domain.tlog.nodes import TreeDamaged
from workflow_app.domain.trail import checkpoint_text
from workflow_app.models.tree import Checkpoint
from workflow_app.services.log import tree
from workflow_app.services.log.keys import refuse_ended
from workflow_app.services.log.signer import Signer

_LONGEST = select(func.max(Checkpoint.size))
_KEPT = (
    select(Checkpoint.size, Checkpoint.root)
    .where(Checkpoint.size <= bindparam("most"))
    .order_by(Checkpoint.size.desc())
    .limit(1)
)


class SplitLog(TreeDamaged):
    """Another root was kept for the same size: the leaves are not those that were signed."""


class Head(NamedTuple):
    """A head: ``size`` leaves with this ``root``, and ``note``, the checkpoint with the log's signature."""

    size: int
    root: bytes
    note: bytes


def current(session: Session, signer: Signer) -> Head:
    """The head over every leaf that is there now; writes nothing.

    Raises as :func:`true_root` does, and ``SplitLog`` where a longer head was kept.
    """
    return at(session, signer, _whole(session))


def at(session: Session, signer: Signer, size: int) -> Head:
    """The head over the first ``size`` leaves, of which there must be so many; writes nothing.

    Raises as :func:`true_root` does: what is damaged is never signed. And
    :class:`~workflow_app.services.log.signer.KeyEnded` where the log has got another key: whoever runs with
    the one before, in whichever process, never signs again.
    """
    refuse_ended(session, signer)
    root = true_root(session, size)
    return Head(size, root, signer.sign(checkpoint_text(signer.origin, size, root)))


def true_root(session: Session, size: int) -> bytes:
    """The root of the first ``size`` leaves, which begin with those of the newest head that was kept.

    Raises :class:`~workflow_app.domain.tlog.nodes.TreeDamaged` (:class:`SplitLog`, ``MissingHashes``)
    where leaves are missing or are others than were signed.
    """
    node = tree.nodes(session, size)
    root = tree.root(session, size, node)
    kept = session.execute(_KEPT, {"most": size}).first()
    if kept is not None and tree.root(session, kept.size, node) != kept.root:
        raise SplitLog(f"the head of {kept.size} leaves that was kept has another root than they give")
    return root


def damage(session: Session) -> TreeDamaged | None:
    """What is wrong with the log as it stands; None where its head can be signed.

    Costs what a head does; every leaf is looked at by ``services.log.checking`` alone.
    """
    try:
        true_root(session, _whole(session))
    except TreeDamaged as damaged:
        return damaged
    return None


def _whole(session: Session) -> int:
    # Asked for first: on PostgreSQL both may grow in between, and then the leaves are the more.
    longest = session.scalar(_LONGEST) or 0
    size = tree.tree_size(session)
    if longest > size:
        raise SplitLog(f"there are {size} leaves, and a head of {longest} was kept")
    return size


def stored(session: Session, size: int) -> bytes | None:
    """The note that was kept of this size; None where none was."""
    return session.scalar(select(Checkpoint.note).where(Checkpoint.size == size))


def store(session: Session, head: Head, now: datetime) -> None:
    """Keep a head, once: the first note of a size stays.

    Raises :class:`SplitLog` where another root was kept for this size.
    """
    kept = session.get(Checkpoint, head.size)
    if kept is None:
        session.add(Checkpoint(size=head.size, root=head.root, note=head.note, at=now))
        session.flush()
    elif kept.root != head.root:
        raise SplitLog(
            f"the head of size {head.size} that was kept has another root: the trail was written anew"
        )


def listed(session: Session, after: int = 0, limit: int = 100) -> list[Checkpoint]:
    """The heads that were kept of a size larger than ``after``, the smallest first."""
    rows = select(Checkpoint).where(Checkpoint.size > after).order_by(Checkpoint.size).limit(limit)
    return list(session.scalars(rows))
