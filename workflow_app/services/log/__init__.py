"""The Merkle tree over the whole trail, its signed heads, and what the witnesses say of them."""
