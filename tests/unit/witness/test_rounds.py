"""A round: what is cosigned and in which order, and what raises an alarm that stays."""

from __future__ import annotations

import resource

import pytest

from tests.support.fake_log import FakeLog, SigningKey, leaves_of, many, tree_root
from tests.support.witnessing import Watcher
from workflow_app.domain.trail import note_bytes, parse_note
from workflow_app.witness import rounds


def test_kept_heads_are_taken_in_ascending_order_and_then_the_newest(witness: Watcher, log: FakeLog) -> None:
    log.leaves = many(700)
    log.keep(300, 3, 256, 600)
    assert witness.do("once") == 0
    assert [size for size, _ in log.heads(witness.vkey)] == [3, 256, 300, 600, 700]
    assert log.heads(witness.vkey)[-1][1] == tree_root(log.leaves).hex()
    assert "700" in witness.said
    log.handed_in.clear()
    assert witness.do("once", "--quiet") == 0
    assert (log.handed_in, witness.said) == ([], "")


@pytest.mark.parametrize("first", [1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512])
def test_every_shape_of_tree_follows_from_every_other(witness: Watcher, log: FakeLog, first: int) -> None:
    for size in (first, first + 1, 513, 700):
        log.leaves = many(size)
        assert witness.do("once") == 0, witness.complained
    assert witness.memory.root == tree_root(log.leaves).hex()


def test_of_a_long_list_the_newest_are_taken(
    witness: Watcher, log: FakeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "MOST_KEPT", 4)
    log.leaves = many(30)
    log.keep(*range(1, 21))
    assert witness.do("once") == 0
    assert [size for size, _ in log.heads(witness.vkey)] == [17, 18, 19, 20, 30]


def test_a_log_without_a_list_and_with_full_tiles_alone_can_be_watched(
    witness: Watcher, log: FakeLog
) -> None:
    """C2SP tlog-tiles promises no list, and lets partial tiles go where the full one is there."""
    assert witness.do("once") == 0
    log.leaves = many(256)
    log.keep(256)
    kept = log.get("/checkpoint/256")[1]
    log.leaves = many(300)
    given = log.get

    def get(path: str) -> tuple[int, bytes]:
        return (404, b"") if path.startswith("/checkpoints") or ".p/251" in path else given(path)

    log.get = get  # type: ignore[method-assign]  # this log is another
    log.answers["/checkpoint"] = kept
    assert witness.do("once") == 0
    del log.answers["/checkpoint"]
    assert witness.do("once") == 0
    assert [size for size, _ in log.heads(witness.vkey)] == [5, 256, 300]


def test_an_alarm_is_said_though_the_disk_is_full(witness: Watcher, log: FakeLog) -> None:
    assert witness.do("once") == 0
    remembered, handed_in = witness.memory, log.heads(witness.vkey)
    log.leaves = many(9, "b")
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, whole[1]))
    try:
        assert witness.do("once") == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    assert "ALARM" in witness.complained
    assert "nothing is signed" in witness.complained
    assert log.key.note(many(9, "b")).decode() in witness.complained, "the evidence is nowhere else"
    assert (witness.memory, log.heads(witness.vkey)) == (remembered, handed_in)
    assert witness.do("once") == 1, "and it rings again"
    assert witness.memory.alarm


HISTORIES = {
    "rewritten": (many(9, "b"), "omskrevet|skrevet om|rewritten"),
    "one entry changed": ([*many(2), *leaves_of("x"), *many(9)[3:]], "skrevet om"),
    "two put the other way": ([many(9)[1], many(9)[0], *many(9)[2:]], "skrevet om"),
    "the last one taken away": (many(4), "noe er borte"),
    "all taken away": ([], "noe er borte"),
    "another of the same length": (many(5, "b"), "to forskjellige historier"),
    "one put in before": ([*leaves_of("x"), *many(9)], "skrevet om"),
}


@pytest.mark.parametrize(("leaves", "said"), HISTORIES.values(), ids=HISTORIES)
def test_what_does_not_follow_is_an_alarm_that_stays(
    witness: Watcher, log: FakeLog, leaves: list[bytes], said: str
) -> None:
    assert witness.do("once") == 0
    remembered, shown = witness.memory, log.key.note(leaves)
    log.leaves = leaves
    assert witness.do("once") == 1
    assert "ALARM" in witness.complained
    assert any(word in witness.complained for word in said.split("|"))
    evidence = (witness.folder / witness.memory.evidence).read_bytes()
    assert remembered.note.encode() in evidence
    assert shown in evidence
    # The log may behave again: nothing is cosigned before a person has looked.
    log.leaves = many(20)
    for _ in range(2):
        assert witness.do("once") == 1
        assert "witness resume" in witness.complained
    assert witness.do("show") == 1
    assert len(log.handed_in) == 1
    assert (witness.memory.size, witness.memory.root) == (remembered.size, remembered.root)
    assert witness.do("resume", "--because", "Sett på, gjenopprettet fra kopi") == 0
    assert witness.do("once") == 0
    assert witness.do("resume", "--because", "En gang til") == 2
    assert [size for size, _ in log.heads(witness.vkey)] == [5, 20]
    assert list(witness.folder.glob("evidence-*-resume.txt")), "who looked, and why it may go on"


def test_a_late_answer_of_a_proxy_is_no_alarm(witness: Watcher, log: FakeLog) -> None:
    old = log.key.note(log.leaves[:4])
    assert witness.do("once") == 0
    log.answers["/checkpoint"] = old
    asked = len(log.asked)

    def fresh(method: str, path: str) -> None:
        if log.asked[asked:].count("GET /checkpoint") == 2:
            log.answers.pop("/checkpoint", None)

    log.before = fresh
    assert witness.do("once") == 0, witness.complained


