"""Who meets how often: the politiråd's meetings, and those of other bodies that it is a guest of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.coordinated import coordinated
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.clauses.turns import ROTATE, goes_round
from workflow_app.domain.reading.frequencies import STEMS, Frequency, find_frequencies
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import OWN_BODY, other_body
from workflow_app.domain.rules import Rule

MEET = phrase(
    r"\b(?:møtefrekvens\w*|møtepunkt\w*|(?:kjem|kommer|trer|kalles|kallast) (?:\w+ ){1,3}?(?:saman"
    r"|sammen)|møtehyppighet\w*|møt(?:e|er|es|est|ast|a|ene|ane|tes)|\w+møte(?:r|ne)?|\w+møta"
    r"|kalles inn|kallast inn|innkaller|innkallar|kaller inn|kallar inn|innkalles"
    r"|innkallast|samles|samlast"
    r"|(?:kalles|kaller) sammen|(?:kallast|kallar|kalla) saman|sammenkalles|samankallast"
    r"|kjem saman|kommer sammen|møtest|møtast|trer sammen|treffes|samling(?:er|ar)?)\b"
    r"|\bpolitiråd(?:et)? (?:skal |bør |vert |blir )?(?:gjennomfør\w*|avhold\w*|holdes|haldast|halde"
    r"|avvikl\w*)"
    r"|\b(?:gjennomføres|gjennomførast|avholdes|holdes|haldast|avvikles|avviklast|arrangeres) politiråd"
)
_VERB_MEET = phrase(
    r"(?<!har\s)(?<!ha\s)(?<!hev\s)(?<!holde\s)(?<!halde\s)(?<!faste\s)(?<!årlige\s)(?<!årlege\s)(?<!felles\s)(?<!holdes\s)(?<!haldast\s)(?<!ordinære\s)"
    r"\b(?:møter|deltar|deltek|inviteres|inviterast|innbys|delta|deltaker|stiller?|orienterer?|informerer?"
    r"|blir invitert|vert invitert|bli invitert|bli invitera|har (?:møte|tale|delta)\w*rett"
    r"|(?:innkalles|innkallast|kalles inn|kallast inn)(?= til)|(?:gir|gjev|gi"
    r"|gje)(?= [^.]{0,60}\borientering))\b"
)
_INFORMS = phrase(
    r"\b(?:orienterer?|informerer?|deltar?|deltek|stiller?|inviteres|inviterast|(?:blir|vert"
    r"|bli) (?:\w+ )?invitert)"
    r"\b[^.]{0,60}(?:<council>|politiråd|\brådet|formannskap|ungdomsråd|\w*utval)|\b(?:gir|gjev|gi"
    r"|gje) (?:<council>|formannskap\w*)[^.]{0,40}\borientering"
)
_WHERE = phrase(
    r"\b(?:i|på|til|for|hos) (?P<where>(?:politiråd\w*|rådet|<council>|formannskapet|politirådsmøte\w*"
    r"|<num> (?:av )?(?:\w+ )?møt(?:e\w*|a)|møt(?:e\w*|a)|(?:\w+ )?\w*utvalg\w*"
    r"|\w+(?:møtet|møta|møtene|samlingen|samlinga|samlingene|samlingane|utvalet|rådet|forumet)))\b"
)
_COUNT_BEFORE = phrase(
    r"(?:<num>|minst|årlige|årlege|halvårlige|faste|til|av|om|på|antall|antallet|tall|felles|flere|fleire) \Z"
)
_IMPERSONAL = phrase(
    r"\A(?:til sammen|til saman|som hov[eu]dregel|normalt|vanligvis|vanlegvis|i løpet av (?:\w+ "
    r")?(?:kalender)?året? (?:skal|bør|må|blir|vert|avvikl\w+|hold\w+|gjennomfør\w+"
    r"|hald\w+)"
    r" (?:det|der|møt\w+|avvikl\w+|hold\w+|hald\w+|gjennomfør\w+|<num>|minst|minimum)|det|der|antall"
    r"|antallet|talet|tallet|faste|fast|ordinære|årlige|årlege|halvårlige|halvårlege|kvartalsvise"
    r"|månedlige|møte\w*"
    r"|møta|minst|minimum|<num>|felles|vi|<each>|den følges|møtefrekvens|frekvens|politirådsmøte\w*"
    r"|statusmøte\w*|dialogmøte\w*|samarbeidsmøte\w*|kontaktmøte\w*)\b"
)
_KOMMUNER = phrase(
    r"\A(?:(?:de|dei|alle|begge) )?(?:\w+ )?kommun(?:ene|ane)\b|\bmellom (?:\w+ )?\w*kommun(?:ene|ane)\b"
)
_BODY = r"\w*(?:råd|styre|ting|kommune|distrikt|foretak|føretak)(?:et|n)?"
_TWO_BODIES = phrase(
    rf"\A(?:\w+ ){{0,3}}{_BODY} og (?:\w+ ){{0,3}}{_BODY} (?:skal ha|skal holde|skal halde|har|holder|held)"
    r" [^.]{0,40}?\b(?:felles\b|(?:kontakt|samarbeids|dialog|status|drøftings)møt)"
)
_PAST = phrase(
    r"\b(?:hadde|møttes|møttest|(?:ble|vart|blei) (?:det )?(?:\w+ )?(?:avholdt|holdt"
    r"|haldne?|gjennomført|avvikla)|har (?:\w+ )?hatt"
    r"|har (?:\w+ ){0,2}(?:vært|vore|vorte|blitt) (?:\w+ )?(?:avholdt|holdt|haldne?|gjennomført|avvikla"
    r"|avviklet))\b"
)
# A row of dots is asked about wherever it stands; see ``blanks``.
_LEFT_OPEN = phrase(
    r"(?:(?P<dots><blank>)|(?<!\w)x(?!\w)|\[[^\]]{0,30}\]|<[^<>]{0,30}>) ?(?:\w+ )?"
    r"(?:gang(?:er)?|gong(?:er)?|\w*møter?|samlinger|samlingar)\b"
)
_HOW_MANY = phrase(r"\b(?:antall(?:et)?|tal(?:et)? på)\b")
_BOTH_SIDES = phrase(
    r"\bkommun\w+\b[^.]{0,60}\bpoliti\w*|\bpoliti(?:et|distriktet)?\b[^.]{0,40}\bkommun\w+"
    r"|\A(?:\w+ )?ordfør\w+\b[^.]{0,40}\bog (?:politi(?!kontakt)\w*|lensmann\w*|stasjonssjef\w*)"
)
_SOME_OF_THEM = phrase(r"\bav (?:\w+ )?\w*møt(?:ene|a|ane)\b")
_HOSTS = phrase(r"\A(?:politirådet|rådet|(?:alle )?part(?:ene|ane)|(?:\w+ )?medlem\w+|møt\w+)\b")
OPEN_TO_PEOPLE = phrase(r"\b(?:folke|all|foreldre|informasjons|innbygger|innbyggjar|grende)møt\w+")
_ANAPHOR = phrase(r"\A(?:disse|desse|forumet|gruppen|gruppa|utvalget|utvalet|nettverket|teamet)\b")
_LEAD = phrase(r"\A(?:om ønskelig|ved behov|etter behov|i tillegg|også|dersom ønskelig|videre|vidare),? ")
# A clause before the verb's own: who it speaks of comes after it, and after the verb that follows it.
_FRONTED = phrase(
    r"\A(?:(?:er|blir|vert|var) (?:det|dette|ho|han|den)|hvis|viss|dersom|når|om|ved|etter)\b[^,.]{0,80}, "
    r"(?:(?:skal|bør|kan|må|vil) )?"
)
_SHOULD = phrase(
    r"\b(?:bør|burde|fortrinnsvis bør|tilstrebes|tilstrebast|ønskelig at|har som mål|målet er|siktemål"
    r"|(?:tas|tek|tar|takast|ta) sikte på|teke sikte på|tilstreber|tilstrebar)\b"
)
_REVIEW_SUBJECT = phrase(
    r"\A[^.]{0,60}\b(?:evaluering\w*|evalueres|evaluerast|revisjon|revideres|reviderast|oppsigelse)\b"
    r"|\A(?![^.]{0,200} og (?:har|held|holder|hald|møt|skal|samles|treff))(?:(?!møt|saml|treff"
    r"|kjem saman)[^.]){0,60}\b(?:evaluerer|evaluere|evaluera|reviderer|revidere)\b"
    r"|\A[^.]{0,60}\b(?:evaluerer|evaluerar|reviderer) (?:\w+ ){1,3}(?:årlig|årleg|<each> år)\b"
)
COUNT_NOUN = phrase(r"<num> (?:\w+ )?(?:\w*møt(?:er?|ene|a|ane)|gang(?:er)?|gong(?:er)?)")


@only_where(STEMS)
def read_meetings(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``meetings`` and ``attendance`` in one sentence."""
    if _PAST.search(s.flat):
        return
    for words in coordinated(s.flat, meets_or_rotates):
        yield from _read(page, s, words)


