"""The text as a person reads it: without page headers, bookmarks and the table of contents.

Only pages and PDFs show it. Rules, versions and hashes are always of the text
as it came.
"""

from __future__ import annotations

from workflow_app.domain.reading.lines import split_lines


def clean_text(text: str) -> str:
    """``text`` without the debris of the page it came from; at most one blank line in a row."""
    out: list[str] = []
    for line in split_lines(text):
        if line.kind in {"debris", "toc"}:
            continue
        if line.kind == "blank" and (not out or not out[-1]):
            continue
        # A bookmark stood where a heading begins; a blank line keeps them apart.
        if line.marked and out and out[-1]:
            out.append("")
        indent = "  " if line.bullet and text[line.start - 1 : line.start] == " " else ""
        out.append(indent + line.text)
        if line.marked:
            out.append("")
    return "\n".join(out).strip() + "\n" if any(out) else ""
