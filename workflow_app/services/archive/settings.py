"""Which message the installation's archives take, where nobody asks for another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow_app.services.archive.packing import ArchiveFormat

SETTING = "avtaleflyt.archive_format"


class ArchiveSettingsError(Exception):
    """A setting that cannot be used; one sentence with the key and what is right."""


def archive_format(settings: Mapping[str, Any]) -> ArchiveFormat:
    """``avtaleflyt.archive_format``: "eformidling" (also where it says nothing) or "ks-fiks".

    Raises :class:`ArchiveSettingsError` for anything else.
    """
    text = str(settings.get(SETTING) or ArchiveFormat.EFORMIDLING).strip()
    try:
        return ArchiveFormat(text)
    except ValueError as error:
        known = " or ".join(form.value for form in ArchiveFormat)
        raise ArchiveSettingsError(f"{SETTING} = {text}: write {known}") from error
