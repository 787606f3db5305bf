"""Keep what a text says of time and of other agreements.

Readings made before have neither: they get them when their text is next saved.

Follows 0001. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what a text says of time and of other agreements."""
    with op.batch_alter_table("rule_set", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unread", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("references", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
