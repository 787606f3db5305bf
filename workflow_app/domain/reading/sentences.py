"""Sentences with their places, their heading and the words that introduce their list.

The text is first *flattened*: every line break, tab and piece of debris becomes
a space, one for one, so that a sentence broken over lines or pages reads as one
and every place still counts in the original text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from workflow_app.domain.reading import lexicon
from workflow_app.domain.reading.lines import Line
from workflow_app.domain.reading.sections import Heading
from workflow_app.domain.reading.stems import fold

_LONGEST = 1200
_ABBREVIATIONS = frozenset(
    "pr evt ev jf jfr nr st prp mnd bl f.eks eks ca kl m.m mv m.v dvs osv o.l pkt"
    " kap art ref tlf min maks inkl ekskl"
    " jan feb mar apr jun jul aug sept okt nov des f.o.m t.o.m d.d etc ad adm dir"
    " ordf nn n.n bl.a m.a o.a jmf avd gnr".split()
)
_SPACE = re.compile("[\\s\u00ad]")
_SOFT = re.compile("\\w+(?:\u00ad\\w+)+")
# A hyphen that ends a line divides a word; that of "SLT-" stays when its line is made whole.
_DIVIDED = re.compile("[^\\W\\d_][-\u00ad]$")
_GOES_ON = re.compile(r"(?!(?:og|eller|samt|til)\b)[a-zæøå]+")
_STOP = re.compile(r"[.!?](?=[\"”»)]?\s+[\"“«(]?[^\W_a-zæøå]|[\"”»)]?\s*$)")
_MONTH_NEXT = re.compile(rf"\s*(?:{lexicon.alternatives(lexicon.MONTHS)})\b", re.IGNORECASE)
_YEAR_NEXT = re.compile(r"\s*(?:19|20)\d\d\b")
_OPEN_END = re.compile(
    r"(?:[,\-–/]|\b(?:og|eller|mellom|med|av|i|på|for|til|fra|frå|som|den|det|ved|om|samt))$", re.I
)


@dataclass(frozen=True)
class Sentence:
    """``flat`` is the sentence with plain spaces; ``start`` and ``end`` are places in the original text.

    ``heading`` is in lower case, ``intro`` the sentence that a list item hangs on,
    ``previous`` the sentence before it in the same section.
    """

    flat: str
    start: int
    end: int
    heading: str = ""
    intro: str = ""
    previous: str = ""
    titled: bool = False

    @cached_property
    def folded(self) -> str:
        """The sentence and its heading in small letters, for the stems of the clause tables."""
        return fold(f"{self.flat}\n{self.heading}")


def flatten(text: str, lines: list[Line]) -> str:
    """``text`` with white space and debris as plain spaces, of the same length.

    A word divided at the end of a line is made whole; the room it took is left behind it.
    """
    out: list[str] = []
    place = 0
    above = ""
    for line in lines:
        if line.kind not in {"text", "toc"}:
            above = ""
            continue
        # What is printable holds no white space but plain spaces, and no soft hyphen.
        words = line.text if line.text.isprintable() else _SPACE.sub(" ", _whole(line.text))
        gap = " " * (line.start - place)
        divided = above.endswith(("-", "\u00ad")) and _DIVIDED.search(above)
        goes_on = _GOES_ON.match(words) if divided else None
        if goes_on:
            if not above[-2].isupper():
                out[-1], gap = out[-1][:-1], f" {gap}"
            gap, words = goes_on[0] + gap, words[goes_on.end() :]
        out += (gap, words)
        place, above = line.end, line.text
    out.append(" " * (len(text) - place))
    return "".join(out)


def _whole(words: str) -> str:
    """The words without the soft hyphens in them, each as long as it was."""
    return _SOFT.sub(lambda found: found[0].replace("\u00ad", "").ljust(len(found[0])), words)


def split_sentences(flat: str, lines: list[Line], headings: list[Heading]) -> list[Sentence]:
    """Every sentence of the flattened text outside headings and the table of contents, in order."""
    head_at = {heading.index: heading.words.lower() for heading in headings}
    found: list[Sentence] = []
    heading, intro, previous = "", "", ""
    for block in _blocks(lines, head_at):
        if isinstance(block, str):
            heading, intro, previous = block, "", ""
            continue
        first, last, listed = block
        begin = lines[first].start + lines[first].bullet
        for start, end in _split(flat, begin, lines[last].end):
            words = flat[start:end]
            if not words.strip():
                continue
            found.append(Sentence(words, start, end, heading, intro if listed else "", previous, not heading))
            previous = words
            if words.rstrip().endswith(":"):
                intro = words
    return found


def _blocks(lines: list[Line], head_at: dict[int, str]) -> list[tuple[int, int, bool] | str]:
    """Headings, and runs of lines that belong together: (first, last, is a list item)."""
    blocks: list[tuple[int, int, bool] | str] = []
    run: tuple[int, int, bool] | None = None
    torn = blank = False
    for n, line in enumerate(lines):
        if line.kind != "text":
            torn, blank = torn or line.kind == "debris", True
            continue
        if n in head_at:
            blocks += [run] if run else []
            blocks.append(head_at[n])
            run = None
        elif run and _continues(lines[run[1]], line, blank=blank, torn=torn):
            run = (run[0], n, run[2])
        else:
            blocks += [run] if run else []
            run = (n, n, bool(line.bullet) or line.numbered)
        torn = blank = False
    return blocks + ([run] if run else [])


def _continues(above: Line, line: Line, *, blank: bool, torn: bool) -> bool:
    """Whether ``line`` goes on with the sentence of the line above it."""
    if line.bullet or (line.numbered and above.text.endswith((".", ":", ";"))):
        return False
    if above.text.endswith((".", ":", "!", "?")) and blank:
        return False
    if blank:
        return torn and line.text[0].islower()
    if line.text[0].islower() or len(above.text) >= 60:
        return True
    return above.text.endswith((".", "!", "?")) or _OPEN_END.search(above.text) is not None


def _split(flat: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Cut a run at full stops, and at a space where a sentence grows beyond reason."""
    cuts: list[tuple[int, int]] = []
    start = begin
    for stop in _STOP.finditer(flat, begin, end):
        if not _is_end(flat, start, stop.start()):
            continue
        cuts += _bounded(flat, start, stop.end())
        start = stop.end()
    return [span for span in cuts + _bounded(flat, start, end) if span[0] < span[1]]


def _is_end(flat: str, start: int, stop: int) -> bool:
    if flat[stop] != ".":
        return True
    word = re.search(r"[\w.]*$", flat[max(start, stop - 24) : stop])
    token = word[0].lower() if word else ""
    if token in _ABBREVIATIONS or (token in lexicon.MONTHS and _YEAR_NEXT.match(flat, stop + 1)):
        return False
    if re.fullmatch(r"\d{1,2}", token):
        # "1. Juli" goes on; so does the number that opens a list item.
        return not (_MONTH_NEXT.match(flat, stop + 1) or not flat[start : stop - len(token)].strip())
    return True


def _bounded(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while start < end and flat[start] == " ":
        start += 1
    while end > start and flat[end - 1] == " ":
        end -= 1
    while end - start > _LONGEST:
        cut = flat.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        spans.append((start, cut))
        start = cut
        while start < end and flat[start] == " ":
            start += 1
    return [*spans, (start, end)]
