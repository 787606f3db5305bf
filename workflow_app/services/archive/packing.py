"""The zip an archive is handed: each arkivmelding.xml beside the files it names, and nothing else.

For eFormidling all lies at the root. KS Fiks takes one registration to a message,
so each message is a folder of its own. Names in the zip are plain letters, as
KS Fiks' schema asks of ``referanseDokumentfil``; what people call the file stands
in the XML. The same case at the same time gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

from workflow_app.services.archive import efm, fiks
from workflow_app.services.archive.formats import format_of, suffix_of
from workflow_app.services.archive.identity import identifier
from workflow_app.services.archive.model import CaseFile, File, Registration, Stored
from workflow_app.services.norway import fold

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
MESSAGE = "arkivmelding.xml"


class ArchiveFormat(StrEnum):
    """The two messages there are: the values of ``--format`` and of the setting."""

    EFORMIDLING = "eformidling"
    """arkivmelding 3.1, as eFormidling (DPO) carries it."""
    KS_FIKS = "ks-fiks"
    """KS Fiks Arkiv V1, ``arkivmelding.opprett``."""


@dataclass(frozen=True)
class Package:
    """What is in the zip. ``messages`` are the XML by name, ``files`` every other by its key and name."""

    messages: Mapping[str, bytes]
    files: tuple[tuple[str, str, Stored], ...]

    @property
    def members(self) -> dict[str, bytes]:
        """Everything by its name in the zip."""
        return {**self.messages, **{name: stored.content for _, name, stored in self.files}}

    def to_zip(self) -> bytes:
        """The zip's bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in self.members.items():
                info = zipfile.ZipInfo(name, _ZIP_EPOCH)
                info.create_system = 3
                info.external_attr = _READABLE
                archive.writestr(info, content, zipfile.ZIP_STORED)
        return out.getvalue()


Earlier = Mapping[str, Sequence[str]]
"""Key of a file → the SHA-256 of each version this archive was given before, in order."""


def pack(case: CaseFile, form: ArchiveFormat, *, at: datetime, earlier: Earlier) -> Package:
    """Fetch or make every file and write the messages. ``at`` (aware) is when it is handed over."""
    if form is ArchiveFormat.EFORMIDLING:
        stored = store(_files(case.registrations), earlier)
        digests = ",".join(f"{key}={found.sha256}" for key, found in stored.items())
        # The same files again are the same message.
        message_id = identifier(case.key, form.value, hashlib.sha256(digests.encode()).hexdigest())
        xml = efm.message(case, stored, message_id=message_id, at=at)
        return Package({MESSAGE: xml}, tuple((key, found.name, found) for key, found in stored.items()))
    messages: dict[str, bytes] = {}
    files: list[tuple[str, str, Stored]] = []
    # As wide as the last one needs, so that the order of names is the order they are sent in.
    width = max(2, len(str(len(case.registrations))))
    for number, registration in enumerate(case.registrations, 1):
        folder = f"{number:0{width}d}"
        stored = store(_files((registration,)), earlier)
        messages[f"{folder}/{MESSAGE}"] = fiks.message(case, registration, stored, first=number == 1, at=at)
        files += [(key, f"{folder}/{found.name}", found) for key, found in stored.items()]
    return Package(messages, tuple(files))


def _files(registrations: Iterable[Registration]) -> Iterable[File]:
    return (f for r in registrations for document in r.documents for f in document.files)


def store(files: Iterable[File], earlier: Earlier) -> dict[str, Stored]:
    """Each file with its bytes and its name in the message, by its key."""
    found: dict[str, Stored] = {}
    for number, file in enumerate(files, 1):
        content = file.load()
        sha256 = hashlib.sha256(content).hexdigest()
        found[file.key] = Stored(
            name=_name(number, file.name),
            content=content,
            sha256=sha256,
            format=format_of(file.name, file.media_type, content),
            version=file.version or _version(earlier.get(file.key, ()), sha256),
        )
    return found


def _version(given: Sequence[str], sha256: str) -> int:
    """1 the first time; a paper made anew is the next version of the one the archive has."""
    return given.index(sha256) + 1 if sha256 in given else len(given) + 1


def _name(number: int, name: str) -> str:
    stem = fold(PurePosixPath(name).stem)[:60].strip("-") or "fil"
    return f"{number:02d}-{stem}.{suffix_of(name)}"
