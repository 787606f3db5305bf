"""Settings as every entrance reads them: the server, the commands and the migrations.

They stand in one INI file. What is secret does not belong in a file that is
copied and mailed, so a value may say ``${NAME}`` and is then taken from the
environment; a name that is not set there is an error and never an empty
password.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plaster
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from workflow_app.models.database import make_engine

SECTION = "app:main"
LARGEST_FILE_MB = 20
"""The largest file taken in where the settings say nothing, in MB."""

_VARIABLE = re.compile(r"\$\{(\w+)\}")


class SettingsError(Exception):
    """A settings file that cannot be used; one sentence with the file, the key and what is wrong."""


def load(ini: str | os.PathLike[str], environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The settings of ``[app:main]``, with the environment's values put in.

    Raises :class:`SettingsError` when there is no such file, when it is not an
    INI file, and when it names a variable that is not set.
    """
    path = Path(ini)
    if not path.is_file():
        raise SettingsError(f"{ini}: no such settings file")
    try:
        raw = plaster.get_settings(str(path), SECTION)
    except Exception as error:
        # Readers of settings files come as plug-ins, each with errors of its own.
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SettingsError(f"{ini}: cannot be read as settings: {reason}") from error
    if not raw:
        raise SettingsError(f"{ini}: there is no section [{SECTION}]")
    try:
        return expanded(raw, environment)
    except SettingsError as error:
        raise SettingsError(f"{ini}: {error}") from error


def expanded(settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The settings with each ``${NAME}`` replaced; raises :class:`SettingsError` for a name not set."""

    def value(key: str, text: Any) -> Any:
        if not isinstance(text, str):
            return text

        def one(match: re.Match[str]) -> str:
            if match[1] not in environment:
                raise SettingsError(f"{key} needs the environment variable {match[1]}, which is not set")
            return environment[match[1]]

        return _VARIABLE.sub(one, text)

    return {key: value(key, text) for key, text in settings.items()}


def database_url(settings: Mapping[str, Any]) -> URL:
    """The database's address; raises :class:`SettingsError` when it is missing or no address."""
    text = settings.get("sqlalchemy.url")
    if not text:
        raise SettingsError("[app:main] has no sqlalchemy.url")
    try:
        return make_url(str(text))
    except ArgumentError as error:
        # The text itself may hold a password, so it is not repeated.
        raise SettingsError("sqlalchemy.url is not a database's address") from error


def open_engine(url: URL) -> Engine:
    """An engine for ``url``; raises :class:`SettingsError` when this machine has no driver for it."""
    try:
        return make_engine(url.render_as_string(hide_password=False))
    except NoSuchModuleError as error:
        raise SettingsError(f"sqlalchemy.url: there is no kind of database {url.drivername!r}") from error
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"sqlalchemy.url: the driver for {url.drivername} is not installed; pip install {error.name}"
        ) from error


def max_file(settings: Mapping[str, Any]) -> int:
    """The largest file taken in, in bytes: ``avtaleflyt.max_file_mb``, 1 to 200.

    Raises :class:`SettingsError` when it is no such number. Beyond 200 MB a
    file would have to be taken apart with more memory than it is given.
    """
    text = str(settings.get("avtaleflyt.max_file_mb") or LARGEST_FILE_MB).strip()
    if not text.isascii() or not text.isdecimal() or len(text) > 3 or not 1 <= int(text) <= 200:
        raise SettingsError(f"avtaleflyt.max_file_mb = {text}: write a whole number of MB from 1 to 200")
    return int(text) << 20
