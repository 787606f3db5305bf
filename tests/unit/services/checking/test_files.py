"""Files as strangers send them: each gets an answer, whatever was done to it, and nothing is written."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, draft
from tests.support.proved import KOMMUNE, POLITI, SIGNER, Scene
from tests.support.proved_once import built, lent
from workflow_app.models.seals import Seal
from workflow_app.models.trail import TrailEntry
from workflow_app.services import attachments, bundle, trail
from workflow_app.services.checking.files import UNPACKED, Checked, check, kind_of
from workflow_app.services.checking.final_count import FinalCount, final_count
from workflow_app.services.checking.known import find
from workflow_app.services.log import checkpoints
from workflow_app.services.receipts import receipt
from workflow_app.services.sealing.foreign import Reading

MOST = 1 << 20


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with built(tmp_path_factory.mktemp("proved")) as found:
        found.take("mayor", "sign", by="passkey")
        found.cosign(KOMMUNE, POLITI)
        yield found


@pytest.fixture
def proved(made: Scene) -> Iterator[Scene]:
    with lent(made) as found:
        yield found


def answer(
    proved: Scene, content: bytes, *, attached: bool = False, signed: Reading | None = None
) -> Checked:
    return check(
        proved.session, content, SIGNER, attached=attached, most=MOST, signatures=lambda _content: signed
    )


@pytest.fixture(scope="module")
def held(made: Scene) -> tuple[bytes, bytes]:
    """A receipt of the mayor's sign-off, and the bundle."""
    entry = made.session.scalars(
        select(TrailEntry).where(TrailEntry.kind == "approval").order_by(TrailEntry.id.desc())
    ).first()
    assert entry is not None
    chain = trail.agreement_chain(made.agreement.id)
    return receipt(made.session, entry, SIGNER), bundle.export(made.session, chain, {}, signer=SIGNER)


def test_a_receipt_and_a_bundle_hold_and_are_ours(proved: Scene, held: tuple[bytes, bytes]) -> None:
    for content, kind in zip(held, ("receipt", "bundle"), strict=True):
        found = answer(proved, content)
        assert found.verdict is not None
        assert (found.kind, found.verdict.ok) == (kind, True), found.verdict.first_fault
        assert found.head is not None
        assert (found.head.standing, found.head.final, found.head.forged) == ("contained", True, False)
        with zipfile.ZipFile(io.BytesIO(held[1])) as archive:
            entries = 1 if kind == "receipt" else archive.read("entries.jsonl").count(b"\n")
        assert final_count(found.verdict) == FinalCount(entries, entries)


def test_the_checkpoint_itself_may_be_sent_as_a_file(proved: Scene) -> None:
    note = trail_note(proved)
    found = answer(proved, note)
    assert (found.kind, found.head.standing if found.head else None) == ("checkpoint", "contained")


