"""Rights that no workflow gives: entering, seeing one's own list, starting an agreement."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """Named on the nodes above the agreements; an agreement's own are the domain's ``Permission``."""

    ENTER = "enter"
    """Reach the front door: sign in and out, choose a language, read the accessibility statement."""

    SEE_OWN = "see_own"
    """See lists of what is one's own; the list itself holds nothing else."""

    START = "start"
    """Ask to start an agreement; the service looks at the parties chosen."""

    SEE_PARTY = "see_party"
    """See who holds what for one party, and what it is part of."""

    SEE_PAST = "see_past"
    """See who held what for the party before: its auditors and administrators."""

    SET_RULES = "set_rules"
    """Set the kommune's house rules: its administrator, SLT coordinator and council secretary."""

    ADMINISTER = "administer"
    """Change who holds what for the party: its administrators."""

    READ_LOG = "read_log"
    """Read the log's heads, tiles, proofs and keys: anybody, since they are hashes and nothing else."""

    MIND_SEALS = "mind_seals"
    """See what waits for its seal and why, and have it tried again: administrators and the operator."""

    MIND_MAIL = "mind_mail"
    """See what mail waits or was refused, and send it again: administrators and the operator."""
