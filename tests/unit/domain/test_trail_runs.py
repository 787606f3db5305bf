"""Proofs taken many at a time: the fast way and the plain one of RFC 9162 agree, entry by entry."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.test_trail_tree import naive_inclusion, naive_root
from workflow_app.domain import trail
from workflow_app.domain.trail import TrailError, Walk

SIZES = (32, 33, 64, 95, 97, 128, 161)


@cache
def tree(size: int) -> tuple[list[bytes], bytes, list[list[bytes]]]:
    """Leaves, root and every leaf's whole path."""
    leaves = [hashlib.sha256(b"%d" % number).digest() for number in range(size)]
    return leaves, naive_root(leaves), [naive_inclusion(number, leaves) for number in range(size)]


def shared_nodes(before: int, index: int, size: int) -> int:
    """How many nodes at the end of their paths two leaves have in common beyond where they meet."""
    below = (before ^ index).bit_length()
    own = sum(1 for level in range(below) if index >> level & 1 or index >> level < (size - 1) >> level)
    return len(tree(size)[2][index]) - own


def proof_lines(size: int, indices: list[int]) -> list[bytes]:
    """The lines of a bundle with these leaves of the tree."""
    lines, before = [], None
    for index in indices:
        path = tree(size)[2][index]
        shared = 0 if before is None else shared_nodes(before, index, size)
        shown = [node.hex() for node in path[: len(path) - shared]]
        lines.append(trail.canonical({"index": index, "path": shown, "shared": shared}))
        before = index
    return lines


def fast(size: int, leaves: list[bytes], lines: list[bytes]) -> tuple[list[int], str]:
    """The places proved, and the fault that the verifier names then; none is an empty text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(trail.PROOFS, b"".join(line + b"\n" for line in lines))
    heads: Any = SimpleNamespace(newest=SimpleNamespace(size=size, root=tree(size)[1]))
    places: list[int] = []
    walk = Walk()
    with zipfile.ZipFile(packed) as archive:
        proofs = trail._Proofs(archive, heads)
        try:
            proofs.take(leaves, [walk] * len(leaves), places)
            proofs.end()
        except TrailError as fault:
            return places, str(fault)
    return places, ""


def plain(size: int, leaves: list[bytes], lines: list[bytes]) -> int:
    """How many entries hold, each with its whole path to the root as in RFC 9162, section 2.1.3.2."""
    path: list[bytes] = []
    last = -1
    for done, leaf in enumerate(leaves):
        try:
            told = trail.parse(lines[done])
            index, shared = told["index"], told["shared"]
            path = [bytes.fromhex(node) for node in told["path"]] + path[len(path) - shared :]
            trail.verify_inclusion(leaf, index, size, path, tree(size)[1])
            # A line that repeats what the one before proved would be a second spelling.
            right = 0 if last < 0 else shared_nodes(last, index, size)
            if index <= last or shared != right or trail.canonical(told) != lines[done]:
                return done
        except (TrailError, ValueError, TypeError, KeyError, IndexError):
            return done
        last = index
    return len(leaves)


def damaged(lines: list[bytes], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    line = lines[at]
    how = rng.randrange(6)
    if how == 0:
        place = rng.randrange(len(line))
        lines[at] = line[:place] + bytes([line[place] ^ 1 << rng.randrange(5)]) + line[place + 1 :]
    elif how == 1:
        lines[at] = lines[rng.randrange(len(lines))]
    elif how == 2:
        lines[at] = line.upper()
    elif how == 3:
        told = trail.parse(line)
        lines[at] = trail.canonical(told | {"shared": abs(told["shared"] + rng.choice((-1, 1)))})
    elif how == 4:
        told = trail.parse(line)
        lines[at] = trail.canonical(told | {"path": told["path"][:-1]})
    else:
        told = trail.parse(line)
        lines[at] = trail.canonical(told | {"index": told["index"] + 1})


@given(
    size=st.sampled_from(SIZES),
    gaps=st.lists(st.integers(0, 160), max_size=3),
    start=st.integers(0, 40),
    what=st.sampled_from(["whole", "line", "leaf", "none"]),
    seed=st.integers(0, 2**32),
)
def test_many_at_once_and_one_by_one_agree_entry_by_entry(
    size: int, gaps: list[int], start: int, what: str, seed: int
) -> None:
    rng = random.Random(seed)
    indices = [number for number in range(min(start, size - 1), size) if number not in gaps] or [size - 1]
    leaves = [tree(size)[0][index] for index in indices]
    lines = proof_lines(size, indices)
    if what == "line":
        damaged(lines, rng)
    elif what == "leaf":
        leaves[rng.randrange(len(leaves))] = b"\x07" * 32
    elif what == "none":
        del lines[rng.randrange(len(lines)) :]

    places, fault = fast(size, leaves, lines)

    right = plain(size, leaves, lines)
    assert len(places) == right
    assert places == indices[:right]
    assert (fault == "") == (right == len(leaves))
    with pytest.MonkeyPatch.context() as without:
        without.setattr(trail.Places, "run", lambda *_: False)
        assert fast(size, leaves, lines) == (places, fault)


def test_runs_are_in_fact_taken_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    one = trail.Places.step

    def counted(self: trail.Places, leaf: bytes, index: int, nodes: list[bytes], shared: int) -> None:
        steps.append(index)
        one(self, leaf, index, nodes, shared)

    monkeypatch.setattr(trail.Places, "step", counted)

    places, fault = fast(97, tree(97)[0], proof_lines(97, list(range(97))))

    assert (places, fault) == (list(range(97)), "")
    assert steps == [0, 32, 64, 96]


@pytest.mark.parametrize("forged", [1, 2, 3, 16, 31])
@pytest.mark.parametrize("size", [32, 64, 97])
def test_proofs_made_to_fit_other_leaves_do_not_lead_to_the_root(size: int, forged: int) -> None:
    leaves = list(tree(size)[0])
    honest = proof_lines(size, list(range(size)))
    leaves[forged] = hashlib.sha256(b"put in by the operator").digest()
    places = trail.Places(size, naive_root(leaves))
    places.step(leaves[0], 0, naive_inclusion(0, leaves), 0)
    # The lines that a log of the forged leaves would have, behind the true proof of the first leaf.
    fitting = [trail.canonical(one) for one in lines_of(leaves)]
    assert places.run(leaves[: trail.RUN], fitting[1 : trail.RUN])
    told, fault = fast(size, leaves, [honest[0], *fitting[1:]])
    assert fault
    assert len(told) <= forged
    assert plain(size, leaves, [honest[0], *fitting[1:]]) <= forged


def lines_of(leaves: list[bytes]) -> list[dict[str, Any]]:
    """The proof of each of these leaves, as a bundle of their own log has them."""
    size, found = len(leaves), []
    for index in range(size):
        path = naive_inclusion(index, leaves)
        shared = shared_nodes(index - 1, index, size) if index else 0
        shown = [node.hex() for node in path[: len(path) - shared]]
        found.append({"index": index, "path": shown, "shared": shared})
    return found
