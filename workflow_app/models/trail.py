"""The trail's tables: entries that nothing may change, and clear values that may be erased.

``trail_entry`` keeps the very bytes that were hashed; its other columns repeat
parts of them for look-ups, and a verification compares the two. UPDATE, DELETE
and the overwriting kinds of INSERT are refused twice: here for whoever uses
the ORM, and by triggers for whoever opens the database by another way. Triggers
do not stop the one who may drop them; he has to write all that follows anew,
and then his last hash is no longer the one that others hold.

``trail_clear`` holds the names and free texts that entries only commit to. To
erase a person is to delete rows there. Neither table has a foreign key, so
nothing that is deleted elsewhere can cascade into the trail.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import (
    Mapped,
    Mapper,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    object_session,
)

from workflow_app.models.base import Base

_KEY = BigInteger().with_variant(Integer, "sqlite")


class TrailIsAppendOnly(Exception):
    """Somebody tried to change or delete what the trail keeps."""


class TrailEntry(Base):
    """One entry. ``body`` is the entry; ``hash`` its leaf hash in hex, ``previous`` the link.

    The indexes all end in ``number``, so that the last entry of a chain, or the
    last of one kind or transition in it, costs the same however long the chain is.
    """

    __tablename__ = "trail_entry"
    __table_args__ = (
        UniqueConstraint("chain", "number"),
        Index("ix_trail_entry_chain_kind_number", "chain", "kind", "number"),
        Index("ix_trail_entry_chain_transition_number", "chain", "transition", "number"),
    )

    id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=True)
    chain: Mapped[str] = mapped_column(String(200))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(100))
    transition: Mapped[str | None] = mapped_column(String(100))
    hash: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


class TrailClear(Base):
    """The clear value and the salt of one private field; may be deleted, never changed."""

    __tablename__ = "trail_clear"

    entry_id: Mapped[int] = mapped_column(_KEY, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(100), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    value: Mapped[str] = mapped_column(Text)


TRIGGERS_SQLITE = [
    """CREATE TRIGGER trail_entry_no_update BEFORE UPDATE ON trail_entry
BEGIN SELECT RAISE(ABORT, 'trail_entry is append-only: UPDATE refused'); END""",
    """CREATE TRIGGER trail_entry_no_delete BEFORE DELETE ON trail_entry
BEGIN SELECT RAISE(ABORT, 'trail_entry is append-only: DELETE refused'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER trail_entry_no_replace BEFORE INSERT ON trail_entry
WHEN EXISTS (SELECT 1 FROM trail_entry WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM trail_entry WHERE chain = NEW.chain AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'trail_entry is append-only: this number of the chain is taken'); END""",
    """CREATE TRIGGER trail_clear_no_update BEFORE UPDATE ON trail_clear
BEGIN SELECT RAISE(ABORT, 'trail_clear may be deleted, not changed: UPDATE refused'); END""",
]
"""For SQLite; the migration and ``create_all`` run the same statements."""

TRIGGERS_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = 'integrity_constraint_violation',
    MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' refused';
END $$""",
    """CREATE TRIGGER trail_entry_no_change BEFORE UPDATE OR DELETE ON trail_entry
FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
    """CREATE TRIGGER trail_entry_no_truncate BEFORE TRUNCATE ON trail_entry
FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()""",
    """CREATE TRIGGER trail_clear_no_update BEFORE UPDATE ON trail_clear
FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
    # ALWAYS: also for a session that calls itself a replica.
    "ALTER TABLE trail_entry ENABLE ALWAYS TRIGGER trail_entry_no_change",
    "ALTER TABLE trail_entry ENABLE ALWAYS TRIGGER trail_entry_no_truncate",
    "ALTER TABLE trail_clear ENABLE ALWAYS TRIGGER trail_clear_no_update",
]
"""For PostgreSQL, in the order they must be run."""


@event.listens_for(Base.metadata, "after_create")
def _create_triggers(_metadata: MetaData, connection: Connection, tables: list[Table], **_: object) -> None:
    statements = {"sqlite": TRIGGERS_SQLITE, "postgresql": TRIGGERS_POSTGRESQL}
    if TrailEntry.__table__ in tables:
        for statement in statements.get(connection.dialect.name, []):
            connection.exec_driver_sql(statement)


_FIXED: dict[type[Base], bool] = {}
"""Models whose rows are never changed, and whether such a row may be deleted."""


def never_changed(model: type[Base], *, deletable: bool = False) -> None:
    """Let the ORM refuse to change rows of ``model``, and to delete them unless ``deletable``.

    The triggers refuse the same to whoever comes by another way.
    """
    _FIXED[model] = deletable
    event.listen(model, "before_update", _before_update)
    if not deletable:
        event.listen(model, "before_delete", _before_delete)


def _refuse(target: Base, what: str) -> None:
    raise TrailIsAppendOnly(f"{target.__tablename__} is append-only: {what} refused")


def _before_update(_mapper: Mapper[Any], _connection: Any, target: Base) -> None:
    # Also called for what was set to the value it had; that writes nothing.
    session = object_session(target)
    if session is None or session.is_modified(target):
        _refuse(target, "UPDATE")


def _before_delete(_mapper: Mapper[Any], _connection: Any, target: Base) -> None:
    _refuse(target, "DELETE")


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    # Before anything else of the flush is written, so that nothing is half done.
    for target in session.deleted:
        if not _FIXED.get(type(target), True):
            _refuse(target, "DELETE")
    for target in session.dirty:
        if type(target) in _FIXED and session.is_modified(target):
            _refuse(target, "UPDATE")


@event.listens_for(Session, "do_orm_execute")
def _before_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    target = state.bind_mapper.class_
    if target in _FIXED and (state.is_update or not _FIXED[target]):
        raise TrailIsAppendOnly(f"{target.__tablename__} is append-only: bulk change refused")


never_changed(TrailEntry)
never_changed(TrailClear, deletable=True)
