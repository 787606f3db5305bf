"""What the tests of the doors share: everybody who may knock, and something behind each door.

A house has the people of two kommuner, of every role, with an operator of the
installation; :func:`furnish` puts an agreement into it with an attachment, a
matter and an open evaluation where its state has them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from webtest import TestApp, TestResponse

from tests.functional.conftest import CHEAP, KOMMUNER, PASSWORD, TEXT, Program, Site, make_site
from workflow_app.domain.workdays import is_working_day
from workflow_app.models.base import Base
from workflow_app.services import (
    agreements,
    attachments,
    matters,
    parties,
    people,
    people_holdings,
    people_roles,
    readings,
)
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.meetings import plan
from workflow_app.services.meetings.checks import Slot
from workflow_app.services.transitions import lock, take_transition

OBSERVING = {"revisor": "auditor", "admin": "administrator"}
OPERATOR = "drift"

STEPS: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "draft": (),
    "negotiated": (("slt", "agree", {}), ("politikontakt", "agree", {})),
    "signed": (("ordforer", "sign", {"password": "x"}), ("stasjonssjef", "sign", {"password": "x"})),
    "annual_evaluation": (("slt", "begin_evaluation", {"year": 2025}),),
}
"""State → what leads there from the one before, in the order of the life."""

JSON = {"Accept": "application/json"}
REFUSALS = frozenset({"trail_entry", "trail_clear", "trail_leaf", "trail_tile_head", "trail_waiting"})
"""Where a refused attempt is written, which is an entry with its leaf and the only thing that may be."""
PASSING = frozenset({"login_session", "security_event"})
"""Tables that tell who knocked, and not what was done."""


@dataclass(frozen=True)
class Furnished:
    """An agreement with something in it. ``matter`` is None where its state has none."""

    id: str
    state: str
    attachment: int
    matter: int | None

    @property
    def path(self) -> str:
        """The agreement's address."""
        return f"/agreements/{self.id}"


def house(folder: Path, **settings: str) -> Site:
    """A site with people of every kind."""
    site = make_site(folder, **settings)
    with site.session() as db, db.begin():
        for name in KOMMUNER:
            kommune = parties.find(db, site.party[name])
            for first, role in OBSERVING.items():
                person = people.add_person(
                    db, username=f"{first}.{name}", name=f"{first} {name}", password=PASSWORD, now=site.now,
                    hashing=CHEAP,
                )  # fmt: skip
                people_roles.give_role(db, person, kommune, role, from_date=date(2015, 1, 1), now=site.now)
        people.add_person(
            db, username=OPERATOR, name="Drift", password=PASSWORD, operator=True, now=site.now, hashing=CHEAP
        )
    return site


def who(site: Site, username: str) -> Who:
    """The person as the services see her on the site's day."""
    with site.session() as db:
        person = people.find(db, username)
        return Who(person.id, person.name, people_holdings.holdings(db, person.id, site.today))


def furnish(
    site: Site, state: str = "draft", kommune: str = "moss", definition: str = "politiradsavtale"
) -> Furnished:
    """An agreement in ``state``, brought there by the write path, with an attachment and a matter."""
    registry = workflow_definitions()
    slt = who(site, f"slt.{kommune}")
    now = site.now - timedelta(minutes=1)
    matter = None
    with site.session() as db, db.begin():
        made = agreements.create_draft(
            db, agreements.Source("avtale.txt", TEXT.encode()), municipal=[site.party[kommune]],
            police=[site.party[f"politi.{kommune}"]], definition=registry.newest(definition),
            who=slt, now=now,
        )  # fmt: skip
        readings.confirm(db, made, who=slt, now=now)
        attached = attachments.add(db, made, "vedlegg.txt", b"Satsingsomraader.", who=slt, now=now)
        db.flush()
        ident, attachment = made.id, attached.id
    for reached, steps in STEPS.items():
        for first, name, data in steps:
            doing = who(site, f"{first}.{kommune}")
            with site.session() as db, db.begin():
                held = lock(db, ident)
                assert held is not None
                taken = take_transition(
                    db, held, name, doing, data, site_now(site), registry=registry, reauthenticated=True
                )
                assert taken.done, taken.refusals
        if reached == "negotiated":
            with site.session() as db, db.begin():
                held = lock(db, ident)
                assert held is not None
                kommunens = matters.municipal_party(held, None)
                matter = matters.prepare(
                    db,
                    held,
                    {"kind": "referatsak", "archive_case": "25/17"},
                    party=kommunens,
                    who=slt,
                    now=now,
                ).number
        if reached == "signed":
            with site.session() as db, db.begin():
                held = lock(db, ident)
                assert held is not None
                day = Slot(next(d for n in range(30, 60) if is_working_day(d := site.today + timedelta(n))))
                plan.plan(db, held, registry.newest(definition), [day], who=slt, now=site_now(site))
        if reached == state:
            break
    return Furnished(ident, state, attachment, matter)


def site_now(site: Site) -> datetime:
    """The time of the site's own day."""
    return datetime.combine(site.today, site.now.timetz())


def written(site: Site, but: Iterable[str] = ()) -> str:
    """A fingerprint of the database but for who knocked: the same again, and nothing was written."""
    skipped = PASSING | set(but)
    digest = hashlib.sha256()
    with site.session() as db:
        for table in Base.metadata.sorted_tables:
            if table.name not in skipped:
                rows = sorted(repr(tuple(row)) for row in db.execute(select(table)))
                digest.update("\n".join([table.name, *rows]).encode())
    return digest.hexdigest()


def csrf_of(client: TestApp) -> str:
    """The token that the forms of this browser's session carry."""
    page = client.get("/accessibility")
    return next(str(form["csrf_token"].value) for form in page.forms.values() if "csrf_token" in form.fields)


def sign_in(client: TestApp, username: str, password: str = PASSWORD, came_from: str = "/") -> Any:
    """Send the login form."""
    fields = {
        "username": username,
        "password": password,
        "came_from": came_from,
        "csrf_token": csrf_of(client),
    }
    return client.post("/login", fields, expect_errors=True)


def one_sentence(answer: TestResponse, *statuses: int) -> None:
    """The answer is ours, and says what was wrong."""
    assert answer.status_int in (statuses or range(400, 500)), (answer.status, answer.text[:300])
    if answer.request.method == "HEAD":
        return
    if answer.content_type == "application/json":
        assert set(answer.json) >= {"error", "message", "refusals"}
        assert answer.json["message"].strip()
    else:
        assert answer.content_type == "text/html"
        assert "Avtaleflyt" in answer.text
    assert "Traceback" not in answer.text


def send(program: Program, path: str, body: bytes, **headers: str) -> TestResponse:
    """POST bytes as a program, whatever they are."""
    wanted = {
        **JSON,
        "Authorization": f"Bearer {program.token}",
        "Content-Type": "application/json",
        **headers,
    }
    return program.client.post(path, body, headers=wanted, expect_errors=True)
