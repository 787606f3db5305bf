"""How the agreement is ended before its time: the notice, in writing or not, by one or by all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.blanks import BLANK_NUMBER
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.lines import Line
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import DURATION
from workflow_app.domain.reading.subjects import AGREEMENT, first, other_document
from workflow_app.domain.reading.times import months_of
from workflow_app.domain.rules import Rule

END = phrase(
    r"\b(?:si(?:es|er|e)? (?:\w+ ){0,3}?opp|si opp|seie opp|seia opp|seiast (?:\w+ ){0,2}opp"
    r"|seier (?:\w+ ){0,3}opp|sag[td] (?:\w+ ){0,2}opp|sagte opp|oppsigelse\w*|oppsiing\w*|oppseiing\w*"
    r"|oppseieleg\w*"
    r"|oppsigelig\w*|oppsag[td]e?|oppseiast|oppsies|oppsigingstid\w*"
    r"|bring(?:es|e|er|ast|a|ar) (?:\w+ ){0,2}til opphøy?r|avvikl(?:es|ast|et?|a)|avslutt(?:e|er|ar|a)"
    r"|(?:vil|ønsker|ynskjer|ønskjer) (?:\w+ ){1,5}?ut av"
    r"|(?:si|sier|seie|seia|seier) seg (?:løs|løst|laus|laust)|(?:seie|seia) (?:frå|fra) seg|fri(?:r"
    r"|gjøre|gjer)? seg (?:fra|frå)"
    r"|gå(?:r)? (?:fra|frå) (?:\w+ )?<agreement>|opphøy?rer(?= (?:med|etter) )|terminer\w*|heves|hevast"
    r"|avsluttes|avsluttast|uttred\w*|utmeld\w*"
    r"|tre(?:r|der)? ut av|gå(?:r)? ut av"
    r"|trekke(?:r)? seg|trekkje(?:r)? seg|melde(?:r)? seg ut)\b"
)
_NOTICE_WORD = (
    r"(?:oppsigelses(?:varsel|adgang|rett)|oppseiings(?:varsel|høve|rett)|oppsigelsestid(?:en)?"
    r"|oppseiingstid(?:a|en)?|oppsigelsesfrist(?:en)?|oppseiingsfrist(?:en)?"
    r"|oppsigingstid(?:a)?|oppsigelse|oppseiing|varsel|frist(?:en)?|varslingsfrist(?:en)?"
    r"|varslingstid(?:en|a)?"
    r"|varsle|varsles|varslast)(?: \([\w ]{3,30}\))? ?:?"
)
_NOTICE = phrase(
    r"(?:<num> ?)?(?P<dur><dur>) ?(?:s |-)?(?:gjensidig\w* |skriftlig\w* |skriftleg\w* |forutgående "
    r"|føregåande )*"
    r"(?:oppsigelse\w*|oppseiing\w*|varsel\w*|frist\w*|oppsigingstid|oppseiingsfrist)"
    rf"|\b{_NOTICE_WORD}(?: (?:er|på|skal vere|skal være|med|satt til|sett til|sett|satt|settes til|og|en|ein"
    r"|av|minst|minimum|gjensidig|skriftlig|skriftleg|for begge parter|for begge partar|for partene"
    r"|for partane"
    r"|for avtalen|for avtala|i avtalen|av avtalen|om oppsigelse|om oppseiing|fra|frå|innen|innan|utgjør"
    r"|utgjer"
    r"|for å si opp|for å seie opp|for å seia opp|<agreement>|samarbeidet|enn"
    r"|ei|senest|seinast|gis|skje|skjer)){0,6} ?[:|,]? ?(?P<dur2><dur>)"
    r"|\b(?P<dur3><dur>) (?:<before>|etter (?:at )?(?:skriftlig |skriftleg |mottatt |motteken )?(?:varsel"
    r"|oppsigelse\w*|oppseiing\w*))"
    r"|\b(?P<dur5><dur>) etter at (?:\w+ ){0,8}?sag[td] (?:\w+ ){0,2}opp\b"
    r"|\b(?:oppsigelses|oppseiings|oppsigings)(?:tid|frist)\w*(?: (?:for|i|av|på) (?:\w+ "
    r"){0,2}?(?:<agreement>"
    r"|\w*samarbeidet|ordninga|ordningen|part(?:ene|ane|ar|er)))?"
    r"(?: (?:er|på|utgjør|utgjer|vere|være|satt|sett|settes|til|minst|minimum|gjensidig|skal)){1,5} "
    r"(?P<dur6><dur>)"
    r"|\bmed (?:minst |minimum |inntil )?(?P<dur4><dur>)\b"
)
_ALL = phrase(
    r"\b(?:alle|begge) part(?:er|ar|ene|ane)? (?:må|skal) (?:\w+ ){0,3}(?:si|seie|være enig|vere samde)"
    r"|\bav partene i fellesskap\b|\bpartene i fellesskap kan\b|\bav partane i fellesskap\b"
)
_ONE = phrase(
    r"\b(?:hver|kvar) av part\w+|\b(?:en|ein|én|éin) av part\w+|\bbegge part\w+ kan\b|\bhver part\b"
    r"|\bkvar part\b|\bpart(?:ene|ane) kan\b|\bgjensidig\w*|\bav (?:hver|kvar|begge)\b|\bein part\b"
    r"|\ben part\b|\bden enkelte part\b|\bpartenes? rett\b"
)
_BY_A_DAY = phrase(r"\b(?:innen|innan|senest|seinast|før) (?:den )?<day_month>")
_BREACH = phrase(r"\b(?:forslag\w*|mislig?hold\w*|misleghald\w*|brudd|brot|mislighald\w*)\b")
_DIFFER = phrase(r"(?P<one><dur>) for (?:\w+ ){1,5}?og (?P<other><dur>) for\b")
# What lasts "med to år" is what goes on, not the notice.
_GOES_ON = phrase(
    r"\b(?:\w*forleng|\w*forny|lengd|lengja|lengas|prolonger|videref|vidaref)\w* "
    r"[^,.;]{0,30}\Z"
)
_GOES_BACK = phrase(
    r"\A(?:frist(?:en|a)|varsel(?:et)?|varslet|varslingstid(?:en|a)|oppsig\w+|oppsei\w+)"
    r" (?:er|skal|settes|vert|blir|gis|på)\b"
)
_SHORT = 160
WRITTEN = phrase(r"\bskriftlig\w*|\bskriftleg\w*")
_LEASE = phrase(
    r"\b(?:abonnement\w*|leieforhold\w*|leigeforhold\w*|leigetilhøve\w*|lisens\w*|leietak\w*|leigetak\w*"
    r"|ansatte?|tilsette?|medarbeider\w*|medarbeidar\w*|arbeidstak\w*|stilling(?:en|a|er)?|arbeidsforhold\w*"
    r"|ansettelse\w*|forsikring\w*|telefon\w*|husleie\w*|husleig\w*|nettverket|foreninga|foreningen"
    r"|medlemskap\w*|vikariat\w*|engasjement\w*"
    r"|leies|leigast|leiges|oppsig\w+ (?:på|for|av) (?:\w+ )?\w*(?:lokal|kontor|bolig|bustad|bygg|bygning)\w*"
    r"|oppsei\w+ (?:på|for|av) (?:\w+ )?\w*(?:lokal|kontor|bolig|bustad|bygg|bygning)\w*"
    # "Avtalen med frivilligsentralen har …"
    r"|\A\w*avtal\w+ med (?!\w*(?:kommun|politi|lensm|part))\w+(?:en|et|a|ene|ane)"
    r" (?:har|kan|skal|må|blir|vert|er|gjeld\w*|løper|forny\w*|forleng\w*)"
    r"|(?:vurderte|drøftet|drøfta|planla|truet|trua|ønsket) (?:\w+ ){0,2}å (?:si|seie|seia|avslutt\w+)"
    r"|tilskudd\w*|tilskot\w*)\b|\b\w*avtal\w+ med (?:\w+ ){0,2}?\w*(?:selskap|firma|leverandør|utleier"
    r"|utleigar"
    r"|entreprenør|konsulent|terapeut|vaktmester|vaktmeister)\w*"
)


def another_contract(words: str) -> bool:
    """Whether it is a lease, a post or the like, and not the agreement, that is ended or goes on."""
    return other_document(words) or first(_LEASE, words) <= min(len(words), first(AGREEMENT, words))


@only_where((
    "opp", "terminer", "heves", "hevast", "avslutt", "uttred", "utmeld", "ut", "trekk", "avvikl",
    "opphør", "opphøyr", "løs", "laus", "fri", "frå", "fra", "bring", "fristen", "fristar", "vars",
), (*DURATION, "innen", "innan", "senest", "seinast", "før"))  # fmt: skip
def read_termination(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``termination`` in one sentence."""
    words = s.flat
    if re.search(r"oppsig|oppsei", s.heading) and not END.search(words) and len(words) < _SHORT:
        # "Tre måneder, skriftlig." under the heading "Oppsigelse".
        words = f"Oppsigelse: {words}"
    at: Sentence | Line = s
    if _GOES_BACK.match(words) and END.search(s.previous) and not _NOTICE.search(s.previous):
        # "Avtalen kan skriftlig sies opp. Fristen er tre måneder."
        words = f"{s.previous} {words}"
        at = Line("", max(0, page.flat.rfind(s.previous, 0, s.start)), s.end)
    end = END.search(words)
    if end is None or _BREACH.search(words) or another_contract(words) or BLANK_NUMBER.search(words):
        return
    found = next((one for one in _NOTICE.finditer(words) if not _at_a_time(words, one)), None)
    if found is None:
        if _BY_A_DAY.search(words):
            sentence = msg("The notice is to be given by a day. How many months before the end is that?")
            yield page.question(s, "notice_day", sentence, "termination:notice")
        return
    if (differ := _DIFFER.search(words)) is not None:
        yield _which_notice(page, s, differ)
        return
    months = months_of(
        found["dur"] or found["dur2"] or found["dur3"] or found["dur4"] or found["dur5"] or found["dur6"]
    )
    if months is None:
        yield page.question(
            s,
            "notice_length",
            msg("The notice is not given in months. How many months is it?"),
            "termination:notice",
        )
        return
    values: dict[str, Any] = {"months": months}
    if WRITTEN.search(words):
        values["written"] = True
    if _ALL.search(words):
        values["by"] = "all"
    elif _ONE.search(words):
        values["by"] = "one"
    yield page.rule(at, "termination", "notice", values)


def _which_notice(page: Page, s: Sentence, found: re.Match[str]) -> Question:
    """Each party has its own: the contract of a rule has room for one."""
    lengths = [months for months in (months_of(found["one"]), months_of(found["other"])) if months]
    return page.question(
        s,
        "notice_of_whom",
        msg("The notice differs between the parties. Which one is to be counted?"),
        "termination:notice",
        *(
            (
                msg("${months} months", months=months),
                (page.rule(s, "termination", "notice", {"months": months}),),
            )
            for months in lengths
        ),
    )


def _at_a_time(words: str, found: re.Match[str]) -> bool:
    if not found["dur4"]:
        return False
    times = re.match(r"\s*(?:om|av|ad|i)\s+g[ao]", words[found.end() :])
    return times is not None or _GOES_ON.search(words[: found.start()]) is not None
