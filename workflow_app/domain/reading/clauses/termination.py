"""How the agreement is ended before its time: the notice, in writing or not, by one or by all."""

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
from workflow_app.domain.reading.times import months_of
from workflow_app.domain.rules import Rule

END = phrase(
    r"\b(?:si(?:es|er|e)? (?:\w+ ){0,3}?opp|si opp|seie opp|seiast (?:\w+ ){0,2}opp|seier (?:\w+ ){0,3}opp"
    r"|sagt opp|sagd opp|oppsigelse\w*|oppsiing\w*|oppseiing\w*|oppseieleg\w*|oppsigelig\w*|oppsagt"
    r"|oppseiast|oppsies|bringes til opphør|terminer\w*|heves|avsluttes)\b"
)
_NOTICE = phrase(
    r"(?:<num> ?)?(?P<dur><dur>) ?(?:s |-)?(?:gjensidig\w* |skriftlig\w* |skriftleg\w* )*(?:oppsigelse\w*"
    r"|oppseiing\w*|varsel\w*|frist\w*|oppsigingstid|oppseiingsfrist)"
    r"|\b(?:oppsigelsestid(?:en)?|oppseiingstid(?:a)?|oppsigelsesfrist(?:en)?|oppseiingsfrist(?:en)?"
    r"|oppsigelse|oppseiing|varsel|frist|varslingsfrist|varsle)(?: (?:er|på|skal vere|skal være|med|satt til"
    r"|sett til|en|ein|av|minst|minimum|gjensidig|skriftlig|skriftleg|for begge parter|for partene"
    r"|for partane|om oppsigelse|fra|frå|innen|innan)){0,4}:? ?(?P<dur2><dur>)"
    r"|\b(?P<dur3><dur>) (?:før|i forkant|på forhånd|på førehand)"
    r"|\bmed (?P<dur4><dur>)\b"
)
_ALL = phrase(
    r"\b(?:alle|begge) part(?:er|ar|ene|ane)? (?:må|skal) (?:\w+ ){0,3}(?:si|seie|være enig|vere samde)"
    r"|\b(?:av )?part(?:ene|ane) i fellesskap\b"
)
_ONE = phrase(
    r"\b(?:hver|kvar) av part\w+|\b(?:en|ein|én|éin) av part\w+|\bbegge part\w+ kan\b|\bhver part\b"
    r"|\bkvar part\b|\bpart(?:ene|ane) kan\b|\bgjensidig\w*|\bav (?:hver|kvar|begge)\b|\bein part\b"
    r"|\ben part\b|\bden enkelte part\b|\bpartenes? rett\b"
)
_WRITTEN = phrase(r"\bskriftlig\w*|\bskriftleg\w*")
_LEASE = phrase(
    r"\b(?:abonnement\w*|leieforhold\w*|leigeforhold\w*|lisens\w*|leietak\w*|ansatte\w*|tilsette\w*"
    r"|arbeidstak\w*|stilling(?:en|a)?|arbeidsforhold\w*|ansettelse\w*)\b"
)


@only_where(("opp", "terminer", "heves", "avsluttes"), DURATION)
def read_termination(page: Page, s: Sentence) -> Iterator[Rule | Question]:
    """Rules of kind ``termination`` in one sentence."""
    words = s.flat
    end = END.search(words) or (
        END.search(s.heading) if re.search(r"oppsig|oppsei", s.heading) and len(words) < 160 else None
    )
    if end is None or other_document(words) or _LEASE.search(words):
        return
    best = None
    for found in _NOTICE.finditer(words):
        if found["dur4"] and re.match(r"\s*(?:om|av|ad)\s+g", words[found.end() :]):
            continue
        best = found
        break
    if best is None:
        return
    length = best["dur"] or best["dur2"] or best["dur3"] or best["dur4"]
    months = months_of(length)
    if months is None:
        yield page.question(
            s,
            "notice_length",
            msg("The notice is not given in months. How many months is it?"),
            "termination:notice",
        )
        return
    values: dict[str, Any] = {"months": months}
    if _WRITTEN.search(words):
        values["written"] = True
    if _ALL.search(words):
        values["by"] = "all"
    elif _ONE.search(words):
        values["by"] = "one"
    yield page.rule(s, "termination", "notice", values)
