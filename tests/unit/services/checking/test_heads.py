"""A printed checkpoint against the log that is there: contained, written anew, cut short, or another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.proved import KOMMUNE, POLITI, SIGNER, WITNESSED, Scene, Watch
from tests.support.proved_once import built, lent
from workflow_app.domain.trail import Note, checkpoint_text, note_bytes, parse_note
from workflow_app.services.checking.heads import HeadFound, look_up
from workflow_app.services.checking.typed import Asked, read_pasted
from workflow_app.services.log import checkpoints, cosigning
from workflow_app.services.log.signer import Signer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with built(tmp_path_factory.mktemp("proved")) as found:
        yield found


@pytest.fixture
def proved(made: Scene) -> Iterator[Scene]:
    with lent(made) as found:
        yield found


def asked(session: Session, size: int) -> Asked:
    return read_pasted(cosigning.cosigned_note(session, size).decode())


def test_what_both_have_signed_is_told_with_who_and_when(proved: Scene) -> None:
    size = proved.cosign(KOMMUNE, POLITI)
    proved.take("mayor", "sign", password="x")
    found = look_up(proved.session, asked(proved.session, size), SIGNER)
    assert (found.standing, found.ours, found.final, found.forged, found.alarming) == (
        "contained", True, True, False, False,
    )  # fmt: skip
    assert [(s.by, s.valid, s.party) for s in found.signatures] == [
        ("log", True, None),
        ("witness", True, "Moss kommune"),
        ("witness", True, "Moss politistasjonsdistrikt"),
    ]
    assert {s.at for s in found.signatures} == {None, WITNESSED}
    assert found.here > size


def test_one_side_alone_makes_nothing_final(proved: Scene) -> None:
    size = proved.cosign(KOMMUNE)
    found = look_up(proved.session, asked(proved.session, size), SIGNER)
    assert [one.side for one in found.seen] == ["municipal"]
    assert not found.final


def test_a_head_nobody_cosigned_is_covered_by_a_later_one(proved: Scene) -> None:
    head = checkpoints.current(proved.session, SIGNER)
    proved.take("mayor", "sign", password="x")
    later = proved.cosign(KOMMUNE, POLITI)
    found = look_up(proved.session, Asked(head.size, head.root), SIGNER)
    assert (found.standing, found.ours) == ("contained", None)
    assert {one.size for one in found.seen} == {later}


def test_a_log_that_was_written_anew_is_found_out_by_an_old_paper(proved: Scene) -> None:
    paper = asked(proved.session, proved.cosign(KOMMUNE, POLITI))
    proved.session.execute(text("DROP TRIGGER trail_leaf_no_update"))
    proved.session.execute(text("UPDATE trail_leaf SET hash = zeroblob(32) WHERE number = 2"))
    found = look_up(proved.session, paper, SIGNER)
    assert (found.standing, found.alarming, found.seen) == ("differs", True, ())
    assert all(one.valid for one in found.signatures)


def test_a_log_with_a_hole_in_it_has_no_root(proved: Scene) -> None:
    paper = asked(proved.session, proved.cosign(KOMMUNE, POLITI))
    proved.session.execute(text("DROP TRIGGER trail_leaf_no_delete"))
    proved.session.execute(text("DELETE FROM trail_leaf WHERE number = 2"))
    assert look_up(proved.session, paper, SIGNER).standing == "differs"


def test_a_log_that_was_cut_short_is_found_out_by_an_old_paper(proved: Scene) -> None:
    paper = asked(proved.session, proved.cosign(KOMMUNE, POLITI))
    found = look_up(proved.session, paper._replace(size=paper.size + 1), SIGNER)
    assert (found.standing, found.alarming) == ("longer", True)
    assert (found.here, found.asked.size) == (paper.size, paper.size + 1)


def test_another_log_is_not_ours(proved: Scene) -> None:
    other = Signer("annen.example/trail", bytes(32))
    paper = read_pasted(other.sign(checkpoint_text(other.origin, 1, bytes(32))).decode())
    found = look_up(proved.session, paper, SIGNER)
    assert (found.ours, found.alarming) == (False, False)
    assert [(s.by, s.valid) for s in found.signatures] == [("unknown", None)]


def test_a_changed_signature_is_told(proved: Scene) -> None:
    size = proved.cosign(KOMMUNE, POLITI)
    note = parse_note(cosigning.cosigned_note(proved.session, size))
    for at in range(3):
        line = note.signatures[at]
        bent = line._replace(blob=line.blob[:-1] + bytes([line.blob[-1] ^ 1]))
        lines = [bent if n == at else one for n, one in enumerate(note.signatures)]
        found = _found(proved, Note(note.text, tuple(lines)))
        assert found.forged
        assert [one.valid for one in found.signatures] == [n != at for n in range(3)]


def test_a_key_that_nobody_registered_is_unknown(proved: Scene) -> None:
    note = parse_note(checkpoints.current(proved.session, SIGNER).note)
    stranger = Watch("fremmed.example/vitne", 9)
    found = _found(proved, Note(note.text, (*note.signatures, stranger.line(note.text, 2**63))))
    assert [(one.by, one.valid) for one in found.signatures] == [("log", True), ("unknown", None)]


def test_a_time_beyond_any_calendar_is_shown_all_the_same(proved: Scene) -> None:
    note = parse_note(checkpoints.current(proved.session, SIGNER).note)
    found = _found(proved, Note(note.text, (*note.signatures, KOMMUNE.line(note.text, 2**64 - 1))))
    assert found.signatures[1].at is not None
    assert found.signatures[1].at.year == 9999


def test_a_log_without_a_key_still_answers(proved: Scene) -> None:
    head = checkpoints.current(proved.session, SIGNER)
    found = look_up(proved.session, Asked(head.size, head.root), None)
    assert found.standing == "contained"
    assert replace(found, standing="differs").alarming


def _found(proved: Scene, note: Note) -> HeadFound:
    return look_up(proved.session, read_pasted(note_bytes(*note).decode()), SIGNER)
