"""Roots and proofs equal those of another's Merkle tree, for every small tree and for a large one.

The other is pymerkle. Its consistency proofs are cut in another way than the
RFC's, so there its roots are compared, and our proofs with the words of RFC
9162 written out, and with what the verifier says of them.
"""

from __future__ import annotations

import pytest
from pymerkle import InmemoryTree

from tests.unit.domain.test_trail_tree import naive_consistency
from tests.unit.domain.tlog.test_nodes import Store, leaf
from workflow_app.domain import trail
from workflow_app.domain.tlog import proofs
from workflow_app.domain.tlog.nodes import Nodes

SMALL = 64
LARGE = 100_000


@pytest.fixture(scope="module")
def theirs() -> InmemoryTree:
    """pymerkle's tree of the same leaves; it hashes what it is given with the same 0x00 before it."""
    tree = InmemoryTree(algorithm="sha256")
    for number in range(LARGE):
        tree.append_entry(b"%d" % number)
    return tree


@pytest.fixture(scope="module")
def ours() -> Store:
    return Store(LARGE)


def paths(found: object) -> list[bytes]:
    return [bytes.fromhex(one) for one in found.serialize()["path"]]  # type: ignore[attr-defined]


def holds(theirs: InmemoryTree, first: int, second: int, made: list[bytes]) -> None:
    """The verifier takes the proof for the roots that the other tree had at the two sizes."""
    trail.verify_consistency(first, second, theirs.get_state(first), theirs.get_state(second), made)


def test_every_root_inclusion_and_consistency_up_to_64(theirs: InmemoryTree, ours: Store) -> None:
    for size in range(1, SMALL + 1):
        node = Nodes(size, ours.read)
        assert proofs.root(size, node) == theirs.get_state(size)
        for index in range(size):
            assert [leaf(index), *proofs.inclusion(index, size, node)] == paths(
                theirs.prove_inclusion(index + 1, size)
            )
        for first in range(1, size):
            made = proofs.consistency(first, size, node)
            assert made == naive_consistency(first, ours.levels[0][:size])
            holds(theirs, first, size, made)


@pytest.mark.parametrize("size", [LARGE, LARGE - 1, 65_536, 65_537, 65_535, 256, 257])
def test_large_trees(theirs: InmemoryTree, ours: Store, size: int) -> None:
    node = Nodes(size, ours.read)
    assert proofs.root(size, node) == theirs.get_state(size)
    for index in (0, 1, 255, size // 2, size - 2, size - 1):
        theirs_path = paths(theirs.prove_inclusion(index + 1, size))
        assert [leaf(index), *proofs.inclusion(index, size, node)] == theirs_path
    for first in (1, 2, 255, 256, size // 3, size - 1):
        holds(theirs, first, size, proofs.consistency(first, size, node))


def test_any_proof_of_a_large_tree_reads_few_tiles(ours: Store) -> None:
    for index in (0, 33_333, 65_535, 65_536, LARGE - 1):
        ours.asked.clear()
        proofs.inclusion(index, LARGE, Nodes(LARGE, ours.read))
        assert len(ours.asked) <= 6
        ours.asked.clear()
        proofs.consistency(index + 1, LARGE, Nodes(LARGE, ours.read))
        assert len(ours.asked) <= 6


def test_the_ends(ours: Store) -> None:
    node = Nodes(10, ours.read)
    assert proofs.root(0, node) == trail.EMPTY_ROOT
    assert proofs.inclusion(0, 1, node) == []
    for first in (0, 10):
        assert proofs.consistency(first, 10, node) == []


@pytest.mark.parametrize(("index", "size"), [(10, 10), (-1, 10), (0, 0), (11, 10)])
def test_a_leaf_that_is_not_there_has_no_proof(ours: Store, index: int, size: int) -> None:
    with pytest.raises(proofs.NoSuchProof):
        proofs.inclusion(index, size, Nodes(10, ours.read))


@pytest.mark.parametrize(("first", "second"), [(11, 10), (-1, 10), (1, 0)])
def test_a_tree_that_is_not_there_is_consistent_with_none(ours: Store, first: int, second: int) -> None:
    with pytest.raises(proofs.NoSuchProof):
        proofs.consistency(first, second, Nodes(10, ours.read))
