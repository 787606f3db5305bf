"""All the pages drawn once per language, for the tests that look at them."""

from __future__ import annotations

import pytest

from tests.support.page_rendering import compile_catalogues, draw_all

LANGUAGES = ("nb", "nn", "en")


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Every sample page as HTML: language → name → page."""
    catalogues = tmp_path_factory.mktemp("locale")
    compile_catalogues(catalogues)
    return draw_all(LANGUAGES, catalogues)
