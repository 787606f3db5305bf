"""The sentences that speak of time and gave nothing: a person reads them last.

The reader would rather ask than guess and rather be silent than wrong; so that
silence misleads nobody, what it passed over is listed. Years of laws and
circulars, case numbers, office hours, telephone numbers and ages are no times
of an agreement, and are looked past.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow_app.domain.reading.model import Passage
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import fold
from workflow_app.domain.reading.time_words import first_time

# What holds digits or units of time and yet names no time of an agreement.
_NO_TIMES = phrase(
    # laws, circulars, letters, reports, and whatever stands in their parentheses
    r"\b(?:\w*rundskriv|\w*lov(?:en|a)?|\w*forskrift(?:en|a)?|brev(?:et)?|NOU|Prop\.?|Meld\.? ?St\.?"
    r"|St\. ?meld\.?|Ot\. ?prp\.?|Innst\.?|\w*instruks|\w*direktiv|\w*veileder|\w*rettleiar"
    r"|\w*retningslinje\w*|lovvedtak|St\. ?prp\.?)\b(?:[ .]?(?:av|fra|frå|datert|dagsett|nr\.? ?\d+|nr\.?|til"
    r"|om|[(:]|den|POD|politidirektoratet|departementet|fylkesmannen|statsforvalt[ae]ren)){0,4}"
    r" ?(?:<date>|<month_year>|\d{1,4}(?:[/-]\d{1,4}){0,2})(?: ?,? ?nr\.? ?\d+)?"
    r"|\bnr\.? ?\d+ ?\(<year> ?[-–] ?<year>\)"
    # cases
    r"|\b(?:sak(?:s?nr|snummer)?|arkivsak\w*|ref(?:eranse)?|j\.?nr|jnr|journalnr|PS|RS|FSK|KST)\b\.?:? ?"
    r"\d[\d/.-]*"
    r"|(?<![\d/.])(?:19|20)\d\d/\d+(?:-\d+)?"
    # telephone and organisation numbers, the clock
    r"|\b(?:tlf|telefon|mob|mobil|faks|org\.? ?nr)\b\.?:? ?[\d ]{3,}"
    r"|(?<!\d)\d\d(?: \d\d){3}(?!\d)|(?<!\d)\d{8,9}(?!\d)"
    r"|\b(?:kl\.?|klokken|klokka) ?\d{1,2}(?:[.:]\d\d)?(?: ?(?:-|–|til|og)"
    r" ?(?:kl\.? ?)?\d{1,2}(?:[.:]\d\d)?)?"
    # ages
    r"|\b(?:under|over|fylt|fylte|mellom|fra|frå|alder\w*|barn|ungdom\w*|unge|personer|personar)"
    r"(?: på| av| under| over| mellom| fra| frå| opp til| inntil){0,2} ?<num>(?: ?(?:-|–|til|og) ?<num>)? ?år"
    r"(?! (?:fra|frå|etter|siden|sidan|før))(?:s alder)?\b"
    r"|\b\d+ ?(?:-|–|til) ?\d+ ?år(?:inger|ingar|s)?\b|\b\w*åring\w*"
    # whole days of the week that an office is open
    r"|\b(?:dag|time|timer|timar)\b(?: i| per| pr\.?)? ?(?:uka|uken|veka|døgnet|dagen)"
)
_SENTENCE_END = (".", ":", ";", "!", "?")
_MOST = 400
_LEAD = 120


def unread_sentences(page: Page, read: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    """The sentences and list items with a word of time in them that none of the places ``read`` touches.

    Headings, title lines and the signature block are no sentences here. Of a
    very long sentence the part around the word is given.
    """
    taken = sorted(read)
    block = [(line.start, line.end) for line in page.tail if not line.text.endswith(_SENTENCE_END)]
    return tuple(_unread(page, _outside(page.sentences, sorted(taken + block))))


def _outside(sentences: Iterable[Sentence], taken: list[tuple[int, int]]) -> Iterator[Sentence]:
    """The sentences that touch none of the places, both in the order of the text."""
    n, reach = 0, 0
    for s in sentences:
        while n < len(taken) and taken[n][0] < s.end:
            reach = max(reach, taken[n][1])
            n += 1
        if s.start >= reach:
            yield s


def _unread(page: Page, sentences: Iterable[Sentence]) -> Iterator[Passage]:
    for s in sentences:
        place = None if _is_title(s) else first_time(s.flat, fold(s.flat))
        if place is None:
            continue
        # Seldom reached, and dear: what only looks like a time is taken out, and then looked again.
        words = _NO_TIMES.sub(lambda found: "·" * len(found[0]), s.flat)
        place = first_time(words, fold(words))
        if place is not None:
            start, end = _cut(s, place)
            yield Passage(page.text[start:end], start, end)


def _is_title(s: Sentence) -> bool:
    return s.titled and not s.intro and not s.flat.endswith(_SENTENCE_END)


def _cut(s: Sentence, place: int) -> tuple[int, int]:
    """The sentence's place, or where it is too long the part from a little before ``place``."""
    if len(s.flat) <= _MOST:
        return s.start, s.end
    begin = s.flat.find(" ", max(0, place - _LEAD)) + 1 if place > _LEAD else 0
    begin = begin if begin <= place else place
    stop = s.flat.rfind(" ", begin, begin + _MOST)
    stop = stop if len(s.flat) > begin + _MOST and stop > place else min(len(s.flat), begin + _MOST)
    return s.start + begin, s.start + stop
