"""${message}

Follows ${down_revision or "nothing"}. Written ${create_date.date()}.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base
${imports if imports else ""}
revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
