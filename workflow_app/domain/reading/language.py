"""Bokmål or nynorsk: decided by the small words only one of them has."""

from __future__ import annotations

import re

_NYNORSK = frozenset(
    "ikkje frå eit ein ei kvart kvar vert vart dei desse gjeld møta halde kommunane kommunar"
    " politirådsavtala avtala årleg skriftleg offentleg offentlege oppseiing oppseiingstid seiast"
    " haldast gjennomførast evaluerast reviderast seinast innan noko korleis saman vidare"
    " arbeidar berre nokon nokre underskriven tysdag laurdag heile handsaming rekneskapen partane"
    " føremål høve skulen verksemd verksemda tenester medan eigne ho fyrste førebyggjande mogleg".split()
)
_BOKMAL = frozenset(
    "ikke fra et en hvert hver blir ble de disse gjelder møtene holde holdes"
    " kommunene kommuner årlig skriftlig"
    " offentlig offentlige oppsigelse oppsigelsestid avholdes gjennomføres evalueres"
    " revideres senest innen noe"
    " hvordan sammen videre bare noen underskrevet hele partene formål skolen"
    " virksomhet tjenester hun første"
    " forebyggende mulig seneste møter være".split()
)
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """ "nn" where nynorsk words outnumber the bokmål ones, else "nb"."""
    nynorsk = bokmal = 0
    for found in _WORD.finditer(text.lower()):
        nynorsk += found[0] in _NYNORSK
        bokmal += found[0] in _BOKMAL
    return "nn" if nynorsk > bokmal else "nb"
