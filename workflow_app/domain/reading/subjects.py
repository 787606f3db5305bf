"""Who or what a sentence speaks of. The subject decides whether a frequency is the agreement's.

PST's meetings, the revision of the kommune's politivedtekter and the period of
a plan all look like clauses of the agreement; only their subject gives them
away. The words are data: add a body or a document by adding it to a row.
"""

from __future__ import annotations

import re

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import fold, mentions

# Bodies that are not the politiråd. The name given is what the rule says.
OTHER_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("PST", phrase(r"\bPST\b|\bpolitiets sikkerhetstjeneste\b|\bpolitiets tryggingsteneste\b")),
    ("SLT-forum", phrase(r"\bSLT[- ]?(?:forum\w*|gruppe\w*|utvalg\w*|utval\w*|nettverk\w*|møte\w*|team\w*)")),
    ("SLT-forum", phrase(r"\b(?:formelt |felles )?samarbeidsfor(?:um|umet|a)\b")),
    (
        "working group",
        phrase(
            r"\b(?:arbeids|styrings|koordinerings|utøver|prosjekt|ressurs|fag|referanse)gr(?:upp?e|uppa)\w*"
        ),
    ),
    (
        "committee",
        phrase(
            r"\b(?:arbeidsutval\w*|(?:hovud|hoved|oppvekst|drifts|plan)utval\w*|formannskap\w*"
            r"|administrativt utvalg|ungdomsråd\w*|eldreråd\w*"
            r"|rådet for (?:eldre|menneske\w*|person\w*|funksjon\w*|likestill\w*)"
            r"|\w+-utvalget)\b"
        ),
    ),
    (
        "assembly",
        phrase(
            r"\b(?:representantskap|kontrollutvalg|kontrollutval|fylkesting)(?:et|ets|smøte\w*)?\b|\bstyret\b"
        ),
    ),
    ("network", phrase(r"\b\w*nettverk\w*")),
    ("crisis staff", phrase(r"\bkriseledelse\w*|\bberedskapsråd\w*|\bkriseleiing\w*")),
    ("kommunestyre", phrase(r"<council>|\b(?:kommune|by|herads)styremøte\w*")),
)

