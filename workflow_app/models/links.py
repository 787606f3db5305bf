"""How one agreement hangs together with another: it replaces it, or is a supplement to it.

A revision's own link is ``Agreement.predecessor_id``, made by the system; these
are made by a person, who has read it in the text or knows it. There is one at
most between any two. A link that is taken away while the draft may still be
written leaves its row; the trail of both agreements keeps that it was there.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.agreements import Agreement
from workflow_app.models.base import Base

REPLACES = "replaces"
"""The older agreement ends when the newer one is signed."""

SUPPLEMENTS = "supplements"
"""Both stand; nothing follows from it but that each page shows the other."""


class AgreementLink(Base):
    """``newer`` replaces or supplements ``older``.

    ``drawn_from`` is the one of the two whose draft it was made from: who may
    write that draft may take the link away, as long as it is a draft. ``quote``
    is the clause of the newer one's text that says so, where one does.
    """

    __tablename__ = "agreement_link"
    __table_args__ = (
        UniqueConstraint("newer_id", "older_id"),
        CheckConstraint("newer_id != older_id", name="not_to_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    newer_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    older_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    relation: Mapped[str] = mapped_column(String(20))
    drawn_from: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    quote: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    newer: Mapped[Agreement] = relationship(foreign_keys=[newer_id])
    older: Mapped[Agreement] = relationship(foreign_keys=[older_id])
