"""When the agreement was signed: sentences that tell of it, and the date lines by the signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import lexicon, wording
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.lines import Line
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import fold
from workflow_app.domain.reading.subjects import other_document
from workflow_app.domain.reading.times import When, find_dates
from workflow_app.domain.rules import Rule

_SIGNED = phrase(
    r"\b(?:signert\w*(?! (?:kopi|eksemplar))|signerte|underskrevet|underskrevne|underskriven|underskrive"
    r"|underskreve|underskrivne"
    r"|undertegn(?:et|a|ede)|underteikna|skrev under|skreiv under|skriv[ei]n under|skrevet under"
    r"|underskreiv|signeres den|signerast den"
    r"|(?:satte|sette) (?:\w+ ){0,6}(?:underskrift|navn|namn)\w*|underskrev|(?:skrev|skreiv) (?:\w+ "
    r"){1,6}?under)\b"
    r"|<agreement> (?:er|ble|vart) (?:datert|dagsett|inngått|inngådd)(?= (?:den )?\d)"
    r"|\Ai dag(?=,? (?:den )?<date>[^.]{0,40}\b(?:inngått|inngådd)\b)|\Adatert\b|\b(?:underskrifts"
    r"|signerings|undertegnings)dato|\bdato for (?:undertegn|signer|undert|underskri)\w*"
)
_AGREEMENT = phrase(
    r"<agreement>|\A(?:vedtatt|vedteken|godkjent|godkjend|signert|underskrevet|underskriven|undertegnet"
    r"|underteikna|datert|(?:elektronisk|digitalt)|dokumentet|således avtalt|slik avtalt|dato for"
    r"|(?:underskrifts|signerings"
    r"|undertegnings)dato(?:en)?)\b|\bsamarbeidet\b"
    r"|\bden ble\b|\bden vart\b|\bho vart\b"
)
_REFUSED = phrase(
    r"\b(?:ikke|ikkje|usignert\w*|nekt\w*|avsl\w*|uten å|utan å|uunderskrev\w*|returner\w*|skal|skulle"
    r"|burde|bør|må|kan"
    r"|før|når|etter at|innen|innan)\b"
)
# The signing of another agreement: "erstatter avtale signert …", "den første avtalen, undertegnet …".
_OF_ANOTHER = phrase(
    r"\b(?:erstatt\w*|avløs\w*|avløys\w*|bygg\w* (?:videre |vidare )?på|tillegg til|supplement til"
    r"|supplerer|supplerar|første|fyrste|forrige|førre|opprinnelige|opphavlege|gamle|tidligere|tidlegare)"
    r" (?:\w+ ){0,3}<agreement> ?,? ?(?:\w+ ){0,3}\Z"
    r"|\bavtal\w+ (?:med|mellom) (?:\w+ ){0,2}?\w*(?:departement|direktorat|fylkeskommun|selskap|firma"
    r"|leverandør)\w*"
    r"|\bfusjonsavtal\w*"
)
# "Ble inngått 1. mars 2015 og gjaldt i fire år": the agreement before this one.
_RUN_OUT = phrase(r"\b(?:gjaldt|galdt|varte|opphørte|gikk ut|gjekk ut)\b")
_DATE_LABEL = re.compile(
    r"(?:dato\s*(?:/|og|,)\s*(?:st[ea]d|underskrift|signatur)|(?:underskrift|signatur)\s*(?:/|og"
    r"|,)\s*dato|sted\s*(?:/|og|,)\s*dato|stad\s*(?:/|og|,)\s*dato"
    r"|dato(?:\s+for\s+(?:signering|undertegning|undertegnelse|underteikning|underskrift\w*))?|den"
    r"|datert|dagsett"
    r"|(?:underskrifts|signerings|undertegnings)dato"
    r"|(?:elektronisk\s+|digitalt\s+)?signert(?:\s+dato)?)\s*[:.]?\s*",
    re.I,
)
_LABEL_INSIDE = re.compile(r"(?<=\S)[\s,]+dato\s*:?\s*$", re.I)
_PLACE = re.compile(
    r"(?:[A-ZÆØÅ][\w’'-]*(?:\s+(?:i\s+)?[A-ZÆØÅ][\w’'-]*){0,3}(?:\s+(?:kommune|rådhus|herad))?)"
    r"\s*[,.]?\s*(?i:den)?\s*$"
)
_BLANKS = re.compile(rf"[\s:,/]*(?:{lexicon.BLANK}[\s/.,-]*)+(?:20(?:\d\d|\s*(?:{lexicon.BLANK}))?)?\s*")
_OTHER_DATE = re.compile(
    r"(?:sist\s+)?(?:revidert|oppdatert|vedtatt|vedteken|godkjent|godkjend|versjon|utgave|utgåve|gjeldende"
    r"|gjeldande|trykt"
    r"|utskrift|møte|brev|rundskriv|fra|frå|til|innen|innan|evalueres|revideres|frist|politiråd)\b",
    re.I,
)
_PLACE_BLANK = re.compile(
    rf"(?:[A-ZÆØÅ][\w -]{{1,30}}?|_{{3,}}|\.{{4,}}"
    rf"|…+),?\s*(?:den\s+)?(?:{lexicon.BLANK})\s*(?:[/.]\s*(?:{lexicon.BLANK})\s*)?"
    rf"(?:20\s*(?:\d\d|{lexicon.BLANK})?)?\s*$|[A-ZÆØÅ][\w -]{{1,30}},\s*dato\s*:?\s*$"
)
# A row of a table whose label says what its day is of: "Gyldig fra | 1.3.2024".
_OTHER_ROW = re.compile(
    r"\W*(?:gyldig|gjeld|start|slutt|ikraft|iverks|varig|avtaleperiode|avtaletid|kontraktsperiode|evaluer|revi"
    r"|oppstart|utløp|opphør|opphøyr|fra|frå|til|frist|neste|møte)\w*[^|]*\|",
    re.I,
)
# Columns are parted by a run of spaces, or by the strokes of a table.
_COLUMN = re.compile(r"\s{3,}|\s*\t\s*|\s*\|\s*")


@only_where((
    "signer", "underskr", "undert", "skrev", "skreiv", "skriven", "skrivin", "dater", "dagsett",
    "inngå", "navn", "namn", "dato for",
))  # fmt: skip
def read_signed(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """ "Avtalen ble signert 6. desember": a sentence that tells of the signing."""
    words = s.flat
    verb = _SIGNED.search(words)
    if verb is None or not _AGREEMENT.search(words) or other_document(words[: verb.end()]):
        return
    if _REFUSED.search(words[: verb.end()]) or phrase(r"\b(?:retur|usignert|avslag|avsl[åo])\w*").search(
        words
    ):
        return
    if _OF_ANOTHER.search(words[: verb.start()]) or _RUN_OUT.search(words[verb.end() :]):
        return
    near = sorted(find_dates(words), key=lambda when: abs(when.start - verb.start()))
    near = [w for w in near if _next_to(words, w, verb)]
    if near:
        yield from _signed(page, s, words, near[0])
        return
    weekday = phrase(r"<weekday>").search(words)
    if weekday is not None:
        values = {"weekday": _weekday(weekday[0]), "missing": ["year", "month", "day"]}
        yield page.rule(s, "signed", "partial", values, reason=wording.PARTIAL_DATE)
        yield page.question(s, "signing_date", msg("On which date was the agreement signed?"), "signed:date")


def _next_to(words: str, when: When, verb: re.Match[str]) -> bool:
    """Whether the date is the signing's, no other verb between ("vedtatt 20. mai og underskrevet …")."""
    between = words[verb.end() : when.start] if when.start >= verb.end() else words[when.end : verb.start()]
    if when.start >= verb.end():
        return len(between) < 60 and not re.search(
            r"gjeld|avtale\b.*\bav\b|vedta|behandl|gyldig|\b(?:til|fra|frå)\b", between, re.I
        )
    return len(between) < 80 and not re.search(r"\bog\b|vedta|;", between, re.I)


