"""The demonstration data: the accounts of the contract, five agreements in five states, nothing backdated."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.reading import read
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Person
from workflow_app.models.proceedings import ApprovalRound, Matter
from workflow_app.models.trail import TrailEntry
from workflow_app.services import (
    demonstration,
    evaluations,
    norway,
    passwords,
    people,
    people_holdings,
    trail,
)
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.demonstration import people as cast
from workflow_app.services.demonstration.lives import LIVES, content
from workflow_app.services.errors import Conflict
from workflow_app.services.material import attachments_of, open_rounds, rules_of
from workflow_app.services.norway import OSLO
from workflow_app.services.trail_check import verify_database

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=OSLO)
CHEAP = passwords.Passwords(time_cost=1, memory_kib=8)
KOMMUNER = ("moss", "lillehammer", "raelingen", "sor-varanger", "stange")

# What the five agreements say, by hand: kind, form and the values deadlines are counted from.
SAY: dict[str, set[tuple[str, ...]]] = {
    "moss": {
        ("signed", "date", "2020-04-30"), ("revision", "every", "12", "signing"),
        ("evaluation", "yearly", "12", "31"), ("meetings", "council", "4"), ("agenda", "lead", "7"),
        ("minutes", "minutes"), ("council", "referatsak"), ("attendance", "yearly", "1"),
        ("task", "yearly"), ("signatories", "roles"),
    },
    "lillehammer": {
        ("signed", "date", "2018-12-03"), ("revision", "every", "12", "signing"),
        ("evaluation", "yearly", "12", "31"), ("meetings", "council", "4"), ("agenda", "lead", "7"),
        ("minutes", "minutes"), ("deputies", "allowed"), ("signatories", "roles"),
    },
    "raelingen": {
        ("signed", "date", "2018-12-06"), ("supplement", "to", "2008-08-20"),
        ("evaluation", "yearly", "6", "1"), ("meetings", "council"), ("meetings", "council", "2"),
        ("attendance", "yearly", "1"), ("signatories", "roles"), ("evaluation", "continuous"),
        ("rotation", "every"),
    },
    "sor-varanger": {
        ("validity", "period", "2024-01-01", "2026-12-31"), ("council", "adoption"), ("meetings", "council"),
        ("attendance", "yearly", "1"), ("attendance", "yearly", "3"), ("rotation", "every", "24"),
        ("minutes", "minutes"), ("signatories", "roles"), ("evaluation", "continuous"), ("signed", "blank"),
    },
    "stange": {
        ("signed", "date", "2025-02"), ("validity", "period", "2025-01-01", "2027-12-31"),
        ("evaluation", "yearly", "12", "31"), ("meetings", "council", "5"), ("agenda", "lead", "7"),
        ("minutes", "minutes"), ("deputies", "allowed"), ("signatories", "roles"),
        ("revision", "on_request"),
    },
}  # fmt: skip
VALUES = ("date", "from", "to", "months", "anchor", "month", "day", "per_year", "days")


@pytest.fixture
def filled(session: Session) -> Session:
    assert demonstration.fill(session, NOW, hashing=CHEAP)
    return session


def agreement_of(session: Session, nick: str) -> Agreement:
    number = cast.PLACES[nick].number
    return session.scalars(
        select(Agreement)
        .join(AgreementParty)
        .where(AgreementParty.party.has(key=number), Agreement.predecessor_id.is_(None))
    ).one()


def test_the_accounts_are_the_contracts(filled: Session) -> None:
    roles = ("slt", "politikontakt", "ordforer", "stasjonssjef", "sekretaer")
    wanted = {f"{role}.{kommune}" for role in roles for kommune in KOMMUNER} | {"admin", "revisor"}
    shown = [a.username for a in demonstration.ACCOUNTS]
    assert wanted <= set(shown)
    assert len(shown) == len(set(shown))
    assert set(shown) == set(filled.scalars(select(Person.username)))
    assert all(a.title and a.party for a in demonstration.ACCOUNTS)


def test_everybody_signs_in_with_the_one_password_and_has_a_salt_of_their_own(filled: Session) -> None:
    passwords.check(demonstration.PASSWORD)
    hashes = [h for h in filled.scalars(select(Person.password_hash)) if h is not None]
    assert len(hashes) == len(set(hashes)) == len(demonstration.ACCOUNTS)
    assert all(CHEAP.verify(h, demonstration.PASSWORD) for h in hashes)


def test_roles_are_held_for_the_right_parties(filled: Session) -> None:
    def held(username: str) -> set[tuple[str, str]]:
        person = people.find(filled, username)
        return {(h.role, h.party) for h in people_holdings.holdings(filled, person.id, NOW.date())}

    for nick, place in cast.PLACES.items():
        known = norway.kommune(place.number)
        assert known is not None
        assert f"{known.name} kommune" == place.name
        agreement = agreement_of(filled, nick)
        police = next(p.party for p in agreement.parties if p.party.side == "police")
        assert (police.name, police.district) == (place.unit, place.district)
        assert held(f"slt.{nick}") == {("slt_coordinator", place.number)}
        assert held(f"sekretaer.{nick}") == {("council_secretary", place.number)}
        assert held(f"stasjonssjef.{nick}") == {("station_chief", police.key)}
    assert held("revisor") == {("auditor", place.number) for place in cast.PLACES.values()}
    assert {role for role, _ in held("admin")} == {"administrator"}
    assert len(held("admin")) == 10
    assert people.find(filled, "admin").is_operator
    chief = next(
        h for h in people_holdings.holders(filled, ["ost-skedsmo-politistasjonsdistrikt"], NOW.date())
        if h.role == "station_chief"
    )  # fmt: skip
    assert chief.title == "Leder tjenesteenhet"


def test_five_agreements_in_five_states(filled: Session) -> None:
    states = {nick: agreement_of(filled, nick).state for nick in KOMMUNER}
    assert states == {
        "moss": "signed",
        "lillehammer": "draft",
        "raelingen": "reported",
        "sor-varanger": "negotiated",
        "stange": "annual_evaluation",
    }
    assert filled.scalar(select(func.count()).select_from(Agreement)) == 5
    assert agreement_of(filled, "sor-varanger").definition_id == "politiradsavtale_vedtak"


def test_every_page_has_something_to_show(filled: Session) -> None:
    kinds = Counter(filled.scalars(select(TrailEntry.kind).where(TrailEntry.chain.like("agreement/%"))))
    assert kinds["refusal"] == 2
    assert rules_of(filled, agreement_of(filled, "lillehammer")).incomplete == ["7. Lokale mål"]
    assert rules_of(filled, agreement_of(filled, "lillehammer")).confirmed_at is None
    (attached,) = attachments_of(filled, agreement_of(filled, "sor-varanger"))
    assert attached.name.startswith("Vedlegg 1")
    matters = {m.party.key: m for m in filled.scalars(select(Matter))}
    assert {(m.kind, m.outcome) for m in matters.values()} == {
        ("referatsak", None), ("vedtak", None), ("referatsak", "noted"),
    }  # fmt: skip
    assert all(m.meeting_date > NOW.date() for m in matters.values() if m.outcome is None and m.meeting_date)
    stange = agreement_of(filled, "stange")
    assert evaluations.years(filled, stange) == [2026, 2025]
    (waiting,) = open_rounds(filled, stange)
    assert (waiting.transition, len(waiting.approvals)) == ("continue", 1)
    rounds = filled.scalars(select(ApprovalRound).where(ApprovalRound.agreement_id == stange.id))
    assert {r.closed_because for r in rounds} == {None, "completed"}


def test_the_missed_evaluations_of_raelingen_stand_as_undocumented(filled: Session) -> None:
    found = read_chronicle(filled, agreement_of(filled, "raelingen"), NOW.date()).deadlines()
    missed = [d for d in found if d.kind == "evaluation" and d.status == "missed"]
    assert [d.year for d in missed] == list(range(2019, 2027))
    assert [d.year for d in missed if not d.undocumented] == [2026]


def test_no_entry_is_backdated_and_the_trail_is_whole(filled: Session) -> None:
    assert set(filled.scalars(select(TrailEntry.at))) == {NOW}
    filled.flush()
    assert verify_database(filled).ok
    registered = filled.scalars(select(TrailEntry.body).where(TrailEntry.transition == "register"))
    days = {told["event_date"] for body in registered if "event_date" in (told := json.loads(body))}
    assert days == {"2020-04-30", "2018-12-06", "2025-02-12"}


def test_filling_twice_does_nothing(filled: Session) -> None:
    before = filled.scalar(select(func.count()).select_from(TrailEntry))
    assert not demonstration.fill(filled, NOW, hashing=CHEAP)
    assert filled.scalar(select(func.count()).select_from(TrailEntry)) == before


def test_the_mark_is_there_before_anybody_else(filled: Session) -> None:
    first = trail.entries(filled, trail.INSTALLATION, limit=1)[0]
    assert first.kind == demonstration.FILLED
    assert demonstration.filled(filled)


def test_an_installation_in_use_is_left_alone(session: Session) -> None:
    people.add_person(session, username="kari", name="Kari Nordmann", now=NOW)
    with pytest.raises(Conflict) as no:
        demonstration.fill(session, NOW, hashing=CHEAP)
    assert no.value.code == "installation_in_use"
    assert not demonstration.filled(session)


@pytest.mark.parametrize(("day", "fine"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_a_clock_set_to_before_the_agreements_is_refused(session: Session, day: date, fine: bool) -> None:
    now = NOW.replace(year=day.year, month=day.month, day=day.day)
    if fine:
        assert demonstration.fill(session, now, hashing=CHEAP)
    else:
        with pytest.raises(Conflict, match="2026-01-01"):
            demonstration.fill(session, now, hashing=CHEAP)


def test_it_can_be_filled_years_from_now(session: Session) -> None:
    assert demonstration.fill(session, NOW.replace(year=2031), hashing=CHEAP)


@pytest.mark.parametrize("nick", sorted(SAY))
def test_the_texts_say_what_the_agreements_say(nick: str) -> None:
    reading = read(content(f"{nick}.txt").decode())
    found = {
        (r.kind, r.form, *(str(r.values[v]) for v in VALUES if v in r.values))
        for r in (*reading.rules, *reading.undated)
    }
    assert found == SAY[nick]
    assert reading.questions == ()
    assert [f"{n}.txt" for n in LIVES] == [f"{n}.txt" for n in KOMMUNER]


def test_no_sentence_is_copied_from_the_real_agreements(shared_dir: Path) -> None:
    """Eight words in a row are a sentence somebody else wrote."""

    def runs(text: str) -> set[tuple[str, ...]]:
        lines = [re.findall(r"\w+", line) for line in text.lower().splitlines()]
        return {tuple(words[i : i + 8]) for words in lines for i in range(len(words) - 7)}

    theirs: set[Any] = set()
    for path in sorted((shared_dir / "agreements").glob("*.txt")):
        theirs |= runs(path.read_text(encoding="utf-8"))
    for nick in KOMMUNER:
        assert runs(content(f"{nick}.txt").decode()) & theirs == set()


def test_nobody_of_the_real_agreements_is_in_it(shared_dir: Path) -> None:
    texts = " ".join(p.read_text("utf-8") for p in (shared_dir / "agreements").glob("*.txt"))
    last_names = {name.split()[-1] for place in cast.PLACES.values() for name in place.names}
    assert not {name for name in last_names if name in texts}
