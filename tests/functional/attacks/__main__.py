"""``python -m tests.functional.attacks``: the table as README has it."""

from __future__ import annotations

from tests.functional.attacks.table import markdown

print(markdown())
