"""How far the trail of one agreement is final, for whoever tells it: a page, a paper, a program.

Entries of a chain get their places in the tree in the order of their numbers,
so one number says it all: up to it they are final, after it they wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import TrailLeaf
from workflow_app.services.log.finality import MUNICIPAL, POLICE, Standing, Watch, standing
from workflow_app.services.trail import agreement_chain

NO_WITNESS: dict[str, Message] = {
    MUNICIPAL: msg("No witness is registered for the kommune."),
    POLICE: msg("No witness is registered for the police."),
}
"""Said for a side that has none, so that nothing can become final."""
TOGETHER = msg("Waits until the witnesses of both sides sign the same checkpoint.")
"""Said where each side has signed so far, but none the same head; the next one they share settles it."""


@dataclass(frozen=True)
class Final:
    """How far it is final.

    ``size`` is the number of the last entry, ``last`` that of the last final one
    (0 where none is). ``placed`` is that of the last one with a place in the
    tree: all of them, but for those that the sequencer has not come to. A head
    of ``reach`` leaves covers those.
    """

    size: int
    last: int
    placed: int
    reach: int
    standing: Standing

    @property
    def whole(self) -> bool:
        """Whether nothing waits."""
        return self.last >= self.size

    @property
    def behind(self) -> tuple[Watch, ...]:
        """The parties whose witness at work has not signed a head that covers all of it."""
        if self.whole:
            return ()
        return tuple(w for w in self.standing.watches if w.since is not None and w.size < self.reach)

    @property
    def waits(self) -> tuple[Message, ...]:
        """For whom the rest waits, in sentences; empty where nothing waits."""
        if self.whole:
            return ()
        absent = [NO_WITNESS[side] for side in self.standing.missing]
        behind = [msg("Waits for the witness of ${party}.", party=w.party_name) for w in self.behind]
        return (*absent, *behind) or (TOGETHER,)


def final_of(session: Session, agreement: Agreement | str) -> Final:
    """How far the agreement's trail is final; five short statements."""
    ident = agreement if isinstance(agreement, str) else agreement.id
    found = standing(session, ident)
    final = case((TrailLeaf.number <= found.size, TrailEntry.number))
    placed = case((TrailLeaf.number.is_not(None), TrailEntry.number))
    row = session.execute(
        select(func.max(TrailEntry.number), func.max(final), func.max(placed), func.max(TrailLeaf.number))
        .outerjoin(TrailLeaf, TrailLeaf.entry_id == TrailEntry.id)
        .where(TrailEntry.chain == agreement_chain(ident))
    ).one()
    return Final(row[0] or 0, row[1] or 0, row[2] or 0, row[3] or 0, found)


def final_json(final: Final) -> dict[str, Any]:
    """The same for a program: the last final entry, and the head and signatures that make it so.

    ``waits_for`` are the parties whose witness has not signed a head that covers
    the rest, ``missing`` the sides without a witness at work.
    """
    found = final.standing
    return {
        "last": final.last,
        "checkpoint": {"size": found.size, "root": found.root.hex()} if found.size else None,
        "since": found.since.isoformat() if found.since else None,
        "cosigned": [
            {"party": c.party, "side": c.side, "witness": c.witness, "at": c.time.isoformat()}
            for c in found.cosigned
        ],
        "waits_for": [watch.party for watch in final.behind],
        "missing": list(found.missing),
    }
