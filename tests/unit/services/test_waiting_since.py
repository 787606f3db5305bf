"""Since when one waits for whom: what an impatient station chief asks, and every place that must answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TEXT, draft, person
from workflow_app.domain.evaluation_form import Answers
from workflow_app.models.agreements import Agreement
from workflow_app.services import agreements, attachments, choosing, evaluations, links, proposals, readings
from workflow_app.services.actors import Who
from workflow_app.services.agreements import Source
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.texts import save_text
from workflow_app.services.transitions import take_transition
from workflow_app.services.waiting_since import refresh

HOUR = timedelta(hours=1)
REMOVE = [{"index": 0, "remove": True}]
COUNCIL = TEXT + "Avtalen legges frem for kommunestyret som referatsak.\n"


class Stage:
    """A draft and its four people; each step an hour after the one before."""

    def __init__(self, session: Session, text: str = TEXT) -> None:
        self.session, self.now = session, NOW
        self.made, slt = draft(session, text)
        self.people: dict[str, Who] = {"slt": slt}
        for name, party, role in (
            ("kontakt", POLICE, "politikontakt"),
            ("ordforer", "3103", "mayor"),
            ("sjef", POLICE, "station_chief"),
        ):
            self.people[name] = person(session, name, party, role)
        readings.confirm(session, self.made, who=slt, now=self.tick())

    def tick(self) -> datetime:
        self.now += HOUR
        return self.now

    def do(self, name: str, who: str, **data: Any) -> datetime:
        """Take a step; when it was."""
        taken = take_transition(
            self.session, self.made, name, self.people[who], data, self.tick(),
            registry=workflow_definitions(), reauthenticated=True,
        )  # fmt: skip
        assert taken.done, taken.refusals
        return self.now

    def negotiated(self) -> datetime:
        self.do("agree", "slt")
        return self.do("agree", "kontakt")

    def signed(self) -> datetime:
        self.negotiated()
        self.do("sign", "ordforer", password="x")
        return self.do("sign", "sjef", password="x")

    def waits(self) -> tuple[str | None, datetime | None]:
        self.session.flush()
        assert not refresh(self.session, self.made), "what stood was behind"
        return self.made.waits_for, self.made.waits_since

    @property
    def steps(self) -> list[str]:
        return [told["step"] for told in self.made.waiting or ()]


@pytest.fixture
def stage(session: Session) -> Stage:
    return Stage(session)


def test_a_new_draft_waits_for_both_since_it_was_made(stage: Stage) -> None:
    assert stage.waits() == ("both", NOW)
    assert stage.steps == ["agree"]


def test_once_one_side_has_said_yes_it_waits_for_the_other_since_then(stage: Stage) -> None:
    at = stage.do("agree", "slt")
    assert stage.waits() == ("police", at)
    [told] = stage.made.waiting or [{}]
    assert told["places"] == [{"party": POLICE, "roles": ["politikontakt"]}]


def test_a_text_that_is_changed_sets_both_waiting_anew(stage: Stage) -> None:
    stage.do("agree", "slt")
    save_text(stage.session, stage.made, TEXT + "\nNy linje.\n", who=stage.people["slt"], now=stage.tick())
    changed = stage.now
    assert stage.waits() == ("both", changed)
    readings.confirm(stage.session, stage.made, who=stage.people["slt"], now=stage.tick())
    assert stage.waits() == ("both", changed)


def test_a_file_that_is_added_does_so_too(stage: Stage) -> None:
    stage.do("agree", "kontakt")
    attachments.add(
        stage.session, stage.made, "vedlegg.txt", b"Vedlegg", who=stage.people["slt"], now=stage.tick(),
    )  # fmt: skip
    assert stage.waits() == ("both", stage.now)


def test_a_signing_waits_for_both_and_then_for_the_one_who_has_not_signed(stage: Stage) -> None:
    agreed = stage.negotiated()
    assert stage.waits() == ("both", agreed)
    at = stage.do("sign", "sjef", password="x")
    assert stage.waits() == ("municipal", at)
    assert stage.steps == ["sign"]


def test_what_is_reopened_waits_from_then(stage: Stage) -> None:
    stage.negotiated()
    at = stage.do("reopen", "sjef", reason="Ikke ferdig")
    assert stage.waits() == ("both", at)


def test_a_signed_one_without_a_council_clause_waits_for_nobody(stage: Stage) -> None:
    stage.signed()
    assert stage.waits() == (None, None)
    assert stage.made.waiting == []


def test_the_kommunestyre_is_told_apart(session: Session) -> None:
    stage = Stage(session, COUNCIL)
    at = stage.signed()
    assert stage.waits() == ("council", at)
    stage.do("report", "slt", outcome="postponed", meeting_date="2025-03-10", reason="Utsatt")
    assert stage.waits() == ("council", at)
    stage.do("report", "slt", outcome="noted", meeting_date="2025-03-10", case_number="RS 1/25")
    assert stage.waits() == (None, None)


def test_an_evaluation_waits_to_be_written_and_then_to_be_approved(stage: Stage) -> None:
    stage.signed()
    begun = stage.do("begin_evaluation", "kontakt", year=2025)
    assert stage.waits() == ("both", begun)
    assert (stage.made.waiting or [{}])[0]["written"] is False

    def write(body: str) -> datetime:
        evaluations.save(
            stage.session, stage.made, year=2025, body=body, learning_points="", outcome="continues",
            who=stage.people["slt"], now=stage.tick(),
        )  # fmt: skip
        return stage.now

    written = write("Godt.")
    assert stage.waits() == ("both", written)
    assert (stage.made.waiting or [{}])[0]["written"] is True
    at = stage.do("continue", "slt")
    assert stage.waits() == ("police", at)
    again = write("Bedre.")
    assert stage.waits() == ("both", again)


def test_an_evaluation_that_is_half_written_still_waits_to_be_written(stage: Stage) -> None:
    stage.signed()
    begun = stage.do("begin_evaluation", "kontakt", year=2025)
    evaluations.save_answers(
        stage.session, stage.made, Answers(), year=2025, say=str, who=stage.people["slt"], now=stage.tick()
    )
    assert stage.waits() == ("both", begun)
    assert (stage.made.waiting or [{}])[0]["written"] is False


def test_what_is_begun_beside_the_usual_way_waits_from_when_it_was_begun(stage: Stage) -> None:
    stage.signed()
    at = stage.do("extend", "ordforer", effective_date="2029-12-31")
    assert stage.waits() == ("police", at)
    assert stage.steps == ["extend"]


def test_a_proposed_correction_waits_for_both_and_declined_for_nobody(stage: Stage) -> None:
    stage.signed()
    proposals.propose(stage.session, stage.made, REMOVE, who=stage.people["slt"], now=stage.tick())
    proposed = stage.now
    assert stage.waits() == ("both", proposed)
    at = stage.do("correct_rules", "slt")
    assert stage.waits() == ("police", at)
    proposals.decline(stage.session, stage.made, who=stage.people["kontakt"], now=stage.tick())
    assert stage.waits() == (None, None)


def test_of_two_things_at_once_the_time_is_that_since_both_sides_are_waited_for(session: Session) -> None:
    stage = Stage(session, COUNCIL)
    stage.signed()
    proposals.propose(stage.session, stage.made, REMOVE, who=stage.people["slt"], now=stage.tick())
    # The kommune has had the council's matter for longer; the police have been waited for since now.
    assert stage.waits() == ("both", stage.now)
    assert stage.steps == ["correct_rules", "report"]


def test_another_workflow_waits_as_that_one_does(stage: Stage) -> None:
    registry = workflow_definitions()
    choosing.choose_definition(
        stage.session, stage.made, registry.newest("politiradsavtale_vedtak"),
        current=registry.newest("politiradsavtale"), who=stage.people["slt"], now=stage.tick(),
    )  # fmt: skip
    stage.negotiated()
    assert stage.waits() == ("council", stage.now)


def test_a_successors_draft_waits_from_its_own_day(stage: Stage) -> None:
    stage.signed()
    at = stage.do("revise_on_request", "sjef", reason="Ny plan")
    assert stage.waits() == (None, None)
    successor = agreements.successor_of(stage.session, stage.made)
    assert successor is not None
    assert (successor.waits_for, successor.waits_since) == ("both", at)


def test_what_is_replaced_waits_for_nobody(session: Session) -> None:
    stage = Stage(session, COUNCIL)
    stage.signed()
    newer = agreements.create_draft(
        session, Source("ny.txt", TEXT.encode()), municipal=["3103"], police=[POLICE],
        definition=workflow_definitions().newest("politiradsavtale"), who=stage.people["slt"],
        now=stage.tick(),
    )  # fmt: skip
    readings.confirm(session, newer, who=stage.people["slt"], now=stage.tick())
    older, stage.made = stage.made, newer
    links.link(
        session, newer, older.id, "replaces", who=stage.people["slt"], now=stage.tick(),
        registry=workflow_definitions(),
    )  # fmt: skip
    stage.signed()
    session.refresh(older)
    assert (older.waits_for, older.waits_since, older.waiting) == (None, None, [])


def test_where_the_definition_is_gone_what_stood_is_left(stage: Stage) -> None:
    before = stage.waits()
    agreement: Agreement = stage.made
    agreement.definition_digest = "0" * 64
    assert refresh(stage.session, agreement) is False
    assert (agreement.waits_for, agreement.waits_since) == before
