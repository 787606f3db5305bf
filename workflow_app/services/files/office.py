"""Which office file it is, and what keeps it from being read, before any of its words are."""

from __future__ import annotations

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files.docx import read_docx
from workflow_app.services.files.extracted import Extracted
from workflow_app.services.files.odt import read_odt
from workflow_app.services.files.package import Package, local, value
from workflow_app.services.files.refusals import encrypted, macros

_ODT = "application/vnd.oasis.opendocument.text"
_BASIC_LISTS = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")


def read_office(content: bytes) -> Extracted:
    """The text of a .docx or .odt. Raises :class:`UnreadableFile` with one sentence."""
    package = Package(content)
    if "[Content_Types].xml" in package.names:
        return read_docx(package, _main_part(package))
    mimetype = (package.read("mimetype") or b"").decode("ascii", "replace").strip()
    if mimetype.startswith(_ODT):
        _check_odt(package)
        return read_odt(package)
    if mimetype.startswith("application/vnd.oasis.opendocument"):
        raise UnreadableFile(
            msg("The file is a spreadsheet, a presentation or a drawing; choose the agreement's text.")
        )
    if any(name.endswith(".iwa") for name in package.names):
        raise UnreadableFile(msg("The file is from Pages; export it as .docx or PDF and try again."))
    raise UnreadableFile(msg("The file is a zip archive; unpack it and choose the agreement itself."))


def _main_part(package: Package) -> str:
    """The part with the words, as the package names it. Raises for macros and for what is no Word file."""
    types = package.xml("[Content_Types].xml")
    kinds = [value(one, "ContentType") or "" for one in types] if types is not None else []
    programs = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in package.names)
    if programs or any("macroEnabled" in kind for kind in kinds):
        raise macros()
    if any("spreadsheetml" in kind or "presentationml" in kind for kind in kinds) and not any(
        "wordprocessingml" in kind for kind in kinds
    ):
        raise UnreadableFile(
            msg("The file is a spreadsheet, a presentation or a drawing; choose the agreement's text.")
        )
    rels = package.xml("_rels/.rels")
    for one in rels if rels is not None else ():
        if local(one) == "Relationship" and (value(one, "Type") or "").endswith("/officeDocument"):
            return (value(one, "Target") or "").lstrip("/")
    return "word/document.xml"


def _check_odt(package: Package) -> None:
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(one) == "encryption-data" for one in manifest.iter()):
        raise encrypted()
    if "encrypted-package" in package.names:
        raise encrypted()
    for name in package.names:
        basic = name.startswith("Basic/") and name.endswith(".xml") and not name.endswith(_BASIC_LISTS)
        if basic or (name.startswith("Scripts/") and not name.endswith("/")):
            raise macros()
