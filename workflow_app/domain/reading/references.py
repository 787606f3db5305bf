"""Other agreements the text speaks of: the one it replaces, the one it adds to.

A person links the two; the words say how they hang together and the date by
which the other is found. Laws, plans and circulars are replaced and
supplemented too, but they are no agreements of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflow_app.domain.reading.model import Reference
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import mentions
from workflow_app.domain.reading.times import month_of, parse_date

# What goes before the other agreement, by relation. Of another subject than
# this agreement ("rundskrivet erstatter") nothing is asked: it is rare.
_BEFORE = (
    (
        "replaces",
        phrase(
            r"\b(?:erstatter|erstattar|avløser|avløyser|opphever|opphevar|til erstatning for"
            r"|til avløsning for|i erstatning for"
            r"|(?:trer|kommer|kjem|går|gjeld|gjelder|trår|er|inngås) (?:inn )?"
            r"(?:i stedet for|i staden for|istedenfor|istadenfor|i steden for)"
            r"|(?:vil|skal|kan) (?:erstatte|avløse|avløyse|oppheve))"
            r"(?! (?:ikke|ikkje)\b)"
        ),
    ),
    (
        "supplements",
        phrase(
            r"\b(?:(?:supplement|tillegg|tilleggsavtale|tilleggsavtala|tilføyelse|vedlegg|underavtale"
            r"|påbygging|presisering|delavtale|særavtale) (?:til|av|under)"
            r"|(?:supplerer|supplerar|utfyller|utfyllar|utdyper|utdjupar|presiserer|kompletterer)"
            r"|utfyllende til|utfyllande til|kommer i tillegg til|kjem i tillegg til"
            r"|skal (?:supplere|utfylle|utdype))(?! (?:ikke|ikkje)\b)"
        ),
    ),
)
# What goes after it: "avtalen av 2015 bortfaller".
_AFTER = phrase(
    r"\A(?:[^.;]|(?<=\d)\.){0,90}?\b(?:(?:erstattes|erstattast|avløses|avløysast|blir erstattet|vert erstatta"
    r"|blir avløst|vert avløyst|blir erstatta) (?:av|med) (?:denne|foreliggende|føreliggjande|nærværende)"
    r"|(?:bortfaller|fell bort|faller bort|oppheves|opphevast|opphører|opphøyrer|utgår|går ut)\b"
    r"[^.;]{0,40}?\b(?:når denne|når ny|fra samme|frå same|ved inngåelse|samtidig|med denne|ved denne))"
)
_OTHER = phrase(
    r"\A(?: (?!(?:lov|loven|lova|forskrift|plan|planen|instruks|vedtekt|denne|at|ved|dersom|når|hvis)\w*\b)"
    r"[\w/«»\"()-]+,?){0,7}? (?P<other><agreement>)"
)
_DATED = phrase(
    r"\A(?P<between>[^.;:]{0,90}?)[ (](?:av|fra|frå|datert|dagsett|inngått|inngåtte|signert|underskrevet"
    r"|underskriven|underteikna|undertegnet|per|pr\.?|i|dato)?:? ?(?:den |år )?"
    r"(?:(?P<day><date>)|(?P<month><month_year>)|(?P<year><year>)(?! ?[-–] ?\d| til| ?/))"
)
# Beyond these the sentence speaks of something else than the other agreement.
_GOES_ON = phrase(
    r", ?\S|\b(?:gjelder|gjeld|trer|trår|gjaldt|galdt|skal|må|kan|er|ble|blei|vart|blir|vert|løper|varer|har"
    r"|tek|oppdater\w*|revider\w*|lov)\b|\b(?:for|i) perioden\b"
)
_EARLIER = phrase(
    r"\b(?:(?:tidligere|tidlegare|forrige|førre|gjeldende|gjeldande|eksisterende|eksisterande|gamle)"
    r" )?(?P<other><agreement>)"
)
_THIS = phrase(r"\b(?:denne|foreliggende|føreliggjande|nærværende)\s*\Z")
# What supplements "the agreement", and no more is said of it, belongs to this one.
_OWN = phrase(r"avtal(?:en|a|ene|ane)s?")
_STEMS = (
    "erstatt", "avløs", "avløys", "opphev", "i sted", "i stad", "isted", "istad", "tillegg", "supple",
    "utfyll", "utdyp", "utdjup", "presiser", "komplett", "tilføy", "vedlegg", "underavtal", "delavtal",
    "særavtal", "påbygg", "bortfall", "fell bort", "faller bort", "opphør", "opphøyr", "utgår", "går ut",
)  # fmt: skip


def find_references(page: Page) -> tuple[Reference, ...]:
    """Each other agreement once a sentence, in the order of the text."""
    return tuple(_found(page, page.sentences))


def _found(page: Page, sentences: Iterable[Sentence]) -> Iterator[Reference]:
    for s in sentences:
        if not mentions(s.folded, _STEMS) or not mentions(s.folded, ("avtal", "kontrakt")):
            continue
        for relation, rest in _others(s.flat):
            yield Reference(relation, _date(rest), page.text[s.start : s.end], s.start, s.end)


def _others(words: str) -> Iterator[tuple[str, str]]:
    """The relation, and the words that follow the other agreement's name."""
    for relation, before in _BEFORE:
        for verb in before.finditer(words):
            other = _OTHER.match(words[verb.end() :])
            if other is None:
                continue
            rest = words[verb.end() + other.end("other") :]
            if relation == "replaces" or _date(rest) or not _OWN.fullmatch(other["other"]):
                yield relation, rest
                return
    for other in _EARLIER.finditer(words):
        if _AFTER.match(words[other.end() :]) and not _THIS.search(words[: other.start()]):
            yield "replaces", words[other.end() :]
            return


def _date(words: str) -> str | None:
    found = _DATED.match(words)
    if found is None or _GOES_ON.search(found["between"]):
        return None
    if found["day"]:
        return parse_date(found["day"])
    if found["month"]:
        return f"{found['month'][-4:]}-{month_of(found['month']):02}"
    return found["year"]
