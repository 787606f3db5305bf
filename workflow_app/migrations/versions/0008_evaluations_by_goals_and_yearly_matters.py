"""Evaluations goal by goal, and matters before the kommunestyre each year.

What was written before stays whole: an evaluation without answers is complete,
a matter is about the agreement itself, and a house rule has no day it began.

Follows 0007. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what an evaluation and a matter hold, the bodies before the kommunestyre, and files."""
    with op.batch_alter_table("evaluation_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answers", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("complete", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("occasion", sa.String(length=20), server_default="agreement", nullable=False)
        )
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))
    with op.batch_alter_table("house_rule", schema=None) as batch_op:
        batch_op.add_column(sa.Column("since", sa.Date(), nullable=True))
    op.create_table(
        "matter_handling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("committee", sa.String(length=120), nullable=False),
        sa.Column("meeting_date", sa.Date(), nullable=True),
        sa.Column("case_number", sa.String(length=40), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_matter_handling_matter_id_matter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_handling")),
        sa.UniqueConstraint("matter_id", "position", name=op.f("uq_matter_handling_matter_id_position")),
    )
    op.create_table(
        "matter_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("added_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_file_matter_id_matter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_matter_file_person_id_person")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_matter_file_sha256_blob")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_file")),
    )
    with op.batch_alter_table("matter_file", schema=None) as batch_op:
        batch_op.create_index("ix_matter_file_matter_id", ["matter_id"], unique=False)


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
