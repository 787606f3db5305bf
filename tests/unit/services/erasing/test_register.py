"""The list of keys outside the database: one a line, each once, and nothing but keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow_app.services.erasing import register
from workflow_app.services.errors import ServiceError

ONE, TWO = "1" * 32, "2" * 32


def test_each_key_once_and_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "erased.txt"
    assert register.read_file(path) == []
    assert register.remember(path, [ONE]) == 1
    assert register.remember(path, [ONE, TWO]) == 1
    assert register.remember(path, [TWO]) == 0
    assert path.read_text() == f"{ONE}\n{TWO}\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_comments_and_empty_lines_are_left_out() -> None:
    assert register.read(["# erased", "", f"{TWO}  # 2026", ONE, TWO]) == [TWO, ONE]


@pytest.mark.parametrize("line", ["Kari Nordmann", "1" * 31, "G" * 32, "1" * 33])
def test_a_line_that_is_no_key_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(ServiceError, match="Line 2 "):
        register.read([ONE, line])


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    with pytest.raises(ServiceError, match="cannot be read"):
        register.read_file(tmp_path / "odd")
    with pytest.raises(ServiceError, match="cannot be written"):
        register.remember(tmp_path / "no" / "folder", [ONE])


@pytest.mark.parametrize(("value", "path"), [(None, None), ("  ", None), ("/x/y", Path("/x/y"))])
def test_the_setting(value: str | None, path: Path | None) -> None:
    assert register.path_in({register.SETTING: value}) == path
