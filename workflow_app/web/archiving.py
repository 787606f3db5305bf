"""The installation's archive format, read once for every view that hands an agreement over."""

from __future__ import annotations

from pyramid.config import Configurator

from workflow_app.services.archive.settings import ArchiveSettingsError, archive_format
from workflow_app.settings import SettingsError


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.archive_format``. Raises ``SettingsError`` for a value there is not."""
    try:
        config.registry["archive_format"] = archive_format(config.get_settings())
    except ArchiveSettingsError as error:
        raise SettingsError(str(error)) from error
