"""One rule from two sentences that stand together: "Evalueres i mai. Evalueringen skal være skriftlig."

The second sentence says something of the first one's matter and is no rule of
its own. The joined rule quotes both, so that every value stands on its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import mentions
from workflow_app.domain.rules import Rule

_NEAR = 300
# What must be in writing, by the kind of rule that it goes with.
_IN_WRITING = (
    ("termination", phrase(r"\b(?:oppsigelse|oppseiing|oppsiing|oppsigelsen|oppseiinga|varsel|varselet)\b")),
    ("evaluation", phrase(r"\b(?:evaluering(?:en|a)|rapporten|resultatet)\b")),
)
_WRITTEN = phrase(
    r"\b(?:skal|må|bør|er|vere|være|skje|skjer|gis|gjøres|gjerast|gjevast|leverast|leveres|foreligge)"
    r" (?:\w+ ){0,3}?(?:skriftlig|skriftleg)\w*"
)
_STEMS = ("skriftl",)


def joined(page: Page, rules: Iterable[Rule]) -> list[Rule]:
    """``rules`` with those made one that two neighbouring sentences give together; in the order they came."""
    out: list[Rule] = []
    latest: dict[str, int] = {}
    for rule in rules:
        above = latest.get(rule.kind)
        if above is not None and rule.kind == "minutes" and _agree(out[above], rule):
            out[above] = _over(page, out[above], rule.start, rule.end, rule.values)
        else:
            latest[rule.kind] = len(out)
            out.append(rule)
    for kind, places in _by_kind(out).items():
        starts = [out[n].start for n in places]
        for s in page.sentences:
            at = bisect_left(starts, s.start) - 1
            if at < 0 or _put_in_writing(s) != kind:
                continue
            above = places[at]
            if 0 <= s.start - out[above].end <= _NEAR:
                out[above] = _over(page, out[above], s.start, s.end, {"written": True})
    return out


def _by_kind(rules: list[Rule]) -> dict[str, list[int]]:
    """The places of the rules that may be put in writing, in the order of the text."""
    found: dict[str, list[int]] = {kind: [] for kind, _ in _IN_WRITING}
    for n in sorted(range(len(rules)), key=lambda n: rules[n].start):
        if rules[n].kind in found:
            found[rules[n].kind].append(n)
    return found


def _agree(one: Rule, other: Rule) -> bool:
    """Whether two rules stand near each other and say different things without contradiction."""
    apart = max(one.start, other.start) - min(one.end, other.end)
    shared = set(one.values) & set(other.values)
    return apart <= _NEAR and all(one.values[name] == other.values[name] for name in shared)


def _over(page: Page, rule: Rule, start: int, end: int, values: Mapping[str, Any]) -> Rule:
    start, end = min(rule.start, start), max(rule.end, end)
    both = MappingProxyType({**rule.values, **values})
    return replace(rule, quote=page.text[start:end], start=start, end=end, values=both)


def _put_in_writing(s: Sentence) -> str | None:
    if not mentions(s.folded, _STEMS) or len(s.flat) > _NEAR or not _WRITTEN.search(s.flat):
        return None
    return next((kind for kind, words in _IN_WRITING if words.search(s.flat)), None)
