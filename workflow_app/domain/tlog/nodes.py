"""Hashes of the inside of the tree, worked out from tiles that are read once.

Only leaves and the roots of full tiles are kept anywhere; everything between
them is computed when a proof wants it, from at most 256 hashes a level. So a
proof costs the same in a tree of a thousand leaves and of ten million, and a
hundred proofs of one tree share what was read for the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workflow_app.domain.tlog.tiles import HEIGHT, WIDTH, width
from workflow_app.domain.trail import node_hash

_BYTES = 32

ReadTile = Callable[[int, int, int], Sequence[bytes]]
"""(level, number of the tile, how many hashes) → the hashes, of 32 bytes each."""


class TreeDamaged(LookupError):
    """What is kept of the tree is not what it was: nothing can be proved from it, so nothing is signed."""


class MissingHashes(TreeDamaged):
    """The store has fewer hashes than a tree of its size must have."""


def fold(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The complete subtrees over ``hashes``, by height; the lowest are ``hashes`` (RFC 6962, section 2.1)."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[n], below[n + 1]) for n in range(0, len(below) // 2 * 2, 2)])
    return levels


def refuse_missing(level: int, number: int, wanted: int, hashes: Sequence[bytes]) -> None:
    """Raise :class:`MissingHashes` unless the tile has ``wanted`` hashes, each as long as a hash is."""
    if len(hashes) != wanted or any(len(one) != _BYTES for one in hashes):
        whole = sum(len(one) == _BYTES for one in hashes)
        raise MissingHashes(f"tile {number} of level {level} has {whole} of {wanted} hashes")


class Nodes:
    """The complete subtrees of a tree of ``size`` leaves, by height and number.

    Remembers the tiles it has read: keep one for the proofs of one request, not longer.
    """

    def __init__(self, size: int, read: ReadTile) -> None:
        self.size = size
        self._read = read
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def __call__(self, height: int, number: int) -> bytes:
        """The root of the leaves from ``number`` · 2^height on, 2^height of them.

        Raises :class:`MissingHashes` where the tree has no such complete
        subtree, or the store lacks what it must have.
        """
        level, within = divmod(height, HEIGHT)
        tile, place = divmod(number, WIDTH >> within)
        levels = self._tile(level, tile)
        if within >= len(levels) or place >= len(levels[within]):
            raise MissingHashes(f"no subtree {number} of height {height} in a tree of {self.size} leaves")
        return levels[within][place]

    def _tile(self, level: int, number: int) -> list[list[bytes]]:
        found = self._tiles.get((level, number))
        if found is None:
            wanted = width(level, number, self.size)
            hashes = self._read(level, number, wanted) if wanted else []
            refuse_missing(level, number, wanted, hashes)
            found = self._tiles[level, number] = fold(hashes)
        return found
