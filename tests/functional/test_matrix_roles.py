"""Role × transition × state, generated from the definitions and tried through HTTP.

Every state is set up straight in the database (an agreement cannot be *moved*
there without its trail, but a new one may begin anywhere in a test), and every
role tries every transition. What the definition does not give is refused with
403 where the role is wrong and 409 where the moment is; a 5xx fails.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.functional.conftest import PASSWORD, TEXT, Program, Site
from workflow_app.domain.definitions import Definition
from workflow_app.domain.engine import workings
from workflow_app.models.agreements import Agreement
from workflow_app.services import agreements, people, people_holdings, people_roles
from workflow_app.services import parties as party_services
from workflow_app.services.actors import Who
from workflow_app.services.agreements import Source
from workflow_app.services.definitions import workflow_definitions

USERS = {
    "slt_coordinator": "slt.moss", "mayor": "ordforer.moss", "council_secretary": "sekretaer.moss",
    "politikontakt": "politikontakt.moss", "station_chief": "stasjonssjef.moss", "auditor": "revisor.moss",
    "administrator": "admin.moss",
}  # fmt: skip
DEFINITIONS = [workflow_definitions().newest(ident) for ident in workflow_definitions().ids]


@pytest.fixture
def programs(site: Site) -> dict[str, Program]:
    """One program for every role, auditor and administrator of the kommune among them."""
    now = datetime.now(UTC)
    with site.session() as db, db.begin():
        kommune = party_services.find(db, site.party["moss"])
        for first, role in (("revisor", "auditor"), ("admin", "administrator")):
            person = people.add_person(db, username=f"{first}.moss", name=first, now=now)
            people_roles.give_role(db, person, kommune, role, from_date=date(2015, 1, 1), now=now)
    return {role: site.program(user) for role, user in USERS.items()}


def agreement_in(site: Site, definition: Definition, state: str) -> str:
    """A new agreement that stands in ``state``."""
    now = datetime.now(UTC)
    with site.session() as db, db.begin():
        person = people.find(db, "slt.moss")
        who = Who(person.id, person.name, people_holdings.holdings(db, person.id, site.today))
        made = agreements.create_draft(
            db, Source("a.txt", TEXT.encode()), municipal=[site.party["moss"]],
            police=[site.party["politi.moss"]], definition=definition, who=who, now=now,
        )  # fmt: skip
        ident = made.id
    with site.app.registry["engine"].begin() as connection:
        connection.execute(
            Agreement.__table__.update()
            .where(Agreement.__table__.c.id == ident)
            .values(state=state, origin="signed", signed_on=date(2025, 1, 20), evaluation_year=2025)
        )
    return ident


CASES = [(d, state) for d in DEFINITIONS for state in d.states]


@pytest.mark.parametrize(("definition", "state"), CASES, ids=[f"{d.id}-{s}" for d, s in CASES])
def test_every_role_tries_every_transition(
    site: Site, programs: dict[str, Program], definition: Definition, state: str
) -> None:
    for role, program in programs.items():
        ident = agreement_in(site, definition, state)
        sees = role in definition.states[state].may.get("view", ())  # type: ignore[call-overload]
        program.get(f"/agreements/{ident}", status=200 if sees else 404)
        for name, step in definition.transitions.items():
            answer = program.client.post_json(
                f"/agreements/{ident}/transitions/{name}", {"data": {"password": PASSWORD}},
                headers={"Authorization": f"Bearer {program.token}", "Accept": "application/json"},
                expect_errors=True,
            )  # fmt: skip
            if not sees:
                expected = {404}
            elif not workings(definition).legal(state, name):
                expected = {409}
            elif step.automatic or role not in step.roles:
                expected = {403}
            else:
                expected = {200, 409, 422}
            assert answer.status_int in expected, (role, state, name, answer.status_int, answer.json)
            if answer.status_int == 200:
                # It moved or was approved; the next attempt needs one that stands where this did.
                ident = agreement_in(site, definition, state)
