"""The demonstration's parties and people: five kommuner, their police units, and who holds what.

The kommuner and units are real and the people are not: their names are made of
words no family is called by, so that nobody finds a colleague here. User names
are ``ROLE.KOMMUNE``, as the contract has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow_app.models.people import Party, Person
from workflow_app.services import parties, people, people_roles
from workflow_app.services.passwords import Passwords

PASSWORD = "demonstrasjon-uten-hemmeligheter"
"""Everybody's. It is shown on the login page, which is why no such server may be reached from outside."""

HELD_FROM = date(2015, 1, 1)
"""When the roles begin: before the oldest of the agreements, also for a clock that is set back."""


@dataclass(frozen=True)
class Place:
    """One kommune and its police unit. ``names`` are in the order of :data:`ROLES`."""

    name: str
    number: str
    unit: str
    district: str
    names: tuple[str, str, str, str, str]
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Account:
    """An account shown on the login page: user name, title and party as people there say them."""

    username: str
    title: str
    party: str


# The first part of the user name → the role, whether it is the police's, and its usual title.
ROLES = {
    "slt": ("slt_coordinator", False, "SLT-koordinator"),
    "politikontakt": ("politikontakt", True, "Politikontakt"),
    "ordforer": ("mayor", False, "Ordfører"),
    "stasjonssjef": ("station_chief", True, "Politistasjonssjef"),
    "sekretaer": ("council_secretary", False, "Kommunestyresekretær"),
}

PLACES: dict[str, Place] = {
    "moss": Place(
        "Moss kommune", "3103", "Moss politistasjonsdistrikt", "ost",
        ("Solveig Bringebærlia", "Odd Lyktestolpe", "Ingunn Seilbåtvik", "Harald Trillebår", "Liv Blekkhus"),
    ),
    "lillehammer": Place(
        "Lillehammer kommune", "3405", "Lillehammer politistasjonsdistrikt", "innlandet",
        ("Marit Skisporet", "Per Refleksvest", "Eldbjørg Hoppbakke", "Ola Vinterdekk", "Gunnar Stempelpute"),
        (("stasjonssjef", "Politistasjonssjef/lensmann"),),
    ),
    "raelingen": Place(
        "Rælingen kommune", "3224", "Skedsmo politistasjonsdistrikt", "ost",
        ("Hilde Marihånd", "Petter Fløytelåt", "Randi Utsiktstårn", "Jon Nattskift", "Astrid Protokollen"),
        (("stasjonssjef", "Leder tjenesteenhet"), ("politikontakt", "Primærpolitikontakt")),
    ),
    "sor-varanger": Place(
        "Sør-Varanger kommune", "5605", "Varanger politistasjonsdistrikt", "finnmark",
        ("Berit Nordlyskveld", "Aslak Scooterspor", "Ole Kongekrabbe", "Synnøve Mørketid", "Turid Permesett"),
    ),
    "stange": Place(
        "Stange kommune", "3413", "Hamar politistasjonsdistrikt", "innlandet",
        ("Torill Kornåker", "Eirik Blålyset", "Arne Potetkjeller", "Vibeke Vaktbytte", "Øyvind Skrivepult"),
    ),
}  # fmt: skip

_SECOND_CONTACT = ("politikontakt2.raelingen", "Live Speiderknute", "Sekundærpolitikontakt")


def title_of(first: str, place: Place) -> str:
    """The title of a role (by the first part of the user name) as it is said in that place."""
    return dict(place.titles).get(first, ROLES[first][2])


def _accounts() -> tuple[Account, ...]:
    made = []
    for nick, place in PLACES.items():
        for first, (_, of_police, _) in ROLES.items():
            party = place.unit if of_police else place.name
            made.append(Account(f"{first}.{nick}", title_of(first, place), party))
        if _SECOND_CONTACT[0].endswith(f".{nick}"):
            made.append(Account(_SECOND_CONTACT[0], _SECOND_CONTACT[2], place.unit))
    made.append(Account("revisor", "Revisor", "Alle kommunene"))
    made.append(Account("admin", "Administrator", "Alle partene"))
    return tuple(made)


ACCOUNTS = _accounts()
"""Every account there is, as the login page lists them."""


@dataclass(frozen=True)
class Town:
    """A place as it stands in the database: its two parties and its people by first part of user name."""

    kommune: Party
    police: Party
    people: dict[str, Person]


def add_people(session: Session, now: datetime, hashing: Passwords) -> dict[str, Town]:
    """Make parties, people and roles on an empty installation; the towns by their short names.

    Each password is hashed with a salt of its own, as anybody's would be.
    """
    towns = {nick: _town(session, nick, place, now, hashing) for nick, place in PLACES.items()}
    username, name, title = _SECOND_CONTACT
    second = _person(session, username, name, now, hashing)
    _give(session, second, towns["raelingen"].police, "politikontakt", title, now)
    auditor = _person(session, "revisor", "Sigurd Fasitsvar", now, hashing)
    admin = _person(session, "admin", "Anne Nøkkelknippe", now, hashing, operator=True)
    for town in towns.values():
        _give(session, auditor, town.kommune, "auditor", None, now)
        for party in (town.kommune, town.police):
            _give(session, admin, party, "administrator", None, now)
    return towns


def _town(session: Session, nick: str, place: Place, now: datetime, hashing: Passwords) -> Town:
    kommune = parties.add_municipal(session, place.number, now=now)
    police = parties.add_police(session, place.unit, place.district, now=now)
    found = {}
    for (first, (role, of_police, _)), name in zip(ROLES.items(), place.names, strict=True):
        found[first] = _person(session, f"{first}.{nick}", name, now, hashing)
        local = dict(place.titles).get(first)
        _give(session, found[first], police if of_police else kommune, role, local, now)
    return Town(kommune, police, found)


def _person(
    session: Session, username: str, name: str, now: datetime, hashing: Passwords, *, operator: bool = False
) -> Person:
    return people.add_person(
        session, username=username, name=name, password=PASSWORD, operator=operator, now=now, hashing=hashing,
        # A name that is nobody's for ever (RFC 2606): their mail cannot reach anyone by mistake.
        email=f"{username}@demonstrasjon.example",
    )  # fmt: skip


def _give(
    session: Session, person: Person, party: Party, role: str, title: str | None, now: datetime
) -> None:
    people_roles.give_role(session, person, party, role, title=title, from_date=HELD_FROM, now=now)
