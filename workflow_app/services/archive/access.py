"""Who hands an agreement to which archive.

No workflow definition speaks of archives. What is handed over holds the trail, so
it takes the right to see that (``view_trail``); and each party keeps its own
archive, so it takes a role of that very party: its coordinator, its council
secretary, or its administrator, where the definition lets one see the trail.
"""

from __future__ import annotations

from workflow_app.domain.case import Holding
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors, NotAllowed

ARCHIVISTS = ("slt_coordinator", "council_secretary", "politikontakt", "administrator")
"""The roles that hand an agreement to their own party's archive."""


def archivist(party: Party, who: Who | None) -> Holding | None:
    """The role in which a person hands over to this party's archive; None where she may not."""
    held = who.holdings if who is not None else ()
    return next((h for h in held if h.party == party.key and h.role in ARCHIVISTS), None)


def expect_archivist(party: Party, who: Who) -> Holding:
    """The role it is done in. Raises ``NotAllowed``."""
    holding = archivist(party, who)
    if holding is None:
        raise NotAllowed(
            "not_archivist",
            msg(
                "An agreement is handed to the archive of ${party} by its own coordinator, council secretary"
                " or administrator.",
                party=party.name,
            ),
        )
    return holding


def own_parties(agreement: Agreement, who: Who | None) -> tuple[Party, ...]:
    """The parties whose archive a person may hand it to, in the agreement's order."""
    return tuple(p.party for p in agreement.parties if archivist(p.party, who) is not None)


def party_of(agreement: Agreement, key: str | None, who: Who | None = None) -> Party:
    """The party whose archive is meant: the one named, the reader's own, or the only kommune.

    Raises ``FieldErrors`` for one that is none of the agreement's, and where one
    has to be named.
    """
    parties = [p.party for p in agreement.parties]
    known = ", ".join(f"{p.key} ({p.name})" for p in parties)
    if key:
        found = [p for p in parties if p.key == key]
        wrong = msg("“${key}” is no party of this agreement; its parties are ${known}.", key=key, known=known)
    else:
        own = own_parties(agreement, who)
        kommuner = [p for p in parties if p.side == "municipal"]
        # A reader without an archive of her own still sees what the kommune's would get.
        found = list(own[:1]) or (kommuner[:1] if who is not None or len(kommuner) == 1 else [])
        wrong = msg("Say whose archive it is for; the parties are ${known}.", known=known)
    if not found:
        raise FieldErrors({"party": wrong})
    return found[0]
