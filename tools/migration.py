"""Write the next migration: what the models have that the newest database has not.

    python tools/migration.py "Remember who closed a matter"

What Alembic finds is a proposal. Read it, and add by hand what it does not see:
triggers, and values for old rows. The tests compare a migrated database with
the models afterwards.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.util.exc import CommandError

from workflow_app.migrations import configuration, head, upgrade
from workflow_app.models.database import make_engine


def main(message: str) -> int:
    """Upgrade an empty database as far as there are migrations, and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        if head() is not None:
            upgrade(engine)
        number = f"{1 + (int(head() or '0')):04d}"
        try:
            with engine.begin() as connection:
                command.revision(configuration(connection), message, autogenerate=True, rev_id=number)
        except CommandError as error:
            print(f"tools/migration.py: {error}", file=sys.stderr)
            return 1
        finally:
            engine.dispose()
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print('use: python tools/migration.py "What it changes, as a sentence"', file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
