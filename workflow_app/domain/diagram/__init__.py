"""Drawings of a workflow definition: SVG, Mermaid, and a list for those who read by ear.

No drawing program is needed: a definition has a handful of states, and a layout
that knows it has a main path is easier to read than a general one.
"""

from __future__ import annotations

from workflow_app.domain.diagram.arrows import Arrow, arrows, as_list
from workflow_app.domain.diagram.mermaid import mermaid
from workflow_app.domain.diagram.svg import svg

__all__ = ["Arrow", "arrows", "as_list", "mermaid", "svg"]
