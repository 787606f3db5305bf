"""Link agreements that hang together, and keep a day of signing that is half known.

No row is changed: what was signed before has the whole day, and nothing was replaced.

Follows 0002. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of links and two days of an agreement."""
    op.create_table(
        "agreement_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("newer_id", sa.String(length=10), nullable=False),
        sa.Column("older_id", sa.String(length=10), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("drawn_from", sa.String(length=10), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("newer_id != older_id", name=op.f("ck_agreement_link_not_to_itself")),
        sa.ForeignKeyConstraint(
            ["drawn_from"], ["agreement.id"], name=op.f("fk_agreement_link_drawn_from_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["newer_id"], ["agreement.id"], name=op.f("fk_agreement_link_newer_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["older_id"], ["agreement.id"], name=op.f("fk_agreement_link_older_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_agreement_link_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_link")),
        sa.UniqueConstraint("newer_id", "older_id", name=op.f("uq_agreement_link_newer_id_older_id")),
    )
    with op.batch_alter_table("agreement_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_link_older_id"), ["older_id"], unique=False)

    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_earliest", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("replaced_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
