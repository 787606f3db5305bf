"""The overview at its size: every kommune of the country, ten thousand agreements, one who sees them all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tests.bench.served import Client, server
from tests.bench.stage import DEADLINE, TODAY, Stage, seconds
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.contents import RuleSet, TextVersion
from workflow_app.services import norway, parties, people, people_roles, tokens

STATES = ("draft", "negotiated", "signed", "reported", "annual_evaluation", "lapsed", "terminated")
WAITS = ("both", "police", "council", None, "municipal", None, None)
STEPS = ("agree", "sign", "report", "", "continue", "", "")
UNITS = 3
"""Police units in each district."""


def spread(stage: Stage, number: int) -> str:
    """Put ``number`` agreements over all 357 kommuner; the token of a person who sees every one."""
    now = datetime.now(UTC)
    model = stage.draft()
    with stage.sessions.begin() as db:
        first = db.get_one(Agreement, model)
        text = db.query(TextVersion).filter_by(agreement_id=model).one()
        rules = db.query(RuleSet).filter_by(agreement_id=model).one()
        kommuner = [
            parties.add_municipal(db, k.number, now=now) for k in norway.kommuner() if k.number != "3103"
        ]
        units = [
            parties.add_police(db, f"{d.name} enhet {n}", d.slug, now=now)
            for d in norway.districts()
            for n in range(UNITS)
        ]
        person = people.add_person(db, username="landet", name="Landet", now=now)
        for unit in units:
            people_roles.give_role(db, person, unit, "station_chief", from_date=TODAY, now=now)
        token, _ = tokens.issue(db, person, scope="read", until=now + timedelta(days=30), now=now)
        db.flush()
        rows: dict[Any, list[dict[str, Any]]]
        rows = {Agreement: [], AgreementParty: [], TextVersion: [], RuleSet: []}
        for n in range(number):
            ident, which = f"d{n:09d}", n % len(STATES)
            place = n % len(kommuner)
            kommune, unit = kommuner[place], units[place * len(units) // len(kommuner)]
            rows[Agreement].append(_row(first, n, ident, which, kommune.key, unit.key))
            for position, party in enumerate((kommune, unit)):
                rows[AgreementParty].append(
                    {"agreement_id": ident, "party_id": party.id, "position": position}
                )
            for model_class, one in ((TextVersion, text), (RuleSet, rules)):
                columns = [c.name for c in model_class.__table__.c if c.name != "id"]
                rows[model_class].append(
                    {name: getattr(one, name) for name in columns} | {"agreement_id": ident}
                )
        for model_class, data in rows.items():
            for start in range(0, len(data), 2000):
                db.execute(insert(model_class.__table__), data[start : start + 2000])
    return token


def _row(first: Agreement, n: int, ident: str, which: int, kommune: str, unit: str) -> dict[str, Any]:
    columns = Agreement.__table__.c
    copied = {c.name: getattr(first, "_state" if c.name == "state" else c.name) for c in columns}
    due = TODAY + timedelta(days=n % 900 - 100)
    signed = TODAY - timedelta(days=n % 3000)
    side, since = WAITS[which], first.moved_at - timedelta(hours=n)
    places = [{"party": key, "roles": ["mayor"]} for key, one in ((kommune, "municipal"), (unit, "police"))
              if side in (one, "both") or (side == "council" and one == "municipal")]  # fmt: skip
    own = {
        "id": ident,
        "title": f"Politirådsavtale {n}",
        "state": STATES[which],
        "next_due": due if which in (2, 3, 4) else None,
        "next_deadline": {**DEADLINE, "earliest": str(due), "latest": str(due), "year": due.year}
        if which in (2, 3, 4)
        else None,
        "signed_on": signed if which > 1 else None,
        "in_force_to": signed + timedelta(days=1100) if which > 1 else None,
        "ends_how": "expires" if which > 1 else None,
        "waits_for": side,
        "waits_since": since if side else None,
        "waiting": [{"step": STEPS[which], "since": since.isoformat(), "places": places, "written": True}]
        if side
        else [],
        "moved_at": since,
    }
    return copied | own


PAGES = {
    "overview": "/overview",
    "by_waiting": "/overview?sort=since",
    "by_kommune": "/overview?sort=kommune",
    "filtered": "/overview?state=signed&due=90",
    "timeline": "/overview/timeline",
}


def measure(stage: Stage, folder: Path) -> dict[str, Any]:
    """The pages of a person who sees ten thousand agreements in 357 kommuner, in milliseconds over HTTP."""
    token = spread(stage, 10_000)
    found: dict[str, Any] = {}
    with server(stage, folder) as (port, _, _):
        client = Client(port, token)
        for name, path in PAGES.items():
            status, _ = client.ask("GET", path)
            assert status == 200, (name, status)
            found[f"{name}_ms"] = round(seconds(lambda p=path: client.ask("GET", p), 40) * 1000, 1)  # type: ignore[misc]
    return found | {"limit_overview_ms": 30, "limit_timeline_ms": 30}
