"""Norway as the system needs it: kommuner, police districts, the alphabet and the day.

The *number* of a kommune is its key, never the name: there are two called Herøy
and two called Våler. No mapping from kommune to police district is kept, since
none was found that can be trusted; people choose. Names in Sami and Kven are
searched like the Norwegian ones, because some people know only those.

The facts (``norway.json``: number, name, number 2020-2023, other names) are
those of 2024 and should be compared with Statistics Norway's Klass 131 before
they are relied on in production.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
"""Dates are Norwegian dates, wherever the server stands."""

# The characters that follow "z" in ASCII stand for æ, ø and å, in that order.
_NORDIC = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "đ": "d", "ŋ": "n"})
_FOLD = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ß": "ss"})


@dataclass(frozen=True)
class Kommune:
    """One kommune. ``old_number`` is its number from 2020 to 2023 where it had another.

    ``other_names`` maps a language (``se``, ``sma``, ``smj``, ``fkv``) to a name;
    ``label`` is the name as it can be told apart from every other.
    """

    number: str
    name: str
    county: str
    label: str
    old_number: str | None = None
    other_names: tuple[tuple[str, str], ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the Norwegian one first."""
        return (self.name, *(name for _, name in self.other_names))


@dataclass(frozen=True)
class District:
    """One of the twelve police districts: its key and its name."""

    slug: str
    name: str


def local_date(now: datetime) -> date:
    """The Norwegian day of an aware time; ``ValueError`` for a time without a zone."""
    if now.tzinfo is None:
        raise ValueError("a time without a zone has no Norwegian date; use an aware datetime")
    return now.astimezone(OSLO).date()


def end_of_day(day: date) -> datetime:
    """The instant at which a Norwegian day is over: midnight after it (the last day there is has none)."""
    after = date.max if day == date.max else day + timedelta(days=1)
    return datetime.combine(after, time(), OSLO)


@lru_cache(maxsize=4_096)  # lists are sorted again and again by the same few hundred names
def sort_key(name: str) -> tuple[str, str]:
    """Norwegian alphabetical order: … z, æ, ø, å, with "aa" as å and accents ignored.

    Own and short, since no pip build of PostgreSQL or Python has ICU collations.
    """
    composed = unicodedata.normalize("NFC", name).casefold().replace("aa", "å").translate(_NORDIC)
    plain = "".join(c for c in unicodedata.normalize("NFD", composed) if not unicodedata.combining(c))
    return plain.replace("-", " "), name


def fold(text: str) -> str:
    """Lower case ASCII letters, digits and single hyphens: ``"Sør-Øst"`` is ``"sor-ost"``.

    One-way and lossy: good for addresses of pages and for comparing what people type.
    """
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_FOLD)
    plain = unicodedata.normalize("NFKD", lowered)
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "-".join(kept.split())


def near(wanted: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The ``names`` that hold what was typed, then those that look like it; perhaps none."""
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(fold(name), name)
    typed = fold(wanted)
    holding = sorted(form for form in folded if len(typed) >= 3 and typed in form)
    hits = dict.fromkeys((*holding, *difflib.get_close_matches(typed, folded, limit, 0.6)))
    return tuple(folded[hit] for hit in tuple(hits)[:limit])


@cache
def kommuner() -> tuple[Kommune, ...]:
    """Every kommune, in Norwegian alphabetical order and then by number."""
    facts = _facts()
    often = Counter(row[1] for row in facts["kommuner"])
    found = []
    for row in facts["kommuner"]:
        number, name = row[:2]
        old, others = [*row[2:], None, None][:2]
        county = facts["counties"][number[:2]]
        label = f"{name} ({county})" if often[name] > 1 else name
        found.append(Kommune(number, name, county, label, old, tuple((others or {}).items())))
    return tuple(sorted(found, key=lambda k: (sort_key(k.name), k.number)))


@cache
def districts() -> tuple[District, ...]:
    """The twelve police districts, in Norwegian alphabetical order."""
    found = (District(slug, name) for slug, name in _facts()["districts"])
    return tuple(sorted(found, key=lambda d: sort_key(d.name)))


def kommune(number: str) -> Kommune | None:
    """The kommune with this four-digit number ("0301" is Oslo), or None."""
    return _by_number().get(number)


def district(slug: str) -> District | None:
    """The police district with this key ("ost"), or None."""
    return next((d for d in districts() if d.slug == slug), None)


def search(words: str, limit: int = 20) -> tuple[Kommune, ...]:
    """Kommuner whose number or one of whose names begins with or holds what was typed.

    An exact name comes first, then beginnings, then the rest; where nothing
    matches, the names that look most like it.
    """
    wanted = fold(words).removesuffix("-kommune")
    if not wanted:
        return ()
    ranked: list[tuple[int, int, Kommune]] = []
    for place, (one, forms) in enumerate(_folded()):
        if wanted in (*forms, one.number):
            ranked.append((0, place, one))
        elif any(form.startswith(wanted) for form in forms) or one.number.startswith(wanted):
            ranked.append((1, place, one))
        elif any(wanted in form for form in forms):
            ranked.append((2, place, one))
    if not ranked:
        close = near(wanted, (name for one in kommuner() for name in one.names))
        return tuple(one for name in close for one in kommuner() if name in one.names)[:limit]
    return tuple(one for _, _, one in sorted(ranked, key=lambda r: r[:2]))[:limit]


@cache
def _folded() -> tuple[tuple[Kommune, tuple[str, ...]], ...]:
    return tuple((one, tuple(fold(name) for name in one.names)) for one in kommuner())


@cache
def _by_number() -> dict[str, Kommune]:
    return {one.number: one for one in kommuner()}


@cache
def _facts() -> dict[str, Any]:
    text = resources.files("workflow_app.services").joinpath("norway.json").read_text("utf-8")
    facts: dict[str, Any] = json.loads(text)
    return facts
