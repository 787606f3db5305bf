"""``avtaleflyt archive``: a zip and an entry, or neither; nothing is written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.support.archive_checking import check, messages, texts
from tests.support.drafts import NOW, POLICE, person, two_parties
from tests.unit.commands.conftest import Run
from workflow_app.commands import archive
from workflow_app.models.trail import TrailEntry
from workflow_app.services.agreements import Source, create_draft
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.trail_check import verify_database

TEXT = "# Avtale mellom Moss kommune og Øst politidistrikt\n\n## 1. Møter\n\nMinst fire møter i året.\n"


@pytest.fixture
def ident(
    house: Run, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> str:
    """The id of a draft; the command runs in a folder of its own."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with sessions.begin() as db:
        two_parties(db)
        who = person(db, "slt", "3103", "slt_coordinator")
        made = create_draft(
            db, Source("avtale.txt", TEXT.encode()), municipal=["3103"], police=[POLICE],
            definition=workflow_definitions().newest("politiradsavtale"), who=who, now=NOW,
        )  # fmt: skip
        return made.id


def archived(session: Session) -> int:
    """How often the trail says that something was handed over."""
    session.rollback()
    return len(session.scalars(select(TrailEntry).where(TrailEntry.kind == "archived")).all())


def test_the_zip_lies_here_under_its_own_name_and_the_trail_tells_of_it(
    house: Run, ident: str, session: Session
) -> None:
    said = house("archive", ident)
    name = f"arkiv-moss-kommune-{ident}.zip"
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == f"{name}: messages: 1, files: 3"
    assert any("is not signed" in line for line in said.out.splitlines())
    check(Path(name).read_bytes())
    assert archived(session) == 1
    assert verify_database(session).ok


def test_option_before_setting_before_eformidling(house: Run, ident: str, ini: Path) -> None:
    def roots(*words: str, to: str) -> int:
        assert house("archive", ident, "--output", to, *words).code == 0
        return len(messages(Path(to).read_bytes()))

    assert roots("--format", "ks-fiks", to="a.zip") == 2
    with ini.open("a", encoding="utf-8") as file:
        file.write("avtaleflyt.archive_format = ks-fiks\n")
    assert roots(to="b.zip") == 2
    assert roots("--format", "eformidling", to="c.zip") == 1


def test_another_partys_archive_and_a_folder_that_is_made(house: Run, ident: str) -> None:
    assert house("archive", ident, "--party", POLICE, "--output", "ut/i/dag").code == 0
    (made,) = Path("ut/i/dag").iterdir()
    assert texts(messages(made.read_bytes())[""], "journalposttype")[0] == "Inngående dokument"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "noark4"], "“noark4” is no archive format; choose one of eformidling, ks-fiks."),
        (["--party", "9999"], "“9999” is no party of this agreement"),
        (["--output", "there.zip"], "there.zip is there already; nothing was written over"),
        (["--output", "there.zip/sub"], "cannot be written: Not a directory"),
        (["--output", "/proc/nowhere/a.zip"], "/proc/nowhere/a.zip cannot be written"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(
    house: Run, ident: str, session: Session, words: list[str], told: str
) -> None:
    Path("there.zip").write_text("mitt", encoding="utf-8")
    said = house("archive", ident, *words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert said.err.count("\n") == 1
    assert said.err.startswith("avtaleflyt archive: ")
    assert sorted(os.listdir()) == ["there.zip"]
    assert Path("there.zip").read_text(encoding="utf-8") == "mitt"
    assert archived(session) == 0


def test_an_unknown_agreement_and_a_setting_that_is_none(house: Run, ident: str, ini: Path) -> None:
    said = house("archive", "finnesikke")
    assert (said.code, said.err) == (2, "avtaleflyt archive: there is no agreement finnesikke\n")
    with ini.open("a", encoding="utf-8") as file:
        file.write("avtaleflyt.archive_format = noark4\n")
    said = house("archive", ident)
    assert said.code == 2
    assert "avtaleflyt.archive_format = noark4: write eformidling or ks-fiks" in said.err


def test_where_it_cannot_be_entered_no_file_is_left(tmp_path: Path) -> None:
    """The commit comes after the file, so what fails there takes the file away."""
    place = tmp_path / "a.zip"
    place.write_bytes(b"x")

    def commit() -> None:
        with archive._kept_if_entered() as written:
            written.append(place)
            raise RuntimeError("the commit failed")

    with pytest.raises(RuntimeError, match="commit failed"):
        commit()
    assert not place.exists()
