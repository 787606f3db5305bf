"""A country in small: kommuner and police units of two districts, agreements in many states, and readers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.drafts import NOW, person
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services import parties
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions

TODAY = date(2025, 3, 10)
KOMMUNER = {"moss": "3103", "stange": "3413", "aa": "4203", "bo": "1867", "alta": "5601"}


class Country:
    """Parties by nickname, agreements made without their life, and people who look."""

    def __init__(self, session: Session) -> None:
        self.session, self.made = session, 0
        self.party: dict[str, Party] = {
            name: parties.add_municipal(session, number, now=NOW) for name, number in KOMMUNER.items()
        }
        for name, unit, district in (
            ("p.moss", "Moss politistasjonsdistrikt", "ost"),
            ("p.ost", "Follo politistasjonsdistrikt", "ost"),
            ("p.hamar", "Hamar politistasjonsdistrikt", "innlandet"),
        ):
            self.party[name] = parties.add_police(session, unit, district, now=NOW)
        session.flush()

    def agreement(self, *names: str, definition: str = "politiradsavtale", **columns: Any) -> Agreement:
        """An agreement of these parties as a row, with the columns a test cares for."""
        self.made += 1
        found = workflow_definitions().newest(definition)
        row = Agreement(
            **{
                "id": f"t{self.made:04d}", "title": f"Avtale {self.made}", "definition_id": found.id,
                "definition_version": found.version, "definition_digest": found.digest, "_state": "signed",
                "created_at": NOW, "moved_at": NOW, "waiting": [], "council_clause": False,
                "parties": [AgreementParty(party=self.party[n], position=i) for i, n in enumerate(names)],
            }
            | columns
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return row

    def reader(self, role: str, name: str) -> Who:
        """Somebody who holds the role for a party."""
        return person(self.session, f"{role}.{name}", self.party[name].key, role)


def days(count: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=count)


def at(count: int) -> datetime:
    """So many days from now."""
    return NOW + timedelta(days=count)
