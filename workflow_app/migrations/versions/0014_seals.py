"""Seals on papers, and what was found in signed files.

No row is changed: what was frozen before is sealed when somebody asks for it
("avtaleflyt seal retry --old").

Follows 0013. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.String(length=10), nullable=False),
        sa.Column("document", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=True),
        sa.Column("level", sa.String(length=10), nullable=True),
        sa.Column("certificate", sa.String(length=64), nullable=True),
        sa.Column("remark", sa.String(length=40), nullable=True),
        sa.Column("made_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("sealed_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("due_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_seal_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["source_sha256"], ["blob.sha256"], name=op.f("fk_seal_source_sha256_blob")),
        sa.ForeignKeyConstraint(["sealed_sha256"], ["blob.sha256"], name=op.f("fk_seal_sealed_sha256_blob")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
    )
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.create_index("ix_seal_waiting", ["sealed_sha256", "due_at", "id"], unique=False)
        batch_op.create_index(
            "ix_seal_agreement_id_document", ["agreement_id", "document", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_seal_source_sha256"), ["source_sha256"], unique=False)

    op.create_table(
        "signed_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("read_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_signed_file_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_signed_file_sha256_blob")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["trail_entry.id"], name=op.f("fk_signed_file_entry_id_trail_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_file")),
    )
    with op.batch_alter_table("signed_file", schema=None) as batch_op:
        for column in ("agreement_id", "sha256"):
            batch_op.create_index(batch_op.f(f"ix_signed_file_{column}"), [column], unique=False)


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
