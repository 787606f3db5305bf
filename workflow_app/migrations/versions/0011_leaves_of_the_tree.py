"""Leaves of the Merkle tree, heads of its tiles, checkpoints and the log's keys.

Follows 0010. Written 2026-11-22.
"""

from __future__ import annotations

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
