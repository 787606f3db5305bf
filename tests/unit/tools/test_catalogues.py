"""Catalogues keep what translators wrote, drop what is no longer said, and tell what is missing."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools import catalogues


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one module, with no libraries' sentences."""
    (tmp_path / "workflow_app").mkdir()
    say(tmp_path, 'msg("Hello ${name}.", name=1)\nmsg("Good bye.")\n')
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "workflow_app" / "locale")
    monkeypatch.setattr(catalogues, "DOMAINS", (catalogues.DOMAIN,))
    (tmp_path / "workflow_app" / "locale").mkdir()
    return tmp_path


def say(project: Path, source: str) -> None:
    (project / "workflow_app" / "words.py").write_text(source, encoding="utf-8")


def po(project: Path, language: str) -> Path:
    return project / "workflow_app" / "locale" / language / "LC_MESSAGES" / "avtaleflyt.po"


def translate(project: Path, language: str, key: str, string: str) -> None:
    path = po(project, language)
    text = path.read_text(encoding="utf-8")
    assert f'msgid "{key}"\nmsgstr ""' in text
    text = text.replace(f'msgid "{key}"\nmsgstr ""', f'msgid "{key}"\nmsgstr "{string}"')
    path.write_text(text, encoding="utf-8")


def whole(project: Path) -> None:
    catalogues.main(["update"])
    for language in ("nb", "nn"):
        translate(project, language, "Hello ${name}.", "Hei, ${name}.")
        translate(project, language, "Good bye.", "Ha det.")


def test_what_is_missing_is_told_until_nothing_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["check"]) == 1
    assert "nn/LC_MESSAGES/avtaleflyt.po: not translated: 'Good bye.'" in capsys.readouterr().err
    whole(project)
    assert catalogues.main(["check"]) == 0


def test_a_translation_that_loses_a_value_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole(project)
    path = po(project, "nn")
    path.write_text(
        path.read_text(encoding="utf-8").replace("Hei, ${name}.", "Hei, ${namn}."), encoding="utf-8"
    )
    assert catalogues.main(["check"]) == 1
    assert "other values than the English: 'Hello ${name}.'" in capsys.readouterr().err


def test_an_update_keeps_translations_and_drops_what_is_no_longer_said(project: Path) -> None:
    whole(project)
    say(project, 'msg("Good bye.")\nmsg("New.")\n')
    catalogues.main(["update"])
    text = po(project, "nb").read_text(encoding="utf-8")
    assert 'msgstr "Ha det."' in text
    assert 'msgid "New."\nmsgstr ""' in text
    assert "Hello" not in text


def test_the_same_words_make_the_same_file(project: Path) -> None:
    """Else every run would be a change to look at."""
    whole(project)
    catalogues.main(["extract"])
    before = {path: path.read_bytes() for path in project.rglob("*.po*")}
    catalogues.main(["extract"])
    catalogues.main(["update"])
    assert {path: path.read_bytes() for path in project.rglob("*.po*")} == before


def test_what_is_compiled_is_what_gettext_reads(project: Path) -> None:
    whole(project)
    left = po(project, "en").with_name("gone.mo")
    left.write_bytes(b"from a catalogue that is no more")
    catalogues.main(["compile"])
    assert not left.exists()
    with po(project, "nb").with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Good bye.") == "Ha det."


def test_a_sentence_that_no_catalogue_can_hold_stops_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(project, "msg(name)\n")
    assert catalogues.main(["check"]) == 1
    assert "workflow_app/words.py:1" in capsys.readouterr().err


def test_an_unknown_step_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["guess"]) == 2
    assert "extract|update|compile|check" in capsys.readouterr().err


def test_the_catalogues_we_have_can_be_compiled(root: Path) -> None:
    for path in (root / "workflow_app" / "locale").glob("*/LC_MESSAGES/*.po"):
        assert catalogues._read(path, path.parts[-3]) is not None
