"""Asking witnesses that wait to be asked: C2SP tlog-witness, ``add-checkpoint``, one head each.

It is done from the server's own clock, beside mail, so it has little time: one
short request to each witness that is due, and never a transaction open while
somebody else's machine thinks. A witness that fails is left alone for longer
and longer, and its party's administrator sees why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.tlog.text import consistency_text
from workflow_app.domain.trail import TrailError, parse_note
from workflow_app.models.tree import Checkpoint
from workflow_app.models.witnesses import Cosignature, Witness, WitnessPush
from workflow_app.services.log import checkpoints, cosigning, tree
from workflow_app.services.log.asking import Answer, Clock, Post, post
from workflow_app.services.log.checkpoints import Head
from workflow_app.services.log.signer import Signer

log = logging.getLogger(__name__)

BUDGET = timedelta(seconds=20)
"""After that no other witness is asked in this look, however many there are."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
"""How long a witness that failed is left alone: doubled each time, up to the longest."""

FAULTS: dict[str, Message] = {
    "silent": msg("The witness does not answer."),
    "busy": msg("The witness answered that it cannot just now."),
    "refused": msg("The witness does not know this log or its key."),
    "wrong_answer": msg("The witness answered what is no cosignature of its own."),
    "ahead": msg("The witness has seen a longer log than this one: something was taken away here."),
    "inconsistent": msg("The witness says that the log was written anew, and cosigns nothing."),
}
"""What went wrong with a witness that was asked, by code."""


@dataclass(frozen=True)
class Pushed:
    """What came of asking one witness: its key, the size it cosigned, or the code of what went wrong."""

    vkey: str
    name: str
    size: int | None = None
    fault: str | None = None


@dataclass(frozen=True)
class _Due:
    vkey: str
    name: str
    url: str
    size: int
    head: Head
    proof: tuple[bytes, ...]


class _Ahead(Exception):
    """The witness remembers more leaves than there are."""


def push(
    sessions: sessionmaker[Session],
    signer: Signer,
    clock: Clock,
    *,
    all_of_them: bool = False,
    stopping: Callable[[], bool] = lambda: False,
    ask: Post = post,
) -> list[Pushed]:
    """Ask each witness that is due for its cosignature of the newest head; what came of each.

    ``clock`` is the wall clock. ``all_of_them`` also asks those that are left alone for a while, and takes
    the time it takes; else the look ends when :data:`BUDGET` is used up, and the next one goes on.
    A log that is damaged is shown to no witness: [], and a line among the server's own.
    """
    done: list[Pushed] = []
    until = clock() + BUDGET
    with sessions() as session:
        session.connection(execution_options={"avtaleflyt_read_only": True})
        damage = checkpoints.damage(session)
    if damage is not None:
        log.error("no witness is asked, since the log is damaged: %s", damage)
        return done
    for vkey, name, url in _waiting(sessions, clock(), all_of_them):
        if stopping() or (not all_of_them and clock() > until):
            break
        # A head that others hold, and then the one that is now.
        for _ in range(2):
            told = _one(sessions, signer, vkey, name, url, clock, ask)
            if told is not None:
                done.append(told)
            if told is None or told.fault is not None:
                break
    return done


def _waiting(sessions: sessionmaker[Session], now: datetime, all_of_them: bool) -> list[tuple[str, str, str]]:
    """The witnesses that may be asked now, the one that was left alone longest first."""
    rows = (
        select(Witness.vkey, Witness.name, Witness.url)
        .outerjoin(WitnessPush, WitnessPush.vkey == Witness.vkey)
        .where(Witness.url.is_not(None), Witness.retired_at.is_(None))
        .order_by(WitnessPush.tried_at.is_not(None), WitnessPush.tried_at, Witness.id)
    )
    if not all_of_them:
        rows = rows.where((WitnessPush.next_at.is_(None)) | (WitnessPush.next_at <= now))
    with sessions() as session:
        session.connection(execution_options={"avtaleflyt_read_only": True})
        found = {vkey: (vkey, name, url or "") for vkey, name, url in reversed(session.execute(rows).all())}
    return list(reversed(found.values()))


