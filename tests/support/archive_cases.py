"""Case files of every shape an agreement could have, for Hypothesis, with titles nobody would choose."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from hypothesis import strategies as st

from workflow_app.services.archive.codes import (
    CaseStatus,
    Correspondence,
    CouncilCase,
    DocumentType,
    JournalType,
)
from workflow_app.services.archive.identity import identifier
from workflow_app.services.archive.model import (
    CaseFile,
    Correspondent,
    Council,
    Document,
    File,
    Participant,
    Registration,
    Shield,
)

WORDS = st.one_of(
    st.sampled_from(
        [
            "Samarbeidsavtale <mellom> Guovdageainnu suohkan & Øst politidistrikt",
            "Kárášjoga gielda – Porsáŋgu/Porsangin kunta",
            'Avtale "om" ]]> æøå ÆØÅ',
            "x" * 400,
            "\x00\x08",
            " ",
        ]
    ),
    st.text(st.characters(exclude_categories=()), max_size=30),
)
MAYBE = st.none() | WORDS
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
SHIELDS = st.none() | st.builds(Shield, WORDS)
NAMES = st.sampled_from(
    ["avtale.pdf", "Vedlegg 1 – mål.DOCX", "uten", "skann.tiff", "x" * 190 + ".txt", "a/b.pdf"]
)


def _content(content: bytes) -> bytes:
    return content


@st.composite
def files(draw: st.DrawFn, key: str) -> File:
    """One file."""
    return File(
        key,
        draw(NAMES),
        "application/x-noe",
        draw(TIMES),
        partial(_content, draw(st.binary(max_size=20))),
        production=draw(st.booleans()),
        signed=draw(st.booleans()),
        version=draw(st.none() | st.integers(1, 9)),
    )


@st.composite
def documents(draw: st.DrawFn, key: str) -> Document:
    """One document with one to three files."""
    return Document(
        identifier(key),
        draw(st.sampled_from(DocumentType)),
        draw(WORDS),
        draw(TIMES),
        tuple(draw(files(f"{key}/{n}")) for n in range(draw(st.integers(1, 3)))),
        finished=draw(st.booleans()),
        shield=draw(SHIELDS),
        original_at=draw(MAYBE),
    )


CORRESPONDENTS = st.builds(
    Correspondent,
    st.sampled_from(Correspondence),
    WORDS,
    st.none() | st.sampled_from(["3103", "ost-moss"]),
    MAYBE,
)


@st.composite
def councils(draw: st.DrawFn) -> Council:
    """What it is to the kommunestyre, with a number or without."""
    year, sequence = draw(st.just((None, None)) | st.tuples(st.integers(1900, 2100), st.integers(0, 999_999)))
    return Council(
        draw(st.sampled_from(CouncilCase)),
        draw(MAYBE),
        draw(st.none() | DAYS),
        draw(MAYBE),
        year,
        sequence,
        draw(MAYBE),
        draw(MAYBE),
    )


@st.composite
def registrations(draw: st.DrawFn, key: str) -> Registration:
    """One registration with one to three documents."""
    return Registration(
        identifier(key),
        key,
        draw(WORDS),
        draw(st.sampled_from(JournalType)),
        draw(TIMES),
        tuple(draw(st.lists(CORRESPONDENTS, max_size=3))),
        tuple(draw(documents(f"{key}/{n}")) for n in range(draw(st.integers(1, 3)))),
        draw(st.none() | DAYS),
        draw(st.none() | TIMES),
        draw(st.none() | TIMES),
        draw(SHIELDS),
        draw(st.none() | councils()),
    )


@st.composite
def cases(draw: st.DrawFn) -> CaseFile:
    """A case file with one to three registrations."""
    numbers = st.tuples(st.integers(1900, 2100), st.integers(0, 999_999_999))
    year, sequence = draw(st.just((None, None)) | numbers)
    participants = st.builds(Participant, WORDS, st.sampled_from(["3103", "ost-moss"]), st.booleans())
    return CaseFile(
        identifier("case"),
        "agreement/x/3103/case",
        draw(WORDS),
        draw(TIMES),
        draw(DAYS),
        draw(WORDS),
        draw(WORDS),
        draw(st.sampled_from(CaseStatus)),
        tuple(draw(st.lists(participants, max_size=3))),
        tuple(draw(registrations(f"r/{n}")) for n in range(draw(st.integers(1, 3)))),
        year,
        sequence,
        draw(st.none() | TIMES),
    )
