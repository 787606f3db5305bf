"""Names of tiles are those of C2SP tlog-tiles, each tile has one, and every other spelling is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.tlog.tiles import WIDTH, Tile, held, parse, path, width


@pytest.mark.parametrize(
    ("tile", "name"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 0, 1), "tile/0/000.p/1"),
        (Tile(3, 999), "tile/3/999"),
        (Tile(0, 1000, 255), "tile/0/x001/000.p/255"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(63, 1_000_000), "tile/63/x001/x000/000"),
    ],
)
def test_names(tile: Tile, name: str) -> None:
    assert path(tile) == name
    assert parse(name.split("/")[1:]) == tile


@given(st.integers(0, 63), st.integers(0, 10**15 - 1), st.integers(1, WIDTH))
def test_a_name_leads_back_to_its_tile(level: int, number: int, size: int) -> None:
    tile = Tile(level, number, size)
    assert parse(path(tile).split("/")[1:]) == tile
    assert tile.full == (size == WIDTH)


@pytest.mark.parametrize(
    "name",
    "0 0/ 0/1 0/01 0/0000 00/000 64/000 -1/000 0/x000/001 0/x001/x000 0/001/000 0/X001/000 0/000.p "
    "0/000.p/0 0/000.p/256 0/000.p/01 0/000.p/999 0/000.p/1/2 0/000/1 0/000.q/1 0/x001.p/1 0/x001/000.p/ "
    "0/²00 0/000.p/² entries/000 x001/000 0/x001/x001/x001/x001/x001/001 0/.p/1 0/ 000".split(),
)
def test_other_spellings_are_none(name: str) -> None:
    assert parse(name.split("/")) is None


@given(st.lists(st.text(alphabet="x0123456789.p/²-", max_size=6), max_size=8))
def test_whatever_is_asked_for_is_a_tile_by_its_name_or_none(words: list[str]) -> None:
    tile = parse(words)
    assert tile is None or path(tile).split("/")[1:] == words


@given(st.integers(0, 1 << 30), st.integers(0, 4))
def test_the_tiles_of_a_level_hold_its_hashes(size: int, level: int) -> None:
    count = held(level, size)
    assert count == size // 256**level
    last = count // WIDTH
    assert width(level, last, size) == count % WIDTH
    assert width(level, last + 1, size) == 0
    if last:
        assert width(level, last - 1, size) == WIDTH
