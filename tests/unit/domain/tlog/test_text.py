"""Proofs as texts are those of C2SP tlog-proof and of tlog-witness's add-checkpoint, to the byte."""

from __future__ import annotations

from workflow_app.domain.tlog.text import consistency_text, inclusion_text

NOTE = "example.com/log\n3\nAAAA\n\n— example.com/log AAAA\n".encode()


def test_a_proof_of_inclusion() -> None:
    assert inclusion_text(5, [bytes(32), b"\xff" * 32], NOTE) == (
        b"c2sp.org/tlog-proof@v1\nindex 5\n"
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"//////////////////////////////////////////8=\n\n" + NOTE
    )
    assert inclusion_text(0, [], NOTE) == b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + NOTE


def test_a_proof_of_consistency() -> None:
    assert consistency_text(2, [bytes(32)], NOTE) == (
        b"old 2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n" + NOTE
    )
    assert consistency_text(0, [], NOTE) == b"old 0\n\n" + NOTE
