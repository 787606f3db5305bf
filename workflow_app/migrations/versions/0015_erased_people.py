"""People who were erased: their row says when.

No row is changed: nobody was erased before.

Follows 0014. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", base.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
