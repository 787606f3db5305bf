"""Parties: keys that never change, near names for slips, and an entry for every change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, trail
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.trail import EntryActor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def entries(session: Session, chain: str) -> list[dict[str, Any]]:
    return [decode(e.body) for e in trail.entries(session, chain)]


def test_a_kommune_is_taken_in_by_its_number(session: Session) -> None:
    moss = parties.add_municipal(session, " 3103 ", language="nn", now=NOW)
    assert (moss.key, moss.side, moss.name, moss.language) == ("3103", "municipal", "Moss kommune", "nn")
    assert moss.kommune_number == "3103"
    [entry] = entries(session, "party/3103")
    assert (entry["kind"], entry["actor"]) == ("party_added", None)
    assert entry["data"] == {
        "number": "3103",
        "side": "municipal",
        "name": "Moss kommune",
        "language": "nn",
        "by": "console",
    }


def test_the_two_called_heroy_are_two_parties(session: Session) -> None:
    keys = {parties.add_municipal(session, number, now=NOW).key for number in ("1515", "1818")}
    assert keys == {"1515", "1818"}


def test_a_police_unit_gets_a_stable_slug(session: Session) -> None:
    unit = parties.add_police(session, "  Moss   politistasjonsdistrikt ", "ost", now=NOW)
    assert (unit.key, unit.side) == ("ost-moss-politistasjonsdistrikt", "police")
    assert (unit.name, unit.district) == ("Moss politistasjonsdistrikt", "ost")
    [entry] = entries(session, "party/ost-moss-politistasjonsdistrikt")
    assert entry["data"]["district"] == "ost"


def test_two_units_of_like_names_get_two_keys_and_the_same_one_is_refused(session: Session) -> None:
    first = parties.add_police(session, "Ål politistasjon", "sor-ost", now=NOW)
    second = parties.add_police(session, "Al politistasjon", "sor-ost", now=NOW)
    assert (first.key, second.key) == ("sor-ost-al-politistasjon", "sor-ost-al-politistasjon-2")
    for name in ("ål politistasjon", "AL politistasjon"):
        with pytest.raises(Conflict, match="is here already"):
            parties.add_police(session, name, "sor-ost", now=NOW)
    other = parties.add_police(session, "Ål politistasjon", "innlandet", now=NOW)
    assert other.key == "innlandet-al-politistasjon"


def test_the_longest_name_still_has_a_key_that_fits_the_trail(session: Session) -> None:
    unit = parties.add_police(session, "Æ" * 200, "more-og-romsdal", now=NOW)
    assert len(unit.key) <= parties.KEY_LENGTH
    assert entries(session, f"party/{unit.key}")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("3002", "3002 was the number of Moss from 2020 to 2023; it is now 3103."),
        ("3104", "There is no kommune with the number «3104». Did you mean 3103 Moss, 3105 Sarpsborg?"),
        ("Mos", "There is no kommune with the number «Mos». Did you mean 1874 Moskenes, 3103 Moss?"),
        (
            "Herøy",
            "There is no kommune with the number «Herøy». "
            "Did you mean 1515 Herøy (Møre og Romsdal), 1818 Herøy (Nordland)?",
        ),
        ("9999", "There is no kommune with the number «9999»; give its four digits."),
        ("٣١٠٣", "There is no kommune with the number «٣١٠٣»"),
        ("²", "There is no kommune with the number «²»"),
        ("", "There is no kommune with the number «»; give its four digits."),
    ],
)
def test_an_unknown_number_suggests_near_ones(session: Session, number: str, sentence: str) -> None:
    with pytest.raises(ServiceError) as caught:
        parties.add_municipal(session, number, now=NOW)
    assert caught.value.code == "unknown_kommune"
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("slug", "near"),
    [("øst", "ost"), ("Øst politidistrikt", "ost"), ("Nordlan", "nordland"), ("q", "agder, ")],
)
def test_an_unknown_district_suggests_near_ones(session: Session, slug: str, near: str) -> None:
    with pytest.raises(ServiceError, match=f"Did you mean {near}") as caught:
        parties.add_police(session, "Moss politistasjon", slug, now=NOW)
    assert caught.value.code == "unknown_district"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Moss\u202epoliti", "Moss\ud800"])
def test_a_name_must_be_one_printable_line(session: Session, name: str) -> None:
    with pytest.raises(ServiceError, match="The name of the police unit"):
        parties.add_police(session, name, "ost", now=NOW)


def test_a_language_that_a_kommune_cannot_choose(session: Session) -> None:
    with pytest.raises(ServiceError, match="choose nb, nn"):
        parties.add_municipal(session, "3103", language="en", now=NOW)
    assert session.scalars(select(Party)).all() == []
    assert session.scalars(select(TrailEntry)).all() == []


def test_ended_and_opened_again(session: Session) -> None:
    moss = parties.add_municipal(session, "3103", now=NOW)
    with pytest.raises(Conflict, match="is here already, as 3103"):
        parties.add_municipal(session, "3103", now=NOW)
    parties.end(session, moss, last_day=TODAY, actor=EntryActor("p1"), now=NOW)
    assert parties.is_open(moss, TODAY)
    assert not parties.is_open(moss, date(2026, 3, 3))
    with pytest.raises(Conflict, match="was ended on 2026-03-02 already"):
        parties.end(session, moss, last_day=TODAY, now=NOW)
    again = parties.add_municipal(session, "3103", language="nn", now=NOW)
    assert again is moss
    assert (moss.ended_on, moss.language) == (None, "nn")
    kinds = [(e["kind"], e["actor"], e["data"].get("by")) for e in entries(session, "party/3103")]
    assert kinds == [
        ("party_added", None, "console"),
        ("party_ended", {"person": "p1"}, None),
        ("party_reopened", None, "console"),
    ]


def test_the_list_is_in_norwegian_order_kommuner_first(session: Session) -> None:
    for number in ("3212", "3103", "3124", "1130"):  # Nesodden, Moss, Aremark, Strand
        parties.add_municipal(session, number, now=NOW)
    parties.add_police(session, "Askim politistasjon", "ost", now=NOW)
    aremark = parties.find(session, "3124")
    parties.end(session, aremark, last_day=date(2026, 3, 1), now=NOW)
    names = [p.name for p in parties.list_parties(session, today=TODAY)]
    assert names == ["Moss kommune", "Nesodden kommune", "Strand kommune", "Askim politistasjon"]
    assert aremark in parties.list_parties(session, today=TODAY, ended=True)
    assert aremark in parties.list_parties(session, today=date(2026, 3, 1))


def test_find_suggests_keys_by_key_and_by_name(session: Session) -> None:
    parties.add_municipal(session, "3103", now=NOW)
    parties.add_police(session, "Moss politistasjonsdistrikt", "ost", now=NOW)
    assert parties.find(session, "3103").name == "Moss kommune"
    with pytest.raises(NotThere, match=r"Did you mean ost-moss-politistasjonsdistrikt\?"):
        parties.find(session, "ost-moss")
    with pytest.raises(NotThere, match="Did you mean 3103"):
        parties.find(session, "Moss komune")
    with pytest.raises(NotThere, match="add it first"):
        parties.find(session, "qqqq")


def test_the_language_is_changed_once(session: Session) -> None:
    moss = parties.add_municipal(session, "3103", now=NOW)
    parties.set_language(session, moss, "nn", now=NOW)
    parties.set_language(session, moss, "nn", now=NOW)
    assert [e["kind"] for e in entries(session, "party/3103")] == ["party_added", "party_language_set"]
