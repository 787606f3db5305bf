"""A text divided for reading: each heading with its own body, the debris of the page left out.

Pages and papers are set from these; rules and hashes are always of the text as
it came.
"""

from __future__ import annotations

from workflow_app.domain.reading.lines import split_lines
from workflow_app.domain.reading.sections import find_headings


def parts(text: str) -> list[tuple[int, str | None, str]]:
    """``(level, heading, body)`` in order; the first may have no heading. Nothing readable is lost."""
    lines = split_lines(text)
    headings = {h.index: h for h in find_headings(lines)}
    out: list[tuple[int, str | None, list[str]]] = [(1, None, [])]
    for index, line in enumerate(lines):
        if line.kind in {"debris", "toc"}:
            continue
        if index in headings:
            out.append((headings[index].level, headings[index].words, []))
        else:
            out[-1][2].append(line.text)
    bodied = [(level, heading, "\n".join(body).strip("\n")) for level, heading, body in out]
    return [part for part in bodied if part[1] is not None or part[2].strip()]
