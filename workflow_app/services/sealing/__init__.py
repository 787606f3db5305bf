"""Seals on papers, and the seals and signatures that others have put on theirs."""
