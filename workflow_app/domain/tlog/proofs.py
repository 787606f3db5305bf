"""Making roots and proofs of the Merkle tree of RFC 6962 (and RFC 9162, the same tree).

What is made here is checked in ``domain.trail``, by the verifier that everybody
has; the two share no step but the hash of a node, so that a mistake in one
cannot hide in the other. Proofs are made from the complete subtrees that
``node(height, number)`` gives (see :class:`~workflow_app.domain.tlog.nodes.Nodes`).
"""

from __future__ import annotations

from collections.abc import Callable

from workflow_app.domain.trail import EMPTY_ROOT, node_hash

Node = Callable[[int, int], bytes]
"""(height, number) → the root of a complete subtree."""


class NoSuchProof(ValueError):
    """Asked of a leaf or a size that the tree does not have."""


def root(size: int, node: Node) -> bytes:
    """The root of the first ``size`` leaves."""
    return _over(0, size, node) if size else EMPTY_ROOT


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path of leaf ``index`` (from 0) in the tree of ``size`` leaves, from the leaf upwards.

    RFC 6962, section 2.1.1. Raises :class:`NoSuchProof` unless 0 ≤ index < size.
    """
    if not 0 <= index < size:
        raise NoSuchProof(f"leaf {index} is not in a tree of {size} leaves")
    first, last, downwards = 0, size, list[bytes]()
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            downwards.append(_over(middle, last, node))
            last = middle
        else:
            downwards.append(_over(first, middle, node))
            first = middle
    return downwards[::-1]


def consistency(first: int, second: int, node: Node) -> list[bytes]:
    """The proof that the tree of ``second`` leaves begins with the tree of ``first``.

    RFC 6962, section 2.1.2. Empty where the two are the same, and for an empty
    ``first``, which every tree begins with. Raises :class:`NoSuchProof` unless
    0 ≤ first ≤ second.
    """
    if not 0 <= first <= second:
        raise NoSuchProof(f"a tree of {second} leaves does not begin with one of {first}")
    if first in (0, second):
        return []
    start, end, downwards = 0, second, list[bytes]()
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            downwards.append(_over(middle, end, node))
            end = middle
        else:
            downwards.append(_over(start, middle, node))
            start = middle
    # The verifier has the first tree's root already, where that is what is left.
    if start:
        downwards.append(_over(start, end, node))
    return downwards[::-1]


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def _over(start: int, end: int, node: Node) -> bytes:
    """The root over the leaves from ``start`` to before ``end``, as a tree of their own.

    ``start`` is a multiple of a power of two not smaller than their number, as it always is in
    a proof: the range then falls into the complete subtrees that its binary digits name.
    """
    parts = []
    while start < end:
        height = (end - start).bit_length() - 1
        parts.append(node(height, start >> height))
        start += 1 << height
    found = parts.pop()
    while parts:
        found = node_hash(parts.pop(), found)
    return found
