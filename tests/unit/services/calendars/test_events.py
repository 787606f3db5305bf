"""From a deadline or a meeting to an event: its day, its name, whose it is, what it is called for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.meetings import AgendaItem, Meeting
from workflow_app.models.people import Party
from workflow_app.services.calendars.changes import Ending, Standing
from workflow_app.services.calendars.events import (
    Event,
    of_deadline,
    of_meeting,
    responsible,
    uid,
    whom,
)
from workflow_app.services.norway import OSLO

NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
DEADLINE = Deadline(
    "evaluation", "clause", date(2026, 9, 1), date(2026, 11, 30), "Avtalen evalueres\n hver høst.",
    msg("Every year."), year=2026, assumptions=("autumn is read as 1 September to 30 November",),
)  # fmt: skip


def agreement(*kommuner: str) -> Agreement:
    parties = [Party(key=f"31{n:02}", side="municipal", name=name) for n, name in enumerate(kommuner)]
    parties.append(Party(key="ost-moss", side="police", name="Moss politistasjon"))
    made = Agreement(id="abcdefghjk", title="Samarbeidsavtale", language="nb")
    made.parties = [AgreementParty(party=party, position=n) for n, party in enumerate(parties)]
    return made


def event(deadline: Deadline = DEADLINE, *held: tuple[str, str], fallen: bool = False) -> Event:
    return of_deadline(agreement("Moss kommune"), Standing(deadline, 4, NOW, fallen), set(held))


def said(lines: tuple[Message | str, ...]) -> str:
    return "\n".join(str(line) for line in lines)


def test_an_interval_is_its_last_day_and_tells_both() -> None:
    found = event()
    assert found.day == date(2026, 11, 30)
    assert found.starts is None
    told = said(found.lines)
    assert "2026-09-01" in told
    assert "2026-11-30" in told
    assert "«Avtalen evalueres hver høst.»" in told
    assert "autumn is read as 1 September to 30 November" in told
    assert (found.sequence, found.changed_at, found.cancelled) == (4, NOW, False)


def test_the_title_says_what_of_whom_and_how_it_stands() -> None:
    assert str(event().title) == "Evaluation 2026 – Moss kommune"
    assert str(event(replace(DEADLINE, status="met", met_by=7)).title).startswith("Done: ")
    assert str(event(replace(DEADLINE, status="missed", met_by=7)).title).startswith("Done: "), "late is done"
    assert str(event(fallen=True).title).startswith("No longer applies: ")
    assert event(fallen=True).cancelled


def test_a_house_rule_is_called_one() -> None:
    ruled = replace(DEADLINE, kind="report", source="house_rule", party="3100")
    assert "House rule" in said(event(ruled).lines)


def test_it_is_mine_where_i_hold_a_role_that_has_to_do_it() -> None:
    assert event(DEADLINE, ("3100", "slt_coordinator")).mine
    assert event(DEADLINE, ("ost-moss", "politikontakt")).mine
    assert not event(DEADLINE, ("3100", "mayor")).mine
    assert not event(DEADLINE, ("3199", "slt_coordinator")).mine, "the same role elsewhere"
    assert not event(replace(DEADLINE, status="met"), ("3100", "slt_coordinator")).mine
    assert not event(DEADLINE, ("3100", "slt_coordinator"), fallen=True).mine


def test_one_partys_deadline_is_that_partys_alone() -> None:
    both = agreement("Moss kommune", "Våler kommune")
    report = replace(DEADLINE, kind="report", party="3101")
    assert {party for party, _ in responsible(both, report)} == {"3101"}
    assert {party for party, _ in responsible(both, DEADLINE)} == {"3100", "3101", "ost-moss"}
    assert whom(both, "3101") == "Våler kommune"


@pytest.mark.parametrize(
    ("kommuner", "named"),
    [
        (("Moss kommune",), "Moss kommune"),
        (("Lesja", "Dovre", "Sel"), "Lesja, Dovre, Sel"),
        (("Lesja", "Dovre", "Sel", "Vågå"), "Lesja and 3 more"),
    ],
)
def test_kommuner_are_named_while_they_are_few(kommuner: tuple[str, ...], named: str) -> None:
    assert str(whom(agreement(*kommuner))) == named


def test_what_it_is_called_for_ever_hangs_on_no_day_no_host_and_no_words() -> None:
    moved = replace(DEADLINE, earliest=date(2026, 10, 1), latest=date(2026, 12, 1), status="met")
    assert event().uid == event(moved).uid == uid(agreement("Moss"), DEADLINE.key)
    assert event().uid.endswith("@avtaleflyt")
    assert event(replace(DEADLINE, year=2027)).uid != event().uid
    assert len(event().uid) < 70


def meeting(**more: object) -> Meeting:
    made = Meeting(number=3, version=5, on=date(2026, 5, 5), created_at=NOW, items=[])
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_a_meeting_without_hours_is_all_day() -> None:
    found = of_meeting(agreement("Moss kommune"), meeting(), set())
    assert (found.day, found.starts, found.ends) == (date(2026, 5, 5), None, None)
    assert (found.sequence, found.path) == (5, "/agreements/abcdefghjk/meetings/3")


@pytest.mark.parametrize(
    ("ends", "hours"), [(time(11, 30), 2.5), (None, 2), (time(9), 2), (time(8), 2)], ids=str
)
def test_a_meeting_has_its_hours_or_two_from_its_beginning(ends: time | None, hours: float) -> None:
    found = of_meeting(agreement("Moss"), meeting(starts_at=time(9), ends_at=ends), set())
    assert found.starts == datetime(2026, 5, 5, 9, tzinfo=OSLO)
    assert found.ends is not None
    assert found.ends - found.starts == timedelta(hours=hours)


def test_a_meeting_tells_its_agenda_and_that_it_is_called_off() -> None:
    points = [AgendaItem(title="Godkjenning av referat"), AgendaItem(title="Russefeiring")]
    found = of_meeting(agreement("Moss"), meeting(items=points), {("3100", "mayor")})
    assert "1. Godkjenning av referat\n2. Russefeiring" in said(found.lines)
    assert found.mine
    off = of_meeting(agreement("Moss"), meeting(cancelled_at=NOW + timedelta(days=1)), {("3100", "mayor")})
    assert off.cancelled
    assert not off.mine
    assert str(off.title).startswith("Cancelled: ")
    assert off.changed_at == NOW + timedelta(days=1)


def test_a_meeting_after_the_last_day_falls_away_and_stands_again_with_a_later_one() -> None:
    signed = Ending(NOW - timedelta(days=9), date(2027, 12, 31))
    ended = Ending(NOW + timedelta(days=1), meeting().on - timedelta(days=1))
    extended = Ending(NOW + timedelta(days=2), None)
    told = [
        of_meeting(agreement("Moss"), meeting(), {("3100", "mayor")}, [signed, ended, extended][:n])
        for n in (0, 1, 2, 3)
    ]
    assert [(e.cancelled, e.mine) for e in told] == [
        (False, True),
        (False, True),
        (True, False),
        (False, True),
    ]
    assert [e.sequence - told[0].sequence for e in told] == [0, 0, 1, 2], "never back to what it was"
    assert told[2].changed_at == ended.at
    assert len({e.uid for e in told}) == 1
    on_it = Ending(ended.at, meeting().on)
    assert not of_meeting(agreement("Moss"), meeting(), set(), [signed, on_it]).cancelled
    was_held = meeting(held_at=NOW + timedelta(days=1))
    assert not of_meeting(agreement("Moss"), was_held, set(), [signed, ended]).cancelled
