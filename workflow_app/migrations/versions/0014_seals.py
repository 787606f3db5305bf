"""Seals on papers, and what was found in signed files.

Follows 0013. Written 2026-11-22.
"""

from __future__ import annotations

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
