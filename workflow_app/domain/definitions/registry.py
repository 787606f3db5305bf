"""All definitions of an installation: the newest of each for new agreements, any by digest for old ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from workflow_app.domain.definitions.findings import Finding, UnsoundDefinition
from workflow_app.domain.definitions.model import Definition
from workflow_app.domain.definitions.reader import parse
from workflow_app.domain.messages import msg


@dataclass(frozen=True, eq=False)
class Registry:
    """Sound definitions, every version of each."""

    definitions: tuple[Definition, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids, sorted."""
        return tuple(sorted({d.id for d in self.definitions}))

    def newest(self, ident: str) -> Definition:
        """The newest version of ``ident``: the one new agreements get. Raises ``KeyError``."""
        versions = [d for d in self.definitions if d.id == ident]
        if not versions:
            raise KeyError(ident)
        return max(versions, key=lambda d: d.version)

    def by_digest(self, digest: str) -> Definition:
        """The definition an agreement is pinned to. Raises ``KeyError`` when its file is gone or edited."""
        return self._by_digest[digest]

    @cached_property
    def _by_digest(self) -> dict[str, Definition]:
        return {d.digest: d for d in self.definitions}


def load_all(named_texts: Iterable[tuple[str, str]]) -> Registry:
    """Every definition of ``(filename, text)`` pairs.

    Raises :class:`UnsoundDefinition` with the findings of all files together,
    also when two files claim the same id and version.
    """
    definitions: list[Definition] = []
    findings: list[Finding] = []
    for filename, text in named_texts:
        try:
            definitions.append(parse(text, filename))
        except UnsoundDefinition as error:
            findings.extend(error.findings)
    first: dict[tuple[str, int], str] = {}
    for d in definitions:
        other = first.setdefault((d.id, d.version), d.filename)
        if other != d.filename:
            sentence = msg(
                "${file} has the same id and version; give the newer one a higher version", file=other
            )
            findings.append(Finding(d.filename, "version", sentence))
    if findings:
        raise UnsoundDefinition(findings)
    return Registry(tuple(definitions))
