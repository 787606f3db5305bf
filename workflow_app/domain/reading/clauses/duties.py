"""What the members owe beside the meetings: turns at a post, deputies, things to be done every year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow_app.domain.reading import wording
from workflow_app.domain.reading.clauses.meetings import COUNT_NOUN, MEET, ROTATE
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.frequencies import STEMS, find_frequencies
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.times import months_of
from workflow_app.domain.rules import Rule

_ROTATED = (
    ("secretary", phrase(r"\bsekretær\w*|\bsekretariat\w*|\bskrivar\w*|\breferent\w*")),
    (
        "chair",
        phrase(
            r"\bled(?:er|es|else|eransvar)\w*|\bleiing\w*|\bleiar\w*|\bmøteled\w*|\bmøteleiar\w*|\bformann\w*"
        ),
    ),
    ("convening", phrase(r"\binnkall\w*|\bkalle inn\b|\bkalla inn\b|\btilrettelegg\w*")),
    ("host", phrase(r"\bvert\w*|\bmøtested\w*|\bmøtestad\w*|\barrang\w*")),
)
_TERM = phrase(r"(?P<dur><dur>) (?:om|av|ad|i) (?:gangen|gongen|gang|gong)\b|\b(?:for|i) (?P<dur2><dur>)")
_DEPUTY = phrase(
    r"\b(?:stedfortreder\w*|stedfortredar\w*|stadfortredar\w*|vararepresentant\w*|varamedlem\w*|varamann"
    r"|varaperson\w*|vararepresentasjon|personlige? vara)\b"
)
_APPOINTED = phrase(
    r"\b(?:kan|skal|bør|må|utnevnes|oppnevnes|oppnemnast|har|møter|peker|utpeker|stiller|velges|veljast|vert"
    r"|blir|sende)\b"
)
_NOT = phrase(r"\b(?:ikke|ikkje|ingen|inga)\b")

_TASK_VERB = phrase(
    r"\b(?:gjennomføres|gjennomførast|arrangeres|arrangerast|avholdes|haldast|holdes|avvikles|avviklast"
    r"|gjennomfører|arrangerer|gjennomføre|arrangere)\b"
)
_NO_TASK = phrase(
    r"\b(?:møt\w*|\w*møte\w*|politiråd(?:et)? (?:skal |gjennomf|avhold)|evaluer\w*|revi\w*|rapport\w*"
    r"|ansvar\w*|<agreement>)\b"
)


@only_where((
    "veks", "bytte", "byte", "alterner", "omgang", "roter", "rundgang", "ruller", "tur", "skift",
))  # fmt: skip
def read_rotation(page: Page, s: Sentence) -> Iterator[Rule]:
    """Rules of kind ``rotation``: who takes turns at what."""
    words = s.flat
    if not ROTATE.search(words):
        return
    what = next((name for name, pattern in reversed(_ROTATED) if pattern.search(words)), None)
    secretary = _ROTATED[0][1].search(words)
    what = "secretary" if secretary else what or "turns"
    found = next((f for f in find_frequencies(words) if f.months or f.per_year), None)
    months = None
    if found is not None:
        months = found.months or (
            12 // found.per_year if found.per_year and 12 % found.per_year == 0 else None
        )
    elif term := _TERM.search(words):
        months = months_of(term["dur"] or term["dur2"])
    if months:
        yield page.rule(s, "rotation", "every", {"months": months, "what": what})
    else:
        yield page.rule(s, "rotation", "every", {"what": what}, reason=wording.NO_INTERVAL)


@only_where(("fortred", "vara"))
def read_deputies(page: Page, s: Sentence) -> Iterator[Rule]:
    """The clause that lets members send a deputy to the meetings."""
    denied = _NOT.search(s.flat) or s.flat.rstrip().endswith(":")
    if _DEPUTY.search(s.flat) and _APPOINTED.search(s.flat) and not denied:
        yield page.rule(s, "deputies", "allowed")


@only_where(STEMS, ("gjennomfør", "arranger", "holdes", "haldast", "avvik"))
def read_tasks(page: Page, s: Sentence) -> Iterator[Rule]:
    """A thing to be done a number of times a year that is no meeting and no review."""
    words = s.flat
    verb = _TASK_VERB.search(words)
    if verb is None or _NO_TASK.search(words) or MEET.search(words):
        return
    frequency = next(iter(find_frequencies(words)), None)
    if frequency is None or not (least := frequency.per_year_min or frequency.per_year):
        return
    if not COUNT_NOUN.search(words[frequency.start : frequency.end]) and re.search(
        r"\d|\b(?:to|tre|fire|fem)\b", words
    ):
        # A number that the frequency did not take in: how often is not certain.
        return
    what = re.sub(r"\s+(?:skal|bør|må|blir|vert|kan)\b.*$", "", words[: verb.start()]).strip(" ,")
    if not what or what.lower() in {"det", "der"}:
        what = words[verb.end() : frequency.start].strip(" ,") or words.strip()
    yield page.rule(s, "task", "yearly", {"what": what, "per_year_min": least})
