"""``avtaleflyt import``: good files go in, bad ones are named, standard output has the ids alone."""

from __future__ import annotations

import hashlib
import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.office_files import docx_of, laid_out, odt_of, p, pdf_of, r, raw_docx
from tests.unit.commands.conftest import Run
from workflow_app.commands import main
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import TextVersion
from workflow_app.services.demonstration.lives import content


@pytest.fixture
def moss(house: Run) -> Run:
    house("party", "add", "--municipal", "3103")
    house("party", "add", "--municipal", "3413")
    house("party", "add", "--police", "Moss politistasjonsdistrikt", "--district", "ost")
    house("party", "add", "--police", "Hamar politistasjonsdistrikt", "--district", "innlandet")
    return house


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name in ("moss.txt", "stange.txt", "raelingen.txt"):
        (folder / name).write_bytes(content(name))
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def ids(session: Session) -> dict[str, str]:
    return {a.id: a.title for a in session.scalars(select(Agreement))}


def test_the_ids_are_printed_one_a_line(moss: Run, shelf: Path, session: Session) -> None:
    said = moss("import", str(shelf / "moss.txt"), str(shelf / "stange.txt"))
    assert (said.code, said.err) == (0, "")
    made = ids(session)
    assert [made[i] for i in said.out.splitlines()] == [
        "Samarbeidsavtale mellom Moss kommune og Øst politidistrikt",
        "Samarbeidsavtale mellom Stange kommune og Hamar politistasjonsdistrikt",
    ]


def test_a_bad_file_is_reported_and_the_others_go_in(moss: Run, shelf: Path, session: Session) -> None:
    names = ("binary.txt", "moss.txt", "empty.txt", "raelingen.txt", "picture.png", "gone.txt", "stange.txt")
    said = moss("import", *(str(shelf / name) for name in names))
    assert said.code == 0
    assert sorted(said.out.splitlines()) == sorted(ids(session))
    assert len(ids(session)) == 2
    told = said.err.splitlines()
    assert len(told) == 5
    bad = ("binary.txt", "empty.txt", "raelingen.txt", "picture.png", "gone.txt")
    for line, name in zip(told, bad, strict=True):
        assert line.startswith(f"avtaleflyt import: {shelf / name}: ")
    assert "«Rælingen kommune», which is no party here" in told[2]


def test_when_nothing_goes_in_the_answer_is_no(moss: Run, shelf: Path, session: Session) -> None:
    said = moss("import", str(shelf / "binary.txt"), str(shelf))
    assert (said.code, said.out) == (1, "")
    assert ids(session) == {}


def test_parties_and_definition_can_be_named(moss: Run, shelf: Path, session: Session) -> None:
    said = moss(
        "import", str(shelf / "raelingen.txt"), "--municipal", "3413", "--police",
        "innlandet-hamar-politistasjonsdistrikt", "--definition", "politiradsavtale_vedtak",
    )  # fmt: skip
    agreement = session.get(Agreement, said.out.strip())
    assert agreement is not None
    assert [p.party.key for p in agreement.parties] == ["3413", "innlandet-hamar-politistasjonsdistrikt"]
    assert agreement.definition_id == "politiradsavtale_vedtak"


@pytest.mark.parametrize("words", [("--definition", "nothing"), ("--config", "/nowhere/site.ini")])
def test_a_wrong_call_takes_nothing_in(
    moss: Run, shelf: Path, session: Session, words: tuple[str, ...]
) -> None:
    said = moss("import", str(shelf / "moss.txt"), *words)
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert ids(session) == {}


def test_an_unknown_party_is_a_sentence(moss: Run, shelf: Path) -> None:
    said = moss("import", str(shelf / "moss.txt"), "--municipal", "9999")
    assert said.code == 1
    assert "«9999»" in said.err


def test_a_file_name_that_is_none(moss: Run) -> None:
    said = moss("import", "a\0b.txt")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_bar_is_for_people_only(moss: Run, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert moss("import", str(shelf / "moss.txt")).err == ""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["import", str(shelf / "stange.txt")]) == 0
    assert "/1 [" in terminal.getvalue()


def test_a_real_terminal_that_does_not_know_its_size_shows_the_bar(moss: Run, ini: Path, shelf: Path) -> None:
    """As in a build's console, where rows and columns are zero."""
    seen, terminal = pty.openpty()
    said = subprocess.run(
        [
            sys.executable, "-c", "import sys; from workflow_app.commands import main; sys.exit(main())",
            "import", str(shelf / "moss.txt"), "--config", str(ini),
        ],
        stdout=subprocess.PIPE,
        stderr=terminal,
        check=False,
    )  # fmt: skip
    os.close(terminal)
    shown = os.read(seen, 65_536).decode()
    os.close(seen)
    assert said.returncode == 0
    assert len(said.stdout.split()) == 1
    assert "0/1 [" in shown


def test_word_opendocument_and_pdf_go_in_and_what_was_left_out_is_told(
    moss: Run, tmp_path: Path, session: Session
) -> None:
    paras = laid_out(content("moss.txt").decode())
    files = {"a.docx": docx_of(paras), "b.odt": odt_of(paras), "c.pdf": pdf_of(paras)}
    files["d.docx"] = raw_docx(
        "".join(p(para.text) for para in paras) + f"<w:p><w:ins>{r('Se vedlegg.')}</w:ins></w:p>"
    )
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    said = moss("import", *(str(tmp_path / name) for name in files))
    assert said.code == 0
    assert len(said.out.splitlines()) == 4
    assert said.err.count("\n") == 1
    assert "d.docx: The file has tracked changes (1)" in said.err
    kept = {v.filename: (v.file_sha256, v.notes) for v in session.scalars(select(TextVersion))}
    assert {name: digest for name, (digest, _) in kept.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert [name for name, (_, notes) in kept.items() if notes] == ["d.docx"]
