"""Who signs the agreement: the clause that says so, or the titles of the signature block.

A signer's title is read whatever the layout: alone on a line, in columns, in a
table, after "For Vika kommune:". The rådmann signs in none of our roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflow_app.domain.reading.lines import Line
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import mentions
from workflow_app.domain.reading.subjects import other_document
from workflow_app.domain.rules import Rule

# A title at the end of a signature block: the role it is of, and whether it is the role's usual name.
_TITLES: tuple[tuple[str, str, bool], ...] = (
    (r"varaordføra?e?r", "mayor", False),
    (r"ordføra?e?r", "mayor", True),
    (r"politistasjonss?[sj]ef\s*/\s*lensmann|lensmann\s*/\s*politistasjonssjef", "station_chief", False),
    (r"(?:politi)?stasjonssjef", "station_chief", True),
    (
        r"lensmann|politiavdelingsleder|politiavdelingsleiar|politiinspektør|politimester"
        r"|politimeister|visepolitimester"
        r"|driftsenhetsleder|regionlensmann|geografisk\s+driftsenhetsleder"
        r"|politistasjonsleder|politistasjonsleiar"
        r"|(?:lede?r|leiar)(?:en)?\s+(?:for\s+|av\s+|ved\s+)?(?:[\w-]+\s+){0,2}politistasjon",
        "station_chief", False),
    (
        r"lede?r(?:en)?\s+(?:av\s+|for\s+|ved\s+)?(?:[\w-]+\s+){0,2}tjenesteenhet"
        r"|leiar(?:en)?\s+(?:av\s+|for\s+|ved\s+)?(?:[\w-]+\s+){0,2}tenesteeining(?:a)?|tjenesteenhetsleder"
        r"|tenesteeiningsleiar", "station_chief", False),
    (r"SLT[- ]*koordinator", "slt_coordinator", True),
    (r"politikontakt", "politikontakt", True),
)  # fmt: skip
_TITLE = re.compile(
    "|".join(rf"(?P<t{n}>\b(?:{words})(?:en|a)?)s?\b" for n, (words, _, _) in enumerate(_TITLES)), re.I
)
_SIGN_CLAUSE = phrase(
    r"\b(?:signeres|signerast|underskrives|underskrivast|undertegnes|underteiknast|signerer|underskriver?"
    r"|undertegner|underteiknar"
    r"|skal (?:signeres|underskrives|undertegnes|signerast|underskrivast)|skriver under"
    r"|(?:skal|må|bør) (?:\w+ ){0,3}(?:signere|undertegne|underteikne|skrive under)|skriv under"
    r"|(?:vert|blir|bli|verte|(?:når|før|til) (?:ho|han|den|avtalen|avtala) er)"
    r" (?:underskriv[ei]n|underskrive|underskreve[nt]?|undertegnet|undertegna|underteikna|signert"
    r"|skriv[ei]n under|skrive under|skrevet under))\b"
    r"(?! (?:fra|frå))"
    r"|\b(?:vert|blir|skal) [^.]{0,80}? og (?:underskriv[ei]n|underskreve[nt]|undertegnet|underteikna"
    r"|signert) av\b"
    r"|<agreement> er (?:underskriv[ei]n|underskreve[nt]|undertegnet|underteikna|signert) av\b"
)
# "Med ordførerens og politistasjonssjefens underskrift er avtalen bindende."
_BY_THEIR_HAND = phrase(r"\b\w+s og \w+s (?:underskrift|signatur)\w*")
# "Underskrift: ordfører og politistasjonssjef."
_SIGNERS = phrase(
    r"\A(?:underskrift\w*|signatur\w*|signer(?:es|ast|ing)|underskriv(?:es|ast|arar|ere)|undertegnes"
    r"|undertegning"
    r"|underteiknast|underteikning|signatarer|signatarar|underskrivere)(?: \w+){0,2} ?[:|]"
    r"|<agreement> (?:\w+ )?signatar\w* er\b|\b(?:underskrift|undertegning|underteikning|signering) av "
    r"(?:\w+ )?<agreement>"
    r" (?:skjer|gjøres|gjerast|foretas|føretas|føretakast|ligger til|ligg til)\b"
)
_EACH_SIDE = phrase(
    r"\bfor (?:\w+ ){0,2}politi\w*[^.]{0,80}\bfor (?:\w+ )?kommun\w+|\bfor (?:\w+ "
    r")?kommun\w+\b[^.]{0,80}\bfor (?:\w+ ){0,2}politi\w*"
)
_OTHER_PAPER = phrase(r"\b\w*(?:referat|protokoll|møtebok|brev|søknad|rapport)\w*")
_SIGN_STEMS = ("signer", "signat", "underskr", "skriv", "skrev", "undert")
# A label before the title ("For Vika kommune: ordfører"), or a title before a name ("Ordfører: Kari Holm").
_LABELLED = re.compile(
    r"(?i:for|på\s+vegner?\s+av)\s[^:]{2,60}:"
    r"|[^:]{3,40}:\s*(?:[A-ZÆØÅ][\w.’'-]*(?:\s+[A-ZÆØÅ][\w.’'-]*){0,4}|[_.…\s]*)$"
)


def read_signatories(page: Page) -> Iterator[Rule | Question]:
    """Who signs: the clause that says so, and where there is none the titles of the signature block."""
    for s in page.sentences:
        if not mentions(s.folded, _SIGN_STEMS):
            continue
        clause = _SIGN_CLAUSE.search(s.flat) or _BY_THEIR_HAND.search(s.flat) or _SIGNERS.match(s.flat)
        if clause is None:
            continue
        # "Ordfører orienterer om avtalen når den er signert": who signs stands after the verb there.
        when = re.match(r"(?:når|før|til)\b", clause[0], re.I)
        roles, titles = _roles(s.flat[clause.end() :] if when else s.flat)
        named = phrase(r"<agreement>|\A(?:den|ho)\b").search(s.flat) is not None
        if roles and (named or _both_just_sign(s, clause, roles)):
            yield page.rule(s, "signatories", "roles", _signatory_values(roles, titles))
            return
    with_titles = [line for line in page.tail if _title_line(line)]
    roles, titles = _roles("\n".join(line.text for line in with_titles))
    if roles:
        whole = Line("", with_titles[0].start, with_titles[-1].end)
        yield page.rule(whole, "signatories", "roles", _signatory_values(roles, titles))


def _both_just_sign(s: Sentence, clause: re.Match[str], roles: list[str]) -> bool:
    """ "Ordfører og lensmann undertegner.": what but the agreement, unless minutes went before?"""
    both = {"mayor", "station_chief"} <= set(roles)
    before = f"{s.heading} {s.intro} {s.previous}"
    return (
        both
        and (
            not s.flat[clause.end() :].strip(" .")
            or _EACH_SIDE.search(s.flat) is not None
            or _SIGNERS.match(s.flat) is not None
        )
        and _OTHER_PAPER.search(before) is None
        and not other_document(before)
    )


def _title_line(line: Line) -> bool:
    if _TITLE.search(line.text) is None or line.text.endswith("."):
        return False
    return ":" not in line.text[:-1] or _LABELLED.match(line.text) is not None


def _roles(words: str) -> tuple[list[str], dict[str, str]]:
    roles: list[str] = []
    titles: dict[str, str] = {}
    for found in _TITLE.finditer(words):
        n = next(n for n in range(len(_TITLES)) if found[f"t{n}"])
        _, role, usual = _TITLES[n]
        if role not in roles:
            roles.append(role)
            if not usual:
                titles[role] = " ".join(found[f"t{n}"].split())
    return roles, titles


def _signatory_values(roles: list[str], titles: dict[str, str]) -> dict[str, Any]:
    return {"roles": roles, "titles": titles} if titles else {"roles": roles}
