"""Witnesses: which keys look after the log on whose behalf, and what they have cosigned.

A witness is registered for a party, and stays as a row when it is retired: what
it cosigned until then still counts. The same key may serve several parties of
one side, so a cosignature belongs to a key and not to a registration.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.base import Base
from workflow_app.models.people import Party

_KEY = BigInteger().with_variant(Integer, "sqlite")


class Witness(Base):
    """One key that looks after one party's interests, by the wall clock from ``since`` to ``retired_at``.

    ``url`` is where a C2SP tlog-witness is asked; None for one that comes by itself.
    ``retired_because`` is a code (``services.log.witnesses.REASONS``), never free text.
    """

    __tablename__ = "witness"
    __table_args__ = (UniqueConstraint("party_id", "vkey"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    name: Mapped[str] = mapped_column(String(200), index=True)
    vkey: Mapped[str] = mapped_column(String(300), index=True)
    url: Mapped[str | None] = mapped_column(String(500))
    since: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    retired_because: Mapped[str | None] = mapped_column(String(20))

    party: Mapped[Party] = relationship()


class Cosignature(Base):
    """A witness's signature of the checkpoint of ``size`` leaves; the first one that came is kept.

    ``time`` is what the witness signed, in Unix seconds; ``blob`` are its 8 bytes and the signature's 64
    (C2SP tlog-cosignature).
    """

    __tablename__ = "cosignature"
    __table_args__ = (UniqueConstraint("vkey", "size"), Index("ix_cosignature_size", "size"))

    id: Mapped[int] = mapped_column(_KEY, primary_key=True)
    size: Mapped[int] = mapped_column(_KEY)
    vkey: Mapped[str] = mapped_column(String(300))
    time: Mapped[int] = mapped_column(_KEY)
    blob: Mapped[bytes] = mapped_column(LargeBinary(72))
    received_at: Mapped[datetime]


class WitnessPush(Base):
    """How it goes with a witness that is asked: the size it told last, and when to ask again.

    ``fault`` is a code (``services.log.pushing.FAULTS``), None when the last time went well.
    """

    __tablename__ = "witness_push"

    vkey: Mapped[str] = mapped_column(String(300), primary_key=True)
    size: Mapped[int] = mapped_column(_KEY, default=0)
    failures: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None] = mapped_column(String(20))
    tried_at: Mapped[datetime]
    next_at: Mapped[datetime]
