"""The templates that every page is built of, compiled once for all of them.

Chameleon's own ``load:`` gives each page its own copy of what it loads, and
compiling the shared macros takes half a second of processor time; nineteen
copies would be felt at the first visit to every page. Pyramid's renderers are
kept in the registry, so what is asked for through them is shared.
"""

from __future__ import annotations

from typing import Any

from pyramid.renderers import get_renderer


def part(name: str) -> Any:
    """A template by its name below ``templates/`` without the ending, such as "layout" or "pages/macros".

    Called by the pages themselves (``part import: workflow_app.web.parts.part``).
    Raises ``ValueError`` where there is no such template.
    """
    return get_renderer(f"workflow_app.templates:{name}.pt").implementation()
