"""A rule: what one clause of an agreement says, structured, with the words it says it in.

The reader makes rules, a person confirms or corrects them, the deadline
function counts from them, and the agreement digest covers them. Kinds, forms
and values are those of the table in the contract; a rule that gives no date
carries the ``reason`` why and is called *undated*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

_OWN_KEYS = frozenset({"kind", "form", "quote", "start", "end", "assumptions", "reason"})


@dataclass(frozen=True)
class Rule:
    """One clause, read.

    ``values`` holds the form's own values (``months``, ``date``, ``per_year`` …)
    as JSON values: strings, integers, booleans, lists. Dates are ISO 8601
    strings, since a date may be half known ("2025-02"). ``start`` and ``end``
    count code points in the agreement's text, and ``text[start:end] == quote``.
    ``assumptions`` and ``reason`` are English sentences, keys of the catalogues.
    """

    kind: str
    form: str
    quote: str
    start: int
    end: int
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def dated(self) -> bool:
        """Whether the rule can give a date or a number to plan by."""
        return self.reason is None

    def to_json(self) -> dict[str, Any]:
        """The flat form of the contract: values beside kind, form and quote."""
        out: dict[str, Any] = {"kind": self.kind, "form": self.form, **self.values}
        out |= {"quote": self.quote, "start": self.start, "end": self.end}
        if self.assumptions:
            out["assumptions"] = list(self.assumptions)
        if self.reason is not None:
            out["reason"] = self.reason
        return out

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """The inverse of :meth:`to_json`. Raises ``KeyError`` when a key is missing."""
        return cls(
            kind=raw["kind"],
            form=raw["form"],
            quote=raw["quote"],
            start=raw["start"],
            end=raw["end"],
            values=MappingProxyType({k: v for k, v in raw.items() if k not in _OWN_KEYS}),
            assumptions=tuple(raw.get("assumptions", ())),
            reason=raw.get("reason"),
        )
