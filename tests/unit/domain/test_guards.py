"""Each guard from thin air: where it lets through, where it refuses, and what it says to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.workflows import ADOPTED, DIGEST, FINE, REPORTED, TODAY
from workflow_app.domain.guards import GUARDS, Facts, guard
from workflow_app.domain.guards.validity import months_after
from workflow_app.domain.messages import Message

BARE = Facts(today=TODAY)


def ask(name: str, data: dict[str, Any] | None = None, **facts: Any) -> str | None:
    refusal = GUARDS[name](replace(FINE, **facts), data or {})
    if refusal is None:
        return None
    assert refusal.code == name
    return str(refusal.reason)


# guard, facts, data, words of the refusal (None: lets through)
TABLE: list[tuple[str, dict[str, Any], dict[str, Any], str | None]] = [
    ("sections_complete", {}, {}, None),
    ("sections_complete", {"incomplete_sections": None}, {}, "not been read"),
    ("sections_complete", {"incomplete_sections": ("7. Goals", "8. Plan")}, {}, "7. Goals; 8. Plan"),
    ("parties_set", {"parties_set": True}, {}, None),
    ("parties_set", {"parties_set": False}, {}, "add at least one"),
    ("signatories_set", {}, {}, None),
    ("signatories_set", {"signatories_set": False}, {}, "set the signatories"),
    ("signatories_set", {"missing_signatories": ("mayor, Moss kommune",)}, {}, "mayor, Moss kommune"),
    ("rules_confirmed", {}, {}, None),
    ("rules_confirmed", {"rules_confirmed": False}, {}, "page of rules"),
    ("corrections_proposed", {}, {}, None),
    ("corrections_proposed", {"corrections_proposed": False}, {}, "write one"),
    ("digest_unchanged_since_agreed", {"digest": DIGEST}, {}, None),
    ("digest_unchanged_since_agreed", {"digest": "e" * 64}, {}, "reopen it"),
    ("digest_unchanged_since_agreed", {"digest": None, "agreed_digest": None}, {}, "reopen it"),
    ("digest_unchanged_since_adopted", {"digest": DIGEST}, {}, None),
    ("digest_unchanged_since_adopted", {"digest": "e" * 64}, {}, "put it before"),
    ("digest_unchanged_since_adopted", {"digest": None, "adopted_digest": None}, {}, "put it before"),
    ("nobody_signs_for_both_sides", {"actor": "kari", "side": "police"}, {}, None),
    (
        "nobody_signs_for_both_sides",
        {"actor": "kari", "side": "police", "approved": {"municipal": frozenset({"kari"})}},
        {},
        "somebody else",
    ),
    (
        "nobody_signs_for_both_sides",
        {"actor": "kari", "side": "municipal", "approved": {"municipal": frozenset({"kari"})}},
        {},
        None,
    ),
    ("period_not_over", {"effective_end": None}, {}, None),
    ("period_not_over", {"effective_end": TODAY}, {}, None),
    ("period_not_over", {"effective_end": date(2026, 6, 14)}, {}, "ended on 2026-06-14"),
    ("period_not_over", {"effective_end": date(2026, 6, 14), "renews_itself": True}, {}, None),
    ("signed_on_not_ahead", {}, {"signed_on": TODAY}, None),
    ("signed_on_not_ahead", {}, {"signed_on": date(2026, 6, 16)}, "is ahead"),
    ("meeting_known", {}, {}, "no meeting day"),
    ("meeting_known", {"meeting_date": TODAY}, {}, None),
    ("meeting_known", {}, {"meeting_date": TODAY}, None),
    ("meeting_not_ahead", {}, {"meeting_date": TODAY}, None),
    ("meeting_not_ahead", {}, {"meeting_date": date(2026, 6, 16)}, "when it has been held"),
    ("meeting_not_ahead", {"meeting_date": date(2026, 6, 16)}, {}, "when it has been held"),
    ("meeting_not_ahead", {"meeting_date": date(2026, 6, 16)}, {"meeting_date": TODAY}, None),
    ("meeting_not_before_signing", {}, {"meeting_date": date(2026, 1, 10)}, None),
    ("meeting_not_before_signing", {}, {"meeting_date": date(2026, 1, 9)}, "before the agreement was signed"),
    ("meeting_not_before_signing", {"signed_on": None}, {"meeting_date": TODAY}, "not recorded"),
    ("matter_for_decision", {}, {"outcome": "adopted", "kind": "vedtak", "case_number": "PS 1/26"}, None),
    ("matter_for_decision", {}, {"outcome": "adopted"}, None),
    ("matter_for_decision", {}, {"outcome": "adopted", "kind": "referatsak"}, "for decision (PS)"),
    ("matter_for_decision", {}, {"outcome": "adopted", "case_number": "rs 4/26"}, "for decision (PS)"),
    ("matter_for_decision", {"matter_kind": "referatsak"}, {"outcome": "adopted"}, "for decision (PS)"),
    ("matter_for_decision", {"matter_kind": "referatsak"}, {"outcome": "postponed"}, None),
    ("decision_recorded", {}, {"outcome": "adopted"}, "write what the kommunestyre decided"),
    ("decision_recorded", {}, {"outcome": "adopted", "decision": "Adopted."}, None),
    ("decision_recorded", {"proposal": "To be adopted."}, {"outcome": "adopted"}, None),
    ("decision_recorded", {}, {"outcome": "postponed"}, None),
    ("sent_back_with_reason", {}, {"outcome": "sent_back"}, "write the reason"),
    ("sent_back_with_reason", {}, {"outcome": "sent_back", "reason": "Costs."}, None),
    ("sent_back_with_reason", {}, {"outcome": "noted"}, None),
    ("evaluation_year_possible", {}, {"year": 2026}, None),
    ("evaluation_year_possible", {}, {"year": 2027}, None),
    ("evaluation_year_possible", {}, {"year": 2028}, "too far ahead"),
    ("evaluation_year_possible", {}, {"year": 2025}, "was signed in 2026"),
    ("evaluation_year_possible", {"signed_on": None}, {"year": 2019}, None),
    ("evaluation_year_possible", {"evaluated_years": frozenset({2026})}, {"year": 2026}, "approved already"),
    ("evaluation_year_possible", {"evaluated_years": frozenset({2026})}, {"year": 2027}, None),
    ("evaluation_written", {}, {}, None),
    ("evaluation_written", {"evaluation_version": None}, {}, "not written"),
    ("evaluation_written", {"evaluation_outcome": None}, {}, "not written"),
    ("evaluation_continues", {}, {}, None),
    ("evaluation_continues", {"evaluation_outcome": "reviewed_unchanged"}, {}, None),
    ("evaluation_continues", {"evaluation_outcome": "to_be_revised"}, {}, "approve “revise”"),
    ("evaluation_continues", {}, {"outcome": "reviewed_unchanged"}, "not the one you name"),
    ("evaluation_continues", {}, {"outcome": "continues"}, None),
    ("evaluation_to_be_revised", {"evaluation_outcome": "to_be_revised"}, {}, None),
    ("evaluation_to_be_revised", {}, {}, "approve “continue”"),
    ("new_end_is_later", {}, {"effective_date": date(2027, 1, 1)}, None),
    ("new_end_is_later", {}, {"effective_date": date(2026, 12, 31)}, "give a later one"),
    ("new_end_is_later", {"effective_end": None}, {"effective_date": date(2027, 1, 1)}, "no last day"),
    (
        "new_end_is_later",
        {"effective_end": date(2026, 1, 31)},
        {"effective_date": date(2026, 2, 28)},
        "has passed",
    ),
    ("option_reaches", {}, {"effective_date": date(2027, 1, 1)}, None),
    ("option_reaches", {}, {"effective_date": date(2027, 1, 1), "basis": "agreement"}, None),
    ("option_reaches", {}, {"effective_date": date(2027, 1, 1), "basis": "option"}, "no option left"),
    (
        "option_reaches",
        {"option_until": date(2027, 12, 31)},
        {"effective_date": date(2027, 12, 31), "basis": "option"},
        None,
    ),
    (
        "option_reaches",
        {"option_until": date(2027, 12, 31)},
        {"effective_date": date(2028, 1, 1), "basis": "option"},
        "2027-12-31",
    ),
    ("notice_is_given", {}, {"given_date": TODAY}, None),
    ("notice_is_given", {}, {"given_date": date(2026, 6, 16)}, "is ahead"),
    ("notice_is_given", {}, {"given_date": date(2026, 1, 9)}, "was signed on 2026-01-10"),
    ("notice_is_kept", {}, {"given_date": TODAY}, None),
    ("notice_is_kept", {"notice_months": None}, {"given_date": TODAY}, "no notice clause"),
    ("notice_is_kept", {}, {"given_date": TODAY, "effective_date": date(2026, 9, 15)}, None),
    ("notice_is_kept", {}, {"given_date": TODAY, "effective_date": date(2026, 9, 14)}, "2026-09-15"),
    (
        "notice_is_kept",
        {},
        {"given_date": TODAY, "effective_date": date(2026, 9, 14), "basis": "agreed"},
        None,
    ),
    (
        "notice_is_kept",
        {"notice_months": None},
        {"given_date": TODAY, "effective_date": date(2026, 6, 1)},
        "before notice was given",
    ),
    ("notice_is_kept", {"notice_months": None}, {"given_date": TODAY, "effective_date": TODAY}, None),
    ("notice_is_kept", {}, {"given_date": date(9999, 12, 1), "effective_date": date.max}, None),
    ("does_not_renew_itself", {}, {}, None),
    ("does_not_renew_itself", {"renews_itself": True}, {}, "terminate it"),
    ("successor_not_signed", {}, {}, None),
    ("successor_not_signed", {"successor_signed": True}, {}, "use the successor"),
    ("successor_withdrawn", {"successor_withdrawn": True}, {}, None),
    ("successor_withdrawn", {}, {}, "resumes if"),
]


@pytest.mark.parametrize(
    ("name", "facts", "data", "words"), TABLE, ids=[f"{row[0]}-{n}" for n, row in enumerate(TABLE)]
)
def test_guard(name: str, facts: dict[str, Any], data: dict[str, Any], words: str | None) -> None:
    answer = ask(name, data, **facts)
    assert (answer is None) if words is None else (answer is not None and words in answer), answer


def test_every_guard_is_tried_both_ways() -> None:
    for name in GUARDS:
        answers = {row[3] is None for row in TABLE if row[0] == name}
        assert answers == {True, False}, name


def test_every_guard_is_used_by_a_definition() -> None:
    used = {name for d in (REPORTED, ADOPTED) for step in d.transitions.values() for name in step.guards}
    used |= {
        step.automatic.when
        for d in (REPORTED, ADOPTED)
        for step in d.transitions.values()
        if step.automatic and step.automatic.when
    }
    assert used == set(GUARDS)


CAREFUL = [
    "sections_complete", "signatories_set", "rules_confirmed", "parties_set", "evaluation_written",
    "digest_unchanged_since_agreed", "successor_withdrawn", "corrections_proposed", "meeting_known",
]  # fmt: skip


@pytest.mark.parametrize("name", CAREFUL)
def test_what_nobody_has_said_is_refused(name: str) -> None:
    assert GUARDS[name](BARE, {}) is not None


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_never_crashes_on_bare_facts_and_says_a_whole_sentence(name: str) -> None:
    refusal = GUARDS[name](BARE, {})
    assert GUARDS[name].doc
    if refusal is not None:
        sentence = str(refusal.reason)
        assert sentence.endswith(".")
        assert "${" not in sentence


def test_a_second_guard_of_the_same_name_is_refused() -> None:
    def parties_set(facts: Facts, data: Any) -> Message | None:
        return None

    with pytest.raises(ValueError, match="parties_set"):
        guard()(parties_set)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 5, 5), 24, date(2028, 5, 5)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_after(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
