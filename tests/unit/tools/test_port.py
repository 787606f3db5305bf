"""A port that is taken is told in one sentence with a way out; a free one is not remarked upon."""

from __future__ import annotations

import socket

import pytest

from tools import port


def test_a_free_port_is_let_through(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as probe:
        probe.bind((port.HOST, 0))
        number = probe.getsockname()[1]
    assert port.main(number) == 0
    assert capsys.readouterr().err == ""


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as server:
        server.bind((port.HOST, 0))
        server.listen()
        number = server.getsockname()[1]
        assert port.main(number) == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{number}" in said
    assert f"make serve PORT={number + 1}" in said
    assert said.count("\n") == 1