OWN_BODY = phrase(
    r"\bpolitiråd(?:et|ets|a|ene|smøte\w*)?\b|\brådet\b(?! for (?:eldre|menneske|person|funksjon|likestill))"
    r"|\brådsmøt\w+|\b(?:begge )?part(?:ene|ane|ar|er|s|enes|anes)?\b"
    r"|\bsamarbeidsutval(?:g|get|et)\b|\b(?:deltaker|deltakar|samarbeids|medlems|avtale)kommun(?:ene|ane)\b"
)
AGREEMENT = phrase(
    r"<agreement>|\b(?:avtale|kontrakts?)(?:periode|tid|forhold|tekst|verk)\w*|\b\w{0,20}samarbeidet\b"
    r"|\bpartn[ae]rskapet\b"
)
# Names that other things bear too: they stand for the agreement only where the clause opens with them.
_INSTRUMENT = phrase(
    r"\A(?:denne |dette |den )?(?:protokollen|ordning(?:en|a)|intensjonserklæring(?:en|a)"
    r"|samarbeidserklæring(?:en|a)|partn[ae]rskap(?:et)?|overenskomsten|overeinskomsten)"
    r"(?: etter (?:denne )?avtal\w+)? (?:gjelder|gjeld|trer|trår|er gyldig|har|får|løper|varer|varar|utløper"
    r"|går ut|opphører|opphøyrer|står ved lag|inngås|gjøres|gjerast|underlegges|skal|kan|bør|er|blir|vert"
    r"|evaluer(?:es|ast)|revider(?:es|ast)|rulle\w+|vurder(?:es|ast)|gjennomgå\w+|oppdater\w+)\b"
)
# Whatever AGREEMENT matches holds one of these.
_AGREEMENT_STEMS = ("avtal", "kontrakt", "overenskomst", "overeinskomst", "samarbeid", "partn")
_OTHER_DOCUMENT = phrase(
    r"\b\w*(?:vedtekt|vedtekter|vedtektene|vedtektane|handlingsplan|beredskapsplan|kommuneplan|temaplan"
    r"|strategi|rundskriv"
    r"|forskrift|instruks|årshjul|budsjett|møteplan|risikoanalyse|rusplan|analyse|rutine|retningslinj"
    r"|veileder|rettleiar"
    r"|prosjekt|økonomiplan|virksomhetsplan|verksemdsplan|plan(?:en|a|ene|er|ar|ane)?\b|satsingsområde"
    r"|satsningsområde"
    r"|satsingsområda|fokusområde|lov(?:en|a)?\b|kartlegging|oversikt|liste)\w*"
)
# Whatever _OTHER_DOCUMENT matches holds one of these; see ``stems``.
_DOCUMENT_STEMS = (
    "vedtekt", "plan", "strategi", "rundskriv", "forskrift", "instruks", "årshjul", "budsjett", "analyse",
    "rutine", "retningslinj", "veileder", "rettleiar", "prosjekt", "satsing", "satsning", "fokus", "lov",
    "kartlegging", "oversikt", "liste",
)  # fmt: skip
_EARLIER = phrase(
    r"\b(?:tidligere|tidlegare|forrige|førre|gamle|gammel|eldre|foregående|tidl\.|opphavleg"
    r"|opprinnelige) \w*avtal\w*"
    r"|\b(?:gjaldt|gjaldt|galdt|opphørte|gikk ut|gjekk ut|utløp i)\b"
)
_EARLIER_STEMS = (
    "tidl", "forrige", "førre", "gamle", "gammel", "eldre", "foregående", "opphavleg", "opprinnelig",
    "gjaldt", "galdt", "opphørte", "gikk", "gjekk", "utløp",
)  # fmt: skip
# Houses and associations of the place: what they do is theirs, unless the cooperation is spoken of.
_ELSEWHERE = phrase(
    r"\A(?:skol|skul|barnehag|bibliotek|svømmehall|symjehall|idretts|fotball|brannves|kirk|kyrkj|sykehus"
    r"|sjukehus"
    r"|ungdomsklubb|festival|muse(?:um|et)|kulturskol|kulturhus|næringslag|velforening|vellag|bygdelag)\w*"
)
_COOPERATION = phrase(r"avtal|samarbeid|politi|tiltak|part(?:ene|ane)\b|\bSLT\b")
# Contracts of other matters, whatever agreement the text is.
_OTHER_CONTRACT = phrase(
    r"\b(?:\w*(?:leie|leige|lisens|abonnements|forsikrings|vedlikeholds|vedlikehalds|arbeidstaker"
    r"|databehandlar"
    r"|databehandler|vikar|kjøps|vakt|ungdoms|rus|service|tariff)(?:avtal|kontrakt)"
    r"|arbeids(?:avtal|kontrakt))\w*"
    # somebody's: the bus company's, the caretaker's
    r"|\b(?!(?:part|kommun|politi|denne)\w*)\w{4,30}s kontrakt\w*"
)
_CONTRACT_STEMS = (
    "leie", "leige", "lisens", "abonnement", "forsikring", "vedlik", "arbeids", "databehandl", "vikar",
    "kjøp", "kontrakt", "vakt", "ungdoms", "rus", "service", "tariff",
)  # fmt: skip
_ABOUT = phrase(
    r"avtale|varighet|varigheit|gyldig|gyldigheit|validitet|ikrafttred|ikraftt|iverksett|revisjon|revider"
    r"|evaluer|oppsig|oppsei|opphør|virketid|verketid|periode|endring|fornye|forleng|avslutning|løpetid"
    r"|avtaletid"
)
_PRONOUN = phrase(
    r"\A(?:den|denne|ho|dette|det|avtala|deretter|er den|er ho|partene|partane)\b"
    r"|\A[^,.;]{3,40} (?:tas|blir|vert|skal|revider(?:es|ast)|rulle\w+|evaluer(?:es|ast)) (?:den|ho|han)\b"
)
_BARE_VERB = phrase(
    r"\A(?:gjelder|gjeld|gyldig\w*|varighet|varigheit|løpetid|virketid|verketid|avtaleperiode\w*|løper"
    r"|varer|revideres|reviderast|evalueres|trer|trår"
    r"|opphører|inngås|revisjon(?:sfrekvens|sintervall)?|revidering|rullering|årlig|årleg|ikrafttre\w*"
    r"|opphør|opphøyr|utløp|oppstart"
    r"|avtaletid|sluttdato|startdato|<from>)\b|\A(?:start|slutt|gjeldende (?:fra|til)|gjeldande (?:frå|til)"
    r"|iverkset\w+) ?[:|]|\A(?:tidspunkt|dato) for ikrafttre|\Asom ikrafttre"
)


