"""What Alembic runs around the steps: on the connection it is given, in its transaction.

Batch mode rebuilds a table where SQLite cannot alter one. The connection is
always handed over by :func:`workflow_app.migrations.upgrade`; Alembic's own
command line would have to be told a database, and ours is told already.
"""

from __future__ import annotations

from alembic import context

from workflow_app.migrations import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("use: avtaleflyt database upgrade --config INI")

context.configure(
    connection=connection,
    target_metadata=metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    user_module_prefix="base.",
)
context.run_migrations()
