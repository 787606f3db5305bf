"""What the papers are filled with: words in the kommune's language, deadlines that wait, who did what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Person
from workflow_app.services import demonstration, documents, documents_trail, matters
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.documents_words import Voice
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=OSLO)
CATALOGUE = {"Within ${days} days of ${day}.": "Innan ${days} dagar etter ${day}.", "signing": "signeringa"}
NYNORSK = Voice(lambda text: CATALOGUE.get(text, text), "nn")
ENGLISH = Voice(lambda text: text, "en")


@pytest.fixture
def filled(session: Session) -> Session:
    demonstration.fill(session, NOW, hashing=Passwords(time_cost=1, memory_kib=8))
    return session


def of(session: Session, number: str) -> Agreement:
    return session.scalars(
        select(Agreement).join(AgreementParty).where(AgreementParty.party.has(key=number))
    ).one()


def paper(session: Session, number: str, voice: Voice = ENGLISH) -> Any:
    more: Any = {"registry": workflow_definitions(), "now": NOW, "voice": voice}
    return documents.agreement_paper(session, of(session, number), **more)


def matter(session: Session, number: str, voice: Voice = ENGLISH) -> Any:
    more: Any = {"registry": workflow_definitions(), "now": NOW, "voice": voice}
    agreement = of(session, number)
    return documents.matter_paper(session, agreement, matters.matters_of(session, agreement)[-1], **more)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2025, 3, 1), "1. mars 2025"),
        (Interval.parse("2025-02"), "februar 2025"),
        (msg("signing"), "signeringa"),
        ("som avtalt", "som avtalt"),
    ],
)
def test_values_are_said_in_the_papers_language(value: object, said: str) -> None:
    sentence = msg("Within ${days} days of ${day}.", days=90, day=value)
    assert NYNORSK.say(sentence) == f"Innan 90 dagar etter {said}."


def test_a_language_without_a_catalogue_is_bokmaal() -> None:
    assert Voice(str, "se").paper_language == "nb"
    assert NYNORSK.paper_language == "nn"


def test_what_was_missed_and_what_comes_next_both_stand(filled: Session) -> None:
    lines = [(d.kind, d.latest) for d in paper(filled, "3103").deadlines]
    assert lines == [
        ("Report to the kommunestyre, Moss kommune", date(2020, 7, 29)),
        ("Revision", date(2021, 4, 30)),
        ("Task 2025: Trygghetsvandring", date(2025, 12, 31)),
        ("Meetings of the politiråd, spring 2026", date(2026, 6, 30)),
        ("The agenda of the meeting on 1 December 2026", date(2026, 11, 24)),
        ("Attendance 2026: Politiet – kommunestyret", date(2026, 12, 31)),
        ("Evaluation", date(2026, 12, 31)),
        ("Meetings of the politiråd, autumn 2026", date(2026, 12, 31)),
        ("Task 2026: Trygghetsvandring", date(2026, 12, 31)),
        ("The evaluation of 2025 before the kommunestyre, Moss kommune", date(2027, 2, 19)),
    ]


def test_the_kommunestyre_is_told_what_lies_ahead(filled: Session) -> None:
    lines = [(d.kind, d.latest) for d in matter(filled, "3103").deadlines]
    assert lines == [("Evaluation", date(2026, 12, 31))]


def test_where_the_text_is_silent_the_paper_says_so(filled: Session) -> None:
    said = {(line.kind, line.reason) for line in paper(filled, "3224").undated if line.quote is None}
    assert ("Revision", "The agreement does not say when it is to be revised.") in said
    assert ("Expiry", "The agreement does not say when it expires.") in said
    quoted = [line for line in paper(filled, "5605").undated if line.quote]
    assert all(line.reason[0].isupper() and line.reason.endswith(".") for line in quoted)


def test_an_unsigned_draft_names_who_is_to_sign(filled: Session) -> None:
    found = paper(filled, "3405")
    assert [(m.role, m.party) for m in found.missing] == [
        ("mayor", "Lillehammer kommune"),
        ("station chief", "Lillehammer politistasjonsdistrikt"),
    ]
    assert (found.signatures, found.rules, found.deadlines) == ((), (), ())


def test_local_titles_stand_where_the_clause_gives_them(filled: Session) -> None:
    roles = {s.party: s.role for s in paper(filled, "3224").signatures}
    assert roles["Skedsmo politistasjonsdistrikt"] == "Leder tjenesteenhet"


def test_the_steps_tell_who_in_what_office_and_how_it_ended(filled: Session) -> None:
    steps = matter(filled, "3224").steps
    assert [s.number for s in steps] == [1, 3, 4, 5]
    assert (steps[-1].note, steps[-1].party) == ("Noted (tatt til orientering)", "Rælingen kommune")
    assert steps[-2].role == "Primærpolitikontakt"
    assert {s.at for s in steps} == {NOW}


def test_a_person_who_is_erased_has_no_name_in_it(filled: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = filled.scalars(select(Person).where(Person.username == "slt.moss")).one()
    assert matter(filled, "3103").steps[0].person == gone.name
    # Erasing comes with a later part of the house; to a paper it is a person nobody finds.
    monkeypatch.setattr(documents_trail, "names", lambda *_: {})
    assert {s.person for s in matter(filled, "3103").steps} == {"(erased)"}


def test_a_paper_can_be_made_at_any_fraction_of_a_second(filled: Session) -> None:
    made = documents.agreement_pdf(
        filled, of(filled, "3103"), registry=workflow_definitions(), now=NOW, twin=b"{}",
        translate=str, language="nb",
    )  # fmt: skip
    assert made.startswith(b"%PDF-")