def trail_note(proved: Scene) -> bytes:
    return checkpoints.current(proved.session, SIGNER).note


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_anything_at_all_gets_an_answer(
    proved: Scene, held: tuple[bytes, bytes], data: st.DataObject
) -> None:
    whole = data.draw(st.sampled_from([*held, trail_note(proved), b"%PDF-1.7\n%%EOF\n"]))
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt)))
        spoilt[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    content = (
        bytes(spoilt) if data.draw(st.booleans()) else data.draw(st.binary(max_size=200)) + bytes(spoilt[:9])
    )
    found = answer(proved, content, attached=data.draw(st.booleans()))
    assert found.kind == kind_of(content)
    if found.verdict is not None and not found.verdict.ok:
        assert found.verdict.first_fault


def test_a_changed_receipt_is_refused(proved: Scene, held: tuple[bytes, bytes]) -> None:
    found = answer(proved, held[0].replace(b'"number":', b'"number": ', 1))
    assert found.verdict is not None
    assert not found.verdict.ok
    assert found.head is None


def test_half_a_file_is_unreadable_and_not_forged(proved: Scene, held: tuple[bytes, bytes]) -> None:
    for content, kind in zip(held, ("receipt", "bundle"), strict=True):
        for size in (len(content) // 2, len(content) - 1):
            found = answer(proved, content[:size])
            assert found.verdict is not None
            assert (found.kind, found.verdict.ok, found.verdict.unreadable) == (kind, False, True)
            assert "download it again" in str(found.verdict.first_fault)


@pytest.mark.parametrize(
    "content", [b'{"version": 7, "title": "x", "index": 3}', b"{}", b'{"entry": 1}', b"PKI i kommunene"]
)
def test_what_says_it_is_no_receipt_is_none(proved: Scene, content: bytes) -> None:
    found = answer(proved, content)
    assert (found.kind, found.verdict) == ("unknown", None)


def _without(name: str, content: bytes) -> bytes:
    receipt = json.loads(content)
    del receipt[name]
    return json.dumps(receipt).encode()


@pytest.mark.parametrize(
    "forge",
    [
        lambda receipt: b" " + receipt,
        lambda receipt: b"\xef\xbb\xbf" + receipt,
        lambda receipt: _without("kind", receipt),
        lambda receipt: _without("checkpoint", receipt),
        lambda receipt: b'{"kind":"avtaleflyt/receipt"}',
        lambda receipt: receipt.replace(b'"index":', b'"index":1' + b"0" * 5000 + b',"index":', 1),
        lambda receipt: receipt.replace(b'"index":', b'"x":' + b"[" * 9999 + b"]" * 9999 + b',"index":', 1),
        lambda receipt: receipt.replace(b'"limits":', b'"x":"\xff\x01","limits":', 1),
        lambda receipt: receipt.replace(b'"limits":', b'"x":NaN,"limits":', 1),
        lambda receipt: receipt.decode().encode("utf-16-le"),
    ],
)
def test_what_parses_and_is_no_receipt_of_ours_is_refused(
    proved: Scene, held: tuple[bytes, bytes], forge: Callable[[bytes], bytes]
) -> None:
    content = forge(held[0])
    assert content != held[0]
    found = answer(proved, content)
    assert found.verdict is not None
    assert (found.kind, found.verdict.ok, found.verdict.unreadable) == ("receipt", False, False)


def test_a_changed_bundle_is_refused_though_its_directory_is_damaged(
    proved: Scene, held: tuple[bytes, bytes]
) -> None:
    entry = held[1].index(b"PK\x01\x02")
    for at in (held[1].index(b"entries.jsonl"), entry, entry + 46, held[1].index(b'"number":')):
        spoilt = held[1][:at] + bytes([held[1][at] ^ 1]) + held[1][at + 1 :]
        found = answer(proved, spoilt)
        assert found.verdict is not None
        assert (found.kind, found.verdict.ok, found.verdict.unreadable) == ("bundle", False, False), at


def test_what_unpacks_to_too_much_is_not_unpacked(proved: Scene) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("entries.jsonl", bytes(MOST * UNPACKED + 1))
    found = answer(proved, out.getvalue())
    assert found.verdict is not None
    assert found.verdict.unreadable
    assert "unpacks to" in str(found.verdict.first_fault)


def test_an_attached_file_is_known_to_those_who_are_signed_in_alone(session: Session) -> None:
    """A published form, say: to find it would tell in which kommune it is used."""
    made, slt = draft(session)
    content = b"%PDF-1.4 et skjema som alle kan hente\n%%EOF\n"
    attachments.add(session, made, "skjema.pdf", content, who=slt, now=NOW)
    assert find(session, content, attached=False) == []
    [found] = find(session, content, attached=True)
    assert (found.agreement_id, found.kind, found.appended) == (made.id, "attachment_added", 0)
    [longer] = find(session, content + b"og mer\n%%EOF\n", attached=True)
    assert longer.appended == len(b"og mer\n%%EOF\n")
    assert find(session, content[:-1] + b" ", attached=True) == []
    assert find(session, b"X" + content[1:], attached=True) == []


def test_a_seal_of_ours_is_told_by_its_certificate(proved: Scene) -> None:
    proved.session.add(
        Seal(
            agreement_id=proved.agreement.id,
            document="agreement",
            certificate="c" * 64,
            made_at=NOW,
            due_at=NOW,
        )
    )
    proved.session.flush()
    signed = Reading(({"certificate": "c" * 64}, {"certificate": "d" * 64}))
    assert answer(proved, b"%PDF-1.7", signed=signed).own == {"c" * 64}
    assert answer(proved, b"%PDF-1.7", signed=Reading(problem="unreadable")).own == frozenset()


def test_nothing_is_written(proved: Scene, held: tuple[bytes, bytes]) -> None:
    statements: list[str] = []
    engine = proved.session.get_bind()

    def keep(_c: object, _cur: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    try:
        for content in (*held, trail_note(proved), b"%PDF-1.7"):
            answer(proved, content, attached=True)
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    assert statements
    # The savepoint is the fixture's.
    assert [one for one in statements if not one.startswith(("SELECT", "SAVEPOINT"))] == []
