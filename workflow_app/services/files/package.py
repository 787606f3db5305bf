"""A .docx or .odt as the zip it is, opened by somebody who does not trust it.

A few kilobytes of zip can unpack to any size, and XML can name files and
multiply itself. So only the parts that are read are unpacked, each up to a
limit, and XML goes through a parser that resolves nothing. A zip within the zip
is never opened.

lxml, of what was tried on a Word file's text of 115 kB: lxml 1.2 ms, defusedxml
5.9 ms, python-docx (which is lxml, and reads neither tracked changes nor
numbers) 63 ms. lxml stops at 256 levels, 10 MB of one text and at entities that
grow; nothing it can be told to fetch is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files.refusals import bomb, broken, encrypted

MOST_ENTRIES = 5_000
LARGEST_PART = 40 << 20
LARGEST_WHOLE = 400 << 20
GREATEST_RATIO = 400
"""Deflate packs at most 1032 to 1; the emptiest real document we made 90 to 1."""

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """The parts of one file. Raises :class:`UnreadableFile` where it is damaged or larger than it looks."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise broken() from error
        whole = sum(info.file_size for info in infos)
        if len(infos) > MOST_ENTRIES or whole > LARGEST_WHOLE:
            raise bomb()
        for info in infos:
            if info.file_size > (1 << 20) and info.file_size > GREATEST_RATIO * max(info.compress_size, 1):
                raise bomb()
        self.names = frozenset(info.filename for info in infos)
        self._unpacked = 0

    def read(self, name: str) -> bytes | None:
        """A part's bytes; None where there is no such part."""
        if name not in self.names:
            return None
        info = self._zip.getinfo(name)
        if info.file_size > LARGEST_PART or self._unpacked > 2 * LARGEST_PART:
            raise bomb()
        if info.flag_bits & 0x1:
            raise encrypted()
        try:
            content = self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise broken() from error
        except RuntimeError as error:
            # zipfile says so, and no more, of a password.
            raise encrypted() from error
        self._unpacked += len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """A part as XML; None where there is no such part."""
        content = self.read(name)
        if content is None:
            return None
        if _STRICT in content:
            # "Strict" Word files differ in nothing that is read here but the name of their names.
            content = content.replace(_STRICT, _TRANSITIONAL)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise broken() from error
        dtd = root.getroottree().docinfo.internalDTD
        if dtd is not None and next(dtd.iterentities(), None) is not None:
            raise UnreadableFile(
                msg("The file's XML defines entities, as no word processor does; it isn't read.")
            )
        return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; "" for an entity, which is not resolved."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    for key, found in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(found)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of names without namespaces."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element
