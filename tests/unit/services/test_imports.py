"""Whom an imported text is between: one party of the installation and no other, or a sentence."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.services import parties, trail
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import FieldErrors
from workflow_app.services.imports import import_file
from workflow_app.services.norway import OSLO
from workflow_app.services.texts import Source

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=OSLO)
TEXT = """Samarbeidsavtale mellom {kommune} og {politi}

Møter

Politirådet skal ha 4 møter i året.

Varighet

Avtalen gjelder i perioden 2025-2027. {more}
"""


@pytest.fixture
def house(session: Session) -> Session:
    for number in ("3103", "3224", "3405", "5610"):
        parties.add_municipal(session, number, now=NOW)
    for name, district in (
        ("Moss politistasjonsdistrikt", "ost"),
        ("Skedsmo politistasjonsdistrikt", "ost"),
        ("Lillehammer politistasjonsdistrikt", "innlandet"),
    ):
        parties.add_police(session, name, district, now=NOW)
    return session


def take(session: Session, text: str, **more: object) -> Agreement:
    source = Source("avtale.txt", text.encode())
    return import_file(session, source, registry=workflow_definitions(), now=NOW, **more)  # type: ignore[arg-type]


def text(kommune: str, politi: str, more: str = "") -> str:
    return TEXT.format(kommune=kommune, politi=politi, more=more)


def keys(agreement: Agreement) -> list[str]:
    return [p.party.key for p in agreement.parties]


@pytest.mark.parametrize(
    ("kommune", "politi", "found"),
    [
        ("Moss kommune", "Moss politistasjonsdistrikt", ["3103", "ost-moss"]),
        ("Lillehammer kommune", "Innlandet politidistrikt", ["3405", "innlandet-lillehammer"]),
        ("Moss kommune", "Øst politidistrikt", ["3103", "ost-moss"]),
        ("RÆLINGEN KOMMUNE", "Skedsmo politistasjonsdistrikt", ["3224", "ost-skedsmo"]),
    ],
)
def test_parties_are_told_from_the_text(house: Session, kommune: str, politi: str, found: list[str]) -> None:
    made = keys(take(house, text(kommune, politi)))
    assert made == [found[0], f"{found[1]}-politistasjonsdistrikt"]


def test_a_kommune_is_known_by_its_other_names(house: Session) -> None:
    made = take(house, text("Kárášjohka suohkan", "Moss politistasjonsdistrikt"))
    assert keys(made)[0] == "5610"


def test_the_station_that_stands_in_the_text_is_the_one(house: Session) -> None:
    made = take(house, text("Moss kommune", "Øst politidistrikt", "Leder, Skedsmo politistasjonsdistrikt."))
    assert keys(made)[1] == "ost-skedsmo-politistasjonsdistrikt"


def test_else_the_unit_the_kommune_has_agreements_with(house: Session) -> None:
    with pytest.raises(FieldErrors, match="ost-moss-politistasjonsdistrikt, ost-skedsmo"):
        take(house, text("Rælingen kommune", "Øst politidistrikt"))
    take(house, text("Rælingen kommune", "Skedsmo politistasjonsdistrikt"))
    made = take(house, text("Rælingen kommune", "Øst politidistrikt"))
    assert keys(made) == ["3224", "ost-skedsmo-politistasjonsdistrikt"]


def test_what_is_said_stands_above_the_text(house: Session) -> None:
    made = take(
        house,
        text("Moss kommune", "Øst politidistrikt"),
        municipal=["3405"],
        police=["ost-skedsmo-politistasjonsdistrikt"],
        definition=workflow_definitions().newest("politiradsavtale_vedtak"),
    )
    assert keys(made) == ["3405", "ost-skedsmo-politistasjonsdistrikt"]
    assert made.definition_id == "politiradsavtale_vedtak"


def test_the_clauses_suggest_the_definition(house: Session) -> None:
    adopted = text("Moss kommune", "Moss politistasjonsdistrikt", "Avtalen skal vedtas av kommunestyret.")
    assert take(house, adopted).definition_id == "politiradsavtale_vedtak"
    assert take(house, adopted.replace("vedtas av", "legges fram for")).definition_id == "politiradsavtale"


@pytest.mark.parametrize(
    ("kommune", "politi", "sentence"),
    [
        ("Bergen kommune", "Moss politistasjonsdistrikt", "«Bergen kommune», which is no party here"),
        ("Moss kommune", "Vest politidistrikt", "«Vest politidistrikt», which is no party here"),
        ("Moss kommune", "naboene", "names no police unit"),
        ("naboene", "Moss politistasjonsdistrikt", "names no kommune"),
    ],
)
def test_what_cannot_be_told_is_said_and_not_guessed(
    house: Session, kommune: str, politi: str, sentence: str
) -> None:
    with pytest.raises(FieldErrors, match=sentence):
        take(house, text(kommune, politi))
    assert house.query(Agreement).count() == 0


def test_an_ended_party_is_none(house: Session) -> None:
    parties.end(house, parties.find(house, "3103"), last_day=date(2026, 11, 20), now=NOW)
    with pytest.raises(FieldErrors, match="no party here"):
        take(house, text("Moss kommune", "Moss politistasjonsdistrikt"))


def test_the_console_is_the_actor(house: Session) -> None:
    made = take(house, text("Moss kommune", "Moss politistasjonsdistrikt"))
    (entry,) = trail.entries(house, trail.agreement_chain(made.id))
    body = json.loads(entry.body)
    assert (body["kind"], body["actor"], body["data"]["by"]) == ("created", None, "console")
    assert made.state == "draft"
    assert made.title == "Samarbeidsavtale mellom Moss kommune og Moss politistasjonsdistrikt"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.exe", b"tekst"),
        ("a.txt", bytes(range(256)) * 8),
        ("a.txt", b"x" * (20 * 2**20 + 1)),
    ],
)
def test_a_file_that_is_no_text_is_refused(house: Session, name: str, content: bytes) -> None:
    with pytest.raises(FieldErrors):
        import_file(house, Source(name, content), registry=workflow_definitions(), now=NOW)
    assert house.query(Agreement).count() == 0
