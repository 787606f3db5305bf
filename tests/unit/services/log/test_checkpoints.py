"""A head is the same bytes whenever it is asked for, and what was kept stays as it was signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from workflow_app.domain.trail import (
    EMPTY_ROOT,
    check_note_signature,
    parse_checkpoint,
    parse_note,
    parse_vkey,
)
from workflow_app.services import trail
from workflow_app.services.log import checkpoints, keys, tree
from workflow_app.services.log.checkpoints import Head, SplitLog
from workflow_app.services.log.signer import KeyEnded, new_signer

NOW = datetime(2020, 4, 30, 12, tzinfo=UTC)
SIGNER = new_signer("example.com/log")


def add(session: Session, number: int = 1) -> None:
    for _ in range(number):
        trail.append(session, "agreement/1", kind="note", now=NOW)


def test_the_head_is_over_every_leaf_and_asking_writes_nothing(session: Session) -> None:
    empty = checkpoints.current(session, SIGNER)
    assert (empty.size, empty.root) == (0, EMPTY_ROOT)
    add(session, 5)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    head = checkpoints.current(session, SIGNER)
    assert head == checkpoints.current(session, SIGNER)
    assert {one.split()[0] for one in statements} == {"SELECT"}
    note = parse_note(head.note)
    check_note_signature(note, parse_vkey(SIGNER.vkey))
    assert parse_checkpoint(note.text)[:3] == ("example.com/log", 5, tree.root(session, 5))
    assert (head.size, head.root) == (5, tree.root(session, 5))


def test_an_older_head_can_be_signed_again(session: Session) -> None:
    add(session, 3)
    three = checkpoints.current(session, SIGNER)
    add(session, 4)
    assert checkpoints.at(session, SIGNER, 3) == three


def test_the_first_note_of_a_size_stays(session: Session) -> None:
    add(session, 3)
    head = checkpoints.current(session, SIGNER)
    assert checkpoints.stored(session, 3) is None
    checkpoints.store(session, head, NOW)
    checkpoints.store(session, checkpoints.current(session, new_signer("example.com/log")), NOW)
    assert checkpoints.stored(session, 3) == head.note


def test_another_root_for_the_same_size_is_no_small_thing(session: Session) -> None:
    checkpoints.store(session, Head(3, bytes(32), b"note"), NOW)
    with pytest.raises(SplitLog, match="written anew"):
        checkpoints.store(session, Head(3, bytes(31) + b"x", b"note"), NOW)
    assert checkpoints.stored(session, 3) == b"note"


def test_kept_heads_are_listed_in_order(session: Session) -> None:
    for size in (7, 3, 5, 0):
        checkpoints.store(session, Head(size, bytes(32), b"note"), NOW + timedelta(days=size))
    assert [one.size for one in checkpoints.listed(session)] == [3, 5, 7]
    assert [one.size for one in checkpoints.listed(session, after=3, limit=1)] == [5]


def test_a_key_that_was_ended_signs_nothing_more(session: Session) -> None:
    """Whoever still holds it, in whichever process: the trail says which key it is that signs."""
    old, new = new_signer("log.example/x"), new_signer("log.example/x")
    checkpoints.current(session, old)
    keys.enter(session, old, NOW)
    checkpoints.current(session, old)
    keys.enter(session, new, NOW)
    for ended in (old, new_signer("log.example/x")):
        with pytest.raises(KeyEnded, match="nothing is signed"):
            checkpoints.current(session, ended)
    assert checkpoints.current(session, new).size == 3
