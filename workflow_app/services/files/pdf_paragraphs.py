"""From lines to paragraphs: what a line's end was, a full line or an end that somebody meant.

The test is the old one: if the first word of the next line would have fitted
on this one, the writer broke the line here. A sentence that goes on with a
small letter goes on all the same, over columns and pages too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from workflow_app.services.files.extracted import Block
from workflow_app.services.files.pdf_columns import Flow, Line
from workflow_app.services.files.pdf_hyphens import Hyphens

_ITEM = re.compile(
    r"(?:[-–—•·*](?:\s|$)|o\s(?=\S)|\(?[a-zæøå]\)|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)](?:\s|$)|§\s?\d)"
)
_BULLET = re.compile(r"[•·](?:\s+|$)")
_HEADING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|§\s?\d+)[.):]?\s+[A-ZÆØÅ]")
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$")
_ENDED = re.compile(r"[.:;!?][\"”»)]?$")


@dataclass
class _Open:
    """The paragraph being put together."""

    lines: list[Line]
    apart: bool


def blocks(pages: Sequence[Sequence[Flow]]) -> Iterator[Block]:
    """The blocks of a document, given as the flows of each page."""
    flows = [flow for page in pages for flow in page if flow.lines]
    lines = [line for flow in flows for line in flow.lines]
    if not lines:
        return
    hyphens = Hyphens(line.text for line in lines)
    edges = _edges(flows)
    usual = _usual_step(flows, edges)
    body = median(line.size for line in lines)
    open_: _Open | None = None
    apart = True
    for flow in flows:
        edge = _edge(edges, flow)
        step = _step(flow.lines, edge) or usual
        before: Line | None = None
        for line in flow.lines:
            # Larger letters stand on lines farther apart.
            far = step * max(1.0, line.size / body)
            if open_ is not None and _goes_on(open_.lines, before, line, edge, far):
                open_.lines.append(line)
            else:
                if open_ is not None:
                    yield _block(open_, hyphens)
                    space = 0.0 if before is None else line.top - before.top
                    first = open_.lines[0]
                    listed = not line.bold and _next_item(first.text, line.text)
                    listed = listed or (first.cells and line.cells)
                    apart = space > 2.2 * step if listed else before is None or space > 1.3 * step
                open_ = _Open([line], apart)
            before = line
    if open_ is not None:
        yield _block(open_, hyphens)


def _goes_on(lines: list[Line], before: Line | None, line: Line, edge: float, step: float) -> bool:
    """Whether ``line`` belongs to the paragraph of ``lines``; ``before`` is None at the top of a column."""
    last = lines[-1]
    if last.cells or line.cells or _ITEM.match(line.text) or _LEADER.search(last.text):
        return False
    alike = abs(last.size - line.size) < 0.12 * last.size and last.bold == line.bold
    if not alike and not (_small(line.text) and abs(last.size - line.size) < 0.3 * last.size):
        return False
    open_end = not _ENDED.search(last.text)
    small = _small(line.text)
    if before is None:
        return open_end and (small or last.text.endswith("-") or (_full(last, line, edge) and _long(lines)))
    begun = open_end and (small or last.text.endswith(("-", ",")))
    if line.top - before.top > (1.7 if begun else 1.28) * step:
        return False
    return begun or _full(last, line, edge)


def _full(last: Line, line: Line, edge: float) -> bool:
    """Whether the next line's first word had no place on this one."""
    space = 0.25 * last.size
    return last.right + space + line.first > edge - 0.5


def _small(words: str) -> bool:
    return words[:1].islower()


def _long(lines: list[Line]) -> bool:
    """Prose, and no heading or name at the foot of a page."""
    return sum(len(line.text) for line in lines) > 60


def _block(open_: _Open, hyphens: Hyphens) -> Block:
    words = hyphens.joined([line.text for line in open_.lines])
    if open_.lines[0].cells:
        return Block(words, "row", open_.apart)
    if not _ITEM.match(words):
        return Block(words)
    # A heading with a number stands alone, though a list ends right above it.
    alone = open_.apart or (open_.lines[0].bold and _HEADING.match(words) is not None)
    return Block(_BULLET.sub("- ", words, count=1).strip(), "item", alone)


def _next_item(before: str, words: str) -> bool:
    """Whether a list goes on over a column or page: another bullet, or the next number."""
    marks = [_ITEM.match(one) for one in (before, words)]
    if marks[0] is None or marks[1] is None:
        return False
    first, second = (re.sub(r"\D", "", mark[0]) for mark in marks if mark is not None)
    return first == second == "" or (
        first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1
    )


def _edges(flows: Sequence[Flow]) -> dict[tuple[bool, int], float]:
    """How far right the text reaches in columns that begin at the same place."""
    edges: dict[tuple[bool, int], float] = {}
    for flow in flows:
        key = _place(flow)
        edges[key] = max(edges.get(key, 0.0), *(line.right for line in flow.lines))
    return edges


def _edge(edges: dict[tuple[bool, int], float], flow: Flow) -> float:
    if flow.table:
        return max(line.right for line in flow.lines)
    kind, at = _place(flow)
    near = [edges[key] for key in ((kind, at - 1), (kind, at), (kind, at + 1)) if key in edges]
    return max(near)


def _place(flow: Flow) -> tuple[bool, int]:
    return flow.column, round(min(line.left for line in flow.lines) / 20)


def _step(lines: Sequence[Line], edge: float) -> float | None:
    """The usual distance between the lines of a paragraph: that below full lines, which surely go on."""
    steps = [
        b.top - a.top
        for a, b in itertools.pairwise(lines)
        if b.top > a.top and _full(a, b, edge) and not _ITEM.match(b.text) and not _LEADER.search(a.text)
    ]
    # Some full lines end a paragraph all the same; the space below those is the larger.
    return sorted(steps)[len(steps) // 4] if len(steps) >= 3 else None


def _usual_step(flows: Sequence[Flow], edges: dict[tuple[bool, int], float]) -> float:
    """The same over the whole document, for columns with too few full lines."""
    steps = [step for flow in flows if (step := _step(flow.lines, _edge(edges, flow))) is not None]
    return median(steps) if steps else 1.3 * median(line.size for flow in flows for line in flow.lines)
