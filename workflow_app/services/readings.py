"""From a saved text to rules a person has confirmed.

Each saved text is read anew. What a person once corrected is kept where its
clause still stands word for word in the new text; the rest must be looked at
again, and an agreement cannot be agreed before somebody has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import Reading, read
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement, RuleSet, TextVersion
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.material import current_digest, material_changed, rules_of, text_of


def read_text(session: Session, agreement: Agreement, version: TextVersion, now: datetime) -> Reading:
    """Read ``version`` and store the reading, unconfirmed, as the newest rule set."""
    reading = read(version.text)
    kept = _kept_corrections(session, agreement, version.text)
    taken = {(k["kind"], k["quote"]) for k in kept}
    fresh = [r.to_json() for r in (*reading.rules, *reading.undated) if (r.kind, r.quote) not in taken]
    agreement.rules_number = next_number(session, agreement)
    session.add(
        RuleSet(
            agreement_id=agreement.id,
            number=agreement.rules_number,
            text_number=version.number,
            rules=sorted([*fresh, *kept], key=lambda r: (r["start"], r["kind"])),
            questions=[
                {
                    "code": q.code,
                    "sentence": q.sentence.text,
                    "values": {k: str(v) for k, v in q.sentence.values.items()},
                    "quote": q.quote,
                    "start": q.start,
                    "end": q.end,
                    "choices": [str(c) for c in q.choices],
                }
                for q in reading.questions
            ],
            incomplete=list(reading.incomplete_sections),
            created_at=now,
        )
    )
    session.flush()
    return reading


def next_number(session: Session, agreement: Agreement) -> int:
    """The number of the agreement's next rule set, proposed ones counted."""
    newest = select(func.max(RuleSet.number)).where(RuleSet.agreement_id == agreement.id)
    return (session.scalar(newest) or 0) + 1


def _kept_corrections(session: Session, agreement: Agreement, text: str) -> list[dict[str, Any]]:
    if agreement.rules_number == 0:
        return []
    kept = []
    for rule in rules_of(session, agreement).rules:
        if rule.get("corrected") and rule["quote"] and (at := text.find(rule["quote"])) >= 0:
            kept.append({**rule, "start": at, "end": at + len(rule["quote"])})
    return kept


def confirm(session: Session, agreement: Agreement, *, who: Who, now: datetime) -> RuleSet:
    """A person says: these are the rules of this text. Saying it twice changes nothing."""
    current = rules_of(session, agreement)
    if current.confirmed_at is not None:
        return current
    current.confirmed_at = now
    current.confirmed_by = who.person_id
    material_changed(session, agreement, because="rules_confirmed", who=who, now=now)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="rules_confirmed",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"rules": current.number, "text": current.text_number, "count": len(current.rules)},
    )
    return current


def corrected(rules: list[dict[str, Any]], correction: Mapping[str, Any], text: str) -> list[dict[str, Any]]:
    """The rules with one correction applied; pure, so it can be shown before it is saved.

    ``correction`` is ``{"index": n, "remove": true}`` or ``{"index": n, "rule": {...}}``
    to change a rule, or ``{"rule": {...}}`` to add one. A rule keeps its clause: its
    quote must stand in ``text``. Raises ``FieldErrors`` naming what is wrong.
    """
    index = correction.get("index")
    if index is not None and not (isinstance(index, int) and 0 <= index < len(rules)):
        raise FieldErrors({"index": msg("There is no rule number ${index} in this reading.", index=index)})
    if correction.get("remove"):
        if index is None:
            raise FieldErrors({"index": msg("Say which rule is to be removed.")})
        return [r for n, r in enumerate(rules) if n != index]
    new = _whole_rule(correction.get("rule"), rules[index] if index is not None else None, text)
    rest = [r for n, r in enumerate(rules) if n != index]
    return sorted([*rest, new], key=lambda r: (r["start"], r["kind"]))


