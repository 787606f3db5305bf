"""What an approval is bound to: one hash over exactly what was approved.

If a comma of the text, an attachment or a rule changes, the digest changes, and
the approvals given before are no longer for what is there. The bytes are the
trail's canonical JSON, so that an auditor recomputes a digest with what the
bundle holds. Each digest names what it is of: no evaluation can pass for an
agreement, even if somebody made their contents alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from workflow_app.domain.rules import Rule
from workflow_app.domain.trail import canonical

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def agreement_digest(
    text_sha256: str,
    attachments: Iterable[tuple[str, str]],
    rules: Iterable[Rule | Mapping[str, Any]],
) -> str:
    """The agreement digest: over text, attachments (name, SHA-256) and confirmed rules.

    A rule may be given in its JSON form; both forms have the same digest.

    The order in which attachments and rules come does not matter, their number
    does. Hexadecimal. Raises ``ValueError`` for anything that is not a SHA-256,
    and for a rule with a value the canonical form refuses (a float, a huge integer).
    """
    _hexadecimal(text_sha256)
    files = sorted((name, _hexadecimal(digest)) for name, digest in attachments)
    return _digest(
        "agreement",
        {
            "text": text_sha256,
            "attachments": [{"name": name, "sha256": digest} for name, digest in files],
            "rules": sorted((_plain(rule) for rule in rules), key=canonical),
        },
    )


def evaluation_digest(
    year: int, body: str, learning_points: str, outcome: str, answers: Mapping[str, Any] | None = None
) -> str:
    """What the approvals of an evaluation bind to; the outcome is part of it.

    Two coordinators therefore cannot approve different things. An evaluation
    answered goal by goal binds its ``answers`` too and says version 2 in what is
    hashed; one sent as text alone is version 1, as all before it. Hexadecimal.
    Raises ``ValueError`` for a text with half a character in it.
    """
    said = {"year": year, "body": body, "learning_points": learning_points, "outcome": outcome}
    if answers is None:
        return _digest("evaluation", said)
    return _digest("evaluation", {**said, "answers": dict(answers)}, version=2)


def _plain(rule: Rule | Mapping[str, Any]) -> dict[str, Any]:
    # Through Rule both ways, so that an empty list and a missing key are one rule.
    return (rule if isinstance(rule, Rule) else Rule.from_json(rule)).to_json()


def _digest(of: str, content: dict[str, Any], version: int = 1) -> str:
    return sha256(canonical({"digest_of": of, "version": version, **content})).hexdigest()


def _hexadecimal(digest: str) -> str:
    if _SHA256.fullmatch(digest) is None:
        raise ValueError(f"{digest!r} is not a SHA-256; write 64 lower-case hexadecimal digits")
    return digest
