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
from pyramid.registry import Registry
from pyramid.renderers import render
from pyramid.threadlocal import RequestContext, get_current_request

import workflow_app
from tests.support.compiled import compiled
from tests.support.page_samples import samples
from workflow_app.web.pagemodels import Layout
from workflow_app.web.rendering import keep_compiled

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
def ready(catalogues: Path) -> Iterator[Registry]:
    """A registry that draws templates, each compiled once, as long as the block lasts."""
    with testing.testConfig() as config:
        # In this order: pyramid_chameleon translates only if there are catalogues when it is included.
        config.add_translation_dirs(str(catalogues))
        config.include("pyramid_chameleon")
        keep_compiled(compiled())
        yield config.registry


@contextmanager
def reader(language: str, registry: Registry) -> Iterator[None]:
    """A request in one language."""
    request = testing.DummyRequest()
    request.registry, request.locale_name = registry, language
    with RequestContext(request):
        yield


def draw(template: str, layout: Layout, page: object) -> str:
    """The page as HTML."""
    spec = f"workflow_app.templates:pages/{template}.pt"
    request = get_current_request()
    return str(render(spec, {"layout": layout, "page": page}, request=request, package=workflow_app))


def draw_all(languages: tuple[str, ...], catalogues: Path) -> dict[str, dict[str, str]]:
    """Every sample as HTML: language → name → page."""
    drawn: dict[str, dict[str, str]] = {}
    with ready(catalogues) as registry:
        for language in languages:
            with reader(language, registry):
                drawn[language] = {
                    name: draw(template, replace(layout, language=language), page)
                    for name, (template, layout, page) in samples().items()
                }
    return drawn


if __name__ == "__main__":
    out, language = Path(sys.argv[1]), (sys.argv[2:] or ["nb"])[0]
    out.mkdir(parents=True, exist_ok=True)
    compile_catalogues(out / ".catalogues")
    for name, html in draw_all((language,), out / ".catalogues")[language].items():
        (out / f"{name}.html").write_text(html, encoding="utf-8")
