"""The page about the log: how it stands, who signs it, by which keys. Nothing of any agreement is on it."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from sqlalchemy import func, select

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.trail import parse_vkey
from workflow_app.models.tree import LogKey
from workflow_app.models.witnesses import Cosignature, Witness
from workflow_app.services.documents_anchor import fingerprint
from workflow_app.services.log import checkpoints, tree
from workflow_app.services.log.keys import log_keys
from workflow_app.services.log.witnesses import REASONS, of_parties
from workflow_app.services.papers.labels import LIMITS
from workflow_app.web.pagemodels import KeyRow, LogPage, WitnessRow
from workflow_app.web.present.words import moment

DAMAGED = msg(
    "The log is damaged: parts of it are missing or changed in the database, so no checkpoint and no proof"
    " can be given until whoever runs the system has run “avtaleflyt log check” and put right what it names."
)


def log_page(request: Request, damaged: Message | None = None) -> LogPage:
    """The log in words. Public: hashes, times, and the names that parties gave their own witnesses.

    Raises :class:`~workflow_app.domain.tlog.nodes.TreeDamaged`; with the sentence about that, ``damaged``,
    it is the page without a head.
    """
    db, signer = request.reading, request.log_signer
    if damaged is not None:
        size, root, note = tree.tree_size(db), b"", ""
    elif signer is not None:
        head = checkpoints.current(db, signer)
        size, root, note = head.size, head.root, head.note.decode("utf-8")
    else:
        size = tree.tree_size(db)
        root, note = tree.root(db, size), ""
    newest = _newest(request)
    return LogPage(
        size=size,
        root=root.hex(),
        origin=signer.origin if signer else "",
        note=note,
        keys=_keys(request),
        witnesses=tuple(_witness(request, row, newest.get(row.vkey)) for row in of_parties(db)),
        limits=tuple(request.say(limit) for limit in LIMITS),
        damaged=request.say(damaged) if damaged else None,
    )


def log_json(request: Request) -> dict[str, Any]:
    """The same for a program."""
    page = log_page(request)
    return {
        "origin": page.origin or None,
        "size": page.size,
        "root": page.root,
        "checkpoint": page.note or None,
        "keys": [_key_json(key) for key in page.keys],
        "witnesses": [
            {
                **_key_json(row.key),
                "party": row.party,
                "last": {"at": row.last.iso, "size": row.size} if row.last else None,
            }
            for row in page.witnesses
        ],
    }


def _key_json(key: KeyRow) -> dict[str, Any]:
    return {
        "vkey": key.vkey,
        "fingerprint": key.fingerprint,
        "since": key.since.iso if key.since else None,
        "until": key.until.iso if key.until else None,
    }


def _newest(request: Request) -> dict[str, Cosignature]:
    """Each witness's newest cosignature, by its key; one statement."""
    last = select(Cosignature.vkey, func.max(Cosignature.size).label("size")).group_by(Cosignature.vkey)
    found = last.subquery()
    rows = request.reading.scalars(
        select(Cosignature).join(
            found, (found.c.vkey == Cosignature.vkey) & (found.c.size == Cosignature.size)
        )
    )
    return {row.vkey: row for row in rows}


def _keys(request: Request) -> tuple[KeyRow, ...]:
    """The log's keys, the one that signs now first."""
    rows = [_key(request, key) for key in reversed(log_keys(request.reading))]
    signer = request.log_signer
    if signer is not None and signer.vkey not in {row.vkey for row in rows}:
        # Put in place by hand and not entered yet; what it signs must be checkable all the same.
        rows.insert(0, KeyRow(signer.origin, signer.vkey, fingerprint(signer.vkey)))
    return tuple(rows)


def _key(request: Request, key: LogKey) -> KeyRow:
    return KeyRow(
        name=parse_vkey(key.vkey).name,
        vkey=key.vkey,
        fingerprint=fingerprint(key.vkey),
        since=moment(request, key.since),
        until=moment(request, key.until) if key.until else None,
    )


def _witness(request: Request, row: Witness, last: Cosignature | None) -> WitnessRow:
    return WitnessRow(
        party=row.party.name,
        key=KeyRow(
            name=row.name,
            vkey=row.vkey,
            fingerprint=fingerprint(row.vkey),
            since=moment(request, row.since),
            until=moment(request, row.retired_at) if row.retired_at else None,
        ),
        last=moment(request, last.received_at) if last else None,
        size=last.size if last else 0,
        because=_because(request, row.retired_because),
    )


def _because(request: Request, code: str | None) -> str | None:
    return None if code is None else str(request.say(REASONS.get(code) or Message(code)))
