"""The steps of an option: "1 + 1 år", "to ganger, hver gang med ett år", "inntil to år"."""

from __future__ import annotations

import re

from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.times import months_of, number

_STEP = r"(?:<num>)"
_PLUS = phrase(
    rf"(?P<steps>{_STEP}(?: ?(?:år)? ?(?:\+|pluss) ?{_STEP}){{1,4}}) ?(?P<unit>års?|måned|månad|mnd|\))"
)
_EACH = (
    r"(?:hver gang|kvar gong|<each>|om gangen|om gongen|av gangen|à|a|av|på|med|for|i|inntil|ganger|gonger|,)"
)
# "2 x 1 år", "to ganger, hver gang med ett år", "to opsjoner à ett år", "to perioder på ett år"
_TIMES = phrase(
    rf"(?P<n>{_STEP}) ?(?:x|×|ganger|gonger|\w*opsjon(?:er|ar)|(?:nye )?period(?:er|ar)|forlengels(?:er)"
    rf"|forleng(?:ingar|inger)),? ?(?:{_EACH} ){{0,4}}?(?P<dur><dur>)(?! <before>)"
)
_REPEATED = phrase(
    r"(?P<dur><dur>) (?:om|av|ad|i) (?:gangen|gongen|gang|gong),? (?:og )?(?:maksimalt|maks|inntil|opptil"
    r"|høyst|høgst|men ikke mer enn|totalt|i)? ?(?:opp til )?(?P<n><num>) (?:ganger|gonger|gang)"
    r"|(?P<dur2><dur>),? (?:forleng\w+ |fornying |fornyelse |hver gang,? |kvar gong,? )?(?:inntil "
    r"|opptil |maksimalt |i |opp til "
    r")?(?P<n2><num>) (?:ganger|gonger)"
)
NOTE = phrase(
    r"(?P<dur><dur>) (?:skriftlig |skriftleg )?(?:<before>|varsel|frist|i forkant)"
    r"|\bvarsel på (?P<dur2><dur>)"
)
_A_NOTICE = phrase(r"\A (?:skriftlig |skriftleg )?(?:<before>|varsel|frist|i forkant)")
_A_TOTAL = phrase(
    r"\b(?:til saman|til sammen|totalt|samla|samlet|maksimalt|varsel på|senest|seinast|minst|innen) \Z"
)
_MOST_STEPS = 10


def steps(words: str) -> list[int]:
    """The months of each step of an option, in order; empty when the words give no length."""
    plus = _PLUS.search(words)
    if plus:
        unit = 1 if re.match(r"m", plus["unit"], re.I) else 12
        parts = re.split(r"\s*(?:år)?\s*(?:\+|pluss)\s*", plus["steps"], flags=re.I)
        return [unit * count for count in map(number, parts) if count]
    repeated = _REPEATED.search(words)
    if repeated:
        return _times(repeated["n"] or repeated["n2"], repeated["dur"] or repeated["dur2"])
    times = _TIMES.search(words)
    if times and (several := _times(times["n"], times["dur"])):
        return several
    for found in phrase(r"(?P<dur><dur>)").finditer(words):
        if _A_NOTICE.match(words[found.end() :]) or _A_TOTAL.search(words[: found.start()]):
            continue
        if single := months_of(found["dur"]):
            return [single]
    return []


def _times(how_many: str, each: str) -> list[int]:
    count, months = number(how_many), months_of(each)
    return [months] * count if count and months and count <= _MOST_STEPS else []
