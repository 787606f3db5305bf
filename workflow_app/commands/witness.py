"""``avtaleflyt witness``: the program for a party's own machine; see :mod:`workflow_app.witness`.

It opens no database and reads no settings of the server.
"""

from __future__ import annotations

from workflow_app.witness.cli import arguments, run

__all__ = ["arguments", "run"]
