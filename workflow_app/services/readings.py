"""From a saved text to rules a person has confirmed.

Each saved text is read anew. What a person once corrected is kept where its
clause still stands word for word in the new text; the rest must be looked at
again, and an agreement cannot be agreed before somebody has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.reading import Reading, read
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet, TextVersion
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.answers import answered, share_words
from workflow_app.services.corrections import corrected
from workflow_app.services.material import material_changed, rules_of, settle, text_of


def read_text(
    session: Session,
    agreement: Agreement,
    version: TextVersion,
    now: datetime,
    reading: Reading | None = None,
) -> Reading:
    """Store the reading of ``version``, unconfirmed, as the newest rule set; reads it unless that is done."""
    reading = reading or read(version.text)
    kept = _kept_corrections(session, agreement, version.text)
    read_now = (r.to_json() for r in (*reading.rules, *reading.undated))
    fresh = [r for r in read_now if not any(k["kind"] == r["kind"] and share_words(k, r) for k in kept)]
    agreement.rules_number, agreement.proposed_rules = next_number(session, agreement), None
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
                    "words": [[c.text, {k: str(v) for k, v in c.values.items()}] for c in q.choices],
                    "outcomes": [o if o is None else [r.to_json() for r in o] for o in q.outcomes],
                    "form": q.form,
                }
                for q in reading.questions
            ],
            incomplete=list(reading.incomplete_sections),
            unread=[passage.to_json() for passage in reading.unread],
            references=[reference.to_json() for reference in reading.references],
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


def confirm(
    session: Session,
    agreement: Agreement,
    *,
    who: Who,
    now: datetime,
    answers: Mapping[str, str] = MappingProxyType({}),
) -> RuleSet:
    """A person says: these are the rules of this text. Saying it twice changes nothing.

    ``answers`` are by the number of the question, and take effect first; a
    question may be left open. Raises ``FieldErrors`` for an answer that is none
    of the question's choices.
    """
    current = answer(session, agreement, answers, who=who, now=now)
    if current.confirmed_at is not None:
        return current
    current.confirmed_at = now
    current.confirmed_by = who.person_id
    agreement.proposed_rules = None
    material_changed(session, agreement, because="rules_confirmed", who=who, now=now)
    said = answers_in_words(current.questions)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="rules_confirmed",
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"rules": current.number, "text": current.text_number, "count": len(current.rules)},
        private={"answers": said} if said else {},
    )
    return current


def answer(
    session: Session,
    agreement: Agreement,
    answers: Mapping[str, str],
    *,
    who: Who,
    now: datetime,
    note: str | None = None,
) -> RuleSet:
    """Answer questions of a draft, with what each answer makes of the rules; to be confirmed.

    Answers that stand already change nothing. Raises as
    :func:`workflow_app.services.answers.answered`.
    """
    current = rules_of(session, agreement)
    rules, questions = answered(current.rules, current.questions, answers)
    if questions == current.questions:
        return current
    fresh = successor_set(current, next_number(session, agreement), rules, now, questions)
    given = [q for old, q in zip(current.questions, questions, strict=True) if old != q]
    agreement.rules_number, agreement.proposed_rules = fresh.number, None
    session.add(fresh)
    material_changed(session, agreement, because="rules_corrected", who=who, now=now)
    record_change(
        session, agreement, "question_answered", current.rules, fresh, who, now, note,
        answers=answers_in_words(given),
    )  # fmt: skip
    return fresh


def answers_in_words(questions: Sequence[Mapping[str, Any]]) -> str:
    """Question and answer, a line each, as the trail keeps them."""
    return "\n".join(f"{q['sentence']} {q['answer']}" for q in questions if "answer" in q)


def correct(
    session: Session,
    agreement: Agreement,
    corrections: Sequence[Mapping[str, Any]],
    *,
    who: Who,
    now: datetime,
    note: str | None = None,
) -> RuleSet:
    """Save corrections of a draft as a new rule set, to be confirmed; the trail keeps what stood before.

    Raises as :func:`workflow_app.services.corrections.corrected`.
    """
    current = rules_of(session, agreement)
    rules = corrected(current.rules, corrections, text_of(session, agreement).text)
    fresh = successor_set(current, next_number(session, agreement), rules, now)
    agreement.rules_number, agreement.proposed_rules = fresh.number, None
    session.add(fresh)
    material_changed(session, agreement, because="rules_corrected", who=who, now=now)
    record_change(session, agreement, "rules_corrected", current.rules, fresh, who, now, note)
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
    settle(session, agreement)
    record_change(session, agreement, "rules_corrected", before.rules, applied, who, now)
    return applied


def successor_set(
    current: RuleSet,
    number: int,
    rules: list[dict[str, Any]],
    now: datetime,
    questions: list[dict[str, Any]] | None = None,
) -> RuleSet:
    """The same reading with other rules (and answers), nobody having confirmed them."""
    return RuleSet(
        agreement_id=current.agreement_id,
        number=number,
        text_number=current.text_number,
        rules=rules,
        questions=current.questions if questions is None else questions,
        incomplete=current.incomplete,
        unread=current.unread,
        references=current.references,
        created_at=now,
    )


def record_change(
    session: Session,
    agreement: Agreement,
    kind: str,
    before: list[dict[str, Any]],
    after: RuleSet,
    who: Who,
    now: datetime,
    note: str | None = None,
    answers: str = "",
) -> TrailEntry:
    """Append what a change of the rules removed and added; ``answers`` are those that led to it."""
    old, new = {_identity(r) for r in before}, {_identity(r) for r in after.rules}
    return trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=kind,
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"rules": after.number, "text": after.text_number},
        private={
            "removed": "\n".join(sorted(old - new)),
            "added": "\n".join(sorted(new - old)),
            **{name: text for name, text in (("answers", answers), ("note", note)) if text},
        },
    )


def _identity(rule: Mapping[str, Any]) -> str:
    values = ", ".join(
        f"{k}={rule[k]}" for k in sorted(rule) if k not in ("quote", "start", "end", "corrected")
    )
    return f"{values}: «{rule['quote']}»"
