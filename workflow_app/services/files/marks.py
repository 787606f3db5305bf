"""Numbers as word processors count: "iv", "ab", "3", and the marks that stand before a list's items."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
BULLET = "-"
"""What every bullet is read as, whatever the font made of it: the reader knows a dash for a list."""


def counted(number: int, kind: str) -> str:
    """``number`` in Word's way of counting ``kind``: decimal, lowerLetter, upperRoman and so on."""
    if kind in {"lowerLetter", "upperLetter"}:
        letters = _letters(number)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _letters(number: int) -> str:
    """a … z, aa … zz, aaa: Word repeats the letter."""
    if not 1 <= number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 1 <= number < 4000:
        return str(number)
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (number // worth)
        number %= worth
    return out


class Counters:
    """The running numbers of one list: how far each level has come."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}

    def step(self, level: int, start: int) -> None:
        """Go on by one at ``level``; deeper levels begin anew."""
        self._at[level] = self._at[level] + 1 if level in self._at else start
        for deeper in [one for one in self._at if one > level]:
            del self._at[deeper]

    def restart(self, level: int, number: int) -> None:
        """Make ``number`` the one at ``level``, whatever came before."""
        self._at.pop(level, None)
        self.step(level, number)

    def at(self, level: int, start: int) -> int:
        """The number a level stands at; its start where none has been counted."""
        return self._at.setdefault(level, start)
