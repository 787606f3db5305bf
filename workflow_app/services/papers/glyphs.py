"""What can be set in type: any text in, printable text out, nothing dropped in silence.

PDF/A and PDF/UA refuse a page with a character that no font has, so one emoji
in a signer's title would cost a council its paper. The fonts are those inside
the typst wheel; what they lack is printed as its code, ``[U+1F600]``, and the
paper says so. Marks that turn the reading direction are printed as codes too:
they could make a public paper read otherwise than it was written.
"""

from __future__ import annotations

import re
from typing import Any

# Drawn, light and heavy, by Libertinus Serif, DejaVu Sans Mono or New Computer Modern of typst 0.15:
# their blocks for European writing, signs and boxes. A test sets each one.
_COVERED = """
20-7e a0-34e 350-377 37a-37f 384-38a 38c 38e-3a1 3a3-4ff 1d00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d
1f50-1f57 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-200c
2010-2027 202f-2037 2039-2040 2044-204b 2074-208e 2090-209c 20a0-20c0 20d0-20f0 2100-2103 210c-210f
2115-2117 211c-211e 2122 2126-2127 212e 2135-2139 214f-2151 2153-2184 2190-2220 2222-222d 2234-223d
2241-226b 226d-228b 228d-22a5 22b2-22b5 22c2-22c6 22cd-22d1 22da-22e9 2300-2306 2308-2315 231c-2322
2325-232b 2335-237a 2380-2383 2388-238b 239b-23ae 2460-262f 2638-268b 2690-269c 26a0-26a5 26b0-26b2
2701-2704 2706-2709 270c-2727 2729-274b 274f-2752 2758-275e 2761-277f 2798-27af 27b1-27be 27e6-27eb
27f5-27f7 2b05-2b0d 2b12-2b1a 2c60-2c71 2c74-2c77 2c7c-2c7f fb00-fb06
"""
# Word's Symbol and Wingdings bullets arrive as private codes and mean no more than these.
_WORD_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF02D: "–", 0xF0D8: "›", 0xF0FC: "✓", 0xF0A8: "□", 0xF06F: "□"}
# White space of any kind is a space in print; a byte order mark in the text prints nothing.
_SPACES = {**dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029, 0x3000), " "), 0xFEFF: ""}
# Longer than a Norwegian compound gets: a line of underscores, a web address, a key held down.
_UNBROKEN = re.compile(r"\S{40,}")
_BREAK = "\u200b"
# Narrower than any column. Each place to break costs typst time, so not one a letter.
_PIECE = 5
# Nobody wrote such a word. Cut into lines it costs little; looking for breaks in it takes minutes.
_MONSTROUS = 400
_LINE = 60


def _class_of(ranges: str) -> str:
    """The inside of a character class for hexadecimal ranges."""
    ends = (part.partition("-") for part in ranges.split())
    return "".join(f"\\U{int(a, 16):08x}-\\U{int(b or a, 16):08x}" for a, _, b in ends)


_UNCOVERED = re.compile(f"[^{_class_of(_COVERED)}]")


def printable(text: str) -> tuple[str, bool]:
    """The text as it can be printed, and whether a character had to be shown as its code."""
    shown, count = _UNCOVERED.subn(_code, text.translate(_SPACES | _WORD_BULLETS))
    return _UNBROKEN.sub(_breakable, shown), bool(count)


def printable_tree(value: Any) -> tuple[Any, bool]:
    """The same for every string in a tree of dicts and lists; keys are left alone."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        pairs = {key: printable_tree(inner) for key, inner in value.items()}
        return {key: inner for key, (inner, _) in pairs.items()}, any(seen for _, seen in pairs.values())
    if isinstance(value, (list, tuple)):
        parts = [printable_tree(inner) for inner in value]
        return [inner for inner, _ in parts], any(seen for _, seen in parts)
    return value, False


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    if len(word) > _MONSTROUS:
        return "\n".join(word[i : i + _LINE] for i in range(0, len(word), _LINE))
    return _BREAK.join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))


def _code(character: re.Match[str]) -> str:
    return f"[U+{ord(character[0]):04X}]"
