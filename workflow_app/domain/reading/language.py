"""Bokmål or nynorsk: decided by the small words only one of them has."""

from __future__ import annotations

import re
from collections import Counter

_NYNORSK = frozenset(
    "ikkje frå eit ein ei kvart kvar vert vart dei desse gjeld møta halde kommunane kommunar"
    " politirådsavtala avtala årleg skriftleg offentleg offentlege oppseiing oppseiingstid seiast"
    " haldast gjennomførast evaluerast reviderast seinast innan noko korleis saman vidare"
    " arbeidar berre nokon nokre underskriven tysdag laurdag heile handsaming rekneskapen partane"
    " føremål høve skulen verksemd verksemda tenester medan eigne ho fyrste førebyggjande mogleg"
    " ordførar ordføraren ordførarane leiar leiaren leiarar stad vald valde skriven skrive"
    " kjem gje gjev gjeve rettleiar handsama handsame gonger gongen gong veker veka veke månad månader oftare"
    " oftast eitt tvo trengst anten meiner sidan førre tidlegare hausten haust medlemer medlemene"
    " medlemane eigna vere vore verte vorte lagd lagde teke teken vedteken vedtekne godkjend fylgjer"
    " fylgje byggjer vegner samstundes sjølv korkje møtest møtast kjend vitande sams stadfest"
    " einskild særskild elles allereie dessutan difor sjå rådvelde tilsette tilsett noreg kva kven kor dykk"
    " takast setje setjast"
    " held partar forlenging forlenginga oppnemnd fremje rettleiaren brukar"
    " innbyggjarar innbyggjarane tysdagar leggje".split()
)
_BOKMAL = frozenset(
    "ikke fra et en hvert hver ble de disse gjelder møtene holde holdes"
    " kommunene kommuner årlig skriftlig"
    " offentlig offentlige oppsigelse oppsigelsestid avholdes gjennomføres evalueres"
    " revideres senest innen noe"
    " hvordan sammen videre bare noen underskrevet hele partene formål skolen"
    " virksomhet tjenester hun første"
    " forebyggende mulig seneste være ordfører ordføreren leder lederen sted uker uken måned måneder"
    " oftere ganger gangen blitt vært siden forrige tidligere høsten høst selv"
    " enten fremmes dessuten derfor hva hvem hvor norge innbyggere innbyggerne"
    " ledes hun hvilke gjøre gjør gjort sier sies lages behandles sendes legges tas vedtas godkjennes".split()
)
# Endings that only one of them has: "lovleg", "sendast", "ordninga"; "lovlig", "ordningene".
_NYNORSK_ENDS = (
    "leg",
    "lege",
    "legare",
    "ast",
    "inga",
    "ingar",
    "ingane",
    "tida",
    "leik",
    "fridom",
    "ande",
    "arane",
    "asjonar",
)
_BOKMAL_ENDS = ("lig", "lige", "ligere", "ingene", "erne", "sjoner", "elsen", "else", "ende")
# They end so in both.
_IN_BOTH = frozenset("kontrast ballast blande forstand tilstand avstand".split())
_WORD = re.compile(r"[^\W\d_]+")
# Shorter words end so by chance.
_LONG = 5


def detect_language(text: str) -> str:
    """ "nn" where nynorsk words outnumber the bokmål ones, else "nb"."""
    nynorsk = bokmal = 0
    for word, times in Counter(_WORD.findall(text.lower())).items():
        if word in _NYNORSK:
            nynorsk += times
        elif word in _BOKMAL:
            bokmal += times
        elif len(word) > _LONG and word not in _IN_BOTH:
            nynorsk += times * word.endswith(_NYNORSK_ENDS)
            bokmal += times * word.endswith(_BOKMAL_ENDS)
    return "nn" if nynorsk > bokmal else "nb"
