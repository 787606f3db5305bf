"""What is renewed beside the agreement: permits, time limits, commissions; and what was renewed once.

The verbs are the same as the agreement's own, so that only the subject and the tense tell them apart.
"""

from __future__ import annotations

from workflow_app.domain.reading.phrases import phrase

# A licence, a permit or a commission goes on: "Tillatelsen forlenges", "fornyelse av våpenkort".
_OF_ELSE = phrase(
    r"\A(?!\w*(?:avtal|kontrakt|samarbeid|partner|protokoll|ordning|periode|komst|part|kommun|politi|forny"
    r"|forleng|opsjon|varig|løpetid|deretter|denne|dette|desse|disse|oppdragsgiv|oppdragsgjev|kjøper))"
    r"\w{4,}(?:en|et|a|ene|ane) (?:(?:til|for|med|av) \w+ )?(?:kan|skal|vil|blir|vert|fornyes|fornyast"
    r"|forlenges|forlengjast|forlengast)\b(?![^.]*<agreement>)"
    r"|\b(?:fornyelse|forlengelse|fornying|forlenging)(?:en|a)? av (?!(?:\w+ )?<agreement>|samarbeid|ordning"
    r"|partner|denne|period|protokoll|avtale)\w"
)
# Done, or not done, and no more.
_DONE = phrase(
    r"\b(?:ble|blei|vart|har blitt) (?:\w+ ){0,4}?(?:\w*forleng\w+|forny\w+|lengd|utløst|benytte\w*"
    r"|brukt|nytta|videreført|vidareført)\b"
)
_MAY_STILL = phrase(r"\b(?:kan|skal|vil|automatisk|deretter)\b")
# "Svarfristen kan forlenges": the time for something else.
_A_TIME_LIMIT = phrase(
    r"\A(?:\w+ ){0,2}?\w*(?:frist|dato|åpningstid|opningstid|prøveperiode|prøvetid|bevilling|løyve)"
    r"(?:en|n|a|et|ene)?\b"
)


def of_something_else(words: str) -> bool:
    """Whether a permit, a time limit or the like is renewed, or the agreement was and is told of."""
    if _A_TIME_LIMIT.match(words) or _OF_ELSE.search(words):
        return True
    return _DONE.search(words) is not None and not _MAY_STILL.search(words)
