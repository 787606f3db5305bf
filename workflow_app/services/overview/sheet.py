"""A table as a file that a Norwegian Excel opens rightly and no cell of which can run.

UTF-8 with a byte order mark and semicolons are what Excel expects where the
decimal sign is a comma. A text that begins like a formula gets an apostrophe
before it: a title somebody else wrote must not become a command on the desk of
the one who opens the list (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

Cell = str | int | bool | date | None

_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠")  # Excel takes the full-width ones for the same


def sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The whole file. Days are ISO 8601, whole numbers are numbers, None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(name) for name in head])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    # A line broken within a cell begins a row of its own where a file is read carelessly.
    text = " ".join(value.replace("\x00", "").split())
    # A space or a mark before the sign does not stop every program from seeing it.
    return f"'{text}" if text.lstrip("'\"\u00a0\ufeff ")[:1] in _BEGINS_A_FORMULA and text else text
