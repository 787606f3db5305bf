"""A branch of an XML tree that can only hold what an arkivmelding's types allow.

Each method writes one kind of value, so a date cannot end up where a time
belongs. What XML 1.0 forbids (section 2.2: control characters, lone surrogates)
is dropped before it is written, since titles come from people and from files.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import UUID

from lxml import etree

from workflow_app.services.norway import OSLO

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMELESS = "Uten tittel"
"""Stands where a title is demanded and nothing that can be written is left of it."""


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("", text).strip()


class Branch:
    """An element and how to write below it; what is None or empty is not written."""

    def __init__(self, element: etree._Element, namespace: str) -> None:
        self._element = element
        self._namespace = namespace

    @classmethod
    def root(cls, name: str, namespace: str, **prefixes: str) -> Branch:
        """The root of a document in ``namespace``, with ``prefixes`` for what is foreign to it."""
        spaces: dict[str | None, str] = {None: namespace, "xsi": XSI}
        spaces.update(prefixes.items())
        return cls(etree.Element(etree.QName(namespace, name), nsmap=spaces), namespace)

    def branch(self, name: str, kind: str | None = None) -> Branch:
        """A new element with elements of its own; ``kind`` is its ``xsi:type``."""
        below = etree.SubElement(self._element, etree.QName(self._namespace, name))
        if kind is not None:
            below.set(etree.QName(XSI, "type"), kind)
        return Branch(below, self._namespace)

    def foreign(self, namespace: str) -> Branch:
        """The same element, written into from another namespace."""
        return Branch(self._element, namespace)

    def line(self, name: str, value: str | None) -> None:
        """Text on one line."""
        self._write(name, " ".join(clean(value or "").split()))

    def title(self, name: str, value: str) -> None:
        """Text on one line that must not be missing."""
        self._write(name, " ".join(clean(value).split()) or NAMELESS)

    def text(self, name: str, value: str | None) -> None:
        """Text as it is, lines and all; written even where nothing is left of it."""
        self._element_of(name, clean(value or ""))

    def day(self, name: str, value: date | None) -> None:
        """An ``xs:date``."""
        self._write(name, value.isoformat() if value is not None else "")

    def moment(self, name: str, value: datetime | None) -> None:
        """An ``xs:dateTime`` in Norwegian time with its offset."""
        self._write(name, value.astimezone(OSLO).isoformat(timespec="seconds") if value is not None else "")

    def number(self, name: str, value: int | None) -> None:
        """A whole number."""
        self._write(name, str(value) if value is not None else "")

    def flag(self, name: str, value: bool) -> None:
        """An ``xs:boolean``."""
        self._write(name, "true" if value else "false")

    def uuid(self, name: str, value: UUID) -> None:
        """An identifier."""
        self._write(name, str(value))

    def to_bytes(self) -> bytes:
        """The document as UTF-8 with its declaration."""
        written: bytes = etree.tostring(
            self._element, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return written

    def _write(self, name: str, text: str) -> None:
        if text:
            self._element_of(name, text)

    def _element_of(self, name: str, text: str) -> None:
        below = etree.SubElement(self._element, etree.QName(self._namespace, name))
        below.text = text
