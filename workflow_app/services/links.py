"""Links between agreements: made by a person, shown from both ends, told in both trails.

A text that says it replaces another ends that one, so no link is ever made by
itself. Whoever may write a draft links it to what she may see; what was signed
with its links keeps them. A paper that is filed after the one that replaced it
is linked from its own draft instead, which is then the one still being written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Permission, Registry
from workflow_app.domain.engine import permitted
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import REPLACES, SUPPLEMENTS, AgreementLink
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import UNLINKED
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.links_checks import may_hang_together, no, quoted
from workflow_app.services.material import close_rounds, open_rounds
from workflow_app.services.successors import SUCCEEDS, settle_older, tell_older
from workflow_app.services.waiting_since import refresh

LINKED = "linked"

WAYS: dict[str, tuple[str, bool]] = {
    "replaces": (REPLACES, True),
    "replaced_by": (REPLACES, False),
    "supplements": (SUPPLEMENTS, True),
    "supplemented_by": (SUPPLEMENTS, False),
}
"""What a person says of this agreement: the relation, and whether this is the newer of the two."""


@dataclass(frozen=True)
class Connection:
    """One agreement as it stands to another.

    ``outgoing`` is true where this one replaces, supplements or succeeds
    ``other``. ``link`` is None for a revision, which nobody linked.
    """

    relation: str
    outgoing: bool
    other: Agreement
    link: AgreementLink | None = None

    @property
    def quote(self) -> str | None:
        """The clause that says so, where there is one."""
        return self.link.quote if self.link else None


def sees(who: Who, registry: Registry, agreement: Agreement) -> bool:
    """Whether a person may see an agreement, as if it had been asked for by its address."""
    definition = registry.by_digest(agreement.definition_digest)
    roles = who.roles_for(frozenset(p.party.key for p in agreement.parties))
    return Permission.VIEW in permitted(definition, agreement.state, roles)


def connections(
    session: Session, agreement: Agreement, seen: Callable[[Agreement], bool] = lambda _: True
) -> tuple[Connection, ...]:
    """All of them that ``seen`` lets through: what it builds on first, then what builds on it."""
    made = [
        Connection(link.relation, out, link.older if out else link.newer, link)
        for link in session.scalars(
            select(AgreementLink)
            .where(or_(AgreementLink.newer_id == agreement.id, AgreementLink.older_id == agreement.id))
            .order_by(AgreementLink.id)
        )
        for out in (link.newer_id == agreement.id,)
    ]
    kin = [Agreement.predecessor_id == agreement.id]
    if agreement.predecessor_id is not None:
        kin.append(Agreement.id == agreement.predecessor_id)
    revisions = [
        Connection(SUCCEEDS, other.id == agreement.predecessor_id, other)
        for other in session.scalars(select(Agreement).where(or_(*kin)).order_by(Agreement.created_at))
    ]
    found = [c for c in (*revisions, *made) if seen(c.other)]
    return tuple(sorted(found, key=lambda c: not c.outgoing))


def one_at_a_time(session: Session) -> None:
    """Wait for whoever is making a link now.

    Two drafts linked to each other in the same moment would go round, each
    unseen by the other. To be asked for before an agreement is locked: a link
    touches both, and two that each hold one would wait for ever.
    """
    # SQLite has one writer at a time.
    if session.get_bind(AgreementLink).dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("links", 0))))


def link(
    session: Session,
    agreement: Agreement,
    other_id: str,
    way: str,
    *,
    who: Who,
    registry: Registry,
    now: datetime,
    quote: str | None = None,
) -> AgreementLink:
    """Link a locked draft to another agreement.

    ``way`` is a key of :data:`WAYS`, said of the draft. ``quote`` are words of
    the newer one's text. What was approved of the draft no longer counts: they
    had not seen that it replaces another. Raises ``FieldErrors`` for what
    cannot be linked; what one may not see is the same as not there.
    """
    if way not in WAYS:
        known = ", ".join(WAYS)
        raise FieldErrors({"relation": msg("Say how the two hang together: one of ${known}.", known=known)})
    relation, outgoing = WAYS[way]
    other = session.get(Agreement, other_id)
    if other is None or not sees(who, registry, other):
        raise no("agreement", msg("There is no such agreement, or none that is yours to see."))
    one_at_a_time(session)
    newer, older = (agreement, other) if outgoing else (other, agreement)
    may_hang_together(session, newer, older, relation, registry, now)
    if not outgoing and other.signed_on is None:
        raise no("agreement", msg("The other one is not signed yet; make the link from its own draft."))
    made = AgreementLink(
        newer_id=newer.id,
        older_id=older.id,
        relation=relation,
        drawn_from=agreement.id,
        quote=quoted(session, newer, quote),
        person_id=who.person_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    _tell(session, made, LINKED, who, now)
    _approved_otherwise(session, agreement, who, now)
    if relation == REPLACES and newer.signed_on is not None:
        tell_older(session, older, newer, REPLACES, now)
    return made


def unlink(session: Session, agreement: Agreement, other_id: str, *, who: Who, now: datetime) -> None:
    """Take away a link that was made from this locked draft. Raises ``FieldErrors`` and ``Conflict``."""
    pair = {agreement.id, other_id}
    found = session.scalars(
        select(AgreementLink).where(AgreementLink.newer_id.in_(pair), AgreementLink.older_id.in_(pair))
    ).first()
    if found is None or len(pair) < 2:
        raise no("agreement", msg("These two agreements are not linked; look at the page again."))
    if found.drawn_from != agreement.id:
        sentence = msg("The link was made from the other agreement, and stands as that one was written.")
        raise Conflict("link_stands", sentence)
    _tell(session, found, UNLINKED, who, now)
    older = found.older
    session.delete(found)
    session.flush()
    _approved_otherwise(session, agreement, who, now)
    settle_older(session, older, now)


def _tell(session: Session, made: AgreementLink, kind: str, who: Who, now: datetime) -> None:
    for one, other, direction in (
        (made.newer, made.older_id, "out"),
        (made.older, made.newer_id, "in"),
    ):
        keys = {p.party.key for p in one.parties}
        holding = next((h for h in who.holdings if h.party in keys), None)
        trail.append(
            session,
            trail.agreement_chain(one.id),
            kind=kind,
            now=now,
            actor=who.entry(holding),
            agreement=one.digest,
            data={"relation": made.relation, "direction": direction, "other": other},
            private={"quote": made.quote},
        )


def _approved_otherwise(session: Session, agreement: Agreement, who: Who, now: datetime) -> None:
    agreement.version += 1
    rounds = open_rounds(session, agreement)
    close_rounds(session, agreement, rounds, because="links_changed", who=who, now=now)
    refresh(session, agreement)