def meets_or_rotates(words: str) -> bool:
    """Whether a part of a sentence says by itself how often somebody meets, or that a post goes round."""
    return bool(ROTATE.search(words) or (MEET.search(words) and find_frequencies(words)))


def _read(page: Page, s: Sentence, words: str) -> Iterator[Rule | Question]:
    meet = MEET.search(words) or _INFORMS.search(words)
    in_list = s.intro and MEET.search(s.intro)
    by_heading = re.search(r"møtefrekvens|møter|møtehyppighet|møteverksemd", s.heading) and len(words) < 120
    if not (meet or in_list or by_heading) or goes_round(words) or _REVIEW_SUBJECT.match(words):
        return
    frequency = _frequency(words)
    if frequency is None or not frequency.values():
        return
    if left_open := _LEFT_OPEN.search(words):
        if not left_open["dots"] and _owner(page, s, words) == "own":
            sentence = msg("A number in the clause is not filled in. Which number is meant?")
            yield page.question(s, "blank_number", sentence, "meetings:council")
        return
    strength = "should" if _SHOULD.search(words) else "must"
    guest = _guest(words, frequency)
    if guest is not None:
        who, where = guest
        yield page.rule(s, "attendance", "yearly", _attendance(who, where, frequency, strength))
        return
    if OPEN_TO_PEOPLE.search(words) or _SOME_OF_THEM.search(words[frequency.start : frequency.end]):
        return
    owner = _owner(page, s, words)
    own = page.rule(s, "meetings", "council", {**frequency.values(), "strength": strength})
    if owner == "own":
        yield own
    elif owner is not None:
        yield page.rule(s, "attendance", "yearly", _attendance(owner, None, frequency, strength))
    else:
        yield page.question(
            s,
            "whose_meetings",
            msg("Whose meetings are these?"),
            "meetings:council",
            (msg("the politiråd's"), (own,)),
            (msg("another body's"), ()),
        )


