"""The installation's format: eFormidling unless the settings say KS Fiks, and never a guess."""

from __future__ import annotations

import pytest

from workflow_app.services.archive.packing import ArchiveFormat
from workflow_app.services.archive.settings import ArchiveSettingsError, archive_format

SETTING = "avtaleflyt.archive_format"


@pytest.mark.parametrize(
    ("settings", "form"),
    [({}, "eformidling"), ({SETTING: ""}, "eformidling"), ({SETTING: " ks-fiks "}, "ks-fiks")],
)
def test_what_is_said(settings: dict[str, str], form: str) -> None:
    assert archive_format(settings) is ArchiveFormat(form)


def test_what_there_is_not_is_told_with_its_key() -> None:
    with pytest.raises(ArchiveSettingsError, match=f"{SETTING} = noark4: write eformidling or ks-fiks"):
        archive_format({SETTING: "noark4"})
