"""The small words of a clause in its two languages: days, terms, counts, who."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow_app.domain.dates import MONTHS, Interval, render


@dataclass(frozen=True)
class Tongue:
    """One of the two written Norwegians; ``pick`` chooses between the wordings of both."""

    code: str

    def pick(self, nb: str, nn: str) -> str:
        """The wording of this language."""
        return nn if self.code == "nn" else nb

    def day(self, iso: str) -> str:
        """ "2020-05-01" as "1. mai 2020"; a half-known one as "mai 2020"."""
        return render(Interval.parse(iso), self.code)

    def day_of_year(self, month: int, day: int) -> str:
        """ "1. juni"."""
        return f"{day}. {MONTHS[self.code][month - 1]}"

    def term(self, months: int) -> str:
        """A length: years where it is whole years, else months."""
        if months % 12 == 0:
            return f"{months // 12} år"
        if months == 1:
            return self.pick("1 måned", "1 månad")
        return f"{months} {self.pick('måneder', 'månader')}"

    def every(self, months: int) -> str:
        """ "hvert år", "hvert 3. år", "hver 18. måned"."""
        if months == 12:
            return self.pick("hvert år", "kvart år")
        if months % 12 == 0:
            return self.pick(f"hvert {months // 12}. år", f"kvart {months // 12}. år")
        if months == 1:
            return self.pick("hver måned", "kvar månad")
        return self.pick(f"hver {months}. måned", f"kvar {months}. månad")

    def times(self, count: int) -> str:
        """ "én gang", "4 ganger"."""
        if count == 1:
            return self.pick("én gang", "éin gong")
        return f"{count} {self.pick('ganger', 'gonger')}"

    def who(self, name: str) -> str:
        """A role or body by its code; what has none is called as it is."""
        return self.pick(*WHO.get(name, (name, name)))

    def listed(self, words: list[str]) -> str:
        """ "a, b og c"."""
        return " og ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


Values = Mapping[str, Any]
"""The values of a rule."""

Sentences = dict[tuple[str, str], Callable[[Tongue, Values], str]]
"""By kind and form, what writes it."""


def fixed(nb: str, nn: str) -> Callable[[Tongue, Values], str]:
    """A sentence without values: one wording in each language."""
    return lambda t, v: t.pick(nb, nn)


TONGUES = {code: Tongue(code) for code in ("nb", "nn")}

SEASONS = {
    "spring": ("om våren", "om våren"),
    "summer": ("om sommeren", "om sommaren"),
    "autumn": ("om høsten", "om hausten"),
    "winter": ("om vinteren", "om vinteren"),
}

WHO = {
    "slt_coordinator": ("SLT-koordinator", "SLT-koordinator"),
    "mayor": ("ordfører", "ordførar"),
    "council_secretary": ("politisk sekretariat", "politisk sekretariat"),
    "politikontakt": ("politikontakt", "politikontakt"),
    "station_chief": ("politistasjonssjef", "politistasjonssjef"),
    "politiråd": ("politirådet", "politirådet"),
    "parties": ("partene", "partane"),
}

WEEKDAYS = {
    "monday": ("mandag", "måndag"),
    "tuesday": ("tirsdag", "tysdag"),
    "wednesday": ("onsdag", "onsdag"),
    "thursday": ("torsdag", "torsdag"),
    "friday": ("fredag", "fredag"),
    "saturday": ("lørdag", "laurdag"),
    "sunday": ("søndag", "sundag"),
}
