"""Invented papers to print: three kommuner and a police district that do not exist."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.unit.services.papers.anchors import anchor, head
from workflow_app.services.papers import (
    AgreementPaper,
    Attachment,
    DeadlineLine,
    DefinitionLine,
    MatterPaper,
    Party,
    RuleLine,
    Signature,
    TrailHead,
    TrailStep,
    UndatedLine,
    sections,
)

HERE = Path(__file__).parent
SUMMER, WINTER = timezone(timedelta(hours=2), "CEST"), timezone(timedelta(hours=1), "CET")
MADE = datetime(2025, 2, 14, 9, 30, tzinfo=WINTER)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


PARTIES = (
    Party("municipal", "Fjellvik kommune", "9901"),
    Party("municipal", "Øvre Strandmo kommune", "9902"),
    Party("municipal", "Áidejohka kommune", "9903"),
    Party("police", "Nordvestre politidistrikt, Fjellvik politistasjonsdistrikt"),
)
SIGNATURES = (
    Signature(
        "Ordfører",
        "Fjellvik kommune",
        "Kari Nordmann",
        datetime(2025, 2, 3, 12, 5, tzinfo=WINTER),
        "password",
    ),
    Signature(
        "Varaordfører",
        "Øvre Strandmo kommune",
        "Ola Eksempelsen",
        datetime(2025, 2, 4, 8, 0, tzinfo=WINTER),
        "password",
        acting_for="Eva Prøvestad",
    ),
    Signature("Ordfører", "Áidejohka kommune", "Máret Testdal", date(2025, 2, 6), "paper"),
    Signature(
        "Leder tjenesteenhet",
        "Nordvestre politidistrikt, Fjellvik politistasjonsdistrikt",
        "Per Påfunn",
        datetime(2025, 2, 7, 14, 45, tzinfo=WINTER),
        "password",
    ),
)
RULES = (
    RuleLine(
        "Varighet",
        "Avtalen gjelder fra 1. januar 2025 til 31. desember 2027.",
        "Avtalen gjelder for perioden 2025-2027.",
    ),
    RuleLine(
        "Revisjon", "Revideres hver tolvte måned, regnet fra underskriften.", "Avtalen revideres årlig."
    ),
    RuleLine(
        "Evaluering",
        "Skriftlig evaluering innen 31. desember hvert år.",
        "Politirådet evaluerer samarbeidet innen utgangen av hvert år. Evalueringen skal være skriftlig",
    ),
    RuleLine(
        "Møter",
        "Fire møter i året, to om våren og to om høsten.",
        "Politirådet holder fire møter i året, to om våren og to om høsten.",
    ),
    RuleLine(
        "Saksliste", "Sendes ut sju dager før hvert møte.", "Sakslisten sendes ut senest\nen uke før møtet."
    ),
    RuleLine("Kommunestyret", "Legges fram som referatsak.", "legges fram for kommunestyrene som referatsak"),
    RuleLine(
        "Oppsigelse",
        "Skriftlig, seks måneders varsel.",
        "En part kan si opp avtalen skriftlig med seks måneders varsel.",
    ),
)
UNDATED = (
    UndatedLine(
        "Revisjon",
        "Ved behov gir ingen dato; den som ber om revisjon, setter den.",
        "Partene kan be om revisjon utenom dette når det er behov for det.",
    ),
    UndatedLine("Fornyelse", "Avtalen sier ikke om den fornyes."),
)
DEADLINES = (
    DeadlineLine(
        date(2025, 5, 8),
        date(2025, 5, 8),
        "Orientering til kommunestyret",
        "Innen 90 dager etter underskriften.",
        "house_rule",
    ),
    DeadlineLine(
        date(2025, 12, 31),
        date(2025, 12, 31),
        "Evaluering 2025",
        "Politirådet evaluerer samarbeidet innen utgangen av hvert år.",
        "clause",
    ),
    DeadlineLine(
        date(2026, 2, 3),
        date(2026, 2, 7),
        "Revisjon",
        "Avtalen revideres årlig.",
        "clause",
        ("Regnet fra underskriften; avtalen sier ikke hvorfra.",),
    ),
    DeadlineLine(
        date(2027, 12, 31), date(2027, 12, 31), "Utløp", "Avtalen gjelder for perioden 2025-2027.", "clause"
    ),
)
ATTACHMENTS = (
    Attachment("Vedlegg 1 – felles innsatsområder 2025–2027.pdf", _hash("1"), 184_223),
    Attachment("Vedlegg 2 – kontaktpersoner.txt", _hash("2"), 912),
)
DEFINITION = DefinitionLine("politiradsavtale", 1, _hash("definition"))
TRAIL = TrailHead(19, _hash("head"))
ANCHOR = anchor(
    head(48213, 17, final=True),
    head(48230, 19, final=False),
    waits=("Venter på politiets vitne.",),
    address="https://avtale.fjellvik.example/verify",
)
_AT = datetime(2025, 1, 13, 10, 0, tzinfo=WINTER)
_CAST = (
    ("Opprettet", "Siri Samordnar", "SLT-koordinator", "Fjellvik kommune", None),
    ("Ny tekst, versjon 2", "Siri Samordnar", "SLT-koordinator", "Fjellvik kommune", None),
    ("Regler bekreftet", "Bo Betjent", "Politikontakt", "Fjellvik politistasjonsdistrikt", None),
    ("Godkjent: ferdig forhandlet", "Siri Samordnar", "SLT-koordinator", "Fjellvik kommune", None),
    ("Godkjent: ferdig forhandlet", "Siri Samordnar", "SLT-koordinator", "Øvre Strandmo kommune", None),
    ("Godkjent: ferdig forhandlet", "Jon Jevnaker", "SLT-koordinator", "Áidejohka kommune", None),
    ("Ferdig forhandlet", "Bo Betjent", "Politikontakt", "Fjellvik politistasjonsdistrikt", None),
    ("Underskrevet av én part", "Kari Nordmann", "Ordfører", "Fjellvik kommune", None),
    ("Underskrevet av én part", "Ola Eksempelsen", "Varaordfører", "Øvre Strandmo kommune", "Eva Prøvestad"),
    ("Underskrevet av én part", "Jon Jevnaker", "SLT-koordinator", "Áidejohka kommune", None),
    ("Underskrevet av alle", "Per Påfunn", "Leder tjenesteenhet", "Fjellvik politistasjonsdistrikt", None),
)
STEPS = tuple(
    TrailStep(
        number=number + 1,
        at=_AT + timedelta(days=2 * number, minutes=37 * number),
        step=step,
        person=person,
        role=role,
        party=party,
        acting_for=acting,
        on=date(2025, 1, 30) if number == 9 else None,
        note="Ført inn fra underskrevet papir." if number == 9 else None,
    )
    for number, (step, person, role, party, acting) in enumerate(_CAST)
)


def _agreement(**changes: Any) -> AgreementPaper:
    text = json.loads((HERE / "agreement_text.json").read_text(encoding="utf-8"))
    fields: dict[str, Any] = {
        "title": "Samarbeidsavtale om politiråd for Fjellvik, Øvre Strandmo og Áidejohka 2025–2027",
        "language": "nb",
        "parties": PARTIES,
        "sections": sections((level, heading, body) for level, heading, body in text),
        "version": 3,
        "text_sha256": _hash("text"),
        "digest": _hash("digest"),
        "definition": DEFINITION,
        "trail": TRAIL,
        "attachments": ATTACHMENTS,
        "signatures": SIGNATURES,
        "rules": RULES,
        "undated": UNDATED,
        "deadlines": DEADLINES,
        "anchor": ANCHOR,
    }
    return AgreementPaper(**fields | changes)


def _matter(**changes: Any) -> MatterPaper:
    fields: dict[str, Any] = {
        "kind": "referatsak",
        "language": "nb",
        "municipality": PARTIES[0],
        "title": "Avtale om politiråd 2025–2027 – orientering til kommunestyret",
        "agreement_title": "Samarbeidsavtale om politiråd for Fjellvik, Øvre Strandmo og Áidejohka 2025–2027",
        "agreement_version": 3,
        "text_sha256": _hash("text"),
        "digest": _hash("digest"),
        "definition": DEFINITION,
        "proposal": "Saken tas til orientering.",
        "trail": TRAIL,
        "refusals": 2,
        "case_officer": "Siri Samordnar",
        "archive_case": "25/1234",
        "case_number": "RS 12/25",
        "committee": "Kommunestyret",
        "meeting_date": date(2025, 3, 20),
        "parties": PARTIES,
        "rules": RULES,
        "undated": UNDATED,
        "signatures": SIGNATURES,
        "deadlines": DEADLINES,
        "anchor": ANCHOR,
        "attachments": (Attachment("Samarbeidsavtale, underskrevet.pdf", _hash("3"), 88_120), *ATTACHMENTS),
        "steps": STEPS,
    }
    return MatterPaper(**fields | changes)


@dataclass(frozen=True)
class Printed:
    """A PDF and the ways a test looks into it."""

    raw: bytes

    @property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.raw))

    @property
    def pages(self) -> list[str]:
        """Each page's text, white space made single and line-end hyphens undone."""
        return [_flat(page.extract_text()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def packed(self) -> str:
        """The text without white space and hyphens: what is divided in a column still compares."""
        return pack(self.text)


def _flat(text: str) -> str:
    return " ".join(re.sub(r"-\n(?=[a-zæøå])", "", text).replace("\u200b", "").split())


def pack(text: str) -> str:
    """Text as :attr:`Printed.packed` has it."""
    return "".join(text.replace("\u200b", "").replace("-", "").split())


def _translator(language: str) -> Callable[[str], str]:
    if language == "en":
        return lambda text: text
    catalogue = json.loads((HERE / f"labels_{language}.json").read_text(encoding="utf-8"))
    return lambda text: str(catalogue[text])


@pytest.fixture(scope="session")
def agreement() -> Callable[..., AgreementPaper]:
    """Makes the invented agreement, with any field changed."""
    return _agreement


@pytest.fixture(scope="session")
def matter() -> Callable[..., MatterPaper]:
    """Makes the invented matter, with any field changed."""
    return _matter


@pytest.fixture(scope="session")
def translator() -> Callable[[str], Callable[[str], str]]:
    """A strict catalogue by language: a label missing from it is a KeyError."""
    return _translator


@pytest.fixture(scope="session")
def printed() -> type[Printed]:
    """Looks into a PDF."""
    return Printed


@pytest.fixture(scope="session")
def made() -> datetime:
    """When every paper here is made."""
    return MADE


@pytest.fixture(scope="session")
def packed() -> Callable[[str], str]:
    """White space taken out, for comparing with ``Printed.packed``."""
    return pack