def _frequency(words: str) -> Frequency | None:
    """The frequency of the meetings; a plan made "for a year at a time" is none."""
    found = [f for f in find_frequencies(words) if not re.match(r"\s*(?:om|av|ad) gang", words[f.end :])]
    counted = [f for f in found if f.per_year != 1 or f.per_year_min]
    best = counted[0] if counted else next(iter(found), None)
    if best is None or best.per_year != 1:
        return best
    bare = not COUNT_NOUN.search(words[best.start : best.end])
    if bare and _INFORMS.search(words) and not MEET.search(words):
        return best
    several = re.search(
        r"\bmøter\b|\bmøta\b|\bmøte\b|\w+møter?\b|møtes|samles|samlast|saman\b"
        r"|sammen\b",
        words,
    )
    # Where their number is spoken of, "årlig" is of something else.
    return best if not bare or (several and not _HOW_MANY.search(words)) else None


def _guest(words: str, frequency: Frequency) -> tuple[str, str | None] | None:
    """Who attends whose meeting, where somebody other than the politiråd does."""
    for verb in _VERB_MEET.finditer(words):
        if verb[0].lower() == "møter" and (
            _COUNT_BEFORE.search(words[: verb.start()]) or frequency.start <= verb.start() < frequency.end
        ):
            continue
        where = _WHERE.search(words, verb.end())
        ahead = words[: verb.start()]
        if frequency.end <= verb.start():
            ahead = ahead[: frequency.start] + ahead[frequency.end :].lstrip()
        before = _LEAD.sub("", _FRONTED.sub("", ahead)).strip(" ,")
        between = words[verb.end() : where.start()] if where else ""
        if verb.end() <= frequency.start:
            between = between[: frequency.start - verb.end()]
        before = re.sub(r"\s+(?:skal|bør|kan|må|vil|blir|vert|om|å)$", "", before)
        who = before if len(before.split()) > 0 and not _LEAD.fullmatch(before + " ") else between.strip()
        who = re.sub(r"^(?:det|der)\b.*|\s+(?:å|til|fast|også|skal|bør|kan)$", "", who, flags=re.I).strip(
            " ,"
        )
        if not who or len(who) > 90 or _HOSTS.match(who):
            continue
        if where is None and verb[0].lower() == "møter":
            continue
        return who, where["where"] if where else None
    return None


def _attendance(who: str, where: str | None, f: Frequency, strength: str) -> dict[str, Any]:
    values: dict[str, Any] = {"who": who}
    if where:
        values["where"] = where
    least = f.per_year_min if f.per_year is None else None
    if f.per_year is not None:
        values["per_year"] = f.per_year
    elif least is not None:
        values["per_year_min"] = least
    else:
        values["per_year_max"] = f.per_year_max
    return values | {"strength": strength}


def _owner(page: Page, s: Sentence, words: str) -> str | None:
    """ "own" for the politiråd's and the parties' meetings, a body's name for another's, None when unsure."""
    own, other = OWN_BODY.search(words), other_body(words)
    if _ANAPHOR.match(words):
        other = other or other_body(s.previous) or other_body(s.heading)
        return other[1] if other else None
    if other and other[1] == "kommunestyre" and own:
        other = None
    if other and (own is None or other[0] < own.start()):
        return other[1]
    if own or _BOTH_SIDES.search(words) or _KOMMUNER.search(words) or _TWO_BODIES.match(words):
        return "own"
    heading = other_body(s.heading)
    if heading and not OWN_BODY.search(s.heading):
        return heading[1]
    if s.intro and (context := s.intro):
        listed = other_body(context)
        return listed[1] if listed and not OWN_BODY.search(context) else "own"
    return "own" if _IMPERSONAL.match(words) or phrase(r"<agreement>").search(words) else None
