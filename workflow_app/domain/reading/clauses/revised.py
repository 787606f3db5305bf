"""Whether a sentence speaks of revising this agreement, and not of another matter, nor of what has been."""

from __future__ import annotations

from dataclasses import replace

from workflow_app.domain.reading.clauses.told import anothers, denied, done
from workflow_app.domain.reading.clauses.yearly import is_past
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import of_agreement, other_document

# "Endringer må skje skriftlig og …": of what, unless another document is named?
_CHANGES_OF_IT = phrase(
    r"\A(?:eventuelle? |alle |større |vesentlige |vesentlege |skriftlige |skriftlege )?(?:endring|revisjon"
    r"|tillegg"
    r"|justering)(?:er|ar|en|ane|ene)?\b|\A(?:ved behov|etter behov|deretter|likevel|elles|ellers"
    r"|utover dette)"
    r",? (?:kan|skal|bør|vil) (?:den|ho|han|avtalen|avtala)\b"
    r"|\A(?:kvar|hver|begge|ein|en|alle) (?:av )?part\w* (?:\w+ ){0,6}(?:krev\w+|be om|ber om) revisjon\b"
    r"|\Akrav om (?:revisjon|endring)"
)
CONDITION = phrase(
    r"\A(?:ved|dersom|hvis|viss|når|om)\b[^,.]{3,140}?(?:,| (?=(?:skal|kan|bør|må|vil) (?:avtal|den|ho|han)))"
)


def to_be_revised(s: Sentence) -> bool:
    """Whether it is this agreement, and it is to be revised; not that it was, nor that it is not to be."""
    if is_past(s.flat) or done(s.flat) or denied(s.flat) or anothers(s.flat):
        return False
    return _of_it(s)


def _of_it(s: Sentence) -> bool:
    """Whether it is this agreement that is revised; so it is in "ved endret lov skal avtalen revideres"."""
    meant = replace(s, flat=CONDITION.sub("", s.flat))
    return of_agreement(meant) or (_CHANGES_OF_IT.match(s.flat) is not None and not other_document(s.flat))
