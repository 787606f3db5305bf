"""Leaves of the Merkle tree, heads of its tiles, checkpoints and the log's keys.

Every entry there is gets its leaf, in the order in which the entries were
written: the order of their ids, which is that of the numbers within each chain.
No entry is changed.

Follows 0010. Written 2026-11-22.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base
from workflow_app.models.tree import TRIGGERS_POSTGRESQL, TRIGGERS_SQLITE

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None

WIDTH = 256
"""Hashes in a full tile, as it was when this was written."""


def upgrade() -> None:
    """Make the tables, give every entry its leaf, and only then let the triggers watch."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "trail_leaf",
        sa.Column("number", key, autoincrement=True, nullable=False),
        sa.Column("entry_id", key, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trail_leaf")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_trail_leaf_entry_id")),
    )
    op.create_table(
        "trail_tile_head",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", key, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_trail_tile_head")),
    )
    op.create_table(
        "trail_waiting",
        sa.Column("entry_id", key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_trail_waiting")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", key, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "log_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vkey", sa.String(length=400), nullable=False),
        sa.Column("since", base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("until", base.UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_key")),
        sa.UniqueConstraint("vkey", name=op.f("uq_log_key_vkey")),
    )
    connection = op.get_bind()
    _plant(connection)
    watching = {"sqlite": TRIGGERS_SQLITE, "postgresql": TRIGGERS_POSTGRESQL}
    for statement in watching.get(connection.dialect.name, []):
        connection.exec_driver_sql(statement)


def _plant(connection: sa.Connection) -> None:
    leaf = sa.table(
        "trail_leaf", sa.column("number"), sa.column("entry_id"), sa.column("hash", sa.LargeBinary())
    )
    number, below = 0, list[bytes]()
    for batch in _entries(connection):
        connection.execute(
            sa.insert(leaf),
            [{"number": n, "entry_id": e, "hash": h} for n, (e, h) in enumerate(batch, number + 1)],
        )
        number += len(batch)
        if len(batch) == WIDTH:
            below.append(_root([leaf_hash for _, leaf_hash in batch]))
    head = sa.table(
        "trail_tile_head", sa.column("level"), sa.column("number"), sa.column("hash", sa.LargeBinary())
    )
    level = 1
    while below:
        connection.execute(
            sa.insert(head), [{"level": level, "number": n, "hash": h} for n, h in enumerate(below)]
        )
        full = range(0, len(below) // WIDTH * WIDTH, WIDTH)
        level, below = level + 1, [_root(below[start : start + WIDTH]) for start in full]


def _entries(connection: sa.Connection) -> Iterator[list[tuple[int, bytes]]]:
    """Entries in the order of their ids, a tile at a time."""
    entry, last = sa.table("trail_entry", sa.column("id"), sa.column("body", sa.LargeBinary())), 0
    while True:
        # Page by page, so that nothing is read on while the same connection writes.
        rows = connection.execute(
            sa.select(entry.c.id, entry.c.body).where(entry.c.id > last).order_by(entry.c.id).limit(WIDTH)
        ).all()
        if not rows:
            return
        # Hashed anew: what stands in the column is not trusted to be the hash of the bytes.
        yield [(row.id, hashlib.sha256(b"\x00" + row.body).digest()) for row in rows]
        last = rows[-1].id


def _root(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
