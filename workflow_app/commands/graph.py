"""``avtaleflyt graph FILE.toml``: draw a workflow definition.

The same drawing the agreement page shows, for whoever edits a definition or
wants to put it into a document.
"""

from __future__ import annotations

import argparse

from workflow_app.commands.check import read_definitions
from workflow_app.domain.diagram import mermaid, svg


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and svg (the default) or mermaid."""
    parser.add_argument("file", metavar="FILE.toml", help="a workflow definition")
    parser.add_argument("--format", choices=("svg", "mermaid"), default="svg", help="default: svg")


def run(args: argparse.Namespace) -> int:
    """Print the drawing: 0 done, 1 the definition is unsound (findings on standard error)."""
    definitions = read_definitions([args.file])
    if definitions is None:
        return 1
    draw = mermaid if args.format == "mermaid" else svg
    print(draw(definitions[0]))
    return 0
