"""Heads of the log as signed notes: the one that is now, and those that others hold.

A head is worked out from the committed leaves and signed when somebody asks;
the same leaves and key give the same bytes, so nothing has to be written to
answer. What was cosigned or printed is kept to the byte, since others hold it.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import checkpoint_text
from workflow_app.models.tree import Checkpoint
from workflow_app.services.log import tree
from workflow_app.services.log.signer import Signer


class SplitLog(Exception):
    """Another root was kept for the same size: the leaves are not those that were signed."""


class Head(NamedTuple):
    """A head: ``size`` leaves with this ``root``, and ``note``, the checkpoint with the log's signature."""

    size: int
    root: bytes
    note: bytes


def current(session: Session, signer: Signer) -> Head:
    """The head over every leaf that is there now; writes nothing."""
    return at(session, signer, tree.tree_size(session))


def at(session: Session, signer: Signer, size: int) -> Head:
    """The head over the first ``size`` leaves, of which there must be so many; writes nothing."""
    root = tree.root(session, size)
    return Head(size, root, signer.sign(checkpoint_text(signer.origin, size, root)))


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
