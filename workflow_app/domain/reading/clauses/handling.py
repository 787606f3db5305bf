"""How papers move: the agenda, the minutes, the way before the kommunestyre, the earlier agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import DURATION
from workflow_app.domain.reading.subjects import other_document
from workflow_app.domain.reading.times import days_of, parse_date
from workflow_app.domain.rules import Rule

_PAPERS = phrase(
    r"\b(?:agenda\w*|dagsorden\w*|dagsordning\w*|saksliste\w*|sakliste\w*|sakspapir\w*|saksdokument\w*"
    r"|møtedokument\w*|møteinnkalling\w*|innkalling\w*|møtepapir\w*|kalles inn|kallast inn|innkalles"
    r"|innkallast)\b"
)
_SENT = phrase(
    r"\b(?:send(?:es|ast|t|er|e)|utsend\w*|ut til|distribuer\w*|foreligg\w*|ligg\w* føre"
    r"|være (?:\w+ )?i hende|gå ut|går ut|formidl\w*|oversend\w*|leveres|gjøres kjent|gjerast kjend|skje"
    r"|kalles inn|kallast inn|innkalles|innkallast|skal ut|varsles|være ute|vere ute|være klar|publiseres)\b"
)
_LEAD = phrase(
    r"<latest>? ?(?P<dur><dur>)(?: i)? (?:<before>|i forkant|(?:sin )?frist|varsel)(?! (?:utløp|avtale"
    r"|periode|utgang))|\bmed (?:minst |minimum )?(?P<dur2><dur>) (?:varsel|frist)"
)
_MATTERS = phrase(
    r"\b(?:saker|sakene|sakane|saka|saken|innspill|innspel|forslag|tema|temaer"
    r"|emne)\b[^.]{0,60}?\b(?:meld(?:es|ast|e|t)|meldes inn|innmeld\w*|send(?:es|ast)|spilles inn"
    r"|spelast inn|levere\w*|leverast|fremmes|fremjast|være|vere|komme|kome|sendast|føres opp|legges fram)\b"
    r"|\bmelde(?:s)? (?:inn )?saker|\bfrist(?:en)? for (?:å )?(?:meld\w*|innmeld\w*|innspill)"
)

_MINUTES = phrase(
    r"\b(?:referat(?:et|er|a|ene|ar)?|møtereferat\w*|møtebok\w*|møteprotokoll\w*|protokoll(?:er|en|ar)?)\b"
)
_ARCHIVED = phrase(r"\b(?:arkiver\w*|arkivet|journalfør\w*|lagres i sak\w*|sak-? ?(?:og )?arkivsystem\w*)\b")
_PUBLIC = phrase(
    r"\b(?:offentlig\w*|offentleg\w*|åpne for publikum|opne for publikum|publiser\w*"
    r"|allment tilgjengelig\w*|legges ut på)\b"
)
_NOT_PUBLIC = phrase(
    r"\b(?:ikke|ikkje) (?:\w+ )?(?:offentlig\w*|offentleg\w*|åpne|opne|publiser\w*)|\b(?:unntatt|unnateke"
    r"|unntekne|unnatekne|unnateken|unntas|u\.?off) ?(?:fra |frå )?(?:offentlig\w*|offentleg\w*|innsyn)?"
    r"|\bfor (?:lukkede|lukka|stengde|stengte) dører|\bfor (?:lukka|stengde) dører"
)
# "Public unless exempt" is public.
_SAVE_FOR = phrase(
    r"\b(?:offentlig|offentleg)\w*,? (?:med mindre|bortsett fra|bortsett frå|så langt|unntatt der|dersom)\b"
)
_CLOSED = phrase(
    r"\bmøt(?:ene|a|er|et|e)\b[^.]{0,50}\b(?:er|skal være|skal vere|holdes|haldast|avholdes|blir"
    r"|vert)\b[^.]{0,30}\b(?:lukk(?:et|ede|a|et)|lukka|stengde|stengte|ikke (?:åpne|offentlige)"
    r"|ikkje (?:opne|offentlege)|for lukkede dører|for stengde dører|for lukka dører)\b"
)
_OPEN = phrase(
    r"\bmøt(?:ene|a|er)\b[^.]{0,40}\b(?:er|skal være|skal vere)\b[^.]{0,20}\b(?:åpne|opne|offentlige"
    r"|offentlege)\b"
)

_COUNCIL = phrase(r"<council>")
_BEFORE_COUNCIL = phrase(
    r"\b(?:legges? f\w*m|leggjast f\w*m|leggast f\w*m|legg\w* (?:\w+ ){0,4}fr[ae]m|(?:lagt|lagd) fr[ae]m"
    r"|gjøres kjent"
    r"|gjerast kjen[dt]|refereres"
    r"|refererast|forelegg\w*|førelegg\w*|presenter\w*|behandl\w*|handsam\w*|orienter\w*|meldes|sendes"
    r"|tas opp|takast opp|fremmes|fremjast|går|bekjentgjøres|gjere kjend|informer\w*|vedta\w*|vedtek\w*"
    r"|vedtatt|vedteken|godkjen\w*|tek|tar|gjort kjent)\b"
)
_REFERAT = phrase(
    r"\b(?:en |ein |som )?referatsak\b|\bsom referat\b|\bRS[- ]sak\b|\bsom referatsak\b|\bmeldingssak\b"
    r"|\bmeldingssak\b"
)
_ORIENT = phrase(
    r"\b(?:til orientering|orienteringssak|til etterretning|til etterretting|til informasjon|orienteres om"
    r"|til underretning|orienterast om|til kunnskap|gjøres kjent|gjerast kjen[dt]|informeres om)\b"
)
_ADOPT = phrase(
    r"\b(?:vedtas|vedtakast|vert vedteken|blir vedtatt|blir vedteken|godkjennes|godkjennast"
    r"|skal (?:\w+ ){0,2}(?:vedtas|vedtakast|godkjennes|godkjennast|godkjenne|vedta)"
    r"|må (?:\w+ ){0,3}(?:vedtas|vedtakast|godkjennes|godkjennast|godkjenne|vedta)|til godkjenning"
    r"|til vedtak|til (?:endelig |endeleg )?(?:avgjørelse|avgjerd)|forutsetning av|forbehold om"
    r"|føresetnad av|forutset\w* godkjen\w*|føreset\w* godkjen\w*|krever (?:\w+ )?godkjen\w*|krev godkjen\w*"
    r"|betinget av|atterhald om|krever vedtak|krev vedtak|vedtar|vedtek|når den er (?:vedtatt|godkjent)"
    r"|når (?:ho|han|den|avtalen|avtala) er (?:vedteken|vedtatt|godkjen[dt]))\b"
)
_PAST = phrase(
    r"\b(?:ble|blei|vart|var|har|hadde|er blitt|er vorte) (?:\w+ ){0,3}(?:vedtatt|vedteke[nt]?|godkjent"
    r"|godkjen[dt]|behandla|behandlet|handsama|lagt|tatt|teke)\b|\b(?:vedtok|godkjente|tok|handsama"
    r"|behandlet) (?!ikke)|\bi fjor\b|\bvedtatt (?:av|i) [^.]{0,40}\d{4}"
)
_AGREEMENT = phrase(r"<agreement>|\A(?:den|ho)\b|\bsamarbeidsavtal\w*")
_ANOTHER_TOPIC = phrase(
    r"\b(?:politivedtekt\w*|opprett\w* (?:av )?politiråd\w*|årsrapport\w*|årsmelding\w*|budsjett\w*"
    r"|handlingsplan\w*)\b"
)

_SUPPLEMENT = phrase(
    r"\b(?:supplement|tillegg|tilleggsavtale|supplerer|supplerar|suppleres|utfyller|utfyllande|tilføyelse"
    r"|vedlegg) (?:til |tidligere |den |av )?[^.]{0,80}?<agreement>[^.]{0,80}?(?:av|datert|frå|fra|dagsett"
    r"|inngått|signert|underskrevet|underskriven),? ?(?:den )?(?P<date><date>)"
)


@only_where(
    ("sak", "innspi", "innspe", "forslag", "tema", "emne", "meld", "agenda", "dagsord", "møte", "kall"),
    DURATION,
    ("før", "forkant", "forut", "forhånd", "forvei", "forveg", "frist", "varsel"),
)
def read_agenda(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """How long before a meeting its agenda goes out, or matters must be reported."""
    words = s.flat
    matters, papers = _MATTERS.search(words), _PAPERS.search(words)
    lead = _LEAD.search(words)
    if lead is None or not (matters or (papers and (_SENT.search(words) or len(words) < 90))):
        return
    about = words + s.heading + s.previous
    if re.search(r"oppsig|oppsei|sies opp|forleng|utløp", words, re.I) or not re.search(
        r"møt|råd|sak", about, re.I
    ):
        return
    form = "submission" if matters and (papers is None or matters.start() < papers.start()) else "lead"
    days = days_of(lead["dur"] or lead["dur2"])
    if days is None:
        yield page.question(
            s,
            "agenda_days",
            msg("The time before the meeting is not given in days or weeks. How many days is it?"),
            f"agenda:{form}",
        )
        return
    yield page.rule(s, "agenda", form, {"days": days})


@only_where(
    ("referat", "møt", "protokoll"),
    (
        "off", "åpne", "opne", "publiser", "unnt", "unnat", "lukk", "stengd", "stengt", "dører", "allment",
        "legges", "arkiv", "journalfør", "lagres",
    ),
)  # fmt: skip
def read_minutes(page: Page, s: Sentence) -> Iterator[Rule]:
    """What becomes of the minutes, and whether the meetings are closed."""
    words = s.flat
    values: dict[str, Any] = {}
    minutes = _MINUTES.search(words)
    if _CLOSED.search(words) or (minutes and _NOT_PUBLIC.search(words) and not _SAVE_FOR.search(words)):
        values["public"] = False
    elif (minutes and _PUBLIC.search(words)) or _OPEN.search(words):
        values["public"] = True
    if minutes and _ARCHIVED.search(words) and not re.search(r"\b(?:ikke|ikkje) arkiv", words, re.I):
        values["archived"] = True
    if values:
        yield page.rule(s, "minutes", "minutes", values)


@only_where(("kommunestyr", "bystyr", "heradsstyr"))
def read_council(page: Page, s: Sentence) -> Iterator[Rule]:
    """How the agreement itself is laid before the kommunestyre."""
    words = s.flat
    if not _COUNCIL.search(words) or not _BEFORE_COUNCIL.search(words) or not _AGREEMENT.search(words):
        return
    if _PAST.search(words) or _ANOTHER_TOPIC.search(words) or other_document(words):
        return
    if re.search(r"nytt?\s+kommunestyre|nye\s+kommunestyre|etter\s+(?:kommune)?val", words, re.I):
        return
    if _REFERAT.search(words):
        yield page.rule(s, "council", "referatsak")
    elif _ORIENT.search(words):
        yield page.rule(s, "council", "orientation")
    elif _ADOPT.search(words):
        yield page.rule(s, "council", "adoption")


@only_where(("supple", "tillegg", "utfyll", "tilføy", "vedlegg"))
def read_supplement(page: Page, s: Sentence) -> Iterator[Rule]:
    """The earlier agreement that this one adds to."""
    found = _SUPPLEMENT.search(s.flat)
    if found and (iso := parse_date(found["date"])):
        yield page.rule(s, "supplement", "to", {"date": iso})
