"""The Merkle tree over every entry of the database: giving entries their places, and proving them.

Leaves are rows, and so are the roots of full tiles; everything else is worked
out when it is asked for, from at most 256 hashes a level. So it costs the same
to append, and to prove, whether the tree has ten leaves or ten million.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.orm import Session

from workflow_app.domain.tlog import proofs
from workflow_app.domain.tlog.nodes import MissingHashes, Nodes, fold, refuse_missing
from workflow_app.domain.tlog.tiles import HEIGHT, WIDTH, Tile, held, width
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf, TrailTileHead, TrailWaiting

log = logging.getLogger(__name__)

_MANY = 1000
_leaf, _head, _waiting = TrailLeaf.__table__, TrailTileHead.__table__, TrailWaiting.__table__
# Made once: the write path pays for each statement that is put together anew.
_INSERT_LEAF, _INSERT_HEAD = insert(TrailLeaf.__table__), insert(TrailTileHead.__table__)  # type: ignore[arg-type]
_INSERT_WAITING = insert(TrailWaiting.__table__)  # type: ignore[arg-type]


def tree_size(session: Session) -> int:
    """How many leaves the tree has; entries that wait for the sequencer are not among them."""
    return _size(session.connection())


def position(session: Session, entry_id: int) -> int | None:
    """The place of an entry in the tree, from 0; None while it waits."""
    return positions(session, [entry_id]).get(entry_id)


def positions(session: Session, entry_ids: Iterable[int]) -> dict[int, int]:
    """Entry id → place in the tree, from 0; those that wait are left out."""
    wanted, found = list(entry_ids), {}
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        rows = session.execute(
            select(TrailLeaf.entry_id, TrailLeaf.number).where(TrailLeaf.entry_id.in_(some))
        )
        found.update({row.entry_id: row.number - 1 for row in rows})
    return found


def nodes(session: Session, size: int) -> Nodes:
    """The inner hashes of the tree's first ``size`` leaves; one for many proofs reads each tile once.

    ``size`` must not be larger than :func:`tree_size`; what is missing is told
    when it is wanted, by :class:`~workflow_app.domain.tlog.nodes.MissingHashes`.
    """
    connection = session.connection()
    return Nodes(size, lambda level, number, count: _read(connection, level, number, count))


def root(session: Session, size: int, node: Nodes | None = None) -> bytes:
    """The root of the first ``size`` leaves (RFC 9162, section 2.1.1); ``node`` where it is at hand."""
    return proofs.root(size, node or nodes(session, size))


def inclusion(session: Session, index: int, size: int, node: Nodes | None = None) -> list[bytes]:
    """The proof that leaf ``index`` (from 0) is in the tree of ``size`` leaves, from the leaf upwards.

    Raises :class:`~workflow_app.domain.tlog.proofs.NoSuchProof` where it is not.
    """
    return proofs.inclusion(index, size, node or nodes(session, size))


def inclusions(session: Session, indexes: Iterable[int], size: int) -> dict[int, list[bytes]]:
    """The proofs of many leaves in the same tree, by index; each tile is read once for all."""
    node = nodes(session, size)
    return {index: proofs.inclusion(index, size, node) for index in indexes}


def consistency(session: Session, first: int, second: int) -> list[bytes]:
    """The proof that the tree of ``second`` leaves begins with that of ``first``.

    Raises :class:`~workflow_app.domain.tlog.proofs.NoSuchProof` unless 0 ≤ first ≤ second.
    """
    return proofs.consistency(first, second, nodes(session, second))


def tile(session: Session, wanted: Tile) -> bytes | None:
    """The hashes of a tile, 32 bytes each; None where the tree does not have so many there.

    Raises :class:`~workflow_app.domain.tlog.nodes.MissingHashes` where it must have them and has not.
    """
    if wanted.width > width(wanted.level, wanted.number, tree_size(session)):
        return None
    found = _read(session.connection(), *wanted)
    # Whoever fetches a tile keeps it for ever: a short one must not go out.
    refuse_missing(*wanted, found)
    return b"".join(found)


def integrate(session: Session, entry: TrailEntry) -> None:
    """Give a new entry its place, in the transaction that writes it; on PostgreSQL, put it in the queue.

    ``entry`` is flushed: its id is known. Called by ``services.trail.append`` alone.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_INSERT_WAITING, {"entry_id": entry.id})
        return
    result = connection.execute(_INSERT_LEAF, {"entry_id": entry.id, "hash": bytes.fromhex(entry.hash)})
    _close_tiles(connection, result.inserted_primary_key[0])  # type: ignore[index]  # a row has one


def extend(session: Session, leaves: Sequence[tuple[int, bytes]]) -> None:
    """Give many entries (id, leaf hash) the next places, in their order.

    The caller sees to it that nobody else does so at the same time.
    """
    connection = session.connection()
    size = _size(connection)
    start = 0
    while start < len(leaves):
        some = leaves[start : start + WIDTH - size % WIDTH]
        connection.execute(
            _INSERT_LEAF,
            [{"number": n, "entry_id": e, "hash": h} for n, (e, h) in enumerate(some, size + 1)],
        )
        start, size = start + len(some), size + len(some)
        _close_tiles(connection, size)


def _size(connection: Connection) -> int:
    return connection.scalar(select(func.max(_leaf.c.number))) or 0


def _read(connection: Connection, level: int, number: int, count: int) -> list[bytes]:
    first = number * WIDTH
    if level == 0:
        rows = (
            select(_leaf.c.hash)
            .where(_leaf.c.number > first, _leaf.c.number <= first + count)
            .order_by(_leaf.c.number)
        )
    else:
        place = _head.c.number
        rows = (
            select(_head.c.hash)
            .where(_head.c.level == level, place >= first, place < first + count)
            .order_by(place)
        )
    return [bytes(found) for found in connection.scalars(rows)]


def _close_tiles(connection: Connection, size: int) -> None:
    """Keep the root of each tile that the newest leaf has filled."""
    level, count = 0, size
    while count and count % WIDTH == 0:
        try:
            _close(connection, level, count // WIDTH - 1)
        except MissingHashes as damage:
            # Those who agree and sign must not come to a stop over what somebody took away before.
            log.error("the log is damaged, so a tile's root is not kept: %s", damage)
            return
        level, count = level + 1, count // WIDTH


def _close(connection: Connection, level: int, number: int) -> None:
    hashes = _read(connection, level, number, WIDTH)
    refuse_missing(level, number, WIDTH, hashes)
    connection.execute(_INSERT_HEAD, {"level": level + 1, "number": number, "hash": fold(hashes)[HEIGHT][0]})


def close_left_open(session: Session) -> int:
    """Keep the roots of full tiles that were left out while leaves were missing; how many it were.

    For a command, after what was missing has been put back. Raises
    :class:`~workflow_app.domain.tlog.nodes.MissingHashes` while anything still is.
    """
    connection, size, level, done = session.connection(), tree_size(session), 0, 0
    while full := held(level + 1, size):
        kept = set(connection.scalars(select(_head.c.number).where(_head.c.level == level + 1)))
        for number in sorted(set(range(full)) - kept):
            _close(connection, level, number)
            done += 1
        level += 1
    return done
