"""Settings: secrets come from the environment, and what is wrong is one sentence without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow_app.settings import SettingsError, database_url, expanded, load, open_engine

ENVIRONMENT = {"AVTALEFLYT_DATABASE": "sqlite://", "AVTALEFLYT_SECRET": "x"}


def ini(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "x.ini"
    path.write_text(text, encoding="utf-8")
    return path


def test_values_from_the_environment_are_put_in(tmp_path: Path) -> None:
    path = ini(
        tmp_path, "[app:main]\nuse = egg:avtaleflyt\nsqlalchemy.url = sqlite:///${PLACE}/a\nb = %(here)s\n"
    )
    settings = load(path, {"PLACE": "/srv"})
    assert settings["sqlalchemy.url"] == "sqlite:////srv/a"
    assert settings["b"] == str(tmp_path)


def test_a_name_that_is_not_set_is_an_error_and_no_empty_password(tmp_path: Path) -> None:
    path = ini(tmp_path, "[app:main]\nuse = egg:avtaleflyt\nsqlalchemy.url = postgresql://a:${SECRET}@h/d\n")
    with pytest.raises(SettingsError, match=r"x\.ini: sqlalchemy\.url needs .* SECRET, which is not set"):
        load(path, {})


def test_a_value_is_put_in_once_and_not_read_again() -> None:
    assert expanded({"a": "${X}", "n": 3}, {"X": "${Y}"}) == {"a": "${Y}", "n": 3}


@pytest.mark.parametrize(
    "text", ["", "no ini at all", "[server:main]\nuse = egg:waitress\n", "[app:main\n", "\x00"]
)
def test_a_file_that_is_no_settings_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(ini(tmp_path, text), {})
    assert "x.ini" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        load(tmp_path / "absent.ini")


@pytest.mark.parametrize("settings", [{}, {"sqlalchemy.url": ""}, {"sqlalchemy.url": "secret-word"}])
def test_an_address_that_is_none_is_refused_without_repeating_it(settings: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        database_url(settings)
    assert "secret-word" not in str(caught.value)


def test_a_kind_of_database_that_is_not_known_is_named() -> None:
    with pytest.raises(SettingsError, match="no kind of database 'carrierpigeon'"):
        open_engine(database_url({"sqlalchemy.url": "carrierpigeon://user:hidden@h/d"}))


@pytest.mark.parametrize("name", ["development.ini", "production.ini"])
def test_the_settings_files_we_ship_can_be_read(root: Path, name: str) -> None:
    settings = load(root / name, ENVIRONMENT)
    assert database_url(settings).get_backend_name() == "sqlite"
    assert settings["avtaleflyt.https"] == ("true" if name == "production.ini" else "false")


def test_production_has_neither_demonstration_data_nor_a_clock_to_set(root: Path) -> None:
    settings = load(root / "production.ini", ENVIRONMENT)
    assert settings["avtaleflyt.demonstration"] == settings["avtaleflyt.clock_may_be_set"] == "false"
    assert "avtaleflyt.today" not in settings
