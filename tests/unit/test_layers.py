"""Imports go one way, and the domain stays pure: the rules of the house, read from the code itself.

``web, commands → services → models → domain``. Parsed with ast and not
imported, so that an import hidden in a function is seen as well.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "workflow_app"

# Each layer, and what of ours it may import besides itself.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "models": frozenset({"domain"}),
    "services": frozenset({"domain", "models"}),
    "settings": frozenset({"models"}),
    "migrations": frozenset({"models"}),
    "web": frozenset({"domain", "models", "services", "settings", "migrations"}),
    # Its own program on a party's own machine, where nothing of the server is installed.
    "witness": frozenset({"domain"}),
    "commands": frozenset({"domain", "models", "services", "settings", "migrations", "witness"}),
}
# The composition root names the parts it includes.
ROOT = "__init__"

DOMAIN_LIBRARIES = frozenset({"holidays", "transitions"})
# What one file of the domain may import besides, each only where it is installed.
USES_IF_THERE = {
    "domain/trail.py": frozenset({"cryptography", "orjson"}),
}
# What would make an answer depend on more than its arguments.
IMPURE = frozenset(
    "asyncio contextvars ftplib glob http io locale logging multiprocessing os pathlib pickle random "
    "secrets select shelve shutil signal socket sqlite3 ssl subprocess tempfile "
    "threading time urllib uuid warnings".split()
)
# Files of the domain that may touch the disk, each with its reason.
READS_FILES = {
    "domain/trail.py": "lies in every trail.zip as verify.py and runs there alone, so it opens the bundle",
}
# Services that draw with a template language, which by itself knows no request.
DRAWS = {
    "services/mail/drawing.py": "letters are drawn by commands and the scheduler as well",
}
WEB_LIBRARIES = frozenset(
    {"pyramid", "webob", "waitress", "deform", "chameleon", "pyramid_tm", "pyramid_chameleon"}
)
CLOCKS = frozenset({"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime"})


def modules(layer: str = "") -> list[Path]:
    folder = PACKAGE / layer
    found = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    assert found, f"nothing in {folder}: has it moved?"
    return found


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of each module that is imported, relative ones resolved."""
    package = ["workflow_app", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            # ``from workflow_app import services`` imports a layer by its name.
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)


def _drawn_with(path: Path) -> frozenset[str]:
    return frozenset({"chameleon"} if path.relative_to(PACKAGE).as_posix() in DRAWS else ())


def violations(path: Path, source: str | None = None) -> Iterator[str]:
    """Each line of a module that breaks a rule of its layer."""
    tree = ast.parse(path.read_text(encoding="utf-8") if source is None else source, str(path))
    layer = layer_of(path)
    name_of_file = path.relative_to(PACKAGE).as_posix()
    pure = layer == "domain" and name_of_file not in READS_FILES
    besides = USES_IF_THERE.get(name_of_file, frozenset())
    for line, name in imports(path, tree):
        where = f"{path.relative_to(PACKAGE.parent)}:{line}"
        top, *rest = name.split(".")
        if top == "workflow_app":
            target = rest[0] if rest else ""
            if layer != ROOT and target != layer and target not in MAY_IMPORT.get(layer, frozenset()):
                yield f"{where}: {layer} imports {name}"
        elif layer == "domain" and top not in sys.stdlib_module_names | DOMAIN_LIBRARIES | besides:
            yield f"{where}: the domain imports {name}, which is neither the standard library nor transitions"
        elif pure and top in IMPURE:
            yield f"{where}: the domain imports {top}, so an answer could depend on more than its arguments"
        elif layer in {"domain", "models", "services"} and top in WEB_LIBRARIES - _drawn_with(path):
            yield f"{where}: {layer} imports {name}; only web may know a request"
    if layer in {"domain", "models", "services"}:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCKS
            ):
                owner = node.func.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if name in {"datetime", "date", "time"}:
                    where = f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"
                    yield f"{where}: reads the clock; take it as an argument"
    if pure:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"open", "input"}
            ):
                yield f"{path.relative_to(PACKAGE.parent)}:{node.lineno}: the domain does no I/O"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_keeps_to_its_layer(path: Path) -> None:
    assert list(violations(path)) == []


def test_the_exceptions_are_still_needed() -> None:
    for name in READS_FILES:
        tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
        assert {imported.split(".")[0] for _, imported in imports(PACKAGE / name, tree)} & IMPURE
    for name in DRAWS:
        tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
        assert any(imported.startswith("chameleon") for _, imported in imports(PACKAGE / name, tree))


def test_every_layer_is_known() -> None:
    found = {layer_of(path) for path in modules()}
    assert found - {ROOT} <= set(MAY_IMPORT), "a new layer needs its place in MAY_IMPORT"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("domain/x.py", "import sqlalchemy"),
        ("domain/x.py", "from workflow_app.models.base import Base"),
        ("domain/x.py", "from workflow_app import models"),
        ("domain/x.py", "def f():\n    from ..services import errors"),
        ("domain/x.py", "import os.path"),
        ("domain/x.py", "from datetime import date\ndate.today()"),
        ("domain/x.py", "import datetime\ndatetime.datetime.now()"),
        ("domain/x.py", "open('x')"),
        ("models/x.py", "from workflow_app.services import errors"),
        ("services/x.py", "from workflow_app.web import clock"),
        ("services/x.py", "from pyramid.request import Request"),
        ("services/x.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
        ("commands/x.py", "from workflow_app.web import clock"),
        ("web/x.py", "from workflow_app.commands import main"),
    ],
)
def test_the_test_sees_a_breach(module: str, source: str) -> None:
    assert list(violations(PACKAGE / module, source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("domain/reading/x.py", "from ..rules import Rule\nfrom transitions import Machine\nimport json"),
        ("domain/x.py", "from datetime import date, timedelta\ndate(2020, 1, 1)"),
        ("services/x.py", "from workflow_app.models.base import Base\nfrom sqlalchemy import select"),
        ("web/x.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ],
)
def test_what_is_allowed_is_let_through(module: str, source: str) -> None:
    assert list(violations(PACKAGE / module, source)) == []
