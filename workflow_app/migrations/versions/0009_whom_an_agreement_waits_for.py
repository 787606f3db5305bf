"""Whom each agreement waits for, and since when.

The columns are derived: ``avtaleflyt database upgrade`` counts them when the
shape is new, and until then ``waiting`` is NULL, which no page takes for nobody.

Follows 0008. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty."""
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_force_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("in_force_to_earliest", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_how", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("waits_for", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("waits_since", base.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("waiting", sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_index("ix_agreement_waits", ["waits_since", "id"], unique=False)
        batch_op.create_index(
            "ix_agreement_counted",
            ["waits_for", "state", "definition_digest", "next_due", "signed_on", "in_force_to", "id"],
            unique=False,
        )
    with op.batch_alter_table("agreement_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_party_party_id"))
        batch_op.create_index(
            "ix_agreement_party_party_agreement", ["party_id", "agreement_id"], unique=False
        )


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
