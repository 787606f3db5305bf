"""The matter as plain text, to paste into the case system's own form.

Case systems keep headings and paragraphs and lose the rest, so a table becomes
lines: each row on its own, its columns named. Nothing depends on a fixed width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow_app.services.papers.outline import Block


def as_text(blocks: Iterable[Block]) -> str:
    """The blocks as lines, an empty one between blocks; ends with a line break."""
    return "\n\n".join(said for block in blocks if (said := "\n".join(_lines(block)))) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if block.kind == "title":
        yield block.text
    elif block.kind == "heading":
        yield block.text.upper() if block.level == 1 else block.text
    elif block.kind == "lines":
        yield from block.lines
    elif block.kind == "code":
        # A signed note, line for line: it can be pasted where it is checked.
        yield from block.text.rstrip("\n").split("\n")
    elif block.kind == "fields":
        yield from (f"{name}: {_one_line(value)}" for name, value in block.fields)
    else:
        for row in block.rows:
            yield "; ".join(
                f"{name}: {_one_line(cell)}" for name, cell in zip(block.header, row, strict=True) if cell
            )


def _one_line(value: str) -> str:
    return ", ".join(part.strip() for part in value.splitlines() if part.strip())
