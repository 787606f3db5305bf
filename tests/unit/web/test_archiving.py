"""The server knows its archive's format when it starts, and does not start with one there is not."""

from __future__ import annotations

import pytest
from pyramid.config import Configurator

from workflow_app.services.archive.packing import ArchiveFormat
from workflow_app.settings import SettingsError
from workflow_app.web import archiving


@pytest.mark.parametrize("form", list(ArchiveFormat))
def test_the_format_of_the_settings_is_the_one_on_the_page(form: ArchiveFormat) -> None:
    config = Configurator(settings={"avtaleflyt.archive_format": form.value})
    archiving.includeme(config)
    assert config.registry["archive_format"] is form


def test_a_format_there_is_not_is_told_in_a_sentence() -> None:
    config = Configurator(settings={"avtaleflyt.archive_format": "noark4"})
    with pytest.raises(
        SettingsError, match=r"avtaleflyt\.archive_format = noark4: write eformidling or ks-fiks"
    ):
        archiving.includeme(config)
