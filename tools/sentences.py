"""Find every sentence that a person may read: in Python, in templates, in definitions.

Three extractors, because sentences stand in three kinds of files and each has
its own rule for what the catalogue key is:

* Python: the first argument of ``msg(…)`` and ``_(…)``, which must be a literal,
  since a key put together at run time is in no catalogue;
* templates: what Chameleon itself would look up for ``i18n:translate`` and
  ``i18n:attributes``, with the white space it collapses and the named parts it
  puts in as ``${name}``; and ``_('…')`` within an expression;
* workflow definitions: ``title``, ``label`` and all that stands under ``labels``.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

CALLS = frozenset({"msg", "_"})
TOML_KEYS = frozenset({"title", "label", "labels"})
DOMAIN = "avtaleflyt"

_CALL_IN_TEMPLATE = re.compile(
    r"""(?<![\w.])(?:msg|_)\(\s*(?P<quote>['"])(?P<text>(?:\\.|(?!(?P=quote)).)+)(?P=quote)"""
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_WHITE_SPACE = re.compile(r"\s+")


class SentenceError(Exception):
    """A sentence that no catalogue could hold; says the file, the line and what to write instead."""


@dataclass(frozen=True)
class Sentence:
    """A catalogue key and where it stands: file relative to the root, and line."""

    text: str
    file: str
    line: int


def collect(root: Path) -> list[Sentence]:
    """All sentences of the project in the order of files and lines."""
    found: list[Sentence] = []
    for path in sorted((root / "workflow_app").rglob("*.py")):
        found += from_python(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for path in sorted((root / "templates").rglob("*.pt")):
        found += from_template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for path in sorted((root / "states").glob("*.toml")):
        found += from_toml(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    return found


def from_python(source: str, file: str) -> Iterator[Sentence]:
    """The literals of ``msg(…)`` and ``_(…)``; raises SentenceError for anything else there."""
    for node in ast.walk(ast.parse(source, file)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name not in CALLS:
            continue
        first = node.args[0]
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            raise SentenceError(
                f"{file}:{node.lineno}: {name}() must be given its sentence as a literal, "
                "with ${name} for what varies"
            )
        yield Sentence(first.value, file, node.lineno)


def from_toml(source: str, file: str) -> Iterator[Sentence]:
    """The sentences of a definition; TOML's parser knows no lines, so the first match tells it."""
    for text in _toml_values(tomllib.loads(source)):
        at = source.find(text)
        yield Sentence(text, file, source.count("\n", 0, max(at, 0)) + 1)


def _toml_values(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _toml_values(inner, key if key == "labels" else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _toml_values(inner, key)
    elif isinstance(value, str) and key in TOML_KEYS:
        yield value


def from_template(source: str, file: str) -> Iterator[Sentence]:
    """The sentences of one Chameleon template."""
    parser = _Template(file)
    parser.feed(source)
    parser.close()
    for match in _CALL_IN_TEMPLATE.finditer(source):
        text = match["text"].replace("\\'", "'").replace('\\"', '"')
        parser.found.append(Sentence(text, file, source.count("\n", 0, match.start()) + 1))
    yield from sorted(parser.found, key=lambda sentence: sentence.line)


@dataclass
class _Element:
    """An open element: whether its content is a sentence, or a named part of one."""

    tag: str
    line: int
    translate: str | None = None
    name: str | None = None
    text: list[str] = field(default_factory=list)

    @property
    def own_text(self) -> bool:
        return self.translate is not None or self.name is not None


class _Template(HTMLParser):
    """Keeps the open elements, and gathers text into the nearest sentence or named part."""

    def __init__(self, file: str) -> None:
        # Chameleon looks up the mark-up as it stands, entities and all.
        super().__init__(convert_charrefs=False)
        self.file = file
        self.found: list[Sentence] = []
        self.open: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._element(tag, attrs)
        if tag in _VOID:
            self._close(element)
        else:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close(self._element(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            element = self.open.pop()
            self._close(element)
            if element.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def close(self) -> None:
        super().close()
        while self.open:
            self._close(self.open.pop())

    def _element(self, tag: str, attrs: list[tuple[str, str | None]]) -> _Element:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        for part in filter(None, (p.strip() for p in values.get("i18n:attributes", "").split(";"))):
            attribute, _, key = part.partition(" ")
            text = key.strip() or values.get(attribute.lower(), "")
            if not text or "${" in text:
                raise SentenceError(
                    f"{self.file}:{line}: i18n:attributes names {attribute}, which has no sentence here"
                )
            self.found.append(Sentence(text, self.file, line))
        element = _Element(tag, line, values.get("i18n:translate"), values.get("i18n:name"))
        owner = self._owner()
        if owner is not None and owner.name is None and element.name is None:
            raise SentenceError(f"{self.file}:{line}: <{tag}> inside i18n:translate needs i18n:name")
        if element.translate == "" and "tal:content" in values:
            element.translate = None  # what is translated is known when the page is drawn
        return element

    def _owner(self) -> _Element | None:
        """The nearest open element whose text is a sentence or a named part of one."""
        return next((element for element in reversed(self.open) if element.own_text), None)

    def _add(self, text: str) -> None:
        owner = self._owner()
        if owner is None:
            return
        if owner.name is None and "${" in text:
            raise SentenceError(
                f"{self.file}:{self.getpos()[0]}: "
                "a value inside i18n:translate needs an element with i18n:name"
            )
        owner.text.append(text)

    def _close(self, element: _Element) -> None:
        content = _WHITE_SPACE.sub(" ", "".join(element.text)).strip()
        if element.translate or (element.translate is not None and content):
            self.found.append(Sentence(element.translate or content, self.file, element.line))
        owner = self._owner()
        if element.name is not None and owner is not None:
            owner.text.append(f"${{{element.name}}}")
