"""Meetings of the politiråd: agenda, attendance, decisions and minutes.

Beside them, whose turn it is where the agreement lets a post go round, and each
kommune's own habits for meetings (weeks kept free, usual day and time).

Follows 0006. Written 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow_app.models import base

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Six tables; no row that was there is touched."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("convener_party_id", sa.Integer(), nullable=True),
        sa.Column("secretary_party_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.Column("invited_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("invited_version", sa.Integer(), nullable=True),
        sa.Column("invitation_sha256", sa.String(length=64), nullable=True),
        sa.Column("cancelled_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("held_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=True),
        sa.Column("legal_basis", sa.String(length=200), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("minutes_sha256", sa.String(length=64), nullable=True),
        sa.Column("minutes_at", base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_meeting_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["convener_party_id"], ["party.id"], name=op.f("fk_meeting_convener_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_sha256"], ["blob.sha256"], name=op.f("fk_meeting_invitation_sha256_blob")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_sha256"], ["blob.sha256"], name=op.f("fk_meeting_minutes_sha256_blob")
        ),
        sa.ForeignKeyConstraint(
            ["secretary_party_id"], ["party.id"], name=op.f("fk_meeting_secretary_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_meeting_agreement_id_number")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_on_day", ["on_day"], unique=False)

    op.create_table(
        "meeting_habit",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("weeks_off", sa.String(length=200), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_meeting_habit_party_id_party")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_meeting_habit")),
    )
    op.create_table(
        "meeting_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.String(length=10), nullable=False),
        sa.Column("clause", sa.String(length=16), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_meeting_turn_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_turn_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_turn")),
        sa.UniqueConstraint(
            "agreement_id", "clause", "from_year", name=op.f("uq_meeting_turn_agreement_id_clause_from_year")
        ),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("deputy_for", sa.String(length=200), nullable=True),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("created_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_attendance_party_id_party")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=True),
        sa.Column("responsible_party_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("created_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["responsible_party_id"], ["party.id"], name=op.f("fk_decision_responsible_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_decision_meeting_id_number")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.String(length=10), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("raised_by_party_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agenda_item_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_agenda_item_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_agenda_item_person_id_person")),
        sa.ForeignKeyConstraint(
            ["raised_by_party_id"], ["party.id"], name=op.f("fk_agenda_item_raised_by_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_agenda_item_agreement_id_meeting_id", ["agreement_id", "meeting_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting_id"), ["meeting_id"], unique=False)


def downgrade() -> None:
    """Refused: the trail is append-only, and an older shape cannot hold what it says."""
    raise RuntimeError("restore a backup made before the upgrade")
