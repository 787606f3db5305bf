"""The words that say how often, as pieces of patterns: years, occasions, floors and ceilings.

``frequencies`` puts them together; they stand apart so that a wording is added by adding a word.
"""

from __future__ import annotations

YEAR = (
    r"(?:\b(?:pr\.? ?|per )(?:kalender)?år\b|\bi (?:hvert )?(?:kalender)?året\b|<each> (?:kalender)?år\b"
    r"|\b(?:årlig|årleg)(?:e)?\b|\bi løpet av (?:et |eit |kalender)?(?:året?|år)\b|\bom året\b|\bfor året\b"
    r"|\bi året\b|(?:<each>|\bi|\bpr\.?|\bper) (?:skole|skule|drifts|avtale|budsjett)år(?:et)?\b"
    r"|\bpr\.?/år\b)"
)
OCCASION = (
    r"(?:gang(?:er)?|gong(?:er)?|gongar|\w*møter?|\w*møte|\w*samlinger|\w*samlingar|\w*møta"
    r"|av (?:\w+ )?\w*møt(?:ene|ane|a))\b"
)
MANY = rf"(?P<n><num>)(?: ?(?:-|–|til|eller) ?(?P<m><num>))?(?: (?!gang|gong|møte)[\w-]+){{0,2}} {OCCASION}"
# "fire årlige møter"
MANY_YEARLY = (
    r"(?P<n><num>)(?: av (?:\w+ ){0,3}?<num>| ?(?:-|–|til|eller) ?(?P<m><num>))?"
    r" (?:\w+ )?år(?:lige?|lege?) (?:\w+ )?(?:\w*møt(?:er?|a)|\w*samlinga?[er]r)\b"
)
LIMIT = (
    r"(?:(?P<limit>minst|minimum|min\.|mins?te|ikke (?:færre|mindre|sjeldnere) enn"
    r"|ikkje (?:færre|mindre|sjeldnare) enn|aldri (?:færre|mindre|sjeldnere|sjeldnare) enn"
    r"|(?:et|eit) minimum (?:av|på)|i det minste"
    r"|inntil|opptil|(?<!legges\s)(?<!legge\s)(?<!legg\s)(?<!lagt\s)opp til|maks(?:imalt|imum)?\.?|høyst"
    r"|høgst|ikke (?:flere|mer) enn|ikkje (?:fleire"
    r"|meir) enn)(?: |(?=\d)))?"
)
CEILINGS = (
    "inntil", "opptil", "opp til", "maks", "høyst", "høgst", "ikke fler", "ikke mer", "ikkje fl", "ikkje me",
)  # fmt: skip
AT_MOST = r"(?:maksimum|maksimalt|maks\.?|høyst|inntil|høgst)"
BETWEEN = rf"\b(?:minst|minimum|min\.) (?P<n><num>) ?,? ?(?:og|men|,) ?{AT_MOST} (?P<m><num>)"
HOW_MANY = (
    r"(?:\b(?:antall(?:et)?|tal(?:et)? på|møtefrekvens\w*|møtehyppighet\w*)\b"
    r"|\b\w*møter?(?: i \w+)? ?[:|,])"
)
IN_SPRING = r"(?: [\w-]+)? (?:på |om |i )?vår(?:en|halvåret|semesteret)?\b"
IN_AUTUMN = r"(?: [\w-]+)? (?:på |om |i )?(?:høst|haust)(?:en|halvåret|semesteret)?\b"
HALF_YEAR = r"(?:halvår(?:et)?|semester(?:et)?)\b"
MONTHS = r"i (?P<list><month>(?: ?, <month>){0,10} og <month>)"
