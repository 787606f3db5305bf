"""The page that tells what an archive would be handed (``archive.pt``)."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, Choice, Link, Moment, Problem


@dataclass(frozen=True)
class ArchiveButton:
    """The button on the agreement's page. ``party`` is the key of the reader's own party."""

    party: str
    href: str


@dataclass(frozen=True)
class ArchiveDocument:
    """One document of a registration; ``type`` is Noark's word, ``files`` what they are called."""

    title: str
    type: str
    files: tuple[str, ...]
    finished: bool = True


@dataclass(frozen=True)
class ArchiveRegistration:
    """One registration; ``kind`` is Noark's word for its journalposttype, ``shield`` its legal basis."""

    title: str
    kind: str
    documents: tuple[ArchiveDocument, ...]
    shield: str | None = None
    dated: Moment | None = None


@dataclass(frozen=True)
class ArchiveHanded:
    """One time it was handed over. ``who`` None is the installation itself."""

    when: Moment
    party: str
    format: str
    who: str | None = None


@dataclass(frozen=True)
class ArchivePage:
    """``archive.pt``. ``party`` is whose archive; ``parties`` lead to what the others' would get.

    ``may`` is whether the reader hands over to this one; ``closed`` says who does
    where she does not. ``case_number`` is the archive's own, where it is told.
    """

    head: AgreementHead
    party: str
    party_key: str
    parties: tuple[Link, ...]
    formats: tuple[Choice, ...]
    registrations: tuple[ArchiveRegistration, ...]
    status: str
    missing: tuple[str, ...] = ()
    handed: tuple[ArchiveHanded, ...] = ()
    case_number: str | None = None
    may: bool = False
    closed: str | None = None
    problems: tuple[Problem, ...] = ()

    def named(self, form: str) -> str:
        """What people call a format; its own value where it is offered no more."""
        return next((one.label for one in self.formats if one.value == form), form)
