"""Fifty at once on the last signature: one wins, nobody gets a 5xx, the trail tells of all."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import UTC, date, datetime

from tests.functional.conftest import CHEAP, PASSWORD, PEOPLE, Program, Site
from tests.functional.test_life import kinds, negotiated
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, people, people_roles
from workflow_app.services.trail import agreement_chain
from workflow_app.services.trail_check import verify_database

RACERS = 50


def race(
    site: Site, racers: list[Program], path: str, body: dict[str, object]
) -> list[tuple[int, dict[str, object]]]:
    """Everybody posts the same at the same moment, each in a thread of their own."""
    ready = threading.Barrier(len(racers))
    answers: list[tuple[int, dict[str, object]]] = []

    def run(racer: Program) -> None:
        ready.wait()
        response = racer.client.post_json(
            path, body, headers={"Authorization": f"Bearer {racer.token}", "Accept": "application/json"},
            expect_errors=True,
        )  # fmt: skip
        answers.append((response.status_int, response.json))

    threads = [threading.Thread(target=run, args=(racer,)) for racer in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def station_chiefs(site: Site, number: int) -> list[Program]:
    """So many holders of the same office, each with a token."""
    with site.session() as db, db.begin():
        unit = parties.find(db, site.party["politi.moss"])
        for n in range(number):
            person = people.add_person(
                db,
                username=f"sjef{n}.moss",
                name=f"Sjef {n}",
                password=PASSWORD,
                now=datetime.now(UTC),
                hashing=CHEAP,
            )
            people_roles.give_role(
                db, person, unit, "station_chief", from_date=date(2015, 1, 1), now=datetime.now(UTC)
            )
    return [site.program(f"sjef{n}.moss") for n in range(number)]


def test_fifty_holders_race_for_the_last_signature(site: Site) -> None:
    moss = {first: site.program(f"{first}.moss") for first in PEOPLE}
    ident = negotiated(site, moss)
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    version = moss["slt"].get(f"/agreements/{ident}")["version"]
    racers = station_chiefs(site, RACERS)
    answers = race(
        site,
        racers,
        f"/agreements/{ident}/transitions/sign",
        {"version": version, "data": {"password": PASSWORD}},
    )
    statuses = Counter(status for status, _ in answers)
    assert statuses == {200: 1, 409: RACERS - 1}, statuses
    assert all(body["refusals"] for status, body in answers if status == 409)
    told = kinds(site, ident)
    assert told.count(("transition", "sign")) == 1
    assert sum(1 for kind, _ in told if kind == "refusal") == RACERS - 1
    with site.session() as db:
        assert verify_database(db).ok


def test_one_person_in_fifty_windows_signs_once(site: Site) -> None:
    moss = {first: site.program(f"{first}.moss") for first in PEOPLE}
    ident = negotiated(site, moss)
    version = moss["slt"].get(f"/agreements/{ident}")["version"]
    answers = race(
        site, [moss["ordforer"]] * RACERS,
        f"/agreements/{ident}/transitions/sign", {"version": version, "data": {"password": PASSWORD}},
    )  # fmt: skip
    assert {status for status, _ in answers} == {200}
    assert kinds(site, ident).count(("approval", "sign")) == 1


def test_two_coordinators_agree_at_the_same_moment(site: Site) -> None:
    from tests.functional.test_life import start

    moss = {first: site.program(f"{first}.moss") for first in PEOPLE}
    for _ in range(5):
        ident = start(site, moss["slt"])
        version = moss["slt"].get(f"/agreements/{ident}")["version"]
        answers = race(
            site, [moss["slt"], moss["politikontakt"]], f"/agreements/{ident}/transitions/agree",
            {"version": version, "data": {}},
        )  # fmt: skip
        assert [status for status, _ in answers] == [200, 200]
        assert moss["slt"].get(f"/agreements/{ident}")["state"] == "negotiated"


def test_the_refusals_of_a_stuck_program_do_not_bury_the_history(site: Site) -> None:
    moss = {first: site.program(f"{first}.moss") for first in PEOPLE}
    ident = negotiated(site, moss)
    for _ in range(230):
        moss["slt"].do(ident, "report", status=409, outcome="noted")
    with site.session() as db:
        kept = db.query(TrailEntry).filter_by(chain=agreement_chain(ident), kind="refusal").all()
    assert len(kept) == 200
    assert json.loads(kept[-1].body)["data"]["attempted"] == "report"
