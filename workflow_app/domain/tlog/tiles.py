"""Tiles: how a tree of any size is cut into pieces of 256 hashes, and what each piece is called.

A tile never changes once it is full, so anybody may keep it for ever; a client
that has the tiles of a tree computes every proof by itself. The names are those
of C2SP tlog-tiles, so that programs we have never seen can read the log:
``tile/<L>/<N>`` where L is the level (0 are the leaves), and N the number of
the tile in that level, in groups of three digits with an ``x`` before all but
the last (1234067 is ``x001/x234/067``), and ``.p/<W>`` behind one that has
only W hashes as yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

HEIGHT = 8
WIDTH = 1 << HEIGHT
"""Hashes in a full tile (C2SP tlog-tiles, "Merkle Tree")."""
TOP = 63
"""The highest level that a name may have; no tree comes near it."""

_LEVEL = re.compile(r"0|[1-9][0-9]?")
_OUTER = re.compile(r"x[0-9]{3}")
_LAST = re.compile(r"([0-9]{3})(\.p)?")
_PARTIAL = re.compile(r"[1-9][0-9]{0,2}")
_GROUPS = 5


class Tile(NamedTuple):
    """One tile: ``level`` (0 are leaves), ``number`` in that level, and how many hashes it has."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def full(self) -> bool:
        """Whether it will never have more."""
        return self.width == WIDTH


def held(level: int, size: int) -> int:
    """How many hashes there are at ``level`` in a tree of ``size`` leaves: its complete subtrees."""
    return size >> (HEIGHT * level)


def width(level: int, number: int, size: int) -> int:
    """How many hashes the tile has in a tree of ``size`` leaves; 0 where it is not there."""
    return max(0, min(WIDTH, held(level, size) - number * WIDTH))


def path(tile: Tile) -> str:
    """The name of a tile, without a slash before it: ``tile/0/x001/067.p/12``."""
    groups = [f"{tile.number % 1000:03d}"]
    rest = tile.number // 1000
    while rest:
        groups.insert(0, f"x{rest % 1000:03d}")
        rest //= 1000
    partial = "" if tile.full else f".p/{tile.width}"
    return f"tile/{tile.level}/{'/'.join(groups)}{partial}"


def parse(words: Sequence[str]) -> Tile | None:
    """The tile that the parts of an address after ``tile/`` name; None for any other spelling.

    Each tile has one name: no leading zeros in the level or the width, no
    groups of nothing in front, no width of 256.
    """
    if len(words) < 2 or not _LEVEL.fullmatch(words[0]) or int(words[0]) > TOP:
        return None
    rest, size = list(words[1:]), WIDTH
    if len(rest) > 1 and rest[-2].endswith(".p"):
        partial = rest.pop()
        if not _PARTIAL.fullmatch(partial) or int(partial) >= WIDTH:
            return None
        size = int(partial)
    *outer, last = rest
    match = _LAST.fullmatch(last)
    if match is None or bool(match[2]) == (size == WIDTH):
        return None
    if len(outer) >= _GROUPS or not all(_OUTER.fullmatch(group) for group in outer) or outer[:1] == ["x000"]:
        return None
    return Tile(int(words[0]), int("".join([*(group[1:] for group in outer), match[1]])), size)
