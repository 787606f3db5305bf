"""The papers of a meeting before it is held, and the earlier agreement that this one adds to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import DURATION
from workflow_app.domain.reading.subjects import of_other_body
from workflow_app.domain.reading.times import days_of, parse_date
from workflow_app.domain.rules import Rule

_PAPERS = phrase(
    r"\b(?:agenda\w*|dagsorden\w*|dagsordning\w*|saks?list\w*|sakspapir\w*|saksdokument\w*"
    r"|møtedokument\w*|møteinnkalling\w*|innkalling\w*|møtepapir\w*|kalles inn|kallast inn|innkalles"
    r"|innkallast|innkaller|innkallar|kaller inn|kallar inn|dokument(?:a|ene|er)? til møt\w+)\b"
)
_SENT = phrase(
    r"\b(?:send(?:es|ast|t|er|e)?|utsend\w*|ut til|distribuer\w*|foreligg\w*|ligg\w* føre"
    r"|tilgjengel\w+|tilsend\w*|skjer|får|kunngjør\w*|ut(?:lagt|lagde)|(?:lagt|lagde|legges|leggjast) "
    r"(?:ut|fr[ae]m|ved)"
    r"|være (?:\w+ )?i hende|gå ut|går ut|formidl\w*|oversend\w*|leveres|gjøres kjent|gjerast kjend|skje"
    r"|kalles inn|kallast inn|innkalles|innkallast|skal ut|varsles|være ute|vere ute|(?:være|vere|er) klar\w*"
    r"|ligg\w* klar\w*|vere (?:\w+ )?i hende|publiseres)\b"
)
_PAST = phrase(r"\b(?:ble|blei|vart) (?:\w+ ){0,2}(?:ut|til|over)?send[te]?[te]?\b")
_LEAD = phrase(
    r"<latest>? ?(?P<dur><dur>)(?: i)? (?:<before>|føre\b|i forkant|(?:sin )?frist|varsel)(?! (?:utløp|avtale"
    r"|periode|utgang))|\bmed (?:minst |minimum )?(?P<dur2><dur>) (?:varsel|frist)"
    r"|\bmed (?:en |ein |eit |et )?(?:varsel|frist) på (?:minst |minimum )?(?P<dur3><dur>)"
)
_MATTERS = phrase(
    r"\b(?:saker|sakene|sakane|saka|saken|innspill(?:ene)?|innspela?|(?:saks)?forslag(?:ene|a)?|tema|temaer"
    r"|emne)\b[^.]{0,60}?\b(?:meld(?:es|ast|e|t)|meldes inn|innmeld\w*|send(?:es|ast)|spilles inn"
    r"|spelast inn|levere\w*|leverast|fremmes|fremjast|foreligge|være|vere|komme|kome|sendast|føres opp"
    r"|legges fram)\b"
    r"|\b(?:mottatt|motteke|mottar|mottek|fått inn) (?:\w+ ){0,2}?saker\b|\binnmelding av saker"
    r"|\bforeslå[rs]? (?:\w+ )?saker|\b(?:meld|spill|spel|lever)(?:e[rs]?|ast?|ar"
    r"|t) (?:inn )?(?:\w+ "
    r"){0,2}?saker\b|\b(?:sak|saker)\b[^.]{0,60}?\b(?:melde?r? (?:den"
    r"|ho|det|dette|han)"
    r"|sier (?:i )?fra|seier frå|sei frå"
    r"|gir (?:\w+ )?beskjed|gjev beskjed|melder fra|melder frå|gir melding|gjev melding|(?:den|ho|han) "
    r"(?:være|vere) [^.]{0,30}i hende)\b"
    r"|\bfrist(?:en)? for (?:å )?(?:meld\w*|innmeld\w*|innspill|innspel|saker)"
)

_SUPPLEMENT = phrase(
    r"\b(?:supplement|addendum|endringsavtale|tillegg(?:et)?(?: nr\.? ?\d+)?|supplerende|supplerande"
    r"|tilleggs(?:avtale|protokoll"
    r"|kontrakt)|supplerer|supplerar|suppleres|utfyller|utfyllande|tilføyelse"
    r"|vedlegg) (?:til |tidligere |den |av )?[^.]{0,80}?<agreement>[^.]{0,80}?(?:av|datert|frå|fra|dagsett"
    r"|undertegnet|underteikna|underskreve|inngått|signert|underskrevet"
    r"|underskriven),? ?(?:den )?(?P<date><date>)"
)


# A sentence whose time stands within so many letters begins with it.
_FRONT = 12


@only_where(
    (
        "sak",
        "innspi",
        "innspe",
        "forslag",
        "tema",
        "emne",
        "meld",
        "agenda",
        "dagsord",
        "møte",
        "kall",
        "dokument",
    ),
    DURATION,
    ("før", "forkant", "forut", "forhånd", "forvei", "forveg", "frist", "varsel"),
)
def read_agenda(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """How long before a meeting its agenda goes out, or matters must be reported."""
    if _LEAD.search(s.flat) is None or of_other_body(s.flat, s.heading) or _PAST.search(s.flat):
        return
    about = f"{s.flat} {s.heading} {s.previous}"
    if re.search(r"oppsig|oppsei|sies opp|forleng|utløp", s.flat, re.I) or not re.search(
        r"møt|råd|sak|innkall", about, re.I
    ):
        return
    for words in _one_lead_each(s.flat):
        yield from _agenda(page, s, words)


def _one_lead_each(words: str) -> list[str]:
    """ "Saker meldes tre uker før, og sakslisten sendes ut én uke før møtet" is two clauses."""
    clauses = [clause for clause in words.split(";") if _LEAD.search(clause)]
    if len(clauses) > 1:
        return [part for clause in clauses for part in _one_lead_each(clause)]
    leads = list(_LEAD.finditer(words))
    # What is due stands before its time, or after it where the sentence begins with the time.
    if leads[0].start() < _FRONT:
        cuts = [0, *(lead.start() for lead in leads[1:]), len(words)]
    else:
        cuts = [0, *(lead.end() for lead in leads[:-1]), len(words)]
    return [words[begin:end] for begin, end in pairwise(cuts)]


def _agenda(page: Page, s: Sentence, words: str) -> Iterator[Rule | Question]:
    matters, papers = _MATTERS.search(words), _PAPERS.search(words)
    lead = _LEAD.search(words)
    if lead is None or not (matters or (papers and (_SENT.search(words) or len(words) < 90))):
        return
    form = "submission" if matters and (papers is None or matters.start() < papers.start()) else "lead"
    days = days_of(lead["dur"] or lead["dur2"] or lead["dur3"])
    if days is None:
        yield page.question(
            s,
            "agenda_days",
            msg("The time before the meeting is not given in days or weeks. How many days is it?"),
            f"agenda:{form}",
        )
        return
    yield page.rule(s, "agenda", form, {"days": days})


@only_where(("supple", "tillegg", "utfyll", "tilføy", "vedlegg", "addend", "endringsavt"))
def read_supplement(page: Page, s: Sentence) -> Iterator[Rule]:
    """The earlier agreement that this one adds to."""
    found = _SUPPLEMENT.search(s.flat)
    if found and (iso := parse_date(found["date"])):
        yield page.rule(s, "supplement", "to", {"date": iso})
