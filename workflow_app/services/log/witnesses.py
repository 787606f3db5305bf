"""The register of witnesses: whose key looks after the log on which party's behalf.

Registering and retiring are entries on the party's own chain, with the key in
them. Those chains lie in the bundles of every agreement the party is in, so
nobody, the operator included, can count a witness of his own unseen.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.tlog.private import PREFIX
from workflow_app.domain.trail import WITNESS_KEY, TrailError, VerifierKey, parse_vkey
from workflow_app.models.people import Party
from workflow_app.models.witnesses import Witness, WitnessPush
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.log.at_work import ADDED, RETIRED
from workflow_app.services.log.keys import log_keys
from workflow_app.services.people_entries import enter
from workflow_app.services.trail import EntryActor

MOVED = "witness_moved"
"""Beside those of ``services.log.at_work`` the third kind of entry; it has the key in ``data.vkey`` too."""

REASONS: dict[str, Message] = {
    "state_lost": msg("Memory lost: the witness no longer knows what it has cosigned"),
    "key_exposed": msg("Key exposed: somebody else may have the private key"),
    "replaced": msg("Replaced by another witness"),
    "not_wanted": msg("The party no longer wants this witness"),
}
"""Why a witness is retired. Codes and no free text: the reason stands in the trail for ever."""

LONGEST_VKEY, LONGEST_URL = 300, 500


def register(
    session: Session,
    party: Party,
    vkey: str,
    *,
    url: str | None = None,
    actor: EntryActor | None = None,
    now: datetime,
    real_now: datetime,
) -> Witness:
    """Let the witness with this key look after ``party``'s interests from now on.

    ``url`` is where it is asked (the submission prefix of C2SP tlog-witness), None where it comes by
    itself. ``real_now`` is the wall clock, by which cosignatures are counted; ``now`` the installation's.
    Raises ``FieldErrors`` for what is no key or address, ``Conflict`` where the key is known here, looks
    after the other side, or was retired: a retired key never comes back.
    """
    key = witness_key(vkey)
    vkey, url = vkey.strip(), None if url is None else address(url)
    if party.ended_on is not None:
        raise Conflict(
            "party_ended", msg("${name} was ended on ${day} already.", name=party.name, day=party.ended_on)
        )
    _refuse_known(session, party, key)
    found = Witness(party=party, name=key.name, vkey=vkey, url=url, since=real_now)
    session.add(found)
    data = {"vkey": vkey} | ({"url": url} if url else {})
    enter(session, party, ADDED, data=data, actor=actor, now=now)
    return found


def _refuse_known(session: Session, party: Party, key: VerifierKey) -> None:
    if any(parse_vkey(known.vkey).public == key.public for known in log_keys(session)):
        raise FieldErrors({"vkey": msg("This is the log's own key; a witness has a key of its own.")})
    for other in session.scalars(select(Witness).options(joinedload(Witness.party))):
        if parse_vkey(other.vkey).public != key.public:
            continue
        if other.party.side != party.side:
            raise Conflict(
                "other_side",
                msg(
                    "This witness looks after ${name}, on the other side; each side needs one of its own.",
                    name=other.party.name,
                ),
            )
        if other.party_id == party.id:
            raise Conflict(
                "witness_known",
                msg("This key was retired here, and a retired key never comes back; make a new witness.")
                if other.retired_at
                else msg("This witness is registered here already."),
            )


def witness_key(text: str) -> VerifierKey:
    """The public key of a witness; raises ``FieldErrors`` (``vkey``) for any other text."""
    said = text.strip()
    if is_private(said):
        private = msg(
            "This is a private key, which nobody but the witness may have; make a new witness and give its"
            " public key."
        )
        raise FieldErrors({"vkey": private})
    try:
        key = parse_vkey(said) if len(said) <= LONGEST_VKEY else None
    except TrailError:
        key = None
    if key is None or key.kind != WITNESS_KEY:
        example = "moss.kommune.no/vitne1+1a2b3c4d+BE9x…"
        raise FieldErrors(
            {
                "vkey": msg(
                    "This is not a witness's public key; it is one line, such as ${example}.", example=example
                )
            }
        )
    return key


def is_private(text: str) -> bool:
    """Whether somebody has pasted the secret instead: it has left its machine, and is not shown again."""
    return text.strip().startswith(PREFIX)


def address(url: str) -> str:
    """Where a witness is asked, without a slash at the end; raises ``FieldErrors`` (``url``)."""
    said = url.strip().rstrip("/")
    try:
        parts = urlsplit(said)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.query or parts.fragment or len(said) > LONGEST_URL or not said.isprintable():
        raise FieldErrors(
            {"url": msg("This is not the address of a witness; write it as https://witness.example/prefix.")}
        )
    return said


def move(
    session: Session, witness: Witness, url: str | None, *, actor: EntryActor | None = None, now: datetime
) -> None:
    """Ask the witness at another address, or at none. Raises ``FieldErrors`` and ``Conflict``."""
    _refuse_retired(witness)
    witness.url = None if url is None else address(url)
    pushed = session.get(WitnessPush, witness.vkey)
    if pushed is not None:
        # What went wrong at the old address says nothing of the new one.
        session.delete(pushed)
    data = {"vkey": witness.vkey} | ({"url": witness.url} if witness.url else {})
    enter(session, witness.party, MOVED, data=data, actor=actor, now=now)


def retire(
    session: Session,
    witness: Witness,
    because: str,
    *,
    actor: EntryActor | None = None,
    now: datetime,
    real_now: datetime,
) -> None:
    """Count nothing more that this witness cosigns for its party; what it has cosigned stays.

    ``because`` is a code of :data:`REASONS`. Raises ``FieldErrors`` and ``Conflict``.
    """
    if because not in REASONS:
        raise FieldErrors({"because": msg("Choose why the witness is retired.")})
    _refuse_retired(witness)
    witness.retired_at, witness.retired_because = real_now, because
    data = {"vkey": witness.vkey, "because": because}
    enter(session, witness.party, RETIRED, data=data, actor=actor, now=now)


def _refuse_retired(witness: Witness) -> None:
    if witness.retired_at is not None:
        raise Conflict("witness_retired", msg("This witness is retired already."))


def of_parties(session: Session, party_ids: list[int] | None = None) -> list[Witness]:
    """The witnesses of these parties, or of all; those at work first, then in the order they came."""
    rows = select(Witness).options(joinedload(Witness.party))
    if party_ids is not None:
        rows = rows.where(Witness.party_id.in_(party_ids))
    return list(session.scalars(rows.order_by(Witness.retired_at.is_not(None), Witness.id)))


def find(session: Session, party: Party, which: str) -> Witness:
    """The party's witness with this number or public key; raises ``NotThere``."""
    said = which.strip()
    rows = select(Witness).where(Witness.party_id == party.id)
    if said.isascii() and said.isdecimal() and len(said) < 10:
        found = session.scalar(rows.where(Witness.id == int(said)))
    else:
        found = session.scalar(rows.where(Witness.vkey == said))
    if found is None:
        raise NotThere("not_there", msg("${name} has no such witness.", name=party.name))
    return found
