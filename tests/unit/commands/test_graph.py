"""``avtaleflyt graph``: the drawing on standard output."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.workflows import STATES
from workflow_app.commands import main

V1 = str(STATES / "politiradsavtale_v1.toml")


def test_svg_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", V1]) == 0
    out = capsys.readouterr().out
    assert ElementTree.fromstring(out).tag == "{http://www.w3.org/2000/svg}svg"
    assert main(["graph", V1, "--format", "svg"]) == 0
    assert capsys.readouterr().out == out


def test_mermaid(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", V1, "--format", "mermaid"]) == 0
    assert capsys.readouterr().out.startswith("stateDiagram-v2\n")


def test_an_unsound_definition_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("id = 1", "utf-8")
    assert main(["graph", str(bad)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{bad}: id: " in err


def test_a_missing_file_and_an_unknown_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "no-such-file.toml"]) == 2
    assert "no-such-file.toml cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit) as caught:
        main(["graph", V1, "--format", "png"])
    assert caught.value.code == 2
