"""The tree's arithmetic: RFC vectors, every pair up to 64, and a foreign implementation's word."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from workflow_app.domain.trail import (
    EMPTY_ROOT,
    MAX_SIZE,
    Frontier,
    TrailError,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# The leaves that implementations of RFC 6962 try themselves on, and the roots over the first n of them.
LEAVES = [b""] + [
    bytes.fromhex(leaf)
    for leaf in "00 10 2021 3031 40414243 5051525354555657 606162636465666768696a6b6c6d6e6f".split()
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, over leaf hashes, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


def naive_inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 9162, section 2.1.3.1."""
    if len(leaves) <= 1:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < split:
        return [*naive_inclusion(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_inclusion(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_consistency(first: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 9162, section 2.1.4.1."""
    if first == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if first <= split:
        return [*naive_consistency(first, leaves[:split], whole), naive_root(leaves[split:])]
    return [*naive_consistency(first - split, leaves[split:], False), naive_root(leaves[:split])]


def test_the_roots_are_those_of_rfc_6962s_implementations() -> None:
    frontier = Frontier()
    assert frontier.root() == EMPTY_ROOT == bytes.fromhex(ROOTS[0])
    for leaf, root in zip(LEAVES, ROOTS[1:], strict=True):
        frontier.append(leaf_hash(leaf))
        assert frontier.root().hex() == root


def test_the_example_tree_of_rfc_9162_section_2_1_5() -> None:
    """The proofs over seven leaves that the RFC spells out with letters."""
    a, b, c, d, e, f, j = leaves = [leaf_hash(bytes([n])) for n in range(7)]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, m = node_hash(g, h), node_hash(i, j)
    root = node_hash(k, m)
    for index, proof in ((0, [b, h, m]), (3, [c, g, m]), (4, [f, j, k]), (6, [i, k])):
        verify_inclusion(leaves[index], index, 7, proof, root)
        assert naive_inclusion(index, leaves) == proof
    for size, old, proof in (
        (3, node_hash(g, c), [c, d, g, m]),
        (4, k, [m]),
        (6, node_hash(k, i), [i, j, k]),
    ):
        verify_consistency(size, 7, old, root, proof)
        assert naive_consistency(size, leaves) == proof


def test_every_proof_up_to_64_holds_and_fails_for_every_neighbour() -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(64)]
    roots = [naive_root(leaves[:n]) for n in range(65)]
    for size in range(1, 65):
        for index in range(size):
            proof = naive_inclusion(index, leaves[:size])
            verify_inclusion(leaves[index], index, size, proof, roots[size])
            for wrong in (index - 1, index + 1):
                with pytest.raises(TrailError):
                    verify_inclusion(leaves[index], wrong, size, proof, roots[size])
        for first in range(size + 1):
            proof = naive_consistency(first, leaves[:size]) if first else []
            verify_consistency(first, size, roots[first], roots[size], proof)
            for older in (first - 1, first + 1):
                if 0 < older <= size:
                    with pytest.raises(TrailError):
                        verify_consistency(older, size, roots[first], roots[size], proof)


def test_a_foreign_implementation_agrees_for_every_pair_up_to_64() -> None:
    foreign = InmemoryTree(algorithm="sha256")
    leaves = []
    for n in range(64):
        foreign.append_entry(b"%d" % n)
        leaves.append(leaf_hash(b"%d" % n))
    for size in range(1, 65):
        root = foreign.get_state(size)
        assert naive_root(leaves[:size]) == root
        for index in range(size):
            proof = naive_inclusion(index, leaves[:size])
            foreign_path = foreign.prove_inclusion(index + 1, size).path
            # pymerkle's path begins with the leaf itself.
            assert foreign_path == [leaves[index], *proof]
            verify_inclusion(leaves[index], index, size, foreign_path[1:], root)


def test_ten_thousand_leaves() -> None:
    """A hundred thousand are in ``tlog/test_proofs``, checked by these same functions."""
    foreign = InmemoryTree(algorithm="sha256")
    frontier = Frontier()
    leaves = [leaf_hash(b"%d" % n) for n in range(10_000)]
    for n, leaf in enumerate(leaves):
        foreign.append_entry(b"%d" % n)
        frontier.append(leaf)
    assert frontier.root() == foreign.get_state()
    for index in (0, 1, 8_191, 8_192, 9_998, 9_999):
        path = foreign.prove_inclusion(index + 1, 10_000).path
        verify_inclusion(leaves[index], index, 10_000, path[1:], frontier.root())
    for first in (8_191, 8_193):
        proof = naive_consistency(first, leaves)
        verify_consistency(first, 10_000, foreign.get_state(first), frontier.root(), proof)


sizes = st.integers(1, 40)


@given(sizes, st.data())
def test_a_spoilt_proof_is_refused(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    root = naive_root(leaves)
    rng = random.Random(data.draw(st.integers(0, 2**32)))
    index = data.draw(st.integers(0, size - 1))
    proof = naive_inclusion(index, leaves)
    for spoilt in _spoilt(proof, rng):
        with pytest.raises(TrailError):
            verify_inclusion(leaves[index], index, size, spoilt, root)
    first = data.draw(st.integers(1, size))
    proof = naive_consistency(first, leaves)
    for spoilt in _spoilt(proof, rng):
        with pytest.raises(TrailError):
            verify_consistency(first, size, naive_root(leaves[:first]), root, spoilt)


def _spoilt(proof: list[bytes], rng: random.Random) -> list[list[bytes]]:
    made = [[*proof, bytes(32)], [bytes(32), *proof], [*proof, b"short"]]
    if proof:
        at = rng.randrange(len(proof))
        bit = bytearray(proof[at])
        bit[rng.randrange(32)] ^= 1 << rng.randrange(8)
        made += [proof[:-1], proof[1:], [*proof[:at], bytes(bit), *proof[at + 1 :]], [*proof, proof[-1]]]
    return made


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 1), (1, 1), (0, MAX_SIZE + 1)])
def test_a_place_outside_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(TrailError, match="outside the tree"):
        verify_inclusion(bytes(32), index, size, [], bytes(32))


def test_the_edges_of_consistency() -> None:
    one, two = leaf_hash(b"1"), node_hash(leaf_hash(b"1"), leaf_hash(b"2"))
    verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    verify_consistency(0, 2, EMPTY_ROOT, two, [])
    verify_consistency(2, 2, two, two, [])
    verify_consistency(1, 2, one, two, [leaf_hash(b"2")])
    for first, second, old, new, proof in (
        (0, 2, one, two, []),
        (0, 2, EMPTY_ROOT, two, [one]),
        (2, 2, one, two, []),
        (2, 2, two, two, [one]),
        (2, 1, two, one, []),
        (-1, 2, one, two, []),
        (1, 2, one, two, []),
        (3, 4, one, two, []),
    ):
        with pytest.raises(TrailError):
            verify_consistency(first, second, old, new, proof)


@given(st.integers(0, 300), st.integers(0, 50))
def test_a_frontier_goes_on_from_what_was_kept_of_it(before: int, after: int) -> None:
    whole = Frontier()
    for n in range(before):
        whole.append(leaf_hash(b"%d" % n))
    resumed = Frontier(whole.size, whole.peaks)
    for n in range(after):
        whole.append(leaf_hash(b"+%d" % n))
        resumed.append(leaf_hash(b"+%d" % n))
    assert (resumed.size, resumed.peaks, resumed.root()) == (whole.size, whole.peaks, whole.root())


@pytest.mark.parametrize(
    ("size", "peaks"), [(0, [bytes(32)]), (3, [bytes(32)]), (-1, []), (1, [b"short"]), (1, ["x" * 32])]
)
def test_a_frontier_refuses_peaks_of_another_tree(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(TrailError):
        Frontier(size, peaks)
