"""The log as others know it: tiles, notes and proofs in the public formats, made from hashes alone."""
