"""Reading an archive's package as a receiver does: is each file named once, with its own checksum and size?

The schemas come from the folder beside the repository, which a clone may lack;
then the tests that need them are skipped and say so, and these checks still run.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from workflow_app.services.archive.packing import ArchiveFormat

ENTRANCES = {
    ArchiveFormat.EFORMIDLING: "efm-arkivmelding/arkivmelding.xsd",
    ArchiveFormat.KS_FIKS: "ks-fiks-arkiv-V1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd",
}
"""The schema of each format, below ``noark/``."""


@dataclass(frozen=True)
class Schemas:
    """The compiled schemas, and the folder they came from."""

    folder: Path
    compiled: Mapping[ArchiveFormat, Any]

    def faults(self, form: ArchiveFormat, xml: bytes) -> list[str]:
        """What the schema has against a message; nothing where it is valid."""
        return [f"{e.path}: {e.reason}" for e in self.compiled[form].iter_errors(io.BytesIO(xml))]


def members(package: bytes) -> dict[str, bytes]:
    """The files of a zip, each once."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def messages(package: bytes) -> dict[str, Any]:
    """Folder → the root of the message in it."""
    return {
        name.removesuffix("arkivmelding.xml"): etree.fromstring(content)
        for name, content in members(package).items()
        if name.endswith("arkivmelding.xml")
    }


def texts(root: Any, name: str) -> list[str]:
    """The text of every element of this name, whatever its namespace."""
    return [str(found.text) for found in root.iter("{*}" + name)]


def check(package: bytes) -> None:
    """Every file is named exactly once, every name is a file, and checksum, size and number are right."""
    content = members(package)
    told: dict[str, tuple[str, int]] = {}
    named: list[str] = []
    for folder, root in messages(package).items():
        own = [folder + name for name in texts(root, "referanseDokumentfil")]
        assert texts(root, "antallFiler") == [str(len(own))]
        named += own
        # KS Fiks tells of a file where it names it, eFormidling in metadata of our own.
        for found in root.iter("{*}sjekksum"):
            parent = found.getparent()
            name = (texts(parent, "referanseDokumentfil") or texts(parent, "filnavn"))[0]
            assert folder + name not in told
            told[folder + name] = (str(found.text), int(texts(parent, "filstoerrelse")[0]))
            assert texts(parent, "sjekksumAlgoritme") == ["SHA-256"]
    files = {name: data for name, data in content.items() if not name.endswith("arkivmelding.xml")}
    assert sorted(named) == sorted(files)
    assert told == {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()}
    made = [
        str(e.text)
        for root in messages(package).values()
        for e in root.iter("{*}systemID")
        if etree.QName(e.getparent()).localname != "referanseForelderMappe"
    ]
    assert len(made) == len(set(made))
