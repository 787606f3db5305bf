"""``python -m workflow_app.witness``: the witness alone, on a machine without the server."""

from __future__ import annotations

import sys

from workflow_app.witness.cli import main

if __name__ == "__main__":
    sys.exit(main())
