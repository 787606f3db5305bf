"""A kommune, a police unit, their people and a draft: what the tests of agreements' services begin with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.agreements import Agreement
from workflow_app.services import agreements, parties, people, people_holdings, people_roles, trail
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.passwords import Passwords
from workflow_app.services.texts import Source

CHEAP = Passwords(time_cost=1, memory_kib=8)
NOW = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2025, 3, 10)

TEXT = """# Samarbeidsavtale mellom Moss kommune og Øst politidistrikt

## 1. Møter

Politirådet møtes minst fire ganger i året.

## 2. Oppfølging

Ved årets slutt skal politirådet evaluere tiltakene skriftlig. Avtalen revideres årlig.

## 3. Varighet

Avtalen gjelder i perioden 2025-2027.
"""

POLICE = "ost-moss-politistasjonsdistrikt"


def person(session: Session, username: str, party: str, role: str) -> Who:
    """Somebody who holds ``role`` for ``party``."""
    made = people.add_person(
        session,
        username=username,
        name=username.title(),
        password="lang nok setning her",
        now=NOW,
        hashing=CHEAP,
    )
    people_roles.give_role(
        session, made, parties.find(session, party), role, from_date=date(2020, 1, 1), now=NOW
    )
    return Who(made.id, made.name, people_holdings.holdings(session, made.id, TODAY))


def two_parties(session: Session) -> None:
    """Moss kommune and its police unit."""
    parties.add_municipal(session, "3103", now=NOW)
    parties.add_police(session, "Moss politistasjonsdistrikt", "ost", now=NOW)


def draft(session: Session, text: str = TEXT, **more: Any) -> tuple[Agreement, Who]:
    """A draft of ``text``, and the coordinator who made it."""
    two_parties(session)
    slt = person(session, "slt", "3103", "slt_coordinator")
    wanted: dict[str, Any] = {
        "municipal": ["3103"],
        "police": [POLICE],
        "definition": workflow_definitions().newest("politiradsavtale"),
        "who": slt,
        "now": NOW,
    }
    made = agreements.create_draft(session, Source("avtale.txt", text.encode()), **(wanted | more))
    return made, slt


def told(session: Session, agreement: Agreement, kind: str) -> list[dict[str, Any]]:
    """The entries of that kind in the agreement's chain, the clear values of their commitments beside."""
    rows = [
        e for e in trail.entries(session, trail.agreement_chain(agreement.id), limit=500) if e.kind == kind
    ]
    clear = trail.clear(session, rows)
    return [decode(e.body) | {"clear": clear.get(e.id, {})} for e in rows]
