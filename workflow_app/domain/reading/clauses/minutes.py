"""What becomes of the minutes: who may read them, where they are kept, whether the meetings are closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import of_other_body
from workflow_app.domain.rules import Rule

_MINUTES = phrase(
    r"\b(?:referat(?:et|er|a|ene|ar)?|møtereferat\w*|møteb(?:ok|øk)\w*|møteprotokoll\w*|protokoll(?:er"
    r"|en|ar)?)\b"
)
_ARCHIVED = phrase(
    r"\b(?:arkiver\w*|\w*arkiv(?:et)?|journalfør\w*|lagres i sak\w*|sak-? ?(?:og )?arkivsystem\w*"
    r"|saks?system\w*|saksbehandlingssystem\w*|sakshandsamingssystem\w*)\b"
)
_ALL = r"(?:alle|allmenn\w*|ålment\w*|ålmenn?t?a|offentlig\w*|offentleg\w*|publikum|innbygg\w*|innsyn)"
_PUBLIC = phrase(
    rf"\b(?:offentlig\w*|offentleg\w*|(?:åpen|åpne|åpent|open|opne|opent) for {_ALL}|publiser\w*"
    rf"|{_ALL} (?:kan|skal kunne) (?:lese|lesa)\b|(?:leses|lesast) av {_ALL}|all?ment tilgjengelig\w*"
    rf"|tilgjengel\w+ (?:for|på) (?:\w+ ){{0,2}}"
    rf"(?:{_ALL}|\w*nettsid\w*|\w*heimesid\w*|\w*hjemmesid\w*)"
    r"|(?:legges|leggjast|leggast|lagt|lagde|ligger|ligg) (?:\w+ )?(?:ut )?på (?:\w+ ){0,2}"
    r"(?:\w*nettsid\w*|\w*heimesid\w*|\w*hjemmesid\w*|nett|nettet|internett))\b"
)
_NOT_PUBLIC = phrase(
    r"\b(?:ikke|ikkje) (?:\w+ )?(?:offentlig\w*|offentleg\w*|åpne|opne|publiser\w*)|\b(?:unntatt|unnateke"
    r"|unntekne|unnatekne|unnateken|unntas|u\.?off) ?(?:fra |frå )?(?:offentlig\w*|offentleg\w*|innsyn)?"
    r"|\bfor (?:lukkede|lukka|stengde|stengte) dører|\bfor (?:lukka|stengde) dører"
    r"|\b(?:skjermes|skjermast|skjermet|skjerma|konfidensiel\w*|fortrolig\w*|fortruleg\w*"
    r"|hemmelig\w*|hemmeleg\w*)\b"
)
_EXEMPT = r"(?:unntas|unntatt|unntek\w*|unnatek\w*|skjermes|skjermast|skjerma|skjermet)"
_NOT_EXEMPT = phrase(rf"\b{_EXEMPT} (?:ikke|ikkje)\b|\b(?:ikke|ikkje) (?:\w+ )?{_EXEMPT}\b")
# "Public unless exempt" is public.
_SAVE_FOR = phrase(
    r"\b(?:offentlig|offentleg)\w*,? (?:med mindre|bortsett fra|bortsett frå|så langt|unntatt der|dersom"
    r"|med unntak|så sant|så framt|såframt|når ikke|når ikkje)\b"
    r"|\bmed unntak (?:av|for)\b"
)
# "Politikontakten skriver referat. Dette unntas offentlighet."
_ANAPHOR = phrase(r"\A(?:dette|disse|desse|den|det|de|dei|han)\b")
_CLOSED = phrase(
    r"\bmøt(?:ene|a|er|et|e)\b[^.]{0,50}\b(?:er|skal være|skal vere|holdes|haldast|avholdes|blir|går|vert"
    r"|foregår|føregår|gjennomføres|gjennomførast)\b[^.]{0,30}"
    r"\b(?:lukk(?:et|ede|a|et)|lukka|stengde|stengte|ikke (?:åpne|offentlige)|ikkje (?:opne|offentlege)"
    r"|for lukkede dører|for stengde dører|for lukka dører|for stengte dører|unntatt (?:fra )?offent\w+"
    r"|unn[ta]\w+ (?:frå )?offent\w+)\b"
    r"|\b(?:er|blir|vert) (?:politirådets )?møt(?:ene|a)(?: i \w+)? (?:\w+ ){0,2}?(?:lukka|lukke[dt]e?"
    r"|stengde|stengte)\b"
    r"|\bmøt(?:er|ene|a|e) (?:sine )?for (?:lukkede|lukka|stengde|stengte) dører\b"
    rf"|\b{_ALL} (?:har|skal) (?:\w+ )?(?:ikke|ikkje|ingen) (?:\w+ )?(?:adgang|tilgang|tilgjenge|åtgang"
    rf"|møterett|høve)"
    r" (?:til|på|i) (?:\w+ )?møt"
    r"|\b(?:politirådet|rådet|partene|partane) (?:møtes|møtest) [^.]{0,40}"
    r"\bfor (?:lukkede|lukka|stengde|stengte) dører\b"
)
_OPEN = phrase(
    r"\bmøt(?:ene|a|er)\b[^.]{0,40}\b(?:er|skal være|skal vere)\b[^.]{0,20}\b(?:åpne|opne|offentlige"
    r"|offentlege)\b"
)


@only_where(
    ("referat", "møt", "protokoll", "dette", "disse", "desse", "den ", "det ", "de ", "dei ", "han "),
    (
        "off", "åpen", "åpne", "open", "opne", "publiser", "unnt", "unnat", "lukk", "stengd", "stengt",
        "dører", "legges", "leggjast", "leggast", "lagt", "lagde", "ligg", "tilgjengel", "arkiv",
        "journalfør", "lagres", "system", "skjerm", "konfid", "fortr", "hemm", "adgang", "tilg",
        "åtgang", "møterett", "høve", "lese", "lesa",
    ),
)  # fmt: skip
def read_minutes(page: Page, s: Sentence) -> Iterator[Rule]:
    """What becomes of the minutes, and whether the meetings are closed."""
    words = s.flat
    values: dict[str, Any] = {}
    if of_other_body(words, s.heading):
        return
    minutes = _MINUTES.search(words) or (_ANAPHOR.match(words) and _MINUTES.search(s.previous))
    if minutes and _NOT_EXEMPT.search(words):
        values["public"] = True
    elif _CLOSED.search(words) or (minutes and _NOT_PUBLIC.search(words) and not _SAVE_FOR.search(words)):
        values["public"] = False
    elif (minutes and _PUBLIC.search(words)) or _OPEN.search(words):
        values["public"] = True
    if minutes and _ARCHIVED.search(words) and not re.search(r"\b(?:ikke|ikkje) arkiv", words, re.I):
        values["archived"] = True
    if values:
        yield page.rule(s, "minutes", "minutes", values)
