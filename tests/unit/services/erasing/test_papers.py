"""Which papers still name the person; and that every column with words in it is accounted for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, Column, LargeBinary, String, select
from sqlalchemy.orm import Session

from tests.unit.services.erasing.conftest import NAME, NOW, THROTTLE, World
from workflow_app.migrations import metadata
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.models.people import Person
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.services.erasing import doing

EMPTIED = {
    "person": "name username email language password_hash", "trail_clear": "value field",
    "role_assignment": "title", "acting_holder": "title", "meeting_deputy": "title", "approval": "title",
    "attendance": "name email title deputy_for", "matter": "case_officer", "decision": "responsible",
    "approval_round": "proposal",
    "passkey": "name credential_id public_key described transports rp_id origins",
}  # fmt: skip
"""Columns an erasing empties of the person."""

DELETED = {"login_session", "access_token", "password_link", "calendar_feed", "mail", "security_event",
           "passkey_challenge"}  # fmt: skip
"""Tables whose rows go with the person."""

PAPERS = {
    "agreement": "title learning_points next_deadline waiting", "text_version": "text filename notes",
    "attachment": "name", "rule_set": "rules questions incomplete unread references",
    "evaluation_version": "body learning_points answers", "matter": "committee proposal legal_basis decision",
    "matter_handling": "committee proposal", "matter_file": "name", "agreement_link": "quote",
    "meeting": "place note minutes legal_basis", "agenda_item": "title description quote",
    "decision": "text", "meeting_habit": "place weeks_off", "blob": "content", "signed_file": "findings",
}  # fmt: skip
"""The parties' own papers, and what is copied from them: these stay, and README says so."""

NOBODY = {"party", "house_rule", "trail_entry", "notice", "job_run", "reminder", "reminder_look",
          "reminder_setting", "meeting_turn", "checkpoint", "log_key", "witness", "witness_push",
          "cosignature", "trail_leaf", "trail_tile_head", "trail_waiting"}  # fmt: skip
"""Tables without a word about a person: keys, days, hashes, names of kommuner and police units."""

WORDS = {("attachment", "media_type"), ("matter_file", "media_type"), ("approval", "slot_role"),
         ("approval", "party_key")}  # fmt: skip
"""The program's own words, long as they may be."""


def test_papers_that_name_her_are_told_of(db: Session, world: World) -> None:
    person = db.get(Person, world.person)
    agreement = db.scalars(
        select(Agreement).where(Agreement.parties.any(party_id=1)).order_by(Agreement.id)
    ).first()
    assert person is not None
    assert agreement is not None
    assert doing.make_plan(db, person, now=NOW, throttle=THROTTLE).papers == ()
    meeting = Meeting(agreement_id=agreement.id, number=91, on=date(2026, 3, 1), created_at=NOW)
    meeting.minutes = f"{NAME} orienterte."
    db.add(meeting)
    db.add(
        EvaluationVersion(
            agreement_id=agreement.id, year=2019, number=1, body="Bra.", learning_points=f"Takk til {NAME}!",
            outcome="continues", sha256="0" * 64, created_at=NOW,
        )
    )  # fmt: skip
    db.flush()
    told = doing.make_plan(db, person, now=NOW, throttle=THROTTLE).papers
    assert [(p.agreement_id, p.what.text, p.count) for p in told] == [
        (agreement.id, "the evaluation", 1),
        (agreement.id, "agenda and minutes", 1),
    ]
    doing.erase(db, person, because="Har sluttet.", now=NOW, throttle=THROTTLE)
    assert db.get(Meeting, meeting.id).minutes == f"{NAME} orienterte."  # type: ignore[union-attr]


def test_every_column_that_can_hold_a_name_is_accounted_for() -> None:
    forgotten = [
        f"{table.name}.{column.name}"
        for table in metadata().sorted_tables
        if table.name not in DELETED | NOBODY
        for column in table.columns
        if _holds_words(column)
        and (table.name, column.name) not in WORDS
        and column.name not in EMPTIED.get(table.name, "").split() + PAPERS.get(table.name, "").split()
    ]
    assert forgotten == [], "say what an erasing does to it: services/erasing, and the lists above"


def _holds_words(column: Column[object]) -> bool:
    """A key, a hash or a word of the program is short, or is another table's."""
    kind = column.type
    if isinstance(kind, String):
        return not column.foreign_keys and (kind.length is None or kind.length > 64)
    return isinstance(kind, JSON | LargeBinary) and column.name != "salt"
