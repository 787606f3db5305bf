"""Two kommuner and one police unit in an agreement: each is reminded by the ladder of his own kommune."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.support.living_country import Life
from tests.support.reminding import REGISTRY, at
from workflow_app.services.agreements import Source, create_draft
from workflow_app.services.demonstration.lives import content
from workflow_app.services.reminders.settings import checked, set_settings

FIRST = date(2026, 3, 2)
LEADERS_AND_COORDINATORS = ("ordforer.stange", "politikontakt.stange", "slt.stange", "stasjonssjef.stange")
"""Of those whose ladder tells the leader."""


@pytest.fixture
def valley(sessions: sessionmaker[Session]) -> Life:
    """Stange's agreement, with Rælingen in it too; Rælingen has a ladder of its own."""
    made = Life(sessions, FIRST)
    with sessions.begin() as session:
        stage, other = made._stage(session, "stange"), made._stage(session, "raelingen")
        agreement = create_draft(
            session, Source("stange.txt", content("stange.txt")),
            municipal=[stage.town.kommune.key, other.town.kommune.key], police=[stage.town.police.key],
            definition=REGISTRY.newest("politiradsavtale"), who=stage.who("slt"), now=at(FIRST),
        )  # fmt: skip
        stage.confirm(agreement)
        for who in (stage.who("slt"), other.who("slt"), stage.who("politikontakt")):
            stage.town.people["one"] = stage.session.get_one(type(stage.town.people["slt"]), who.person_id)
            stage.do(agreement, "register", "one", signed_on="2025-02-12")
        made.agreements["stange"] = agreement.id
        set_settings(session, other.town.kommune, checked((45,), 0, None, ("meeting",)), now=at(FIRST))
    return made


def test_each_by_his_own_kommune_and_the_police_by_the_first(valley: Life) -> None:
    for n in range(200):
        valley.night(date(2026, 9, 1) + timedelta(days=n))
    told = [(d, u, sorted(k)) for d, u, k in valley.mails() if d < date(2027, 1, 1)]
    # The evaluation of 2025 was missed before any of this, and is caught up once.
    early = [t for t in told if t[0] < date(2026, 9, 30)]
    assert sorted(early) == [
        (date(2026, 9, 1), username, ["evaluation"])
        for username in ("politikontakt.stange", "slt.raelingen", "slt.stange")
    ] + [(date(2026, 9, 15), username, ["evaluation"]) for username in LEADERS_AND_COORDINATORS]
    autumn = [(d, u) for d, u, _ in told if d >= date(2026, 9, 30)]
    first = [date(2026, 10, 2), date(2026, 12, 1), date(2026, 12, 23), date(2026, 12, 30)]
    assert [d for d, u in autumn if u == "slt.stange"] == first
    assert [d for d, u in autumn if u == "politikontakt.stange"] == first
    assert [d for d, u in autumn if u == "slt.raelingen"] == [date(2026, 11, 16), date(2026, 12, 30)]
    # Rælingen tells no leader.
    leaders = {u for _, u, k in valley.mails() if "escalation" in k.values()}
    assert {"ordforer.stange", "stasjonssjef.stange"} <= leaders
    assert "ordforer.raelingen" not in leaders


def test_who_coordinates_for_both_gets_one_letter(valley: Life) -> None:
    valley.leaves("slt.raelingen", "slt_coordinator", FIRST)
    valley.comes("slt.stange", "raelingen", "slt_coordinator", date(2026, 3, 3))
    for day in (date(2026, 9, 1), date(2026, 12, 30)):
        valley.night(day)
    letters = [(d, k) for d, u, k in valley.mails() if u == "slt.stange"]
    assert [d for d, _ in letters] == [date(2026, 9, 1), date(2026, 12, 30)]
