"""Draws every page from sample models, without a database or a server.

The unit tests use it; and run as a command it writes all the pages into a
folder, so that somebody can open and look at them:

    .venv/bin/python -m tests.support.page_rendering FOLDER [nb|nn|en]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from pyramid import testing
from pyramid.renderers import render

from tests.support.page_samples import samples

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
LOCALE = ROOT / "workflow_app" / "locale"
STATIC = ROOT / "workflow_app" / "web" / "static"


def compile_catalogues(into: Path) -> None:
    """Compile the catalogues as they are now, beside the repository, not in it."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = into / source.relative_to(LOCALE).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as opened, target.open("wb") as written:
            write_mo(written, read_po(opened))


@contextmanager
def reader(language: str, catalogues: Path) -> Iterator[None]:
    """A request in one language, as long as the block lasts."""
    request = testing.DummyRequest()
    request.locale_name = language
    with testing.testConfig(request=request) as config:
        # In this order: pyramid_chameleon translates only if there are catalogues when it is included.
        config.add_translation_dirs(str(catalogues))
        config.include("pyramid_chameleon")
        yield


def draw(template: str, layout: object, page: object) -> str:
    """The page as HTML."""
    return str(render(str(TEMPLATES / "pages" / f"{template}.pt"), {"layout": layout, "page": page}))


def draw_all(language: str, catalogues: Path) -> dict[str, str]:
    """Every sample as HTML, by its name."""
    with reader(language, catalogues):
        return {
            name: draw(template, replace(layout, language=language), page)
            for name, (template, layout, page) in samples().items()
        }


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    compile_catalogues(out / ".catalogues")
    for name, html in draw_all((sys.argv[2:] or ["nb"])[0], out / ".catalogues").items():
        (out / f"{name}.html").write_text(html, encoding="utf-8")
