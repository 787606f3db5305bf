"""The agreement's way before the kommunestyre: as a referatsak, for orientation, or to be adopted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import other_document
from workflow_app.domain.rules import Rule

_COUNCIL = phrase(r"<council>|\b(?:kommune|by|herads)styremøt\w*")
_BEFORE_COUNCIL = phrase(
    r"\b(?:legges? f\w*m|leggjast f\w*m|leggast f\w*m|legg\w* (?:\w+ ){0,4}fr[ae]m|(?:lagt|lagd) fr[ae]m"
    r"|gjøres kjent"
    r"|gjerast kjen[dt]|refereres"
    r"|refererast|forelegg\w*|førelegg\w*|presenter\w*|behandl\w*|handsam\w*|orienter\w*|meldes|sendes"
    r"|tas opp|takast opp|(?:teken|teke|tatt) opp|fremmes|fremjast|går|bekjentgjøres|gjere kjend"
    r"|informer\w*|vedta\w*|vedtek\w*"
    r"|vedtatt|vedteken|godkjen\w*|tek|tar|gjort kjent|refereres|refererast|referer(?:er|ar|e|t)|får"
    r"|stilling|forbehold|atterhald|gis|gjevast|gjev|gir"
    r"|vedtak|tilslutning|sanksjoner\w*|ratifiser\w*|stadfest\w*"
    r"|(?:sett(?:es|ast)?|før(?:es|ast)?|setjast) (?:\w+ ){0,2}opp|skal opp|må opp|bind\w*)\b"
)
_REFERAT = phrase(
    r"\b(?:referatsak(?:er|ene|ar|ane)?|som referat|RS[- ]sak|meldingssak)\b"
    r"|\btil referat\b|\b(?:refereres|refererast|(?:blir|vert) referert) (?:(?:den|han|ho|avtalen"
    r"|avtala) )?(?:for|i)\b"
    r"|\brefererer? (?:\w+ ){0,2}?<agreement> (?:for|i|på)\b"
)
_ABOUT_IT = r"om (?:at )?(?:\w+ ){0,2}?<agreement>"
_ORIENT = phrase(
    r"\b(?:til orientering|orienteringssak|til etterretning|til etterretting|til informasjon|orienteres om"
    r"|til underretning|orienterast om|til kunnskap|til vitande|til kjennskap|gjøres kjent"
    r"|gjerast kjen[dt]|informeres om)\b"
    rf"|\b(?:orientere?r?|informerer?) [^.]{{0,20}}?<council> {_ABOUT_IT}"
    rf"|<council> [^.]{{0,40}}?\b(?:orientert|orientering|informert|informasjon|melding) {_ABOUT_IT}"
    r"|<council> [^.]{0,40}\b(?:gjort|gjøres|gjerast) kjen[dt] med\b"
    rf"|\borientering {_ABOUT_IT} (?:i|for|til) (?:\w+ )?<council>"
)
_ADOPT = phrase(
    r"\b(?:vedtas|vedtakast|vert vedteken|blir vedtatt|blir vedteken|godkjennes|godkjennast"
    r"|skal (?:\w+ ){0,2}(?:vedtas|vedtakast|godkjennes|godkjennast|godkjenne|vedta)"
    r"|må (?:\w+ ){0,3}(?:vedtas|vedtakast|godkjennes|godkjennast|godkjenne|vedta)|(?:til|for) (?:endelig "
    r"|endeleg )?(?:godkjenning|vedtak|avgjørelse|avgjerd)"
    r"|sanksjonere[rs]?|sanksjonerast|ratifiseres|ratifiserast|stadfestes|stadfestast|godkjenner"
    r"|stadfester|stadfestar|slutter seg til|sluttar seg til|forutsetning av|forbehold om"
    r"|føresetnad av|forutset\w* godkjen\w*|føreset\w* godkjen\w*|krever (?:\w+ )?godkjen\w*|krev godkjen\w*"
    r"|(?:forutset|føreset|krev|treng)\w* (?:\w+ ){0,2}(?:vedtak|tilslutning|godkjen\w*)|vedtakssak"
    r"|(?:gjør|gjer|gjøre|gjere|treff\w*) vedtak"
    r"|fatt\w* vedtak|opp til (?:\w+ )?vedtak"
    r"|betinget av|atterhald om|krever vedtak|krev vedtak|vedtar|vedtek|når den er (?:vedtatt|godkjent)"
    r"|(?:godkjenning|godkjenninga|godkjenningen) av (?:\w+ )?<agreement> (?:gjøres|gjerast|gjeres|skjer"
    r"|foretas|ligger til)"
    r"|til (?:\w+ og )?vedtak i <council>|gj[øe]re?r? (?:\w+ )?vedtak|(?:ta|tar|tek) stilling til"
    r"|(?:kraft|gjeld\w*|gyldig|bindende|bindande) etter (?:vedtak|godkjenning"
    r"|tilslutning) (?:i|av|fra|frå) <council>(?![^.]{0,20}\d)"
    r"|(?:vedtak|godkjenning|tilslutning) er (?:et |ein |en |eit )?(?:forutsetning|føresetnad|vilkår)"
    r"|når (?:ho|han|den|avtalen|avtala) er (?:vedteken|vedtatt|godkjen[dt]))\b"
)
# Nothing past, though it sounds so: "ikke bindende før kommunestyret har godkjent den".
_NOT_BEFORE = phrase(
    r"\b(?:før|når|etter at|straks|så snart|dersom|med mindre) (?:\w+ ){0,2}<council>"
    r" (?:\w+ ){0,5}?(?:har|hev) (?:\w+ ){0,2}"
    r"(?:vedtatt|vedteke|godkjent|godkjend|gitt|gjeve|slutta|sluttet)\b"
    r"|\b(?:før|når|etter at|straks|så snart) (?:den|ho|han|avtalen|avtala) er (?:\w+ )?"
    r"(?:vedtatt|vedteken|godkjen[dt]|behandl\w+|handsama) (?:av|i) <council>"
)
_BINDING = phrase(
    r"\b(?:gjeld\w*|gyldig|bind\w*|kraft|inngås|inngåast|undertegnes|underteiknast|verknad|virkning)\b"
)
_CHANGED = phrase(r"\A(?:\w+ )?(?:endring\w*|forleng\w*|oppsigelse\w*|oppseiing\w*)\b")
_PAST = phrase(
    r"\b(?:ble|blei|vart|var|har|hadde|er blitt|er vorte) (?:\w+ ){0,3}(?:vedtatt|vedteke[nt]?|godkjent"
    r"|godkjen[dt]|behandla|behandlet|handsama|lagt|tatt|teke|orientert|informert|referert|forelagt"
    r"|førelagd)\b|\b(?:vedtok|godkjente|tok|handsama"
    r"|behandlet) (?!ikke)|\bi fjor\b|\bvedtatt (?:av|i) [^.]{0,40}\d{4}"
)
_AGREEMENT = phrase(
    r"<agreement>|\A(?:den|ho)\b|\bsamarbeidsavtal\w*"
    # "Behandling i kommunestyret: referatsak", "Det tas forbehold om godkjenning i kommunestyret"
    r"|\A(?:politisk )?(?:behandling|handsaming)[^.:|]{0,30}[:|]|\A(?:det )?(?:tas|takast|vert teke) "
    r"(?:forbehold|atterhald)"
)
_ANOTHER_TOPIC = phrase(
    r"\b(?:politivedtekt\w*|opprett\w* (?:av )?politiråd\w*|årsrapport\w*|årsmelding\w*|budsjett\w*"
    r"|handlingsplan\w*)\b"
    # What is told of the agreement is not the agreement itself.
    r"|\b\w*(?:evaluering|rapport|melding|statistikk|oversikt|erfaring)\w* (?:av|om|fra|frå|etter|over|med)"
    r" (?:\w+ ){0,2}<agreement>"
)


@only_where(("kommunestyr", "bystyr", "heradsstyr"))
def read_council(page: Page, s: Sentence) -> Iterator[Rule]:
    """How the agreement itself is laid before the kommunestyre."""
    words = s.flat
    if not _COUNCIL.search(words) or not _AGREEMENT.search(words):
        return
    if not _BEFORE_COUNCIL.search(words) and not _REFERAT.search(words):
        return
    waits = _NOT_BEFORE.search(words) is not None and _BINDING.search(words) is not None
    if (_PAST.search(words) and not waits) or _CHANGED.match(words):
        return
    if _ANOTHER_TOPIC.search(words) or other_document(words):
        return
    if re.search(r"nytt?\s+kommunestyre|nye\s+kommunestyre|etter\s+(?:kommune)?val", words, re.I):
        return
    if _REFERAT.search(words):
        yield page.rule(s, "council", "referatsak")
    elif _ORIENT.search(words):
        yield page.rule(s, "council", "orientation")
    elif waits or _ADOPT.search(words):
        yield page.rule(s, "council", "adoption")
