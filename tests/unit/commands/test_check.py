"""``avtaleflyt check``: exit codes, and a line for every finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.workflows import REPORTED, STATES
from workflow_app.commands import main

V1 = STATES / "politiradsavtale_v1.toml"
VEDTAK = STATES / "politiradsavtale_vedtak_v1.toml"


def test_a_sound_definition(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(V1), str(VEDTAK)]) == 0
    out, err = capsys.readouterr()
    assert REPORTED.digest in out
    assert len(out.splitlines()) == 2
    assert err == ""


def test_every_finding_on_a_line_with_file_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    text = V1.read_text("utf-8").replace('initial = "draft"', 'initial = "drat"')
    bad.write_text(text.replace('to = "negotiated"', 'to = "negotiaded"'), "utf-8")
    assert main(["check", str(bad)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        [str(bad), "transitions.agree.to"],
        [str(bad), "initial"],
    ]
    assert "“drat”" in lines[1]


def test_two_files_that_claim_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_bytes(V1.read_bytes())
    assert main(["check", str(V1), str(copy)]) == 1
    assert f"{copy}: version: " in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00x", b"a = \xe6", b"id = \x00", b"states = 1"])
def test_nonsense_is_one_sentence_and_no_traceback(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(content)
    assert main(["check", str(bad)]) in (1, 2)
    err = capsys.readouterr().err
    assert str(bad) in err
    assert "Traceback" not in err


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    marked = tmp_path / "marked.toml"
    marked.write_bytes(b"\xef\xbb\xbf" + V1.read_bytes())
    assert main(["check", str(marked)]) == 0


@pytest.mark.parametrize("name", ["no-such-file.toml", ".", "a\x00b"])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert "cannot be read" in err
    assert len(err.splitlines()) == 1
