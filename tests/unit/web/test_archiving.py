"""The server knows its archive's format when it starts, and does not start with one there is not."""

from __future__ import annotations

import pytest

from workflow_app import app
from workflow_app.services.archive.packing import ArchiveFormat

MEMORY = {"sqlalchemy.url": "sqlite://"}


@pytest.mark.parametrize("form", list(ArchiveFormat))
def test_the_format_of_the_settings_is_the_one_on_the_page(form: ArchiveFormat) -> None:
    made = app({}, **MEMORY, **{"avtaleflyt.archive_format": form.value})
    assert made.registry["archive_format"] is form


def test_a_format_there_is_not_is_told_in_a_sentence() -> None:
    with pytest.raises(SystemExit) as caught:
        app({}, **MEMORY, **{"avtaleflyt.archive_format": "noark4"})
    assert str(caught.value).splitlines() == [
        "avtaleflyt does not start:",
        "avtaleflyt.archive_format = noark4: write eformidling or ks-fiks",
    ]
