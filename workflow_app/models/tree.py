"""The Merkle tree's tables: leaves that nothing may change, and what can be worked out from them.

``trail_leaf`` says which entry stands where in the tree. Entries themselves are
never updated, so their place is a row of its own. On SQLite an entry and its
leaf are written together. On PostgreSQL, where many write at once and nobody
may wait for all others, an entry first lies in ``trail_waiting``, and a
sequencer gives those that are there their places, in batches.

UPDATE, DELETE, the overwriting kinds of INSERT and a leaf behind a gap are
refused by triggers, and by the ORM for whoever uses it, as in ``models.trail``.
``trail_tile_head`` is no proof of anything: it keeps what the leaves say
already, so that a root needs not read them all, and ``avtaleflyt log check``
works it out anew. It is refused changes all the same, since nothing ever has
reason to change it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Integer, LargeBinary, MetaData, String, Table, event
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger

from workflow_app.models.base import Base
from workflow_app.models.trail import never_changed

_KEY = BigInteger().with_variant(Integer, "sqlite")


class TrailLeaf(Base):
    """One leaf: ``number`` counts from 1, ``hash`` is the leaf hash (32 bytes) of the entry.

    The place in the tree is ``number`` - 1. Counting from 1 lets SQLite give the next
    number in the very INSERT: an integer primary key without AUTOINCREMENT gets the largest plus
    one, and there is one writer at a time (https://www.sqlite.org/autoinc.html, section 2).
    """

    __tablename__ = "trail_leaf"

    number: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(_KEY, unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class TrailTileHead(Base):
    """The root of a full tile: hash ``number`` of level ``level`` (from 1), over 256 of the level below."""

    __tablename__ = "trail_tile_head"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class TrailWaiting(Base):
    """An entry that has no leaf yet, on PostgreSQL."""

    __tablename__ = "trail_waiting"

    entry_id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=False)


class Checkpoint(Base):
    """A head that was cosigned or printed, as it was signed: ``note`` with the log's own signature.

    Any other head can be signed anew from the leaves; this one others hold, so
    it is kept to the byte.
    """

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


class LogKey(Base):
    """A public key that the log signs or has signed with; the private one is never in the database."""

    __tablename__ = "log_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    vkey: Mapped[str] = mapped_column(String(400), unique=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]


_FIXED = ("trail_leaf", "trail_tile_head", "checkpoint")

TRIGGERS_SQLITE = [
    statement
    for table in _FIXED
    for statement in (
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END""",
        f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: DELETE refused'); END""",
    )
] + [
    # INSERT OR REPLACE deletes without asking the triggers above.
    """CREATE TRIGGER trail_leaf_no_replace BEFORE INSERT ON trail_leaf
WHEN EXISTS (SELECT 1 FROM trail_leaf WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM trail_leaf WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'trail_leaf is append-only: this place or this entry is taken'); END""",
    # Afterwards, since before the insert SQLite has not chosen the number yet (NEW.number is -1).
    """CREATE TRIGGER trail_leaf_no_gap AFTER INSERT ON trail_leaf
WHEN NEW.number != 1 AND NOT EXISTS (SELECT 1 FROM trail_leaf WHERE number = NEW.number - 1)
BEGIN SELECT RAISE(ABORT, 'trail_leaf has no gaps: the leaf before this one is missing'); END""",
    """CREATE TRIGGER trail_tile_head_no_replace BEFORE INSERT ON trail_tile_head
WHEN EXISTS (SELECT 1 FROM trail_tile_head WHERE level = NEW.level AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'trail_tile_head is append-only: this head is taken'); END""",
    """CREATE TRIGGER checkpoint_no_replace BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only: there is one of this size'); END""",
]
"""For SQLite; the migration and ``create_all`` run the same statements."""

TRIGGERS_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION trail_leaf_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number != 1 AND NOT EXISTS (SELECT 1 FROM trail_leaf WHERE number = NEW.number - 1) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'trail_leaf has no gaps: the leaf before number ' || NEW.number || ' is missing';
  END IF;
  RETURN NEW;
END $$""",
    """CREATE TRIGGER trail_leaf_no_gap BEFORE INSERT ON trail_leaf
FOR EACH ROW EXECUTE FUNCTION trail_leaf_follows()""",
    "ALTER TABLE trail_leaf ENABLE ALWAYS TRIGGER trail_leaf_no_gap",
] + [
    statement
    for table in _FIXED
    for statement in (
        # The function is that of models.trail.
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()""",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
    )
]
"""For PostgreSQL, in the order they must be run; after those of ``models.trail``."""


@event.listens_for(Base.metadata, "after_create")
def _create_triggers(_metadata: MetaData, connection: Connection, tables: list[Table], **_: object) -> None:
    statements = {"sqlite": TRIGGERS_SQLITE, "postgresql": TRIGGERS_POSTGRESQL}
    if TrailLeaf.__table__ in tables:
        for statement in statements.get(connection.dialect.name, []):
            connection.exec_driver_sql(statement)


for _kept in (TrailLeaf, TrailTileHead, Checkpoint):
    never_changed(_kept)
