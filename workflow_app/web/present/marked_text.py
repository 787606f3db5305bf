"""The agreement's text with its clauses marked: lines to paragraphs, places to runs of words.

Whatever the reader passes over when it looks for clauses (page numbers, the
crest on every page) is passed over here as well; all else stands, word for word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from workflow_app.domain.reading.lines import Line, split_lines
from workflow_app.domain.reading.sections import find_headings
from workflow_app.services.papers.text import goes_on
from workflow_app.web.pagemodels.clauses import Mark, MarkedBlock, MarkedSection, TextRun

_ORDER = {"rule": 0, "question": 1, "unread": 2}


@dataclass(frozen=True)
class Span:
    """A mark, and the code points of the text it covers."""

    start: int
    end: int
    mark: Mark

    @property
    def _rank(self) -> tuple[int, int, int]:
        return _ORDER[self.mark.kind], self.end - self.start, self.start


class _Marker:
    """Cuts places of the text into runs, and links each mark at its first words."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._text = text
        self._spans = sorted((s for s in spans if s.start < s.end), key=lambda s: (s.start, s.end))
        self._starts = [s.start for s in self._spans]
        # The furthest end so far, so that looking back stops where nothing can reach.
        self._reach = list(accumulate((s.end for s in self._spans), max))
        self.linked: set[str] = set()

    def _over(self, start: int, end: int) -> list[Span]:
        found = []
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._reach[at] > start:
            if self._spans[at].end > start:
                found.append(self._spans[at])
            at -= 1
        return found[::-1]

    def runs(self, start: int, end: int, *, newline: bool = False) -> Iterator[TextRun]:
        """The words from ``start`` to ``end``, in runs."""
        spans = self._over(start, end)
        edges = {start, end} | {e for s in spans for e in (s.start, s.end) if start < e < end}
        cuts = sorted(edges)
        for first, last in pairwise(cuts):
            here = [s for s in spans if s.start < last and s.end > first]
            yield self._run(self._text[first:last], here, newline and first == start)

    def _run(self, words: str, here: Sequence[Span], newline: bool) -> TextRun:
        if not here:
            return TextRun(words, newline=newline)
        # Of marks that cover the same words the last one links them, so that the badges come in order.
        nearest = min(reversed(here), key=lambda s: s._rank)
        fresh = [s.mark for s in here if s.mark.id not in self.linked]
        self.linked.update(mark.id for mark in fresh)
        link = nearest.mark if nearest.mark in fresh else None
        others = tuple(mark for mark in fresh if mark is not link)
        return TextRun(words, nearest.mark.kind, link, others, newline, tuple(s.mark.id for s in here))


def marked_text(
    text: str,
    spans: Iterable[Span],
    *,
    incomplete: frozenset[str] = frozenset(),
    pick: Callable[[int, int], str] | None = None,
) -> tuple[tuple[MarkedSection, ...], frozenset[str]]:
    """The sections of ``text`` with every span marked, and the ids of the marks that are linked.

    ``incomplete`` are headings with nothing but placeholders under them;
    ``pick`` makes the address by which a rule is made of a block's words. A mark
    whose words are all passed over is linked nowhere. Linear in the text's length.
    """
    marker = _Marker(text, spans)
    lines = split_lines(text)
    headings = {h.index: h for h in find_headings(lines)}
    sections: list[MarkedSection] = []
    heading: tuple[TextRun, ...] = ()
    level, start, missing, body = 1, 0, False, _Body(marker, pick)

    def close() -> None:
        blocks = body.blocks()
        if heading or blocks:
            sections.append(MarkedSection(heading, blocks, level, missing, start))

    for index, line in enumerate(lines):
        if line.kind in ("debris", "toc"):
            continue
        found = headings.get(index)
        if found is None:
            body.add(line)
            continue
        close()
        begin = line.start + max(0, line.text.find(found.words))
        heading = tuple(marker.runs(begin, min(line.end, begin + len(found.words))))
        level = 2 if found.level > 1 and any(s.heading for s in sections) else 1
        start, missing, body = line.start, found.words in incomplete, _Body(marker, pick)
    close()
    return tuple(sections), frozenset(marker.linked)


class _Body:
    """Lines gathered to paragraphs and items, as a paper sets them."""

    def __init__(self, marker: _Marker, pick: Callable[[int, int], str] | None) -> None:
        self._marker, self._pick = marker, pick
        self._done: list[MarkedBlock] = []
        self._lines: list[Line] = []

    def add(self, line: Line) -> None:
        """Take the next line in."""
        if line.kind == "blank" or line.bullet:
            self._close()
        if line.kind != "blank":
            self._lines.append(line)

    def blocks(self) -> tuple[MarkedBlock, ...]:
        """All that was gathered."""
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        if not self._lines:
            return
        first, runs = self._lines[0], list[TextRun]()
        before = ""
        for line in self._lines:
            begin = line.start + line.bullet
            on = bool(before) and goes_on(before, line.text)
            if on and runs:
                runs[-1] = replace(runs[-1], text=f"{runs[-1].text} ")
            for run in self._marker.runs(begin, line.end, newline=bool(before) and not on):
                _join(runs, run)
            before = line.text
        place = first.start + first.bullet
        pick = self._pick(place, self._lines[-1].end) if self._pick else None
        self._done.append(MarkedBlock(tuple(runs), place, bool(first.bullet), pick))
        self._lines = []


def _join(runs: list[TextRun], run: TextRun) -> None:
    """Put ``run`` at the end, in one with what stands there where the same marks go on over a cut line."""
    if runs and runs[-1].keys == run.keys and not (run.newline or run.link or run.others):
        runs[-1] = replace(runs[-1], text=runs[-1].text + run.text)
    else:
        runs.append(run)
