"""Inner hashes come from tiles that are read once, and a store that lacks some is found out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest

from workflow_app.domain.tlog.nodes import MissingHashes, Nodes, fold


def leaf(number: int) -> bytes:
    return hashlib.sha256(b"\x00%d" % number).digest()


def join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Store:
    """A tree's tiles, and which of them were asked for."""

    def __init__(self, size: int) -> None:
        self.levels = [[leaf(n) for n in range(size)]]
        while len(self.levels[-1]) >= 256:
            below = self.levels[-1]
            self.levels.append(
                [fold(below[n : n + 256])[8][0] for n in range(0, len(below) // 256 * 256, 256)]
            )
        self.asked: list[tuple[int, int, int]] = []

    def read(self, level: int, number: int, width: int) -> Sequence[bytes]:
        self.asked.append((level, number, width))
        return self.levels[level][number * 256 : number * 256 + width]


def test_a_subtree_is_the_hash_of_its_halves() -> None:
    node = Nodes(1000, Store(1000).read)
    for height in range(1, 10):
        for number in range(1000 >> height):
            assert node(height, number) == join(
                node(height - 1, 2 * number), node(height - 1, 2 * number + 1)
            )
    assert node(0, 999) == leaf(999)


def test_a_tile_is_read_once_and_never_wider_than_the_tree() -> None:
    store = Store(1000)
    node = Nodes(900, store.read)
    for number in range(900):
        node(0, number)
    assert store.asked == [(0, 0, 256), (0, 1, 256), (0, 2, 256), (0, 3, 132)]


@pytest.mark.parametrize(("height", "number"), [(0, 900), (3, 112), (8, 3), (9, 1), (16, 0), (0, 5000)])
def test_what_the_tree_does_not_have_whole_is_missing(height: int, number: int) -> None:
    with pytest.raises(MissingHashes):
        Nodes(900, Store(1000).read)(height, number)


def test_a_store_with_a_hole_is_found_out() -> None:
    node = Nodes(1000, Store(700).read)
    assert node(0, 500) == leaf(500)
    with pytest.raises(MissingHashes, match="tile 2 of level 0 has 188 of 256"):
        node(0, 600)
