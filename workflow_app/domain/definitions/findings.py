"""What is wrong with a definition: file, key, and a sentence that says what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflow_app.domain.messages import Message


@dataclass(frozen=True)
class Finding:
    """One fault. ``key`` is the dotted path in the file, such as ``transitions.sign.to``."""

    file: str
    key: str
    sentence: Message

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.sentence}"


class UnsoundDefinition(Exception):
    """Raised with every finding there is, never only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