def _signed(page: Page, at: Sentence | Line, words: str, when: When) -> Iterator[Rule | Question]:
    if when.problem == "impossible" and when.precision == "day":
        return
    if when.problem is not None or when.iso is None:
        yield page.rule(at, "signed", "blank", reason=wording.BLANK_DATE)
        return
    if when.precision != "dayless_year":
        yield page.rule(at, "signed", "date", {"date": when.iso, "precision": when.precision})
        return
    values: dict[str, Any] = {"date": when.iso, "missing": ["year"]}
    weekday = phrase(r"(?P<w><weekday>),? (?:den )?\Z").search(words[: when.start])
    if weekday:
        values["weekday"] = _weekday(weekday["w"])
    yield page.rule(at, "signed", "partial", values, reason=wording.PARTIAL_DATE)
    yield page.question(at, "signing_year", msg("In which year was the agreement signed?"), "signed:date")


def _weekday(words: str) -> str:
    return lexicon.WEEKDAY_NAMES[lexicon.WEEKDAYS[fold(words)]]


def read_date_lines(page: Page) -> Iterator[Rule | Question]:
    """ "Moss, 30/4 - 2020" and "Dato: ……": the lines with place and date by the signatures."""
    for line in page.closing:
        if _OTHER_ROW.match(line.text):
            continue
        for start, part in _columns(line):
            yield from _date_line(page, Line(part, line.start + start, line.start + start + len(part)))


def _columns(line: Line) -> list[tuple[int, str]]:
    places, begin = [], 0
    for gap in [*_COLUMN.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        if line.text[begin:end].strip():
            places.append((begin, line.text[begin:end]))
        begin = gap.end() if gap else end
    return places


def _date_line(page: Page, line: Line) -> Iterator[Rule | Question]:
    words = line.text
    label = _DATE_LABEL.match(words)
    if (
        label
        and re.search(r"dato|date", label[0], re.I)
        and (_BLANKS.fullmatch(words[label.end() :]) or label.end() == len(words))
    ):
        yield page.rule(line, "signed", "blank", reason=wording.BLANK_DATE)
        return
    dates = find_dates(words)
    if len(dates) != 1:
        place_blank = _PLACE_BLANK.match(words)
        if place_blank and re.search(r"\bden\b|20|dato", words):
            yield page.rule(line, "signed", "blank", reason=wording.BLANK_DATE)
        return
    when = dates[0]
    before = _LABEL_INSIDE.sub("", words[: when.start]).strip()
    after = re.sub(r"[\W_]+", " ", words[when.end :]).strip()
    labelled = label is not None and label.end() >= len(before)
    places = not before or _PLACE.match(before) is not None or labelled
    if label and not places:
        places = _PLACE.match(words[label.end() : when.start]) is not None
    if places and not after and not _OTHER_DATE.match(words):
        yield from _signed(page, line, words, when)