def _whole_rule(raw: object, old: Mapping[str, Any] | None, text: str) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise FieldErrors({"rule": msg("A correction needs a rule: its kind, form, values and clause.")})
    merged = {**(old or {}), **raw}
    missing = [key for key in ("kind", "form", "quote") if not merged.get(key)]
    if missing:
        raise FieldErrors(
            {key: msg("A rule needs its ${key}: every rule cites its clause.", key=key) for key in missing}
        )
    quote = str(merged["quote"])
    at = text.find(quote)
    if at < 0:
        raise FieldErrors(
            {"quote": msg("The words «${quote}» do not stand in the agreement's text.", quote=quote[:80])}
        )
    if not (old and old["quote"] == quote):
        merged |= {"start": at, "end": at + len(quote)}
    for key, value in merged.items():
        if isinstance(value, float):
            raise FieldErrors({key: msg("${key} must be a whole number.", key=key)})
    return {**Rule.from_json(merged).to_json(), "corrected": True}


def correct(
    session: Session, agreement: Agreement, correction: Mapping[str, Any], *, who: Who, now: datetime
) -> RuleSet:
    """Save one correction as a new rule set, unconfirmed; the trail keeps what stood before."""
    current = rules_of(session, agreement)
    version = text_of(session, agreement)
    rules = corrected(current.rules, correction, version.text)
    if rules == current.rules:
        raise ServiceError("nothing_changed", msg("The correction changes nothing; the rule already says this."))
    return replace_rules(session, agreement, rules, who=who, now=now)


def propose(
    session: Session, agreement: Agreement, correction: Mapping[str, Any], *, who: Who, now: datetime
) -> RuleSet:
    """Lay a correction before the others, after the parties have agreed. It binds nobody yet.

    A newer proposal takes the place of the one that stood; approvals given to
    that were bound to its own digest and are void.
    """
    current = rules_of(session, agreement)
    rules = corrected(current.rules, correction, text_of(session, agreement).text)
    if rules == current.rules:
        raise ServiceError("nothing_changed", msg("The correction changes nothing; the rule already says this."))
    fresh = _successor(current, next_number(session, agreement), rules, now)
    session.add(fresh)
    agreement.proposed_rules = fresh.number
    agreement.version += 1
    _record(session, agreement, "correction_proposed", current.rules, fresh, who, now)
    return fresh


def apply_proposed(session: Session, agreement: Agreement, *, who: Who, now: datetime) -> RuleSet:
    """Put the approved proposal in the place of the rules; the write path's own step."""
    before = rules_of(session, agreement)
    assert agreement.proposed_rules is not None, "the guard corrections_proposed let this through"
    agreement.rules_number, agreement.proposed_rules = agreement.proposed_rules, None
    session.flush()
    applied = rules_of(session, agreement)
    applied.confirmed_at, applied.confirmed_by = now, who.person_id
    session.flush()
    agreement.digest = current_digest(session, agreement)
    _record(session, agreement, "rules_corrected", before.rules, applied, who, now)
    return applied


def replace_rules(
    session: Session, agreement: Agreement, rules: list[dict[str, Any]], *, who: Who, now: datetime
) -> RuleSet:
    """Store ``rules`` as the newest set of a draft, to be confirmed anew."""
    current = rules_of(session, agreement)
    fresh = _successor(current, next_number(session, agreement), rules, now)
    agreement.rules_number = fresh.number
    session.add(fresh)
    material_changed(session, agreement, because="rules_corrected", who=who, now=now)
    _record(session, agreement, "rules_corrected", current.rules, fresh, who, now)
    return fresh


def _successor(current: RuleSet, number: int, rules: list[dict[str, Any]], now: datetime) -> RuleSet:
    return RuleSet(
        agreement_id=current.agreement_id,
        number=number,
        text_number=current.text_number,
        rules=rules,
        questions=current.questions,
        incomplete=current.incomplete,
        created_at=now,
    )


def _record(
    session: Session,
    agreement: Agreement,
    kind: str,
    before: list[dict[str, Any]],
    after: RuleSet,
    who: Who,
    now: datetime,
) -> None:
    old, new = {_identity(r) for r in before}, {_identity(r) for r in after.rules}
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=kind,
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"rules": after.number, "text": after.text_number},
        private={"removed": "\n".join(sorted(old - new)), "added": "\n".join(sorted(new - old))},
    )


def _identity(rule: Mapping[str, Any]) -> str:
    values = ", ".join(f"{k}={rule[k]}" for k in sorted(rule) if k not in ("quote", "start", "end", "corrected"))
    return f"{values}: «{rule['quote']}»"
