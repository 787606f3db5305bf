"""What the members owe beside the meetings: turns at a post, deputies, things to be done every year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow_app.domain.reading import wording
from workflow_app.domain.reading.clauses.coordinated import coordinated
from workflow_app.domain.reading.clauses.meetings import (
    COUNT_NOUN,
    MEET,
    OPEN_TO_PEOPLE,
    meets_or_rotates,
)
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.turns import ROTATE
from workflow_app.domain.reading.frequencies import STEMS, find_frequencies
from workflow_app.domain.reading.frequency_words import YEAR
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import elsewhere
from workflow_app.domain.reading.times import months_of, number
from workflow_app.domain.rules import Rule

_ROTATED = (
    ("secretary", phrase(r"\bsekretær\w*|\bsekretariat\w*|\bskrivar\w*|\breferent\w*")),
    (
        "chair",
        phrase(
            r"\bled(?:er|e|es|else|eransvar)\w*|\bleiing\w*|\bleiar\w*|\bmøteled\w*|\bmøteleiar\w*"
            r"|\bformann\w*"
        ),
    ),
    ("convening", phrase(r"\binnkall\w*|\bkalle inn\b|\bkalla inn\b|\btilrettelegg\w*")),
    ("host", phrase(r"\bvert\w*|\bmøtested\w*|\bmøtestad\w*|\barrang\w*")),
)
# A plan "rulleres" too, and a shift "skifter": these turn about only where it is said what does.
_ALSO_OF_PLANS = phrase(r"(?:ruller|skift|etter tur|på skift|i turnus)")
_TERM = phrase(
    r"(?P<dur><dur>) (?:om|av|ad|i) (?:gangen|gongen|gang|gong)\b|\b(?:for|i) (?P<dur2><dur>)"
    r"|(?P<dur3><dur>) (?:på |til )?(?:hver|kvar)\b"
    r"|\b(?:med|på) (?P<dur4><dur>) (?:period|intervall|mellomrom|bolk|funksjonstid)\w*"
)
_STAFF = phrase(r"\A(?:\w+ )?(?:tjenestem|tenestem|mannskap|vakt|ansatte|tilsette|betjent|patrulj)\w*")
_MAY_ROTATE = phrase(
    r"\bkan (?:\w+ ){0,2}?(?:gå på omgang|gå på rundgang|rullere|rotere|alternere|veksle)\b[^.]{0,40}"
    r"\b(?:dersom|hvis|viss|om)\b"
)
_DEPUTY = phrase(
    r"\b(?:stedfortreder\w*|stedfortredar\w*|stadfortredar\w*|vararepresentant\w*|varamedlem\w*|varamann"
    r"|varaperson\w*|vararepresentasjon|personlige? vara|personleg vara"
    r"|(?:med|ved|har|ha|stiller?|sender?|ein|en|fast) vara"
    r"|(?:møter|stiller) varaordføra?e?r|skal vara(?= (?:kall|innkall|møte|stille))|varaordføra?e?r(?= "
    r"(?:møter|kan møte|stiller|skal "
    r"møte) (?:for|i sted|i stad))"
    r"|vara (?:kan|skal|møter|har|for (?:\w+ )?medlem\w*|til (?:\w+ )?medlem\w*"
    r"|ved forfall)|(?:oppn\w+|utpek\w+|vel\w+) vara)\b"
)
# Whose deputy somebody is by office, which is another matter than who may come to the meetings.
_BY_OFFICE = phrase(
    r"\A(?:stedfortreder|stadfortredar)\w* (?:til|for) "
    r"(?!medlem|møtedelt|deltak|den |dei |de |kvar|hver|represent)"
    r"|\bog (?:hans|hennes|hennar|deres|deira|sin) (?:\w+ )?(?:stedfortreder|stadfortredar|vara)"
    r"|\b(?:er|som) (?:\w+ )?(?:stedfortreder|stadfortredar|vara|varamedlem|vararepresentant)\b"
    r"|\A(?:vara|stedfortreder|stadfortredar) for \w+ er\b"
)
_TO_ANOTHER = phrase(
    r"\b(?:varamedlem\w*|vara) (?:til|i|for) (?:\w+ )?(?:formannskap|<council>|kommunestyre|kontrollutval"
    r"|\w+styret|fylkesting)"
)
_APPOINTED = phrase(
    r"\b(?:kan|skal|bør|må|utnevnes|oppnevnes|oppnemnast|har|møter|peker|utpeker|stiller|velges|veljast|vert"
    r"|blir|sende|sender|stille|møte|representer\w*|anledning|høve|adgang|mulighet"
    r"|moglegheit|nemne opp|innkalles|innkallast|peikar|peker|oppnevner|nemner|utpeker|velger|vel)\b"
)
_NOT = phrase(r"\b(?:ikke|ikkje|ingen|inga)\b")

_TASK_VERB = phrase(
    r"\b(?:gjennomføres|gjennomførast|arrangeres|arrangerast|avholdes|haldast|holdes|avvikles|avviklast"
    r"|gjennomfører|arrangerer|gjennomføre|arrangere|skipast til|skipe til|skipa til|skipar til|øves|øvast"
    r"|(?:vert|blir|bli|verte) (?:\w+ )?(?:gjennomført|gjennomførde|arrangert|arrangerte|avholdt|avvikla"
    r"|halde|haldne|holdt)|(?:har|ha) (?:minst )?(?:<num> )?(?:\w+ )?\w*(?:øving|øvelse|fagdag|kurs)"
    r"|(?:holde|halde|holder|held|avholde|avholder) (?:minst |minimum )?(?:<num> )?(?:\w+ ){0,3}?"
    r"\w*(?:øving|øvelse|fagdag|kurs|aksjon|seminar|temakveld|kontroll)\w*)\b"
)
_NO_TASK = phrase(
    r"\b(?:møt\w*|\w*møte\w*|politiråd(?:et)? (?:skal |gjennomf|avhold)|evaluer\w*|revi\w*|rapport\w*"
    r"|ansvar\w*|<agreement>)\b"
)


@only_where((
    "veks", "bytte", "byte", "alterner", "omgang", "roter", "rundgang", "ruller", "tur", "skift",
    "annet", "anna", "flytt", "annenhv", "byta",
))  # fmt: skip
def read_rotation(page: Page, s: Sentence) -> Iterator[Rule]:
    """Rules of kind ``rotation``: who takes turns at what."""
    for words in coordinated(s.flat, meets_or_rotates):
        yield from _turns(page, s, words)


def _turns(page: Page, s: Sentence, words: str) -> Iterator[Rule]:
    rotate = ROTATE.search(words)
    if rotate is None or _STAFF.match(words) or _MAY_ROTATE.search(words):
        return
    what = next((name for name, pattern in reversed(_ROTATED) if pattern.search(words)), None)
    if what is None and _ALSO_OF_PLANS.match(rotate[0]):
        return
    secretary = _ROTATED[0][1].search(words)
    what = "secretary" if secretary else what or "turns"
    found = next((f for f in find_frequencies(words) if f.months or f.per_year), None)
    months = None
    if found is not None:
        months = found.months or (
            12 // found.per_year if found.per_year and 12 % found.per_year == 0 else None
        )
    elif term := _TERM.search(words):
        months = months_of(term["dur"] or term["dur2"] or term["dur3"] or term["dur4"])
    if months:
        yield page.rule(s, "rotation", "every", {"months": months, "what": what})
    else:
        yield page.rule(s, "rotation", "every", {"what": what}, reason=wording.NO_INTERVAL)


@only_where(("fortred", "vara"))
def read_deputies(page: Page, s: Sentence) -> Iterator[Rule]:
    """The clause that lets members send a deputy to the meetings."""
    deputy = _DEPUTY.search(s.flat)
    if deputy is None or s.flat.rstrip().endswith(":") or _BY_OFFICE.search(s.flat):
        return
    if _TO_ANOTHER.search(s.flat, deputy.start()):
        return
    # "Medlemmer som ikke kan møte, kan sende vara": the denial is another clause's.
    clause = s.flat[s.flat.rfind(",", 0, deputy.start()) + 1 :].partition(",")[0]
    if _APPOINTED.search(s.flat) and not _NOT.search(clause):
        yield page.rule(s, "deputies", "allowed")


# "To felles trafikkaksjoner i året": the things themselves are counted.
_COUNTED_THING = phrase(rf"(?P<n><num>) (?!ganger?\b|gong)(?:[\w-]+ ){{1,5}}?{YEAR}")


@only_where(STEMS, ("gjennomfør", "arranger", "hold", "hald", "avvik", "skip", "øv", "fagdag", "kurs"))
def read_tasks(page: Page, s: Sentence) -> Iterator[Rule]:
    """A thing to be done a number of times a year that is no meeting and no review."""
    for words in coordinated(s.flat, _is_held_often):
        yield from _task(page, s, words)


def _is_held_often(words: str) -> bool:
    return bool((MEET.search(words) or _TASK_VERB.search(words)) and find_frequencies(words))


def _task(page: Page, s: Sentence, words: str) -> Iterator[Rule]:
    verb = _TASK_VERB.search(words)
    others = OPEN_TO_PEOPLE.sub("", words)
    if verb is None or elsewhere(words) or _NO_TASK.search(others) or MEET.search(others):
        return
    frequency = next(iter(find_frequencies(words)), None)
    if frequency is None or not (least := frequency.per_year_min or frequency.per_year):
        return
    thing = _COUNTED_THING.search(words) if frequency.per_year or frequency.per_year_min == 1 else None
    if not COUNT_NOUN.search(words[frequency.start : frequency.end]):
        opens = thing is not None and len(words[: thing.start()].strip()) <= len("minimum")
        if thing and (opens or thing.start() >= verb.end()) and (counted := number(thing["n"])):
            least = counted
        elif re.search(r"\d|\b(?:to|tre|fire|fem)\b", words):
            # A number that the frequency did not take in: how often is not certain.
            return
    before = words[: verb.start()]
    if frequency.end <= verb.start():
        before = words[: frequency.start] + words[frequency.end : verb.start()]
    what = re.sub(r"\s*\b(?:skal|bør|må|blir|vert|kan)\b.*$", "", before).strip(" ,")
    if not what or what.lower() in {"det", "der"}:
        what = words[verb.end() : max(frequency.start, verb.end())].strip(" ,") or words[verb.end() :].strip(
            " ,."
        )
    yield page.rule(s, "task", "yearly", {"what": what, "per_year_min": least})
