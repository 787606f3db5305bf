"""What the benchmarks run on: a site on a real SQLite file, and agreements made in numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import insert
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.migrations import create_all
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.contents import RuleSet, TextVersion
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.trail import TrailEntry
from workflow_app.services import (
    agreements,
    parties,
    people,
    people_holdings,
    people_roles,
    readings,
    tokens,
    trail,
)
from workflow_app.services.actors import Who
from workflow_app.services.agreements import Source
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.passwords import Passwords

TEXT = """# Samarbeidsavtale mellom Moss kommune og Øst politidistrikt

## 1. Møter
Politirådet møtes minst fire ganger i året. Sakslisten sendes ut senest én uke før møtet.

## 2. Evaluering
Ved årets slutt skal politirådet evaluere tiltakene skriftlig.

## 3. Varighet
Avtalen gjelder i perioden 2025-2027. Avtalen revideres årlig.
Avtalen legges frem for kommunestyret som referatsak.
"""
ROLES = {"slt": ("slt_coordinator", 0), "ordforer": ("mayor", 0), "politikontakt": ("politikontakt", 1),
         "stasjonssjef": ("station_chief", 1)}  # fmt: skip
PASSWORD = "lang nok setning her"
TODAY = date(2025, 3, 10)
DEADLINE = {"kind": "evaluation", "source": "clause", "quote": "Ved årets slutt skal politirådet evaluere",
            "assumptions": [], "status": "open", "undocumented": False,
            "met_by": None, "party": None}  # fmt: skip
REGISTRY = workflow_definitions()


@dataclass
class Stage:
    """A database with one kommune and one police unit, and who holds what there."""

    url: str
    sessions: sessionmaker[Session]
    police: str
    who: dict[str, Who]
    tokens: dict[str, str]

    def draft(self) -> str:
        """A draft with its rules confirmed; the id."""
        with self.sessions.begin() as db:
            made = agreements.create_draft(
                db, Source("a.txt", TEXT.encode()), municipal=["3103"], police=[self.police],
                definition=REGISTRY.newest("politiradsavtale"), who=self.who["slt"], now=datetime.now(UTC),
            )  # fmt: skip
            readings.confirm(db, made, who=self.who["slt"], now=datetime.now(UTC))
            return made.id


def build(folder: Path, hashing: Passwords) -> Stage:
    """A new database in ``folder`` with its people, each with a token."""
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    engine = make_engine(url)
    create_all(engine)
    sessions = make_session_factory(engine)
    now = datetime.now(UTC)
    who: dict[str, Who] = {}
    clear: dict[str, str] = {}
    with sessions.begin() as db:
        kommune = parties.add_municipal(db, "3103", now=now)
        police = parties.add_police(db, "Moss politistasjonsdistrikt", "ost", now=now)
        for name, (role, side) in ROLES.items():
            person = people.add_person(
                db, username=name, name=name, password=PASSWORD, now=now, hashing=hashing
            )
            people_roles.give_role(
                db, person, police if side else kommune, role, from_date=date(2015, 1, 1), now=now
            )
            clear[name] = tokens.issue(db, person, scope="write", until=now + timedelta(days=30), now=now)[0]
            who[name] = Who(person.id, person.name, people_holdings.holdings(db, person.id, TODAY))
        key = police.key
    return Stage(url, sessions, key, who, clear)


def many(stage: Stage, number: int) -> None:
    """Put ``number`` agreements beside the first, in turn in every state, without their life."""
    model = stage.draft()
    with stage.sessions.begin() as db:
        first = db.get(Agreement, model)
        assert first is not None
        text = db.query(TextVersion).filter_by(agreement_id=model).one()
        rules = db.query(RuleSet).filter_by(agreement_id=model).one()
        party_ids = [p.party_id for p in first.parties]
        states = ("draft", "negotiated", "signed", "reported", "annual_evaluation")
        rows, links, texts, sets = [], [], [], []
        for n in range(number):
            ident = f"b{n:09d}"
            copied = {
                c.name: getattr(first, "_state" if c.name == "state" else c.name)
                for c in Agreement.__table__.c
            }
            due = TODAY + timedelta(days=n % 900)
            own = {
                "id": ident,
                "title": f"Avtale {n}",
                "state": states[n % 5],
                "next_due": due,
                "signed_on": TODAY,
                "next_deadline": {**DEADLINE, "earliest": str(due), "latest": str(due), "year": due.year},
                "moved_at": first.moved_at + timedelta(seconds=n),
            }
            rows.append(copied | own)
            links += [{"agreement_id": ident, "party_id": p, "position": i} for i, p in enumerate(party_ids)]
            texts.append({c.name: getattr(text, c.name) for c in TextVersion.__table__.c if c.name != "id"}
                         | {"agreement_id": ident})  # fmt: skip
            sets.append({c.name: getattr(rules, c.name) for c in RuleSet.__table__.c if c.name != "id"}
                        | {"agreement_id": ident})  # fmt: skip
        for table, data in (
            (Agreement, rows),
            (AgreementParty, links),
            (TextVersion, texts),
            (RuleSet, sets),
        ):
            for start in range(0, len(data), 2000):
                db.execute(insert(table.__table__), data[start : start + 2000])


def bare_commits(stage: Stage, number: int) -> float:
    """Durable ORM commits a second, each of one trail entry: the limit of the write path."""
    now = datetime.now(UTC)
    started = time.perf_counter()
    for n in range(number):
        with stage.sessions.begin() as db:
            body = b'{"n":%d}' % n
            db.add(
                TrailEntry(chain="bench/bare", number=n + 1, kind="bare", hash=f"{n:064d}", body=body, at=now)
            )
    return number / (time.perf_counter() - started)


def entries(stage: Stage, ident: str, number: int) -> None:
    """Give an agreement ``number`` earlier entries."""
    now = datetime.now(UTC)
    with stage.sessions.begin() as db:
        for n in range(number):
            trail.append(db, trail.agreement_chain(ident), kind="note", now=now, data={"n": n})


def seconds(call: Callable[[], object], times: int) -> float:
    """The median time of one call, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return median(taken)
