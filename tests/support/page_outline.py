"""An HTML page as a flat list of its elements, for tests that ask about its structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(eq=False)
class Element:
    """An element with its attributes, all the text within it, and the elements around it, outermost first."""

    tag: str
    attributes: dict[str, str]
    around: tuple[Element, ...] = ()
    text: str = field(default="")

    def get(self, name: str) -> str | None:
        """An attribute, or None where it is not there."""
        return self.attributes.get(name)

    def inside(self, tag: str) -> bool:
        """Whether an element of this kind is around it."""
        return any(outer.tag == tag for outer in self.around)


class Outline(HTMLParser):
    """Reads a page; raises AssertionError at an element that is closed wrongly."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def all(self, *tags: str) -> list[Element]:
        """The elements of these kinds, in the order of the page."""
        return [element for element in self.elements if element.tag in tags]

    def one(self, tag: str) -> Element:
        """The only element of its kind."""
        (found,) = self.all(tag)
        return found

    def classed(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [e for e in self.elements if name in (e.get("class") or "").split()]

    def ids(self) -> list[str]:
        """Every id, also those given twice."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice on <{tag}>: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        opened = self._open.pop()
        assert opened.tag == tag, f"<{opened.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