def first(pattern: re.Pattern[str], words: str) -> int:
    """Where the pattern first stands, or beyond the end."""
    found = pattern.search(words)
    return found.start() if found else len(words) + 1


def other_document(words: str) -> bool:
    """Whether a plan, a bylaw, another contract or house is spoken of before the agreement itself."""
    if elsewhere(words):
        return True
    folded = fold(words)
    earlier, another = mentions(folded, _EARLIER_STEMS), mentions(folded, _DOCUMENT_STEMS)
    contract = mentions(folded, _CONTRACT_STEMS)
    if not (earlier or another or contract):
        return False
    own = first(AGREEMENT, words) if mentions(folded, _AGREEMENT_STEMS) else len(words) + 1
    if contract and first(_OTHER_CONTRACT, words) <= min(own, len(words)):
        return True
    if earlier and first(_EARLIER, words) <= min(own, len(words)):
        return True
    return another and first(_OTHER_DOCUMENT, words) < own


def elsewhere(words: str) -> bool:
    """Whether a school, an association or the like does something of its own."""
    return _ELSEWHERE.match(words) is not None and _COOPERATION.search(words) is None


def of_agreement(sentence: Sentence) -> bool:
    """Whether the sentence speaks of this agreement, by its words, the sentence before or its heading."""
    words = sentence.flat
    if other_document(words):
        return False
    if mentions(fold(words), _AGREEMENT_STEMS) and AGREEMENT.search(words) is not None:
        return True
    if sentence.intro and AGREEMENT.search(sentence.intro) and not other_document(sentence.intro):
        return True
    if _PRONOUN.match(words) and AGREEMENT.search(sentence.previous):
        return True
    if _BARE_VERB.match(words) or _INSTRUMENT.match(words):
        return True
    return _ABOUT.search(sentence.heading) is not None and len(words) < 400


def other_body(words: str) -> tuple[int, str] | None:
    """The first body named that is not the politiråd: its place and its name."""
    hits = [(m.start(), name) for name, pattern in OTHER_BODIES if (m := pattern.search(words))]
    return min(hits, default=None)


_PAPER = r"\b\w*(?:møt(?:e\w*|a)|sak\w*|innkalling\w*|dagsorden\w*|agenda\w*|referat\w*|protokoll\w*)"
_PAPER_OF = phrase(rf"{_PAPER} (?:til|for|i|fra|frå|av|hos|ved) (?:\w+ )?\Z")
_ITS_PAPER = phrase(rf"\A(?:\w*s|\w+ (?:sin|si|sitt|sine)) (?:\w+ )?{_PAPER}|\A\w*møte")
_CONVENED = phrase(
    r"\A\w+ (?:skal |blir |vert )?(?:kalles inn|kallast inn|kalla inn|innkalles|innkallast|innkalla)\b"
    r"|\A\w+ (?:for \w+ )?(?:har|held|holder|skal ha) (?:\w+ )?møter?\b"
    r"|\A\w+ (?:får|mottar|mottek|skal ha|har)\b[^.]{0,60}\bsi(?:tt|ne) møte"
)


def of_other_body(words: str, heading: str) -> bool:
    """Whether the meetings and papers spoken of are another body's: "sakspapira til kommunestyret".

    Only being named is not enough, since minutes are sent to other bodies too.
    """
    own = first(OWN_BODY, words)
    named = False
    for _, pattern in OTHER_BODIES:
        for found in pattern.finditer(words):
            named = True
            at = found.start()
            if own < at:
                continue
            rest = words[at:]
            if _PAPER_OF.search(words[:at]) or _ITS_PAPER.match(rest) or (at == 0 and _CONVENED.match(rest)):
                return True
    if named or own < len(words) or not heading:
        return False
    return other_body(heading) is not None and OWN_BODY.search(heading) is None
