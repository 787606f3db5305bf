"""How far a trail is final, and what its papers print of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, TODAY
from tests.support.proved import KOMMUNE, ORIGIN, POLITI, REGISTRY, SIGNER, WITNESSED, Scene, scene
from tests.support.proved_once import built, lent
from workflow_app.domain.trail import decode, parse_checkpoint, parse_note
from workflow_app.models.seals import Seal
from workflow_app.services import documents_anchor as anchors
from workflow_app.services import matters, trail
from workflow_app.services.documents_words import Voice
from workflow_app.services.errors import Conflict
from workflow_app.services.log import checkpoints
from workflow_app.services.log.tree import root, tree_size
from workflow_app.services.sealing.freezing import freeze
from workflow_app.services.trail_final import final_json, final_of

VOICE = Voice(lambda text: text, "en")
LOG = anchors.PrintedLog(SIGNER, "https://avtale.example/verify")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with built(tmp_path_factory.mktemp("proved")) as found:
        yield found


@pytest.fixture
def proved(made: Scene) -> Iterator[Scene]:
    with lent(made) as found:
        yield found


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    seen: list[str] = []

    def keep(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def chain(proved: Scene) -> int:
    return trail.head(proved.session, trail.agreement_chain(proved.agreement.id))[0]


def test_nothing_is_final_before_both_have_signed(proved: Scene) -> None:
    size = chain(proved)
    final = final_of(proved.session, proved.agreement)
    assert (final.size, final.last, final.placed, final.whole) == (size, 0, size, False)
    assert [str(m) for m in final.waits] == [
        "Waits for the witness of Moss kommune.",
        "Waits for the witness of Moss politistasjonsdistrikt.",
    ]
    proved.cosign(KOMMUNE)
    told = final_json(final_of(proved.session, proved.agreement))
    assert told == {
        "last": 0, "checkpoint": None, "since": None, "cosigned": [],
        "waits_for": ["ost-moss-politistasjonsdistrikt"], "missing": [],
    }  # fmt: skip


def test_what_both_signed_is_final_and_what_came_after_waits(proved: Scene) -> None:
    covers = chain(proved)
    head = proved.cosign(KOMMUNE, POLITI)
    assert final_of(proved.session, proved.agreement).waits == ()
    proved.take("mayor", "sign", password="x")
    with counted(proved.session) as seen:
        final = final_of(proved.session, proved.agreement)
    assert len(seen) == 5
    assert (final.last, final.size, final.whole) == (covers, chain(proved), False)
    assert [w.party for w in final.behind] == ["3103", "ost-moss-politistasjonsdistrikt"]
    told = final_json(final)
    assert told["checkpoint"] == {"size": head, "root": root(proved.session, head).hex()}
    assert [one["witness"] for one in told["cosigned"]] == [KOMMUNE.key.name, POLITI.key.name]
    assert told["since"] == WITNESSED.isoformat()


def test_each_having_signed_another_head_is_told_as_such(proved: Scene) -> None:
    proved.cosign(KOMMUNE)
    proved.take("mayor", "sign", password="x")
    newest = proved.cosign(POLITI)
    final = final_of(proved.session, proved.agreement)
    assert [w.party for w in final.behind] == ["3103"]
    trail.append(proved.session, "installation", kind="test", now=NOW)
    assert proved.cosign(KOMMUNE) > newest
    final = final_of(proved.session, proved.agreement)
    assert (final.last, final.behind) == (0, ())
    assert [str(m) for m in final.waits] == [
        "Waits until the witnesses of both sides sign the same checkpoint."
    ]


def test_a_side_without_a_witness_is_named(session: Session) -> None:
    bare = scene(session, witnessed=False)
    assert [str(m) for m in final_of(session, bare.agreement).waits] == [
        "No witness is registered for the kommune.",
        "No witness is registered for the police.",
    ]


def test_what_the_sequencer_has_not_come_to_is_not_counted_as_placed(proved: Scene) -> None:
    connection = proved.session.connection()
    connection.exec_driver_sql("DROP TRIGGER trail_leaf_no_delete")
    connection.exec_driver_sql("DELETE FROM trail_leaf WHERE entry_id = (SELECT max(id) FROM trail_entry)")
    final = final_of(proved.session, proved.agreement)
    assert (final.placed, final.size) == (chain(proved) - 1, chain(proved))


def test_a_paper_prints_the_final_head_and_the_newest_where_that_is_another(proved: Scene) -> None:
    covers = chain(proved)
    size = proved.cosign(KOMMUNE, POLITI)
    [only] = _anchor(proved).heads
    assert (only.size, only.covers, len(only.cosigned)) == (size, covers, 2)
    proved.take("mayor", "sign", password="x")
    first, newest = _anchor(proved).heads
    assert first == only
    assert (newest.size, newest.covers, newest.cosigned) == (tree_size(proved.session), chain(proved), ())
    for head, lines in ((only, 3), (newest, 1)):
        note = parse_note(head.note.encode())
        assert len(note.signatures) == lines
        assert parse_checkpoint(note.text)[:3] == (ORIGIN, head.size, bytes.fromhex(head.root))
    assert _anchor(proved).waits == (
        "Waits for the witness of Moss kommune.",
        "Waits for the witness of Moss politistasjonsdistrikt.",
    )


def test_a_log_without_a_key_prints_nothing(proved: Scene) -> None:
    assert anchors.anchor_of(proved.session, proved.agreement, anchors.PrintedLog(), VOICE) is None
    assert anchors.keep(proved.session, None, NOW) == {}


@pytest.mark.parametrize(
    ("site", "address"),
    [("", ""), ("https://a.example/", "https://a.example/verify"), (None, "")],
)
def test_the_page_is_named_where_the_address_is_known(site: str | None, address: str) -> None:
    assert anchors.printed_log({"avtaleflyt.public_url": site}, SIGNER).address == address


def test_the_head_on_a_frozen_paper_is_kept_and_named_in_its_entry(proved: Scene) -> None:
    for who in ("mayor", "chief"):
        proved.take(who, "sign", password="x")
    session, agreement, slt = proved.session, proved.agreement, proved.people["slt"]
    party = matters.municipal_party(agreement, "3103")
    day = TODAY + timedelta(days=9)
    matter = matters.prepare(session, agreement, {"meeting_date": day}, party=party, who=slt, now=NOW)
    printed = _anchor(proved)
    newest = printed.heads[-1]
    assert checkpoints.stored(session, newest.size) is None
    matters.freeze(session, agreement, matter, b"%PDF-", who=slt, now=NOW, anchor=printed)
    assert checkpoints.stored(session, newest.size) == newest.note.encode()
    entry = trail.entries(session, trail.agreement_chain(agreement.id), after=chain(proved) - 1)[0]
    assert entry.kind == "matter_frozen"
    assert decode(entry.body)["data"]["checkpoint"] == {"size": newest.size, "root": newest.root}


def test_the_agreements_own_paper_names_its_head_too(proved: Scene) -> None:
    session = proved.session
    for who in ("mayor", "chief"):
        proved.take(who, "sign", password="x")
    row = session.scalars(select(Seal)).one()
    head = checkpoints.current(session, SIGNER)
    assert freeze(session, row.id, NOW, REGISTRY, LOG)
    entry = trail.entries(session, trail.agreement_chain(proved.agreement.id), after=chain(proved) - 1)[0]
    assert entry.kind == "paper_frozen"
    assert decode(entry.body)["data"]["checkpoint"] == {"size": head.size, "root": head.root.hex()}
    assert checkpoints.stored(session, head.size) == head.note


def test_a_head_that_another_was_kept_of_freezes_no_paper(proved: Scene) -> None:
    printed = _anchor(proved)
    wrong = checkpoints.Head(printed.heads[-1].size, bytes(32), b"another")
    checkpoints.store(proved.session, wrong, NOW)
    with pytest.raises(Conflict) as split:
        anchors.keep(proved.session, printed, NOW)
    assert split.value.code == "log_split"


def _anchor(proved: Scene) -> anchors.Anchor:
    found = anchors.anchor_of(proved.session, proved.agreement, LOG, VOICE)
    assert found is not None
    assert (found.origin, found.address) == (ORIGIN, LOG.address)
    return found
