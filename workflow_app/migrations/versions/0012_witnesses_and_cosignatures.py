"""Witnesses, what they have cosigned, and how it goes with those that are asked.

No row is changed: nobody was a witness before.

Follows 0011. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("vkey", sa.String(length=300), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("since", base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("retired_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("retired_because", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_witness_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
        sa.UniqueConstraint("party_id", "vkey", name=op.f("uq_witness_party_id_vkey")),
    )
    with op.batch_alter_table("witness", schema=None) as batch_op:
        for column in ("name", "vkey"):
            batch_op.create_index(batch_op.f(f"ix_witness_{column}"), [column], unique=False)

    op.create_table(
        "cosignature",
        sa.Column("id", key, nullable=False),
        sa.Column("size", key, nullable=False),
        sa.Column("vkey", sa.String(length=300), nullable=False),
        sa.Column("time", key, nullable=False),
        sa.Column("blob", sa.LargeBinary(length=72), nullable=False),
        sa.Column("received_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignature")),
        sa.UniqueConstraint("vkey", "size", name=op.f("uq_cosignature_vkey_size")),
    )
    with op.batch_alter_table("cosignature", schema=None) as batch_op:
        batch_op.create_index("ix_cosignature_size", ["size"], unique=False)

    op.create_table(
        "witness_push",
        sa.Column("vkey", sa.String(length=300), nullable=False),
        sa.Column("size", key, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=20), nullable=True),
        sa.Column("tried_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("next_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("vkey", name=op.f("pk_witness_push")),
    )


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
