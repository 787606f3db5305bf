"""What is told and not agreed: what has been done, and what others do with their own matters.

"Avtalen ble revidert i 2004" and "Departementet evaluerer reformen i 2024" hold the words
and the dates of a rule and give none. The tense and the subject tell them apart, whatever
the verb; so they are families here and no lists of sentences.
"""

from __future__ import annotations

from workflow_app.domain.reading.phrases import phrase

# Finite verbs of the past, and the perfect. "Er evaluert" is the perfect too; "vert evaluert" is not.
_PAST = phrase(
    r"\b(?:ble|blei|vart|var|hadde|la(?= fr[ea]m| fram)|lagde|leverte|leverede|viste|varte|gjorde|ga|gav|fikk"
    r"|fekk|tok|kom|gikk|gjekk|skjedde|foretok|presenterte|påpekte|anbefalte|konkluderte|inngikk|inngjekk"
    r"|skulle|gjaldt|galdt|opphørte|startet|starta|vedtok|\w{3,}(?:førte|erte|rdte))\b"
    r"|\b(?:har|er) (?:\w+ ){0,3}?(?:blitt|blive|vore|vært|(?!(?:hv|kv|v)ert)\w+ert|gjennomført"
    r"|revidert|rullert)\b"
)
# A time of validity that is over: narrower, since "ble inngått for fire år" may well be this agreement's.
_OVER = phrase(
    r"\b(?:varte|gjaldt|galdt|opphørte|gikk ut|gjekk ut|løp (?=fra|frå|ut|til)|hadde|var gyldig|var i kraft"
    r"|(?:ble|blei|vart) (?:avsluttet|avslutta|oppsagt|oppsagd|sagt opp|sagd opp|erstattet|erstatta)"
    r"|innførte|har (?:\w+ )?(?:sagt opp|sagd opp|oppsagt|oppsagd))\b"
)
# An agreement that somebody made with others than the parties to this one.
_WITH_OTHERS = phrase(
    r"\b(?:inngikk|inngjekk|har inngått|hadde|har) (?:en |ein |ei )?\w*avtale med (?!varig|virk|verk"
    r"|gyldig|løpe"
    r"|oppstart|<num>|<date>|en |ein |ei |politi|kommun)\w"
    r"|\A(?:\w+ )?avtal(?:en|a) med (?:\w+ )?\w*(?:laget|foreningen|foreininga|sentralen|sentrale?t|klubben"
    r"|selskapet|firmaet|leverandøren|huset|brannvesenet|gruppen|gruppa)\b"
)
# Verbs that bind or are of the present: where one stands, something is agreed after all.
_BINDS = phrase(
    r"\b(?:skal|må|bør|kan|vil|blir|vert|gjelder|gjeld|trer|trår|løper|varer|varar|forpliktar|forplikter"
    r"|opphører|opphøyrer|utløper|\w{3,}(?:[aeio]res|[ei]rast|føres|førast|føras|tas opp|gås|gåast)"
    r"|evaluerer|reviderer|vurderer|foretar|gjennomfører|gjer|gjør|gjøres|gjerast|foretas|settes|setjast"
    r"|opp til)\b"
)
# Whose house it is: the state, science, the schools, and documents that do something themselves.
_OTHERS = (
    r"(?:\w*departement(?:et)?|\w*direktorat(?:et)?|\w*tilsyn(?:et)?|riksrevisjonen|riksadvokaten"
    r"|kripos|konfliktrådet|barnevernet"
    r"|stortinget|regjeringa?|regjeringen|statsforvalt[ae]ren|fylkesmannen|sivilombud\w*|\w*forskning\w*"
    r"|\w*forsking\w*|NTNU|NIBR|SINTEF|FHI|SSB|KS|NAV|\w*institutt(?:et)?|universitetet|høyskolen|høgskolen"
    r"|høgskulen|\w*høgskole\w*|politihøgskolen|politihøgskulen|helseforetaket|helseføretaket|\w*revisjonen"
    r"|skolen|skulen|skolene|skulane|barnehagen|rektor|læreren|rapporten|studien|undersøkelsen"
    r"|undersøkinga|evalueringsrapporten|reformen|reforma|prosjektet|prosjektleder|programmet|utvalget"
    r"|utvalet|komiteen|planen|tiltaksplanen|nettverket|elevene|elevane|lærerne|lærarane|medarbeid\w+)"
)
_ACTS = phrase(
    rf"\A(?:den |det |de |dei )?{_OTHERS}(?: i \w+| på \w+)? (?:skal |vil |bør |må |kan |har |blir |vert )?"
    r"\w+"
)
_OURS = phrase(r"<agreement>|\bsamarbeidet\b|\bpart(?:ene|ane)\b|\bpolitiråd\w*|\bpartnerskapet\b")
# What belongs to the state, also where it stands after the verb.
_MATTERS = phrase(
    r"\b(?:\w*reform(?:en|a)|regelverk(?:et)?|studieprogram\w*|undervisning(?:en|a)|lov(?:en|a)"
    r"|\w*bygg(?:et)?|kriminalutvikling\w*|trusselbild\w*|\w*øvels(?:e|en|er|ene)|\w*øving(?:a|en|ar|ane)?)\b"
)
_DENIED = phrase(
    r"\b\w+(?:es|ast) (?:ikke|ikkje)\b|\b(?:skal|blir|vert|vil|kan) (?:ikke|ikkje) (?:\w+ )?(?:evalu|revid)"
)
_UNLESS = phrase(r"\b(?:men|deretter|uten|utan|før|med mindre)\b")


def done(words: str) -> bool:
    """Whether the words tell of something done: a verb of the past, and none that binds."""
    return _PAST.search(words) is not None and _BINDS.search(words) is None


def over(words: str) -> bool:
    """Whether the words tell of a time that has run out, or of an agreement with others."""
    if _WITH_OTHERS.search(words):
        return True
    return _OVER.search(words) is not None and _BINDS.search(words) is None


def anothers(words: str) -> bool:
    """Whether another body, or a document, does something of its own and nothing of ours is named."""
    if _OURS.search(words):
        return False
    return _ACTS.match(words) is not None or _MATTERS.search(words) is not None


def denied(words: str) -> bool:
    """Whether the review is said not to be: "evalueres ikke årlig", unless another verb says what is."""
    found = _DENIED.search(words)
    return found is not None and _UNLESS.search(words[found.end() :]) is None
