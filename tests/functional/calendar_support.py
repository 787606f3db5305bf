"""What the tests of calendars share: signed agreements, new addresses, a calendar without a cookie."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from webtest import TestApp

from tests.functional.conftest import TEXT, Program, Site
from tests.functional.looking_support import drafts, programs
from tests.support.calendar_reading import Read, read
from workflow_app.models.people import Person
from workflow_app.services import parties, people, people_roles
from workflow_app.services.actors import Who
from workflow_app.services.agreements import Source, create_draft
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.norway import OSLO
from workflow_app.services.people_holdings import holdings
from workflow_app.services.readings import confirm
from workflow_app.services.transitions import lock, take_transition

Moss = dict[str, Program]


def english_moss(site: Site) -> Moss:
    """The programs of Moss, whose people read English, so that titles can be compared."""
    with site.session() as db, db.begin():
        db.execute(update(Person).values(language="en"))
    return programs(site)


def signed(site: Site, moss: Moss, on: str = "2025-01-20") -> str:
    """An agreement of Moss that was signed on paper that day."""
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "register", signed_on=on)
    moss["politikontakt"].do(ident, "register")
    return ident


def new(program: Program, about: str = "mine") -> str:
    """A new address about something, as a path."""
    made = program.post("/calendar", {"about": about}, status=201)
    url: str = made["url"]
    assert url.startswith("http://localhost")
    assert made["webcal"] == url.replace("http:", "webcal:", 1)
    return url.removeprefix("http://localhost")


def fetch(site: Site, path: str, status: int = 200, **headers: str) -> Any:
    """What a calendar program gets: no cookie, nothing but the address."""
    return TestApp(site.app).get(path, status=status, headers=headers)


def events(site: Site, path: str) -> dict[str, Read]:
    """The events of a feed."""
    answer = fetch(site, path)
    assert answer.content_type == "text/calendar"
    assert answer.charset.lower() == "utf-8"
    return read(answer.body)


def plan(moss: Moss, ident: str, **slot: Any) -> int:
    """A meeting planned; its number."""
    told = moss["slt"].post(
        f"/agreements/{ident}/meetings", {"action": "one", **version(moss, ident), **slot}
    )
    number: int = max(m["number"] for m in told["meetings"])
    return number


def version(moss: Moss, ident: str) -> dict[str, int]:
    """The version that stands, as a program sends it."""
    return {"version": moss["slt"].get(f"/agreements/{ident}")["version"]}


def change(moss: Moss, ident: str, number: int, action: str, **more: Any) -> None:
    """Do something with a meeting, as its page does."""
    path = f"/agreements/{ident}/meetings/{number}"
    moss["slt"].post(path, {"action": action, **more})


def signed_in_many(site: Site, numbers: list[str]) -> list[str]:
    """An agreement of the police unit of Moss with each kommune, registered from paper."""
    registry, now = workflow_definitions(), datetime.combine(site.today, datetime.now(OSLO).time(), OSLO)
    made = []
    with site.session() as db, db.begin():
        slt, police = people.find(db, "slt.moss"), people.find(db, "politikontakt.moss")
        for number in numbers:
            kommune = parties.add_municipal(db, number, now=now)
            people_roles.give_role(db, slt, kommune, "slt_coordinator", from_date=date(2015, 1, 1), now=now)
            who = [Who(p.id, p.name, holdings(db, p.id, site.today)) for p in (slt, police)]
            draft = create_draft(
                db, Source("avtale.txt", TEXT.encode()), municipal=[number],
                police=[site.party["politi.moss"]],
                definition=registry.newest("politiradsavtale"), who=who[0], now=now,
            )  # fmt: skip
            confirm(db, draft, who=who[0], now=now)
            for one, data in zip(who, ({"signed_on": date(2025, 1, 20)}, {}), strict=True):
                held = lock(db, draft.id)
                assert held is not None
                taken = take_transition(db, held, "register", one, data, now, registry=registry)
                assert taken.done, [str(r.reason) for r in taken.refusals]
            made.append(draft.id)
    return made
