"""The making side of the Merkle tree: tiles, inner nodes, proofs; checking them is ``domain.trail``'s."""
