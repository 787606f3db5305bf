"""take_transition(): THE write path. Nothing else moves an agreement.

It decides wholly before it writes anything: facts are gathered, the engine is
asked, and only a yes touches a row. A no is an answer too: it is returned, not
raised, so that the entry that tells of the refused attempt is committed with it.
Documents and mail come afterwards, from the committed state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Decision, Refusal, Refused
from workflow_app.domain.dates import as_interval
from workflow_app.domain.definitions import Effect, Registry, Transition
from workflow_app.domain.engine import decide
from workflow_app.domain.fields import InvalidData
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import WITH_PARTIES, Agreement
from workflow_app.models.people import Party
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.models.trail import TrailEntry
from workflow_app.services.actors import Who
from workflow_app.services.carrying_out import COMPLETED, Step, carry_out
from workflow_app.services.cases import case_of, facts_for
from workflow_app.services.material import attachments_of
from workflow_app.services.passkeys.signing import SignOff, accept, kept_of
from workflow_app.services.people_holdings import holdings
from workflow_app.services.refusals import record_refusal
from workflow_app.services.successors import signed_out_of_order


@dataclass(frozen=True)
class Taken:
    """What came of an attempt: a decision carried out, or the refusals there were.

    ``forbidden`` tells "not yours to do" (403) from "not now" (409). ``entry``
    is the last trail entry written, None where nothing was (a repeated yes).
    """

    decision: Decision | None = None
    refusals: tuple[Refusal, ...] = ()
    forbidden: bool = False
    entry: TrailEntry | None = None

    @property
    def done(self) -> bool:
        """Whether the attempt was accepted."""
        return self.decision is not None


def lock(session: Session, agreement_id: str) -> Agreement | None:
    """The agreement, held against other writers until the transaction ends.

    SQLite has taken the only write lock already; PostgreSQL locks the row, so
    that two last approvers cannot each see the other missing.
    """
    return (
        session.scalars(
            select(Agreement)
            .where(Agreement.id == agreement_id)
            .options(WITH_PARTIES)
            .with_for_update(of=Agreement)
            .execution_options(populate_existing=True)
        )
        .unique()
        .one_or_none()
    )


def take_transition(
    session: Session,
    agreement: Agreement,
    transition: str,
    who: Who | None,
    data: Mapping[str, Any],
    now: datetime,
    *,
    registry: Registry,
    version: int | None = None,
    reauthenticated: bool = False,
    sign_off: SignOff | None = None,
    passkey: bool = False,
) -> Taken:
    """Try one transition for ``who`` (None: the clock) and write what follows from it.

    ``agreement`` was locked by :func:`lock`. ``version`` is the one the client
    saw; another one is refused. ``reauthenticated``: the password was checked just
    now, or the passkey whose ``sign_off`` comes along. With ``passkey`` one was shown in
    the password's place, so no password is missing. Raises ``InvalidData`` for fields
    that are missing or wrong: that attempt asked nothing yet and leaves no trace.
    """
    definition = registry.by_digest(agreement.definition_digest)
    if version is not None and version != agreement.version:
        return _done_before(session, agreement, transition, who) or _refused(
            session, agreement, transition, who, (stale_version(agreement, version),), now
        )
    _hold_offices(session, agreement, who)
    who = _as_now(session, who, now)
    gathered = case_of(session, agreement)
    named = (transition,) if transition in definition.transitions else ()
    party = data.get("party")
    facts = facts_for(
        session,
        agreement,
        definition,
        today=now.date(),
        who=who,
        transitions=named,
        # What is no text is nobody's key; it is refused with the other fields, by name.
        party=party if isinstance(party, str) else None,
        reauthenticated=reauthenticated,
        passkey=passkey or sign_off is not None,
    )
    actor = who.actor if who else None
    try:
        decision = decide(definition, gathered.case, transition, actor, facts, data)
    except Refused as no:
        return _refused(session, agreement, transition, who, no.refusals, now, forbidden=no.forbidden)
    if decision.repeated:
        return Taken(decision)
    if Effect.RECORD_SIGNING in definition.transitions[transition].effects:
        day = decision.data.get("signed_on") or now.date()
        if (out_of_order := signed_out_of_order(session, agreement, as_interval(day))) is not None:
            return _refused(session, agreement, transition, who, (out_of_order,), now)
    _files_are_attached(session, agreement, definition.transitions[transition], decision)
    if sign_off is not None and (not_it := accept(session, sign_off, agreement, decision, gathered, now)):
        return _refused(session, agreement, transition, who, (not_it,), now)
    taken = definition.transitions[transition]
    step = Step(session, agreement, definition, taken, who, now, gathered, kept_of(taken, sign_off))
    return Taken(decision, entry=carry_out(step, decision, registry))


def _hold_offices(session: Session, agreement: Agreement, who: Who | None) -> None:
    """Let no office of the person's begin or end here until this transaction is over.

    Ending one locks the party's row for itself (``people_roles.lock``), so either it is seen
    here, or its entry comes after this one in the log; those who act for a party share the row
    and never wait for each other. Agreement first, then parties in order. SQLite has one writer.
    """
    if who is None or session.get_bind().dialect.name != "postgresql":
        return
    mine = {holding.party for holding in who.holdings}
    ids = [one.party_id for one in agreement.parties if one.party.key in mine]
    session.execute(select(Party.id).where(Party.id.in_(ids)).order_by(Party.id).with_for_update(read=True))


def _as_now(session: Session, who: Who | None, now: datetime) -> Who | None:
    """The person with what she still holds: an office may have ended while she waited for the lock.

    An approval that stands after the end of the office in the trail is refused by whoever checks it.
    """
    if who is None:
        return None
    held = {(h.role, h.party, h.acting_for) for h in holdings(session, who.person_id, now.date())}
    kept = tuple(h for h in who.holdings if (h.role, h.party, h.acting_for) in held)
    return replace(who, holdings=kept)


def _files_are_attached(session: Session, agreement: Agreement, step: Transition, decision: Decision) -> None:
    named = {f.name: decision.data.get(f.name) for f in step.fields if f.type == "file"}
    if not any(named.values()):
        return
    attached = {a.sha256 for a in attachments_of(session, agreement)}
    missing = [name for name, sha256 in named.items() if sha256 and sha256 not in attached]
    if missing:
        sentence = msg("No attachment of the agreement has this SHA-256; add the file to it first.")
        raise InvalidData(dict.fromkeys(missing, sentence))


def _done_before(session: Session, agreement: Agreement, transition: str, who: Who | None) -> Taken | None:
    """The answer to a last approval sent twice: what the first one did stands, and nothing is written."""
    if who is None:
        return None
    last = session.scalars(
        select(ApprovalRound)
        .where(ApprovalRound.agreement_id == agreement.id)
        .order_by(ApprovalRound.closed_at.desc(), ApprovalRound.id.desc())
        .limit(1)
    ).first()
    fired = last is not None and last.closed_because == COMPLETED and last.closed_at == agreement.moved_at
    if last is None or not fired or last.transition != transition:
        return None
    mine = any(a.person_id == who.person_id for a in last.approvals)
    return Taken(Decision(transition, None, repeated=True)) if mine else None


def stale_version(agreement: Agreement, seen: int) -> Refusal:
    """Somebody changed the agreement after the client looked."""
    return Refusal(
        "stale_version",
        msg(
            "The agreement has changed since you opened it (you saw version ${seen}, it is now"
            " version ${now}). Look at it again and repeat what you wanted.",
            seen=seen,
            now=agreement.version,
        ),
    )


def _refused(
    session: Session,
    agreement: Agreement,
    transition: str,
    who: Who | None,
    refusals: tuple[Refusal, ...],
    now: datetime,
    *,
    forbidden: bool = False,
) -> Taken:
    entry = record_refusal(session, agreement, transition, who, refusals, now)
    return Taken(refusals=refusals, forbidden=forbidden, entry=entry)
