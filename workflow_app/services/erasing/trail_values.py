"""Which clear values beside the log are a person's, field by field.

An entry holds no name and no free text, only commitments; what is erased is the
clear value and its salt in ``trail_clear``, and without the salt nobody can try
names against the commitment. Three things make a value the person's:

* the entry is about her (``data.person``): name, user name, address, the title of a
  role, the name of a passkey;
* she wrote it in her own words: a reason, a note. Agenda, evaluation, proposal and
  decision are the parties' papers, whoever typed them, and stay;
* it names her, whoever wrote it: a case officer, a guest, a reason; on the chains of her own
  parties and their agreements alone, see ``names``.

The reason for the erasing itself stays: it is somebody else's, and may not name her.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services.erasing.names import Names, Reach
from workflow_app.services.trail_reading import BATCH

ERASED = "person_erased"
"""The kind of the entry that tells of an erasing."""

OWN_WORDS = frozenset({"reason", "note"})
"""The fields in which whoever acts says something in her own name."""


@dataclass(frozen=True)
class Value:
    """One clear value: the entry's id, the field, and whether it is the person's own words."""

    entry: int
    field: str
    own_words: bool = False


def find(session: Session, person_id: str, names: Names, reach: Reach) -> list[Value]:
    """The clear values that are the person's, in the order of the log. Streams."""
    own = person_id.encode()
    rows = session.execute(
        select(
            TrailClear.entry_id,
            TrailClear.field,
            TrailClear.value,
            TrailEntry.kind,
            TrailEntry.chain,
            TrailEntry.at,
            TrailEntry.body,
        )
        .join(TrailEntry, TrailEntry.id == TrailClear.entry_id)
        .order_by(TrailClear.entry_id, TrailClear.field)
        .execution_options(yield_per=BATCH)
    )
    found = []
    for entry, field, value, kind, chain, at, body in rows:
        about = wrote = False
        if own in body:
            said = decode(body)
            about = kind != ERASED and said.get("data", {}).get("person") == person_id
            wrote = field in OWN_WORDS and (said.get("actor") or {}).get("person") == person_id
        whole = chain in reach.chains and names.whole(value)
        if about or wrote or whole or (reach.within(chain, at) and names.within(value)):
            found.append(Value(entry, field, wrote))
    return found


def remove(session: Session, values: Iterable[Value]) -> int:
    """Delete the values with their salts; how many there were."""
    count = 0
    for value in values:
        session.execute(
            delete(TrailClear)
            .where(TrailClear.entry_id == value.entry, TrailClear.field == value.field)
            .execution_options(synchronize_session=False)
        )
        count += 1
    return count
