"""The verbs by which a post, a duty or a place goes round.

They stand apart since meetings and turns both look for them: a sentence on whose
turn it is to lead says nothing of how often one meets.
"""

from __future__ import annotations

import re

from workflow_app.domain.reading.phrases import phrase

ROTATE = phrase(
    r"\b(?:veksler|vekslar|veksle|vekslast|vekselvis|bytter på|byter på|bytte på|byte på|alternerer"
    r"|alternere|alternerast|går på omgang|gå på omgang|på omgang|roterer|rotere|roterast|går på rundgang"
    r"|rullerer|rullerar|rullere|på rundgang|etter tur|på skift|i turnus|skiftes på|skiftast på"
    r"|(?:skift(?:er|ar|es|ast|e)|byt(?:t)?er|byt(?:t)?es|bytast)(?= [^.]{0,60}\bmellom\b)"
    r"|(?:annenhver gang|annakvar gong)|\w*(?:vervet|ledelsen|leiinga|vertskapet) (?:skifter|skiftar)"
    r"|skift(?:er|ar|e) på|flyttes til neste|flyttast til neste|(?:leder|leiar|leier|ivaretas"
    r"|ivaretakast)(?= [^.]{0,40}\b(?:annet?hvert|annakvart"
    r"|anna ?kvart|annanna ?kvart) år))\b"
)


def goes_round(words: str) -> bool:
    """Whether a post goes round; "vekselvis på rådhuset" says but where one meets."""
    found = ROTATE.search(words)
    return found is not None and not (
        found[0].lower() == "vekselvis" and re.match(r"\s+(?:på|i|hos)\b", words[found.end() :], re.I)
    )