STRANGERS = {
    "another key": SigningKey(seed=b"another").note(many(9)),
    "another log": SigningKey("other.example/log").note(many(9)),
    "no note": b"hello\n",
    "nothing": b"",
    "too long": b"x" * 200_000,
    "nobody's signature": SigningKey().note(many(9)).rpartition(b"\n\n")[0] + b"\n",
}


@pytest.mark.parametrize("note", STRANGERS.values(), ids=STRANGERS)
def test_what_the_log_has_not_signed_is_no_alarm_and_is_not_cosigned(
    witness: Watcher, log: FakeLog, note: bytes
) -> None:
    """Anybody between the two could send it."""
    assert witness.do("once") == 0
    log.answers["/checkpoint"] = note
    assert witness.do("once") == 1
    assert witness.complained.count("\n") == 1
    assert not witness.memory.alarm
    assert len(log.handed_in) == 1
    del log.answers["/checkpoint"]
    log.leaves = many(6)
    assert witness.do("once") == 0


def test_tiles_that_lead_to_another_root_are_an_alarm(witness: Watcher, log: FakeLog) -> None:
    assert witness.do("once") == 0
    log.leaves = many(9)
    log.answers["/tile/0/000.p/9"] = b"".join(many(9, "b"))
    assert witness.do("once") == 1
    assert "ALARM" in witness.complained


@pytest.mark.parametrize("tile", [b"", b"x" * 31, b"x" * 288 * 100], ids=["empty", "half", "long"])
def test_tiles_that_are_none_are_asked_for_again(witness: Watcher, log: FakeLog, tile: bytes) -> None:
    assert witness.do("once") == 0
    log.leaves = many(9)
    log.answers["/tile/0/000.p/9"] = tile
    assert witness.do("once") == 1
    assert not witness.memory.alarm
    log.answers.clear()
    assert witness.do("once") == 0


def test_what_was_not_taken_is_handed_in_again(witness: Watcher, log: FakeLog) -> None:
    log.refuse = 403
    assert witness.do("once") == 1
    assert "ikke registrert" in witness.complained
    assert not witness.memory.delivered
    log.refuse = 0
    assert witness.do("once") == 0
    assert [size for size, _ in log.heads(witness.vkey)] == [5]
    assert witness.memory.delivered


def test_a_log_that_refuses_is_watched_all_the_same(witness: Watcher, log: FakeLog) -> None:
    log.refuse = 403
    assert witness.do("once") == 1
    log.leaves = many(9, "b")
    assert witness.do("once") == 1
    assert "ALARM" in witness.complained


def test_its_own_signature_under_a_head_it_does_not_remember_says_that_its_memory_is_old(
    witness: Watcher, log: FakeLog
) -> None:
    """The machine was set back to a snapshot: to go on would be to sign a second history."""
    assert witness.do("once") == 0
    snapshot = (witness.folder / "state.json").read_bytes()
    log.leaves = many(9)
    assert witness.do("once") == 0
    cosigned = parse_note(log.handed_in[-1])
    (witness.folder / "state.json").write_bytes(snapshot)
    published = note_bytes(cosigned.text, [log.key.line(cosigned.text), *cosigned.signatures])
    log.answers["/checkpoint"] = published
    assert witness.do("once") == 1
    assert "ALARM" in witness.complained
    assert "minnet er eldre enn nøkkelen" in witness.complained
    assert len(log.handed_in) == 2
    # Nobody's word makes it remember.
    assert witness.do("resume", "--because", "Det går sikkert bra") == 1
    assert "witness retire" in witness.complained
    del log.answers["/checkpoint"]
    assert witness.do("once") == 1
    assert len(log.handed_in) == 2
    assert witness.do("show") == 1


def test_the_signature_it_remembers_is_no_news(witness: Watcher, log: FakeLog) -> None:
    assert witness.do("once") == 0
    cosigned = parse_note(log.handed_in[-1])
    log.answers["/checkpoint"] = note_bytes(
        cosigned.text, [log.key.line(cosigned.text), *cosigned.signatures]
    )
    assert witness.do("once") == 0


def test_a_new_key_of_the_log_is_trusted_when_a_person_says_so(witness: Watcher, log: FakeLog) -> None:
    assert witness.do("once") == 0
    log.key, log.leaves = SigningKey(seed=b"new"), many(9)
    assert witness.do("once") == 1
    assert witness.do("trust", log.key.vkey) == 0
    assert witness.do("once") == 0
    assert witness.do("trust", SigningKey("other.example/log").vkey) == 2
    assert [size for size, _ in log.heads(witness.vkey)] == [5, 9]


def test_a_witness_made_after_the_log_changed_its_key_needs_the_new_one_alone(
    witness: Watcher, log: FakeLog
) -> None:
    """The old key may be the one that others have seen, and what it signed is kept for ever."""
    old, log.leaves = log.key, many(9)
    log.key = SigningKey(seed=b"exposed")
    log.keep(3, 6)
    log.key = old
    log.keep(7)
    assert witness.do("once") == 0
    assert [size for size, _ in log.heads(witness.vkey)] == [7, 9]
    log.key, log.leaves = SigningKey(seed=b"exposed"), many(12)
    assert witness.do("once") == 1
    assert "avtaleflyt witness trust" in witness.complained
    assert witness.memory.size == 9


def test_a_log_that_is_away_is_told_in_a_sentence(witness: Watcher, log: FakeLog) -> None:
    witness.point_at("http://127.0.0.1:9")
    assert witness.do("once") == 1
    assert "svarer ikke" in witness.complained
    assert witness.memory.size == 0
