"""Three years of five agreements, as what people did on which day: some in time, some late, some never.

What is done here decides which mails a careful secretary would have sent. Those
stand in ``tests/data/three_years.txt``; ``test_three_years`` compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.support.living_country import Life
from workflow_app.domain.reminding.ladder import Settings

FIRST, LAST = date(2026, 1, 5), date(2029, 1, 12)

Deed = Callable[[Life], object]
D = date.fromisoformat


def _deeds() -> list[tuple[str, Deed]]:
    return [*_moss(), *_raelingen(), *_stange(), *_lillehammer(), *_sor_varanger()]


def _moss() -> list[tuple[str, Deed]]:
    """An agreement of 2020 that is entered in 2026; from then on most things are done, if not at once."""
    return [
        ("2026-01-05", lambda c: c.start("moss", "moss.txt")),
        ("2026-01-05", lambda c: c.register("moss", D("2020-04-30"))),
        ("2026-01-15", lambda c: c.evaluated("moss", 2025, "reviewed_unchanged")),
        ("2026-01-20", lambda c: c.plans("moss", D("2026-03-11"), D("2026-05-20"))),
        ("2026-02-19", lambda c: c.reported("moss", D("2026-02-18"))),
        ("2026-02-27", lambda c: c.calls("moss", D("2026-03-11"))),
        ("2026-03-11", lambda c: c.met("moss", D("2026-03-11"))),
        # The agenda of May goes out on its last day.
        ("2026-05-13", lambda c: c.calls("moss", D("2026-05-20"))),
        ("2026-05-21", lambda c: c.met("moss", D("2026-05-20"))),
        ("2026-10-08", lambda c: c.done("moss", "task", D("2026-10-07"))),
        ("2026-10-15", lambda c: c.met("moss", D("2026-09-16"))),
        ("2026-10-15", lambda c: c.plans("moss", D("2026-11-18"))),
        # Nobody sends the agenda of November, and the meeting is held all the same.
        ("2026-11-19", lambda c: c.met("moss", D("2026-11-18"))),
        ("2026-12-10", lambda c: c.evaluated("moss", 2026, "reviewed_unchanged")),
        ("2027-03-10", lambda c: c.met("moss", D("2027-03-09"))),
        ("2027-06-02", lambda c: c.met("moss", D("2027-06-01"))),
        ("2027-06-02", lambda c: c.done("moss", "task", D("2027-05-25"))),
        ("2027-09-15", lambda c: c.met("moss", D("2027-09-14"))),
        # A new mayor after the election.
        ("2027-09-27", lambda c: c.leaves("ordforer.moss", "mayor", D("2027-10-13"))),
        ("2027-09-27", lambda c: c.comes("sekretaer.moss", "moss", "mayor", D("2027-10-14"))),
        ("2027-11-24", lambda c: c.met("moss", D("2027-11-23"))),
        ("2027-12-06", lambda c: c.evaluates("moss", 2027, "reviewed_unchanged")),
        ("2027-12-06", lambda c: c.do("moss", "continue", "slt")),
        # The politikontakt approves when the station chief has been told.
        ("2028-01-18", lambda c: c.do("moss", "continue", "politikontakt")),
        ("2028-03-15", lambda c: c.met("moss", D("2028-03-14"))),
        ("2028-05-24", lambda c: c.met("moss", D("2028-05-23"))),
        ("2028-06-07", lambda c: c.done("moss", "task", D("2028-06-06"))),
        ("2028-09-13", lambda c: c.met("moss", D("2028-09-12"))),
        # The coordinator is on leave, and somebody acts in her office.
        ("2028-09-25", lambda c: c.stands_in("slt.stange", "slt.moss", "moss", "slt_coordinator",
                                             D("2028-10-01"), D("2028-12-03"))),
        ("2028-11-29", lambda c: c.met("moss", D("2028-11-28"))),
        ("2028-12-20", lambda c: c.evaluated("moss", 2028)),
    ]  # fmt: skip


def _raelingen() -> list[tuple[str, Deed]]:
    """Evaluates on 1 June: late the first year, in time the second, never the third."""
    return [
        ("2026-01-12", lambda c: c.start("raelingen", "raelingen.txt")),
        ("2026-01-12", lambda c: c.register("raelingen", D("2018-12-06"))),
        ("2026-01-16", lambda c: c.evaluated("raelingen", 2025)),
        ("2026-04-16", lambda c: c.met("raelingen", D("2026-04-15"))),
        ("2026-06-25", lambda c: c.evaluated("raelingen", 2026)),
        ("2026-10-15", lambda c: c.met("raelingen", D("2026-10-14"))),
        ("2026-10-15", lambda c: c.done("raelingen", "attendance", D("2026-10-14"))),
        ("2027-05-20", lambda c: c.evaluated("raelingen", 2027)),
        ("2027-05-20", lambda c: c.met("raelingen", D("2027-05-19"))),
        # One meeting of two, and the leader of GDE was never there.
        ("2028-02-17", lambda c: c.met("raelingen", D("2028-02-16"))),
        ("2028-02-17", lambda c: c.done("raelingen", "attendance", D("2028-02-16"))),
        ("2028-09-14", lambda c: c.met("raelingen", D("2028-09-13"))),
    ]


def _stange() -> list[tuple[str, Deed]]:
    """2025 to 2027, extended by a year in time, and then let lapse."""
    met = [f"{year}-{day}" for year in (2026, 2027, 2028)
           for day in ("02-04", "04-08", "06-10", "09-09", "11-11")]  # fmt: skip
    return [
        ("2026-01-05", lambda c: c.start("stange", "stange.txt")),
        ("2026-01-05", lambda c: c.register("stange", D("2025-02-12"))),
        ("2026-01-08", lambda c: c.evaluated("stange", 2025)),
        *((day, lambda c, day=day: c.met("stange", D(day))) for day in met),  # type: ignore[misc]
        ("2026-11-26", lambda c: c.evaluated("stange", 2026)),
        ("2027-11-25", lambda c: c.evaluated("stange", 2027)),
        ("2027-12-15", lambda c: c.do("stange", "extend", "ordforer", "stasjonssjef",
                                      effective_date="2028-12-31", reason="Partene er enige.")),
        ("2028-11-23", lambda c: c.evaluated("stange", 2028)),
    ]  # fmt: skip


def _lillehammer() -> list[tuple[str, Deed]]:
    """Has nobody as politikontakt for a while, chooses a ladder of its own, and is always late."""
    own = Settings((60, 14, 0), 3, 30, frozenset({"task", "attendance"}))
    return [
        ("2026-02-02", lambda c: c.leaves("politikontakt.lillehammer", "politikontakt", D("2027-12-31"))),
        ("2026-09-01", lambda c: c.start("lillehammer", "lillehammer.txt")),
        ("2026-09-01", lambda c: c.register("lillehammer", D("2018-12-03"))),
        ("2026-09-10", lambda c: c.evaluated("lillehammer", 2025, "reviewed_unchanged")),
        ("2026-10-07", lambda c: c.met("lillehammer", D("2026-10-06"))),
        ("2026-12-02", lambda c: c.met("lillehammer", D("2026-12-01"))),
        ("2027-02-15", lambda c: c.chooses("lillehammer", own)),
        ("2027-03-01", lambda c: c.evaluated("lillehammer", 2026)),
        ("2027-09-15", lambda c: c.evaluated("lillehammer", 2027, "reviewed_unchanged")),
        ("2027-10-05", lambda c: c.met("lillehammer", D("2027-10-04"))),
        (
            "2028-03-01",
            lambda c: c.comes("politikontakt.stange", "lillehammer", "politikontakt", D("2028-03-01")),
        ),
        ("2028-06-01", lambda c: c.met("lillehammer", D("2028-05-31"))),
        ("2028-08-31", lambda c: c.met("lillehammer", D("2028-08-30"))),
        ("2028-10-19", lambda c: c.evaluated("lillehammer", 2028, "reviewed_unchanged")),
    ]


def _sor_varanger() -> list[tuple[str, Deed]]:
    """Adopted and signed in the last year of its period; nobody makes another, and it lapses."""
    return [
        ("2026-01-19", lambda c: c.start("sor-varanger", "sor-varanger.txt", "politiradsavtale_vedtak")),
        ("2026-01-22", lambda c: c.do("sor-varanger", "agree", "slt", "politikontakt")),
        ("2026-03-26", lambda c: c.do(
            "sor-varanger", "adopt", "sekretaer",
            outcome="adopted", meeting_date="2026-03-25", archive_case="26/77", case_number="PS 12/26",
            committee="Kommunestyret", decision="Avtalen vedtas.")),
        ("2026-04-14", lambda c: c.signs("sor-varanger")),
        ("2026-05-07", lambda c: c.met("sor-varanger", D("2026-05-06"))),
        ("2026-10-22", lambda c: c.met("sor-varanger", D("2026-10-21"))),
    ]  # fmt: skip


LIFE: dict[date, list[Deed]] = {}
for _day, _deed in sorted(_deeds(), key=lambda pair: pair[0]):
    LIFE.setdefault(D(_day), []).append(_deed)
