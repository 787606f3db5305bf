"""Two versions of a text side by side, line by line, the unchanged stretches left out."""

from __future__ import annotations

from difflib import SequenceMatcher

from workflow_app.web.pagemodels import DiffRow

AROUND = 2
"""Unchanged lines kept on each side of a change."""


def rows(old: str, new: str) -> tuple[DiffRow, ...]:
    """The rows of the comparison, in order. Trailing blanks count for nothing."""
    left, right = _lines(old), _lines(new)
    out: list[DiffRow] = []
    # autojunk would call a line junk that occurs often, such as an empty one in a long text.
    for group in SequenceMatcher(None, left, right, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] > 0 or group[0][3] > 0:
            out.append(DiffRow("skipped"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                out += [DiffRow("same", line, line) for line in left[i1:i2]]
                continue
            out += _changed(left[i1:i2], right[j1:j2])
    if out and _more_follows(left, right):
        out.append(DiffRow("skipped"))
    return tuple(out)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]


def _changed(left: list[str], right: list[str]) -> list[DiffRow]:
    both = min(len(left), len(right))
    out = [DiffRow("changed", a, b) for a, b in zip(left, right, strict=False)]
    out += [DiffRow("removed", line, None) for line in left[both:]]
    return out + [DiffRow("added", None, line) for line in right[both:]]


def _more_follows(left: list[str], right: list[str]) -> bool:
    """Whether more than the kept lines are alike at the end."""
    alike = 0
    for a, b in zip(reversed(left), reversed(right), strict=False):
        if a != b:
            break
        alike += 1
    return alike > AROUND
