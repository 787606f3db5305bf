"""The receipt of one entry: a file that says what was entered, and proves it without us.

It holds the entry, its place in the log under a signed head, what the witnesses
said of that head, and the entries that gave the signer the role and the
passkey. A final entry gets the head that made it final, so that one file is
enough; any other gets the head that is now, and says for whom it waits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.messages import msg
from workflow_app.domain.tlog import proofs
from workflow_app.domain.trail import OFFICES, Offices, TrailError
from workflow_app.models.agreements import AgreementParty
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.services.bundle_log import CosignedHead, cosigned_head, keys
from workflow_app.services.errors import Conflict
from workflow_app.services.log import checkpoints, finality, tree
from workflow_app.services.log.signer import Signer
from workflow_app.services.trail_reading import openings

_Entry = dict[str, Any]
_Place = tuple[str, int]
"""A chain, and the number of an entry in it."""


def receipt(session: Session, entry: TrailEntry, signer: Signer, *, clear: bool = True) -> bytes:
    """The receipt of ``entry`` as canonical JSON; reads only.

    Not ``clear``, names and free texts stay commitments. Raises ``Conflict``
    (``receipt_waits``) for an entry that has no place in the log yet, and
    (``receipt_unproved``) where the trail does not show what the entry leans on.
    """
    index = tree.position(session, entry.id)
    if index is None:
        raise Conflict("receipt_waits", msg("The entry has no place in the log yet; try again in a moment."))
    told = trail.decode(entry.body)
    head = _head(session, signer, entry.chain, index)
    node = tree.nodes(session, head.size)
    try:
        grounds = {*_of_witnesses(session, head), *_of_sign_off(session, told, index), *_of_parties(told)}
        rows = [_row(session, place) for place in sorted(grounds)]
    except TrailError as error:
        raise Conflict(
            "receipt_unproved",
            msg("The trail does not show who gave the signer the role, so there is no receipt."),
        ) from error
    places = tree.positions(session, [row.id for row in rows])
    return trail.receipt_bytes(
        told,
        index,
        proofs.inclusion(index, head.size, node),
        head.note,
        keys(session, signer, [head]),
        openings(session, [entry.id]).get(entry.id, {}) if clear else {},
        [
            (trail.decode(row.body), at, proofs.inclusion(at, head.size, node))
            for row in rows
            if (at := places.get(row.id)) is not None and at < head.size
        ],
    )


def _head(session: Session, signer: Signer, chain: str, index: int) -> CosignedHead:
    """The head that made the entry final, with its cosignatures; else the one that is now."""
    parties: Sequence[str] = ()
    if chain.startswith(trail.AGREEMENT):
        ident = chain.removeprefix(trail.AGREEMENT)
        parties = session.scalars(
            select(Party.key)
            .join(AgreementParty, AgreementParty.party_id == Party.id)
            .where(AgreementParty.agreement_id == ident)
        ).all()
        standing = finality.standing(session, ident)
        if finality.is_final(index, standing):
            kept = cosigned_head(session, standing.size, parties)
            assert kept is not None, "what is final was kept"
            return kept
    now = checkpoints.current(session, signer)
    return cosigned_head(session, now.size, parties) or CosignedHead(now.size, now.note, ())


def _of_witnesses(session: Session, head: CosignedHead) -> Iterator[_Place]:
    """The entries that made the parties what they are, and these their witnesses."""
    for vkey, party, _ in head.witnesses:
        chain = trail.PARTY + party
        for row in _of_kinds(session, chain, {"party_added", "witness_added"}):
            data = json.loads(row.body).get("data", {})
            if row.kind == "party_added" or data.get("vkey") == vkey:
                yield chain, row.number


def _of_parties(told: _Entry) -> Iterator[_Place]:
    """The entry that told whose agreement it is: nobody else's witnesses or approvals count there."""
    if told["chain"].startswith(trail.AGREEMENT) and told["number"] > 1:
        yield told["chain"], 1


def _of_sign_off(session: Session, told: _Entry, index: int) -> Iterator[_Place]:
    """What an approval leans on: role and passkey of the signer, and the entry that opened the round."""
    data, actor = told.get("data", {}), told["actor"] or {}
    approves = told["chain"].startswith(trail.AGREEMENT) and told["kind"] in trail.APPROVALS
    if not approves or not ("bound_to" in data or "signoff" in data):
        return
    chain = trail.PARTY + actor.get("party", "")
    offices = Offices()
    rows = _of_kinds(session, chain, OFFICES)
    places = tree.positions(session, [row.id for row in rows])
    for row in rows:
        if row.id in places:
            offices.take(json.loads(row.body), places[row.id])
    grants = list(offices.roles(told, index))
    sign_off = data.get("signoff", {})
    if sign_off.get("how") == "passkey":
        grants.append(offices.passkey(told, sign_off["key"], index))
        yield told["chain"], sign_off["statement"]["opening"]["number"]
    yield from ((grant.chain, grant.number) for grant in grants)


def _of_kinds(session: Session, chain: str, kinds: frozenset[str] | set[str]) -> Sequence[TrailEntry]:
    wanted = select(TrailEntry).where(TrailEntry.chain == chain, TrailEntry.kind.in_(sorted(kinds)))
    return session.scalars(wanted.order_by(TrailEntry.number)).all()


def _row(session: Session, place: _Place) -> TrailEntry:
    chain, number = place
    return session.scalars(
        select(TrailEntry).where(TrailEntry.chain == chain, TrailEntry.number == number)
    ).one()
