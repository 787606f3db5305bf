"""Whether a sentence speaks of evaluating the agreement, its measures or the cooperation."""

from __future__ import annotations

import re

from workflow_app.domain.reading.clauses.told import anothers, denied, done
from workflow_app.domain.reading.clauses.yearly import is_past
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.subjects import elsewhere, first, other_document

EVALUATE = phrase(r"\b\w*evaluer\w*\b")
_EVAL_DECOY = phrase(
    # an evaluation that is pointed to, not asked for
    r"\b(?:bygger|byggjer|bygg|baserer seg|basert|vises|viser|visast|i tråd med|med bakgrunn i"
    r"|på bakgrunn av)"
    r" (?:på |til )?(?:\w+ ){0,2}?evaluering(?:en|a)?\b(?=[^.;]{0,60}\b(?:i|fra|frå|av"
    r"|datert) (?:\w+ )?<year>)"
    r"|\A(?:dersom|hvis|viss|om) evaluering|\b(?:veileder|rettleiar|mal|skjema|resultat\w* av"
    r"|læring av)\b[^.]{0,50}evaluering"
    r"|\bevaluering(?:en|a|ane|ene) (?:skal |vert |blir |bør )?(?:gjennomgås|drøftes|legges|sendes"
    r"|presenteres"
    r"|gjennomgåast|drøftast|leggjast|sendast|presenterast|drøfta|lagd?|lagt|send|sendt|presentert"
    r"|gjennomgått)\b"
)
# What is an evaluation by another name: of the agreement or the cooperation, or under such a heading.
_ASSESS = phrase(
    r"\b(?:vurder(?:er|es|ast|ar)|vurdere|(?:gjennomgang|vurdering|oppsummering)(?:en|a)? av"
    r"|skal (?:\w+ )?vurdere"
    r"|gå(?:r)? gjennom|gjennomgår|gjennomgås|gjennomgåast) (?:\w+ ){0,2}?(?:avtal(?:en|a|everket)"
    r"|samarbeidet|tiltaka"
    r"|tiltakene|resultat(?:a|ene))\b(?! (?:skal|bør|må) (?:revid|endr|forny|forleng))"
    r"|\b(?:\w*avtal(?:en|a)|samarbeidet|partn[ae]rskapet|ordning(?:en|a)|tiltak(?:a|ene)"
    r"|(?:effekt|verknad|virkning|nytt)en av (?:\w+ )?(?:tiltak\w+|avtal\w+|samarbeidet))"
    r" (?:(?:i|etter) (?:denne )?\w*avtal\w+ )?(?:skal |bør |må |vert |blir )?(?:\w+ ){0,3}?"
    r"(?:vurderes|vurderast|vurdert|vurderte|oppsummeres|oppsummerast|oppsummert)\b"
    r"|\b(?:måloppnåelse|måloppnåing)(?:n|a)? [^.;]{0,60}\b(?:vurder\w+|måles|målast|målt|drøft\w+"
    r"|gjennomgå\w+)"
)
_REVIEW = phrase(r"\b(?:gjennomgang\w*|gjennomgå\w*|gå(?:r)? gjennom|vurder\w*|oppsummer\w*|måloppnå\w*)\b")
_NEW_TERMS = phrase(
    r"\b(?:om (?:avtal|den|ho|han)|behov\w*|forleng\w*|forny\w*|ny avtale|revider\w*|endr\w*)"
)
_WHEN = phrase(r"\A(?:når|etter at|så snart|straks) [^,.;]{3,90}, (?=[^.;]*<agreement>|[^.;]*samarbeid)")
# What an agreement has evaluated. Of anything else an evaluation is told in passing.
_OURS = phrase(
    r"\b(?:\w*avtal\w*|\w*samarbeid(?!spart)\w*|\w*tiltak\w*|part(?:ene|ane|ar|er)|politiråd\w*|rådet\w*"
    r"|partn[ae]rskap\w*|ordning(?:a|en|er)|\w*arbeid(?:et|s)?|effekt\w*|verknad\w*|erfaring\w*|innsats\w*"
    r"|protokoll\w*|kontrakt\w*|overenskomst\w*|prosjekt\w*|pilot\w*|prøve\w*|\w*møte\w*|mål\w*|SLT\w*"
    r"|kommun\w+ og politi\w*|drift\w*|politikontakt\w*|virksomhet\w*|verksemd\w*|beredskap\w*)\b"
)
# The bare noun, or a pronoun for what was named before.
_NAMES_NOTHING = phrase(
    r"\bevaluering(?:en|a)?(?:sfrist\w*)?\b(?! av\b)|\A(?:den|det|ho|han|denne|dette|desse|disse|alt)\b"
    r"|\bevaluer(?:es|ast) (?:den|det|dette|ho|han)\b|\A\W*evaluer(?:es|ast)\b"
)
_OF_A_POST = phrase(r"\A(?:stilling|prøvetid|engasjement|kurs|opplæring)(?:en|a|et|er)?\b")


def of_evaluation(s: Sentence) -> bool:
    """Whether it is to be evaluated, and not a plan, a post or another's house; nor that it has been."""
    if not _speaks(s) or _EVAL_DECOY.search(s.flat) or _OF_A_POST.match(s.flat):
        return False
    if is_past(s.flat) or done(s.flat) or denied(s.flat):
        return False
    return not (elsewhere(s.flat) or anothers(s.flat) or _of_document(s.flat)) and _is_ours(s)


def _is_ours(s: Sentence) -> bool:
    """Whether what is evaluated is the agreement's, by the words or, where they name nothing, the place."""
    if _OURS.search(s.flat) or _NAMES_NOTHING.search(s.flat) or _NAMES_NOTHING.search(s.intro):
        return True
    return _OURS.search(s.heading) is not None or "evaluer" in s.heading


def _speaks(s: Sentence) -> bool:
    if EVALUATE.search(s.flat):
        return True
    if _NEW_TERMS.search(s.flat) or not _REVIEW.search(s.flat):
        return False
    under = "evaluer" in s.heading and not other_document(s.flat)
    return under or _ASSESS.search(s.flat) is not None


def _of_document(words: str) -> bool:
    """Whether it is a plan or the like, named just before the verb, that is evaluated."""
    words = _WHEN.sub("", words)
    verb = first(EVALUATE, words)
    near = words[max(0, verb - 60) : verb]
    own = re.search(r"politiråd|partene|partane|samarbeid", near, re.IGNORECASE)
    # Whose house it is, is seen in the whole sentence, not in these few words.
    return own is None and other_document(f"Det {near}")