def _one(
    sessions: sessionmaker[Session],
    signer: Signer,
    vkey: str,
    name: str,
    url: str,
    clock: Clock,
    ask: Post,
) -> Pushed | None:
    known, size = None, 0
    try:
        known = _prepare(sessions, signer, vkey, name, url, None)
        if known is None:
            return None
        size = known.size
        answer = ask(url, _body(known), clock)
        # It says how much it remembers where that is not what we thought; then once more from there.
        if answer.status == 409 and answer.size is not None and answer.size != size:
            size = answer.size
            known = _prepare(sessions, signer, vkey, name, url, size)
            if known is None:
                return _remember(sessions, Pushed(vkey, name), size, clock())
            answer = ask(url, _body(known), clock)
    except _Ahead:
        return _remember(sessions, Pushed(vkey, name, fault="ahead"), size, clock())
    told = _take(sessions, signer, known, answer, clock())
    return _remember(sessions, told, told.size or size, clock())


def _prepare(
    sessions: sessionmaker[Session], signer: Signer, vkey: str, name: str, url: str, told: int | None
) -> _Due | None:
    """What to ask for, with its proof; None where the witness has cosigned the newest head. Only reads."""
    with sessions() as session:
        session.connection(execution_options={"avtaleflyt_read_only": True})
        kept = session.get(WitnessPush, vkey)
        size = told if told is not None else kept.size if kept is not None else 0
        newest = tree.tree_size(session)
        if size > newest:
            raise _Ahead
        wanted = _next(session, vkey, size, newest)
        if wanted is None:
            return None
        return _Due(
            vkey, name, url, size, checkpoints.at(session, signer, wanted),
            tuple(tree.consistency(session, size, wanted)),
        )  # fmt: skip


def _next(session: Session, vkey: str, size: int, newest: int) -> int | None:
    """The newest head that others hold already, else the head there is now: so the witnesses meet."""
    mine = select(Cosignature.size).where(Cosignature.vkey == vkey)
    kept = session.scalar(
        select(Checkpoint.size)
        .where(Checkpoint.size >= max(size, 1), Checkpoint.size.not_in(mine))
        .order_by(Checkpoint.size.desc())
        .limit(1)
    )
    if kept is not None:
        return kept
    done = session.scalar(mine.order_by(Cosignature.size.desc()).limit(1)) or 0
    return newest if newest > done and newest >= size else None


def _body(due: _Due) -> bytes:
    return consistency_text(due.size, due.proof, due.head.note)


def _take(
    sessions: sessionmaker[Session], signer: Signer, due: _Due, answer: Answer, now: datetime
) -> Pushed:
    told = Pushed(due.vkey, due.name)
    if answer.status != 200:
        return replace(told, fault=_fault(answer, due.size))
    # The answer is lines that belong under the checkpoint (C2SP tlog-witness, "add-checkpoint").
    try:
        given = cosigning.read(due.head.note + answer.body)
        note = parse_note(due.head.note)
        with sessions.begin() as session:
            taken = cosigning.accept(session, given, signer, now)
    except (cosigning.Refused, TrailError):
        return replace(told, fault="wrong_answer")
    if due.name not in taken.witnesses or given.text != note.text:
        return replace(told, fault="wrong_answer")
    return replace(told, size=due.head.size)


def _fault(answer: Answer, size: int) -> str:
    if answer.status == 409:
        # It remembers as many leaves as we said, and still no: they are others.
        return "inconsistent" if answer.size == size else "busy"
    known = {0: "silent", 403: "refused", 404: "refused", 422: "inconsistent"}
    return known.get(
        answer.status, "busy" if answer.status >= 500 or answer.status == 429 else "wrong_answer"
    )


def _remember(sessions: sessionmaker[Session], told: Pushed, size: int, now: datetime) -> Pushed:
    with sessions.begin() as session:
        kept = session.get(WitnessPush, told.vkey)
        if kept is None:
            kept = WitnessPush(vkey=told.vkey, size=0, failures=0, tried_at=now, next_at=now)
            session.add(kept)
        kept.tried_at, kept.size, kept.fault = now, size, told.fault
        kept.failures = 0 if told.fault is None else kept.failures + 1
        pause = FIRST_PAUSE * 2 ** min(kept.failures - 1, 20) if kept.failures else timedelta(0)
        kept.next_at = now + min(pause, LONGEST_PAUSE)
    return told
