"""Meetings of the politiråd: when, with what agenda, who came, and what was decided.

A meeting is a row of its own beside the agreement, which does not move for it:
nobody's approval of a text hangs on a meeting. What happened to it is told by
the agreement's trail (``meeting_planned`` … ``minutes_kept``), and the deadlines
are counted from there; these rows are what people write in and read.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.base import Base
from workflow_app.models.people import Party

TEXT, STANDING, RAISED, ADDED = "text", "standing", "raised", "added"
FOLLOW_UP, EVALUATION = "follow_up", "evaluation"
"""Where a point of an agenda comes from: the agreement's own list, the parties' standing points, a matter
somebody raised, what the coordinators added, a decision to be followed up, the evaluation that is due."""


class Meeting(Base):
    """One meeting, numbered within its agreement in the order it was planned.

    ``version`` moves with every change of the meeting or its agenda, and is what
    a form sends back to prove it saw what it changes. ``invited_version`` is the
    version the last invitation went out in (``sendings`` of them so far), so a
    changed agenda is known; ``invitation_sha256`` is that invitation as it was
    sent. ``public`` is None until somebody says whether the minutes are public;
    closed ones name their ``legal_basis``.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("agreement_id", "number"), Index("ix_meeting_on_day", "on_day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    on: Mapped[date] = mapped_column("on_day")
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    place: Mapped[str | None] = mapped_column(String(200))
    convener_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    secretary_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    note: Mapped[str | None] = mapped_column(Text)
    sendings: Mapped[int] = mapped_column(default=0)
    invited_at: Mapped[datetime | None]
    invited_version: Mapped[int | None]
    invitation_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    cancelled_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    public: Mapped[bool | None]
    legal_basis: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[str | None] = mapped_column(Text)
    minutes_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    minutes_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    convener: Mapped[Party | None] = relationship(foreign_keys=[convener_party_id])
    secretary: Mapped[Party | None] = relationship(foreign_keys=[secretary_party_id])
    items: Mapped[list[AgendaItem]] = relationship(
        order_by="(AgendaItem.position, AgendaItem.id)", back_populates="meeting"
    )
    attendance: Mapped[list[Attendance]] = relationship(order_by="Attendance.id", back_populates="meeting")
    decisions: Mapped[list[Decision]] = relationship(order_by="Decision.number", back_populates="meeting")


class AgendaItem(Base):
    """A point of an agenda, or one that waits for a meeting (no ``meeting_id``).

    ``kind`` is one of the six above. A standing point without a meeting is the
    pattern that every new agenda takes; a raised one without a meeting waits
    for the next to be planned. ``quote`` are the agreement's own words, of a
    point that stands in its text. ``late`` marks a matter raised after the day
    the agreement names for it.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_agreement_id_meeting_id", "agreement_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str | None] = mapped_column(Text)
    quote: Mapped[str | None] = mapped_column(Text)
    raised_by_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    meeting: Mapped[Meeting | None] = relationship(back_populates="items")
    raised_by: Mapped[Party | None] = relationship(foreign_keys=[raised_by_party_id])


class Attendance(Base):
    """Somebody called to a meeting, and afterwards whether they came (None: not said yet).

    A guest is called by name and e-mail and holds no role of ours; both are
    personal and stand here alone, never in the hashed bytes of the trail.
    ``deputy_for`` is the name of the member somebody stood in for.
    """

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    title: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(40))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    deputy_for: Mapped[str | None] = mapped_column(String(200))
    guest: Mapped[bool] = mapped_column(default=False)
    present: Mapped[bool | None]
    created_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(back_populates="attendance")
    party: Mapped[Party | None] = relationship(foreign_keys=[party_id])


class Decision(Base):
    """What a meeting decided, who follows it up and by when.

    ``point`` is the number of the agenda's point it belongs to, ``responsible``
    who follows it up, as the minutes name them.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    point: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str | None] = mapped_column(String(200))
    responsible_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    due: Mapped[date | None]
    done_on: Mapped[date | None]
    created_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    responsible_party: Mapped[Party | None] = relationship(foreign_keys=[responsible_party_id])


class MeetingTurn(Base):
    """Whose turn it was first, where the agreement lets something rotate and does not say who begins.

    ``clause`` is the short digest of the clause, ``side`` the side that begins
    with ``from_year``. Chosen by a person, once; a new choice is a new row and
    counts from its own year.
    """

    __tablename__ = "meeting_turn"
    __table_args__ = (UniqueConstraint("agreement_id", "clause", "from_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    clause: Mapped[str] = mapped_column(String(16))
    side: Mapped[str] = mapped_column(String(20))
    from_year: Mapped[int]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class MeetingHabit(Base):
    """A kommune's own habits for meetings: weeks it keeps free, and its usual day, time and place.

    ``weeks_off`` are ISO weeks; ``weekday`` 0 is Monday. None in a column means
    that the kommune has not said.
    """

    __tablename__ = "meeting_habit"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    weeks_off: Mapped[str | None] = mapped_column(String(200))
    weekday: Mapped[int | None]
    starts_at: Mapped[time | None]
    place: Mapped[str | None] = mapped_column(String(200))
