"""Whether words speak of time at all, however they say it: for the sentences that no clause table read.

Wider than ``times`` and ``frequencies``, since nothing is made of what is found
here but a place to look at. Each row is tried only where one of its stems stands.
"""

from __future__ import annotations

import re

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.stems import DURATION, mentions

_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_MONTH_STEMS = tuple(_MONTH[3:-1].split("|"))
_DIGIT = re.compile(r"\d")
# A date, a year, a day of a month: with a digit, in whatever script.
WITH_DIGITS = phrase(
    rf"<date>|<month_year>|(?<![\d./])\d{{1,2}}\s?\.?\s?{_MONTH}\b|<year>|\b20(?:xx|__|\.\.)"
)
ROWS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (_MONTH_STEMS, phrase(rf"\b{_MONTH}\b")),
    (DURATION, phrase(r"<dur>|\b(?:per|pr\.?|i) (?:år|året|måned\w*|månad\w*)\b")),
    (("kvartal",), phrase(r"\b(?:per|pr\.?|i) kvartal\w*|\bkvartals\w+")),
    (("gang", "gong"), phrase(r"\b<num> (?:gang|gong)(?:er|ar)?\b")),
    (
        ("våren", "vårhal", "somme", "somma", "høst", "haust", "vinter"),
        phrase(r"\b(?:vår|sommer|sommar|høst|haust|vinter)(?:en|halvåret)\b"),
    ),
    (
        ("hver", "kvar"),
        phrase(
            r"<each> (?:vår|sommer|sommar|høst|haust|vinter|halvår|kvartal|måned|månad|uke|veke|år"
            r"|<ordinal> \w+)\b"
        ),
    ),
    (("årlig", "årleg"), phrase(r"\b(?:halv|fler|to|tre|fire|fem)?år(?:lig|leg)\w*")),
    (
        ("måned", "månad", "uke", "veke", "halvårs"),
        phrase(r"\b(?:måned|månad|uke|veke|ukent|vekent)(?:lig|leg)\w*|\b(?:halvårs|månads|måneds)\w+"),
    ),
    (
        ("annethv", "annakv", "annenhv", "kvart"),
        phrase(r"\b(?:annethvert|annakvart|annenhver|annakvar|anna ?kvart)\b"),
    ),
    (("årets", "årss", "kalenderår"), phrase(r"\bårets\b|\bårs(?:skifte|slutt)\w*|\bkalenderår\w*")),
    (("frist",), phrase(r"\b\w*frist(?:er|ar|en|ene|ane)?\b")),
    (
        ("senest", "seinast", "seinest", "tidligst"),
        phrase(r"\b(?:senest|seneste|seinast|seinest|tidligst)\b"),
    ),
    (
        ("rimel", "kort", "utgangen", "utløpet"),
        phrase(r"\b(?:innen|innan|ved|før|i) (?:rimelig tid|rimeleg tid|utgangen|utløpet|kort tid)\b"),
    ),
    (
        (
            "varig",
            "periode",
            "løpetid",
            "avtaletid",
            "virketid",
            "verketid",
            "gstid",
            "nstid",
            "sestid",
            "tstid",
            "ubestemt",
            "tidsu",
            "tidsav",
            "tidsbe",
        ),
        phrase(
            r"\b\w*(?:varighet|varigheit|løpetid|avtaletid|avtaleperiode|valgperiode|valperiode"
            r"|kommunestyreperiode|bindingstid|oppsigelsestid|oppseiingstid|gyldighetstid|funksjonstid"
            r"|virketid|verketid)\w*|\bpå ubestemt tid\b|\btidsubegrenset\b|\btidsavgrens\w*|\btidsbegrens\w*"
        ),
    ),
    (("inntil", "til"), phrase(r"\b(?:inntil|fr[ae]m til) (?:ny|det|den|ho|han|at)\b")),
    (
        ("løpende", "løpande", "jevnlig", "jamleg", "jamnleg", "regelmess", "kontinuer"),
        phrase(
            r"\b(?:revider|rull|oppdater|ajourfør|gjennomgå|forny)(?:es|ast|er|s|åast|erast)\b(?: \w+){0,3}?"
            r" (?:løp[ea]nde|fortløp[ea]nde|jevnlig|jamleg|jamnleg|regelmessig|kontinuerl[ie]g)\b"
            r"|\b(?:løp[ea]nde|fortløp[ea]nde|jevnlig|jamleg|jamnleg|regelmessig"
            r"|kontinuerl[ie]g)(?: \w+){0,3}?"
            r" (?:revisjon|revider\w+|rull\w+|oppdater\w+|ajourfør\w+)\b"
            r"|\b(?:revider|rull|oppdater)\w+ (?:\w+ )?(?:løp[ea]nde|jevnlig|jamleg|regelmessig)"
        ),
    ),
    (("vidare", "videre"), phrase(r"\b(?:til|inntil) vidare\b|\binntil videre\b")),
)


def first_time(flat: str, folded: str) -> int | None:
    """Where the first word of time stands; None where there is none. ``folded`` is ``stems.fold(flat)``."""
    found = [pattern.search(flat) for stems, pattern in ROWS if mentions(folded, stems)]
    if _DIGIT.search(flat):
        found.append(WITH_DIGITS.search(flat))
    return min((one.start() for one in found if one is not None), default=None)
