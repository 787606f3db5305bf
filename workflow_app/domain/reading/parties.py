"""Who the agreement is between: kommuner and police units, by the names the text gives them.

The words "avtale mellom … og …" decide; where the text has none, the signature
block does, and last the only name there is. A station named beside its district
is where a signer sits, not a party of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflow_app.domain.reading.lines import Line

_WORD = r"[A-ZÆØÅÁČŠŽĐŊÖÄ][\wæøåáčšžđŋöä’'-]{0,40}"
_GAP = r"[ ]{1,3}"
# The only names with "og" inside them, as kommuner and as police districts.
_COMPOUND = r"(?i:evje og hornnes|nore og uvdal|møre og romsdal|sogn og fjordane)"
_NAME = rf"(?:{_COMPOUND}|{_WORD}(?:{_GAP}{_WORD}){{0,3}})"
_KOMMUNE = re.compile(rf"\b({_NAME}){_GAP}(?i:kommune|suohkan|herad)\b")
_KOMMUNER = re.compile(
    rf"\b({_WORD}(?:, ?{_WORD}){{0,12}}{_GAP}og{_GAP}{_WORD}){_GAP}(?i:kommuner|kommunar|kommunane"
    rf"|kommunene)\b"
)
_OF_KOMMUNER = re.compile(
    rf"\b(?i:kommunene"
    rf"|kommunane){_GAP}({_WORD}(?:, ?{_WORD}){{0,12}}(?:,?{_GAP}og{_GAP}{_WORD})?)(?!{_GAP}(?i:politi))"
)
_UNIT = r"(?i:politi(?:stasjons)?distrikt|politistasjonsområde|lensmanns(?:distrikt|kontor)|politistasjon)"
_POLICE = re.compile(rf"\b({_NAME}){_GAP}({_UNIT})\b")
_BETWEEN = re.compile(r"(?i:avtal\w{0,30})[^.:;]{0,120}?\b(?i:mellom)\b(?P<who>[^.:;]{0,400})")
_LABEL = re.compile(
    rf"(?i:kommune(?:/kommuner|r)?)\s*:\s*({_NAME}(?:, ?{_NAME}|{_GAP}og{_GAP}{_NAME}){{0,6}})\s*"
)
_NO_NAME = frozenset(
    "mellom og i for ved med av på til fra frå den denne dette hver kvar alle begge"
    " både at når sted navn namn"
    " ordfører ordførar rådmann politistasjonssjef lensmann slt samarbeid"
    " samarbeidet politiet politi politirådet"
    " politiråd kommunen kommunene partene partane dato om en ei ein et eit vår vårt"
    " som der her dei de".split()
)


@dataclass(frozen=True)
class Parties:
    """The names on each side, in the order of the text."""

    municipal: tuple[str, ...]
    police: tuple[str, ...]


def find_parties(flat: str, tail: list[Line]) -> Parties:
    """The parties named in ``flat`` (flattened, headings apart) and ``tail`` (its signature block)."""
    municipal: tuple[str, ...] = ()
    police: tuple[str, ...] = ()
    for found in _BETWEEN.finditer(flat):
        municipal = municipal or _kommuner(found["who"])
        police = police or _first_tier(_units(found["who"]))
        if municipal and police:
            return Parties(municipal, police)
    at_end = "\n".join(line.text for line in tail)
    municipal = municipal or _kommuner(at_end) or _labelled(tail) or _only(_kommuner(flat))
    police = police or _first_tier(_units(at_end)) or _only(_first_tier(_units(flat)))
    return Parties(municipal, police)


def proper(name: str) -> str:
    """A name as it is written among other words: "SØR-VARANGER" is Sør-Varanger."""

    def word(part: str) -> str:
        if part.lower() in {"og", "i"}:
            return part.lower()
        return "-".join(p[:1].upper() + (p[1:].lower() if p.isupper() else p[1:]) for p in part.split("-"))

    return " ".join(word(part) for part in name.split())


def _kommuner(words: str) -> tuple[str, ...]:
    places: list[tuple[int, str]] = [
        (m.start(), f"{name} kommune") for m in _KOMMUNE.finditer(words) if (name := _trim(m[1]))
    ]
    for pattern in (_KOMMUNER, _OF_KOMMUNER):
        for m in pattern.finditer(words):
            names = re.split(r",\s*|\s+og\s+", m[1])
            places += [
                (m.start() + n, f"{name} kommune") for n, part in enumerate(names) if (name := _trim(part))
            ]
    return tuple(dict.fromkeys(name for _, name in sorted(places)))


def _units(words: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(f"{name} {m[2].lower()}" for m in _POLICE.finditer(words) if (name := _trim(m[1])))
    )


def _first_tier(units: tuple[str, ...]) -> tuple[str, ...]:
    districts = tuple(unit for unit in units if unit.endswith("politidistrikt"))
    return districts or units


def _labelled(tail: list[Line]) -> tuple[str, ...]:
    for line in tail:
        label = _LABEL.fullmatch(line.text)
        if label:
            return tuple(f"{proper(name)} kommune" for name in re.split(r",\s*|\s+og\s+", label[1]))
    return ()


def _only(names: tuple[str, ...]) -> tuple[str, ...]:
    """A name met somewhere in the text is a party only where there is no other."""
    return names if len(names) == 1 else ()


def _trim(name: str) -> str:
    """The name without the words that only stand in capitals before it ("AVTALE MELLOM MOSS")."""
    words = name.split()
    for n in range(len(words) - 1, -1, -1):
        lowered = words[n].lower()
        inside = (
            0 < n < len(words) - 1
            and lowered == "og"
            and re.fullmatch(_COMPOUND, " ".join(words[n - 1 : n + 2]))
        )
        if (lowered in _NO_NAME and not inside) or "avtal" in lowered:
            words = words[n + 1 :]
            break
    return proper(" ".join(words))
