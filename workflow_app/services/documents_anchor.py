"""The checkpoint that a paper prints: the one both sides have cosigned, and the newest where that is another.

A paper that is frozen today tells of what happened today, which no witness has
seen yet. So it prints both: what is final, with the signatures that make it so,
and the newest head, which the system alone has signed. That one pins the system
too, since it can't be taken back once the paper lies in an archive.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.domain.tlog.nodes import TreeDamaged
from workflow_app.domain.trail import parse_vkey
from workflow_app.models.agreements import Agreement
from workflow_app.services.documents_words import Voice
from workflow_app.services.errors import Conflict
from workflow_app.services.log import checkpoints, cosigning
from workflow_app.services.log.checkpoints import Head
from workflow_app.services.log.finality import Cosigned, Standing
from workflow_app.services.log.signer import KeyEnded, Signer
from workflow_app.services.norway import OSLO
from workflow_app.services.papers.anchor import Anchor, Cosigner, PrintedHead
from workflow_app.services.papers.qr import MOST
from workflow_app.services.trail_final import Final, final_of

logger = logging.getLogger(__name__)

DAMAGED = msg(
    "No checkpoint of the log as it stands now can be given: parts of the log are missing or changed in the"
    " database. Whoever runs the system must find out why."
)
"""Printed in the place of the newest head: the paper comes all the same."""
KEY_AWAY = msg(
    "No checkpoint of the log as it stands now can be given: the log has got a new key, and the system could"
    " not read it when this paper was made."
)
SPLIT = msg(
    "The log does not fit a checkpoint that was kept of it, so no paper is frozen: it may have been written"
    " anew. Tell both parties, and whoever runs the system."
)


@dataclass(frozen=True)
class PrintedLog:
    """The log as papers are told of it: who signs for it, and the page where a checkpoint is looked up."""

    signer: Signer | None = None
    address: str = ""


def printed_log(settings: Mapping[str, Any], signer: Signer | None) -> PrintedLog:
    """The log of this installation; its page is known where ``avtaleflyt.public_url`` is set."""
    site = str(settings.get("avtaleflyt.public_url") or "").strip().rstrip("/")
    return PrintedLog(signer, f"{site}/verify" if site else "")


def anchor_of(session: Session, agreement: Agreement, log: PrintedLog, voice: Voice) -> Anchor | None:
    """What a paper about ``agreement`` prints of the log, as it stands now; None where it has no key.

    Writes nothing: what is printed on a paper that is kept, :func:`keep` keeps.
    """
    if log.signer is None:
        return None
    final = final_of(session, agreement)
    heads, fault = [_final(session, final)] if final.standing.size else [], ""
    if not heads or not final.whole:
        try:
            newest = checkpoints.current(session, log.signer)
        except (TreeDamaged, KeyEnded) as why:
            logger.error("a paper prints no new head of the log: %s", why)
            fault = voice.say(KEY_AWAY if isinstance(why, KeyEnded) else DAMAGED)
        else:
            note = newest.note.decode("utf-8")
            heads.append(PrintedHead(newest.size, newest.root.hex(), final.placed, note))
    return Anchor(
        origin=log.signer.origin,
        key=fingerprint(log.signer.vkey),
        heads=tuple(heads),
        waits=tuple(voice.say(sentence) for sentence in final.waits),
        fault=fault,
        address=log.address,
    )


def keep(session: Session, anchor: Anchor | None, now: datetime) -> dict[str, Any]:
    """Keep the newest head of a paper that is frozen, and name it as the entry's ``data`` does.

    The final one is kept already, since it was cosigned. Empty where nothing was printed.
    Raises ``Conflict`` (``log_split``) where another head of that size was kept before.
    """
    if anchor is None or not anchor.heads:
        return {}
    head = anchor.heads[-1]
    if not head.cosigned:
        note = head.note.encode("utf-8")
        try:
            checkpoints.store(session, Head(head.size, bytes.fromhex(head.root), note), now)
        except checkpoints.SplitLog as split:
            raise Conflict("log_split", SPLIT) from split
    return {"checkpoint": {"size": head.size, "root": head.root}}


def fingerprint(vkey: str) -> str:
    """A public key as papers, pages and the verifier print it: SHA-256 over its 32 bytes, in hex."""
    return hashlib.sha256(parse_vkey(vkey).public).hexdigest()


def _final(session: Session, final: Final) -> PrintedHead:
    """The head that makes it final, with the signatures that do; those of other agreements are left out."""
    standing = final.standing
    shown = standing.cosigned
    note = _note(session, standing, shown)
    if len(note) > MOST and standing.municipal and standing.police:
        # A code that a phone can't read helps nobody: then one of each side stands for the others.
        shown = (standing.municipal, standing.police)
        note = _note(session, standing, shown)
    return PrintedHead(
        size=standing.size,
        root=standing.root.hex(),
        covers=final.last,
        note=note.decode("utf-8"),
        cosigned=tuple(
            Cosigner(c.side, c.party_name, c.witness, c.time.astimezone(OSLO), fingerprint(c.vkey))
            for c in shown
        ),
    )


def _note(session: Session, standing: Standing, shown: tuple[Cosigned, ...]) -> bytes:
    return cosigning.cosigned_note(session, standing.size, vkeys=[one.vkey for one in shown])
