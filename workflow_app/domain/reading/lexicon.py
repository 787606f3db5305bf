"""Words as data: numbers, ordinals, months, weekdays and seasons in bokmål and nynorsk.

To teach the reader a spelling, add it here and an example to the tests; no
code knows these words by name.
"""

from __future__ import annotations

NUMBERS: dict[str, int] = {
    "en": 1, "én": 1, "ett": 1, "et": 1, "ein": 1, "éin": 1, "ei": 1, "éi": 1, "eitt": 1, "eit": 1,
    "éitt": 1, "éit": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8,
    "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16,
    "atten": 18, "tjue": 20, "tyve": 20, "tjuefire": 24, "tretti": 30, "trettiseks": 36, "førti": 40,
    "førtiåtte": 48, "femti": 50, "seksti": 60, "nitti": 90,
}  # fmt: skip

ORDINALS: dict[str, int] = {
    "første": 1, "fyrste": 1, "andre": 2, "annet": 2, "annen": 2, "anna": 2, "annan": 2, "tredje": 3,
    "fjerde": 4, "femte": 5, "sjette": 6, "sjuende": 7, "syvende": 7, "sjuande": 7, "åttende": 8,
    "åttande": 8, "niende": 9, "niande": 9, "tiende": 10, "tiande": 10,
}  # fmt: skip

MONTHS: dict[str, int] = {
    "januar": 1, "jan": 1, "februar": 2, "feb": 2, "febr": 2, "mars": 3, "mar": 3, "april": 4, "apr": 4,
    "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "desember": 12, "des": 12,
}  # fmt: skip

# Monday is 0, as in datetime.date.weekday().
WEEKDAYS: dict[str, int] = {
    "mandag": 0, "måndag": 0, "tirsdag": 1, "tysdag": 1, "onsdag": 2, "torsdag": 3, "fredag": 4,
    "lørdag": 5, "laurdag": 5, "søndag": 6, "sundag": 6, "søndagen": 6,
}  # fmt: skip
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SEASONS: dict[str, str] = {
    "vår": "spring", "våren": "spring", "vårhalvåret": "spring", "sommer": "summer", "sommeren": "summer",
    "sommar": "summer", "sommaren": "summer", "høst": "autumn", "høsten": "autumn", "haust": "autumn",
    "hausten": "autumn", "vinter": "winter", "vinteren": "winter",
}  # fmt: skip

# Months (or, for the short units, days) in one unit of time.
UNIT_MONTHS: dict[str, int] = {"år": 12, "halvår": 6, "kvartal": 3, "måned": 1, "månad": 1, "mnd": 1}
UNIT_DAYS: dict[str, int] = {"uke": 7, "veke": 7, "dag": 1, "døgn": 1}

# The look behind keeps a search through a long row of dots linear: it begins at the row's first.
BLANK = r"(?:(?<![xX])[xX]{2,}|(?<!_)_{2,}|(?<![.…])(?:\.{4,}|…[.…]*))"


def alternatives(words: dict[str, int] | dict[str, str]) -> str:
    """A pattern for any of the words, the longest first so that none hides another."""
    return "|".join(sorted((w.replace(" ", r"\s+") for w in words), key=len, reverse=True))
