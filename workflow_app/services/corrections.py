"""A person's correction of what was read: pure, so that it can be shown before it is saved.

A rule keeps its clause: whatever is corrected, the quoted words must stand in
the agreement's text. What the reader had assumed is dropped where the value it
was about has been settled by a person, and kept where it has not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import wording
from workflow_app.domain.rule_checking import WrongRule, checked
from workflow_app.domain.rules import Rule
from workflow_app.services.errors import FieldErrors, ServiceError

_CARRIED = frozenset({"kind", "form", "quote", "start", "end", "assumptions", "reason", "corrected"})
"""The keys of a stored rule that are none of its form's own values."""

_ABOUT: dict[str, tuple[str, ...]] = {
    wording.FROM_SIGNING: ("anchor", "from", "month", "day"),
    wording.INCLUSIVE: ("to",),
    wording.WHOLE_YEARS: ("from", "to"),
    wording.END_OF_MONTH: ("month", "day"),
    wording.SEASON_ONLY: ("anchor", "month"),
    wording.TITLE_PERIOD: ("from", "to"),
}
"""Which values each assumption of the reader is about."""

_REASONS: dict[tuple[str, str], str] = {
    ("signed", "partial"): wording.PARTIAL_DATE,
    ("signed", "blank"): wording.BLANK_DATE,
    ("validity", "as_parent"): wording.AS_PARENT,
    ("revision", "on_request"): wording.ON_REQUEST,
    ("revision", "by_agreement"): wording.BY_AGREEMENT,
    ("revision", "after_election"): wording.AFTER_ELECTION,
    ("evaluation", "yearly"): wording.YEARLY_UNDATED,
    ("evaluation", "continuous"): wording.CONTINUOUS,
    ("evaluation", "event"): wording.ON_EVENT,
    ("rotation", "every"): wording.NO_INTERVAL,
}
"""Why each form that gives no date gives none."""


def corrected(
    rules: Sequence[dict[str, Any]], corrections: Sequence[Mapping[str, Any]], text: str
) -> list[dict[str, Any]]:
    """The rules with every correction applied, in the order of the text.

    A correction is ``{"index": n, "remove": true}`` or ``{"index": n, "rule":
    {...}}`` to change a rule, or ``{"rule": {...}}`` to add one; all numbers are
    of the rules as they stood before. A changed rule takes over the values it
    does not name while its kind and form stay the same; null takes a value
    away. Raises ``FieldErrors`` naming what is wrong, and ``ServiceError``
    (``nothing_changed``) where the rules already say this.
    """
    kept: dict[int, dict[str, Any]] = dict(enumerate(rules))
    added = []
    for correction in corrections:
        index = _index(correction, len(rules))
        if index is not None and index not in kept:
            raise FieldErrors({"index": msg("Rule number ${index} is corrected twice.", index=index)})
        if correction.get("remove"):
            if index is None:
                raise FieldErrors({"index": msg("Say which rule is to be removed.")})
            del kept[index]
            continue
        rule = whole_rule(correction.get("rule"), rules[index] if index is not None else None, text)
        if index is None:
            added.append(rule)
        elif _says_the_same(rule, kept[index]):
            continue
        else:
            del kept[index]
            added.append(rule)
    if len(kept) == len(rules) and not added:
        raise ServiceError(
            "nothing_changed", msg("The correction changes nothing; the rule already says this.")
        )
    return sorted([*kept.values(), *added], key=lambda r: (r["start"], r["kind"]))


def _index(correction: object, count: int) -> int | None:
    if not isinstance(correction, Mapping):
        raise FieldErrors(
            {"corrections": msg("Each correction is a JSON object with an index, a rule, or both.")}
        )
    index = correction.get("index")
    if index is None:
        return None
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < count:
        raise FieldErrors(
            {"index": msg("There is no rule number ${index} in this reading.", index=str(index)[:20])}
        )
    return index


def _says_the_same(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    return {**new, "corrected": True} == {**old, "corrected": True}


def whole_rule(raw: object, old: Mapping[str, Any] | None, text: str) -> dict[str, Any]:
    """The rule that ``raw`` makes of ``old`` (or anew), checked. Raises ``FieldErrors``."""
    if not isinstance(raw, Mapping):
        raise FieldErrors({"rule": msg("A correction needs a rule: its kind, form, values and clause.")})
    same = old is not None and all(raw.get(key, old[key]) == old[key] for key in ("kind", "form"))
    kept = (old or {}) if same else {k: old[k] for k in ("kind", "quote")} if old else {}
    named = {**kept, **raw}
    for key in ("kind", "form", "quote"):
        if not isinstance(named.get(key), str) or not named[key].strip():
            raise FieldErrors({key: msg("A rule needs its ${key}: every rule cites its clause.", key=key)})
    start, end = _place(named, old, text)
    values = {key: value for key, value in named.items() if key not in _CARRIED}
    try:
        values, dated = checked(named["kind"], named["form"], values)
    except WrongRule as wrong:
        raise FieldErrors(wrong.errors) from wrong
    assumptions = _assumptions(named, values, old if same else None)
    if named["kind"] == "revision" and named["form"] == "every":
        values.setdefault("anchor", "signing")
    rule = Rule(
        named["kind"], named["form"], text[start:end], start, end, values, assumptions,
        None if dated else _reason(named, old if same else None),
    )  # fmt: skip
    return {**rule.to_json(), "corrected": True}


def _place(named: Mapping[str, Any], old: Mapping[str, Any] | None, text: str) -> tuple[int, int]:
    """Where the quote stands: as named, as before, or where its words are found nearest to that."""
    quote = named["quote"]
    near = 0
    for source in (named, old or {}):
        start, end = source.get("start"), source.get("end")
        if isinstance(start, int) and not isinstance(start, bool):
            near = near or start
            if isinstance(end, int) and 0 <= start < end and text[start:end] == quote:
                return start, end
    # A form changes line breaks, and nobody copies them; the words are what counts.
    words = quote.split()
    wanted = r"\s+".join(re.escape(word) for word in words) if len(" ".join(words)) <= len(text) else r"(?!)"
    found = min(re.finditer(wanted, text), key=lambda match: abs(match.start() - near), default=None)
    if found is None:
        shown = quote[:80].encode("utf-8", "replace").decode()
        raise FieldErrors(
            {"quote": msg("The words «${quote}» do not stand in the agreement's text.", quote=shown)}
        )
    return found.span()


def _assumptions(
    named: Mapping[str, Any], values: Mapping[str, Any], old: Mapping[str, Any] | None
) -> tuple[str, ...]:
    """The reader's, where what they are about stands unchanged; and that of a silent clause."""
    before: Mapping[str, Any] = old or {}
    changed = {k for k in {*before, *values} - _CARRIED if before.get(k) != values.get(k)}
    kept = [
        sentence
        for sentence in before.get("assumptions", ())
        if not (changed & set(_ABOUT[sentence]) if sentence in _ABOUT else changed)
    ]
    silent_revision = (
        (named["kind"], named["form"]) == ("revision", "every")
        and "anchor" not in values
        and "month" not in values
    )
    silent_term = (named["kind"], named["form"]) == ("validity", "duration") and values.get("from") is None
    if (silent_revision or silent_term) and wording.FROM_SIGNING not in kept:
        kept.append(wording.FROM_SIGNING)
    return tuple(kept)


def _reason(named: Mapping[str, Any], old: Mapping[str, Any] | None) -> str:
    if old is not None and isinstance(old.get("reason"), str):
        return str(old["reason"])
    return _REASONS[named["kind"], named["form"]]
