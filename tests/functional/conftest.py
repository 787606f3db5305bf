"""A whole site for each test: the real application on a real SQLite file, with people of two kommuner.

Tests go through HTTP and mock nothing. Hashing is made cheap and the clock can
be moved; everything else is as in production.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker
from webtest import TestApp

from tests.support.compiled import compiled
from tests.support.databases import new_empty
from workflow_app import main
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.services import parties, people, people_roles, tokens
from workflow_app.services.passwords import Passwords
from workflow_app.web.database import bind

CHEAP = Passwords(time_cost=1, memory_kib=8)
PASSWORD = "lang nok setning her"
TODAY = date(2025, 3, 10)

TEXT = """# Samarbeidsavtale mellom Moss kommune og Øst politidistrikt

## 1. Formål

Partene vil forebygge sammen og følge opp det de blir enige om.

## 2. Møter

Politirådet møtes minst fire ganger i året. Sakslisten sendes ut senest én uke før møtet.

## 3. Evaluering

Ved årets slutt skal politirådet evaluere tiltakene skriftlig.

## 4. Varighet

Avtalen gjelder i perioden 2025-2027. Avtalen revideres årlig.
Avtalen legges frem for kommunestyret som referatsak.

Ordfører og politistasjonssjef undertegner.
"""

PEOPLE = {
    "slt": ("slt_coordinator", 0),
    "ordforer": ("mayor", 0),
    "sekretaer": ("council_secretary", 0),
    "politikontakt": ("politikontakt", 1),
    "stasjonssjef": ("station_chief", 1),
}
"""First part of the user name → role, and whether of the kommune (0) or the police (1)."""

KOMMUNER = {"moss": ("3103", "Moss politistasjonsdistrikt", "ost"),
            "stange": ("3413", "Hamar politistasjonsdistrikt", "innlandet")}  # fmt: skip


@dataclass
class Site:
    """The application and how to come in. ``party`` is the key of a party by its nickname."""

    app: Any
    party: dict[str, str] = field(default_factory=dict)
    person: dict[str, str] = field(default_factory=dict)

    def browser(self, username: str | None = None) -> TestApp:
        """A browser of its own, signed in through the login page unless nobody is named."""
        client = TestApp(self.app, extra_environ={"HTTP_ACCEPT": "text/html"})
        if username is not None:
            form = _login_form(client)
            form["username"], form["password"] = username, PASSWORD
            form.submit(status=303)
        return client

    def program(self, username: str, scope: str = "write") -> Program:
        """A program with a bearer token of the person's own."""
        with self.session() as db, db.begin():
            person = people.find(db, username)
            token, _ = tokens.issue(
                db, person, scope=scope, until=self.now + timedelta(days=30), now=self.now
            )
        return Program(TestApp(self.app), token)

    def session(self) -> Session:
        """A session on the site's database, to look behind or to set the stage."""
        return self.app.registry["sessions"]()  # type: ignore[no-any-return]

    @property
    def now(self) -> datetime:
        """The real time; what the clock of the application is set to is :attr:`today`."""
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        """The day the application lives on."""
        day: date = self.app.registry["today"]
        return day

    @today.setter
    def today(self, day: date) -> None:
        self.app.registry["today"] = day


def _login_form(client: TestApp) -> Any:
    page = client.get("/login")
    return next(form for form in page.forms.values() if "password" in form.fields)


@dataclass
class Program:
    """A JSON client. Every call names the status it expects."""

    client: TestApp
    token: str

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}

    def get(self, path: str, status: int = 200) -> Any:
        """GET as JSON."""
        return self.client.get(path, headers=self._headers(), status=status).json

    def post(self, path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
        """POST a JSON object."""
        return self.client.post_json(path, body or {}, headers=self._headers(), status=status).json

    def do(self, agreement: str, transition: str, status: int = 200, **data: Any) -> Any:
        """Take a transition on the version that stands."""
        version = self.get(f"/agreements/{agreement}")["version"]
        return self.post(
            f"/agreements/{agreement}/transitions/{transition}", {"version": version, "data": data}, status
        )


@dataclass(frozen=True)
class _Model:
    """The database that every site begins as, and who is in it: made once in each process, then copied."""

    file: Path
    party: dict[str, str]
    person: dict[str, str]


_MODELS = TemporaryDirectory(prefix="avtaleflyt-model-")


@cache
def _model() -> _Model:
    file = Path(_MODELS.name) / "site.sqlite"
    new_empty(file)
    engine = make_engine(f"sqlite:///{file}")
    made = _Model(file, {}, {})
    _fill(make_session_factory(engine), made)
    # The last connection that is closed brings what stands beside the file into it.
    engine.dispose()
    return made


def make_site(folder: Path, **settings: str) -> Site:
    """An application of its own on a new database with its parties and people."""
    return _on(make_application(new_database(folder), **settings))


def new_database(folder: Path) -> str:
    """The address of a database in ``folder`` that is as every site begins."""
    copyfile(_model().file, folder / "site.sqlite")
    return f"sqlite:///{folder / 'site.sqlite'}"


def make_application(url: str, **settings: str) -> Any:
    """The real application on the database at ``url``, its hashing made cheap and its clock set."""
    app = main({}, **{
        "sqlalchemy.url": url, "avtaleflyt.template_cache": compiled(), **settings
    })  # fmt: skip
    app.registry["passwords"] = CHEAP
    app.registry["today"] = TODAY
    return app


def _on(app: Any) -> Site:
    model = _model()
    return Site(app, dict(model.party), dict(model.person))


class _Shared:
    """The application that tests with a site of their own take turns with, each on a database of its own.

    To build it, to load its templates and to compile its statements costs more than what most
    tests do with it. Whatever a test has set is as it was when the next one comes.
    """

    def __init__(self) -> None:
        self.file = ""
        self.app = make_application("sqlite://")
        self.engine = make_engine("sqlite:///in-turn.sqlite", creator=self._connect)
        bind(self.app, self.engine)
        self._as_it_was = dict(self.app.registry), dict(self.app.registry.settings)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, check_same_thread=False)

    def lent(self, folder: Path) -> Site:
        """The application as a new one, on a new database in ``folder``."""
        registry, settings = self._as_it_was
        self.app.registry.clear()
        self.app.registry.update(registry)
        self.app.registry.settings.clear()
        self.app.registry.settings.update(settings, **{"sqlalchemy.url": new_database(folder)})
        self.engine.dispose()
        self.file = str(folder / "site.sqlite")
        return _on(self.app)


@cache
def _shared() -> _Shared:
    return _Shared()


def _fill(sessions: sessionmaker[Session], site: _Model) -> None:
    now = datetime.now(UTC)
    with sessions() as db, db.begin():
        for name, (number, unit, district) in KOMMUNER.items():
            kommune = parties.add_municipal(db, number, now=now)
            police = parties.add_police(db, unit, district, now=now)
            site.party.update({name: kommune.key, f"politi.{name}": police.key})
            for first, (role, side) in PEOPLE.items():
                person = people.add_person(
                    db, username=f"{first}.{name}", name=f"{first.title()} {name.title()}", password=PASSWORD,
                    now=now, hashing=CHEAP,
                )  # fmt: skip
                people_roles.give_role(
                    db, person, police if side else kommune, role, from_date=date(2015, 1, 1), now=now
                )
                site.person[person.username] = person.id


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own."""
    yield _shared().lent(tmp_path)
    _shared().engine.dispose()
