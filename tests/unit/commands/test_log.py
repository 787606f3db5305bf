"""``avtaleflyt log``: the key is made and changed, heads are printed, the tree is checked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.unit.commands.conftest import Run
from workflow_app.domain.trail import check_note_signature, parse_checkpoint, parse_note, parse_vkey
from workflow_app.services.log import keys, rotation


@pytest.fixture
def file(ini: Path, tmp_path: Path) -> Path:
    """Where the settings say that the key lies."""
    path = tmp_path / "log.key"
    say(ini, f"avtaleflyt.log_key_file = {path}", "avtaleflyt.log_origin = example.com/log")
    return path


def say(ini: Path, *lines: str) -> None:
    ini.write_text(ini.read_text("utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_a_key_is_made_once_and_kept_from_others(house: Run, file: Path) -> None:
    made = house("log", "key", "new")
    assert made.code == 0
    vkey = made.out.strip()
    assert parse_vkey(vkey).name == "example.com/log"
    assert os.stat(file).st_mode & 0o777 == 0o600
    assert "PRIVATE" not in made.out + made.err
    again = house("log", "key", "new")
    assert (again.code, again.out.strip()) == (0, vkey)
    assert "has its key already" in again.err
    listed = json.loads(house("log", "key", "list", "--json").out)
    assert [(one["key"], one["until"]) for one in listed] == [(vkey, None)]


def test_a_head_is_signed_by_the_key_and_kept_when_asked_for(
    house: Run, file: Path, session: Session
) -> None:
    vkey = house("log", "key", "new").out.strip()
    head = house("log", "checkpoint")
    note = parse_note(head.out.encode())
    check_note_signature(note, parse_vkey(vkey))
    assert parse_checkpoint(note.text).size == 1, "the entry of the key itself"
    assert house("log", "checkpoint").out == head.out
    assert session.execute(text("SELECT count(*) FROM checkpoint")).scalar() == 0
    session.rollback()
    assert house("log", "checkpoint", "--keep").out == head.out
    assert session.execute(text("SELECT size FROM checkpoint")).scalars().all() == [1]
    session.rollback()
    assert parse_checkpoint(parse_note(house("log", "checkpoint", "--size", "0").out.encode()).text).size == 0
    wrong = house("log", "checkpoint", "--size", "2")
    assert (wrong.code, wrong.out) == (2, "")
    assert "the tree has 1 leaves" in wrong.err


def test_the_key_is_changed_and_old_heads_still_verify(house: Run, file: Path) -> None:
    old = house("log", "key", "new").out.strip()
    head = house("log", "checkpoint", "--keep").out.encode()
    changed = house("log", "key", "rotate")
    assert changed.code == 0
    new = changed.out.strip()
    assert new != old
    assert "takes it up by itself" in changed.err
    assert keys.read_key(file).vkey == new
    listed = json.loads(house("log", "key", "list", "--json").out)
    assert [one["key"] for one in listed] == [old, new]
    assert listed[0]["until"] is not None
    check_note_signature(parse_note(head), parse_vkey(listed[0]["key"]))
    checked = house("log", "check")
    assert checked.code == 0
    assert f"{new} signs" in checked.out
    assert "1 checkpoints that were kept" in checked.out


def test_a_change_that_was_cut_short_is_finished_by_new(house: Run, file: Path, session: Session) -> None:
    house("log", "key", "new")
    new = rotation.prepare(session, file, "example.com/log", keys.log_keys(session)[0].since)
    session.commit()
    assert house("log", "check").code == 1
    assert house("log", "key", "new").out.strip() == new.vkey
    assert house("log", "check").code == 0


def test_a_lost_key_is_changed_and_seen(house: Run, file: Path) -> None:
    house("log", "key", "new")
    file.unlink()
    for words in (("log", "key", "new"), ("log", "key", "rotate"), ("log", "checkpoint"), ("log", "check")):
        said = house(*words)
        assert said.code == 2, words
        assert len(said.err.splitlines()) == 1
    changed = house("log", "key", "rotate", "--lost")
    assert changed.code == 0
    assert keys.read_key(file).origin == "example.com/log"
    assert house("log", "check").code == 0


def test_a_key_that_lives_in_the_environment(house: Run, ini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(ini, "avtaleflyt.public_url = https://avtaler.example")
    made = house("log", "key", "new")
    assert made.code == 0
    private, vkey = made.out.splitlines()
    assert private.startswith("PRIVATE+KEY+avtaler.example/log+")
    assert "AVTALEFLYT_LOG_KEY" in made.err
    again = house("log", "key", "new")
    assert (again.code, again.out) == (2, ""), "a key that is not seen from here is not ended in silence"
    assert "AVTALEFLYT_LOG_KEY is not set here" in again.err
    monkeypatch.setenv("AVTALEFLYT_LOG_KEY", private)
    check_note_signature(parse_note(house("log", "checkpoint").out.encode()), parse_vkey(vkey))
    assert house("log", "key", "new").out.splitlines() == [vkey]
    rotated = house("log", "key", "rotate")
    assert "restart the server with it, which signs nothing until then" in rotated.err
    changed = rotated.out.splitlines()[0]
    ended = house("log", "check")
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert house("log", "checkpoint").code == 2
    assert "was ended" in ended.err, "the environment still has the old one"
    assert "log key new" not in ended.err, "which would not take it back"
    monkeypatch.setenv("AVTALEFLYT_LOG_KEY", changed)
    assert house("log", "check").code == 0
    monkeypatch.delenv("AVTALEFLYT_LOG_KEY")
    assert "the log has no key, and the trail names" in house("log", "check").err


def test_without_a_key_or_a_name_it_is_said_what_to_do(house: Run, ini: Path) -> None:
    for words, sentence in (
        (("log", "checkpoint"), "avtaleflyt log key new"),
        (("log", "key", "rotate"), "avtaleflyt log key new"),
        (("log", "key", "new"), "avtaleflyt.log_origin"),
    ):
        said = house(*words)
        assert (said.code, said.out) == (2, "")
        assert sentence in said.err
    checked = house("log", "check")
    assert checked.code == 1
    assert "avtaleflyt log key new" in checked.err


def test_a_key_that_cannot_be_used_is_one_sentence_for_every_command(house: Run, file: Path) -> None:
    for words in (("tick",), ("log", "checkpoint"), ("log", "check")):
        said = house(*words)
        assert said.code == 2, words
        assert "avtaleflyt log key new" in said.err
        assert len(said.err.splitlines()) == 1


def test_a_bent_tree_is_found(house: Run, file: Path, session: Session) -> None:
    house("log", "key", "new")
    session.execute(text("DROP TRIGGER trail_leaf_no_update"))
    session.execute(text("UPDATE trail_leaf SET hash = zeroblob(32)"))
    session.commit()
    checked = house("log", "check")
    assert checked.code == 1
    assert "leaf 1 is not the hash of its entry" in checked.err


def test_entries_written_past_us_get_their_places(house: Run, session: Session) -> None:
    session.execute(
        text(
            "INSERT INTO trail_entry (chain, number, kind, hash, body, at)"
            " VALUES ('a', 1, 'k', :hash, x'7b7d', '2020-01-01')"
        ),
        {"hash": "ab" * 32},
    )
    session.commit()
    assert house("log", "sequence").out == "1 entries got their place in the tree\n"
    assert house("log", "sequence").out == "0 entries got their place in the tree\n"
