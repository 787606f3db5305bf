"""Samples of the page of minutes: being written, kept, and of a meeting that is ahead."""

from __future__ import annotations

from tests.support.page_samples.forms import Matter, rendered
from tests.support.page_samples.people import EVALUATION, HEAD, MET, UNDOCUMENTED, at, day, digest
from tests.support.page_samples.records import SEAL
from workflow_app.web.pagemodels import Clause, DeadlinesPage, Link, Problem
from workflow_app.web.pagemodels.minutes import (
    DecisionRow,
    ExpectedRow,
    KeptRow,
    MinutesPage,
    WrittenPoint,
)
from workflow_app.web.pagemodels.yearly import DoneRow, YearlyPart

MEETING = Link(f"{HEAD.url}/meetings/2", "Møte 2")
URL = f"{MEETING.href}/minutes"
CLAUSE = Clause("Det skrives referat som arkiveres.", f"{HEAD.url}/text#s3", "3. Møter")
CAME = (
    ExpectedRow("came-p-1", "Kari Nordmann", "SLT-koordinator, Lillevik kommune", present=True, ticked=True),
    ExpectedRow("came-p-2", "Ola Nordmann", "politikontakt, Lillevik lensmannsdistrikt", "for Anne", False),
    ExpectedRow("came-r-3", "Ida Gjest", "rektor", present=True, ticked=True, remove=3),
)
DECIDED = DecisionRow(
    2, 1, "Vandring før jul.\nNatteravnene spørres.", "1. Uro ved stasjonen", "Kari, Lillevik kommune",
    day("2020-06-30"), late=True, may_strike=True,
)  # fmt: skip
DONE = DecisionRow(2, 2, "Ny møteplan.", done=day("2020-06-20"), may_open=True)
KEPT = KeptRow(
    1, at("2020-06-10", "09:00"), Link(f"{URL}.pdf?number=1", "Referatet, versjon 1 (PDF)"),
    Link(f"{HEAD.url}/trail?entry=9#e9", "oppføring 9 i sporet"), digest("e"),
    SEAL,
)  # fmt: skip
AHEAD = MinutesPage(
    HEAD,
    URL,
    MEETING,
    day("2020-06-09"),
    2,
    disclosure="Offentlig referat.",
    closed="Møtet er ikke holdt ennå.",
)


def build() -> dict[str, tuple[str, object]]:
    """Samples with forms, which deform must render while a request is there."""
    forms = {
        name: rendered(Matter(), "Lagre", {"version": 7}, nth=number)
        for number, name in enumerate(("came", "write", "decide", "again"), 1)
    }
    follow = DecisionRow(
        1, 4, "Fra forrige møte.", origin=Link(f"{HEAD.url}/meetings/1/minutes", "vedtatt på møte 1"),
        form=rendered(Matter(), "Utført", {"version": 7}, nth=5),
    )  # fmt: skip
    writing = MinutesPage(
        HEAD, URL, MEETING, day("2020-06-09"), 5, CAME, True, (WrittenPoint("1. Uro ved stasjonen"),),
        decisions=(DECIDED,), follow_ups=(follow,), clause=CLAUSE, disclosure="Lukket referat.",
        forms={name: forms[name] for name in ("came", "write", "decide")}, open_form="decide",
        problems=(Problem("", "Noen har endret møtet siden du åpnet det."),), may_write=True, may_keep=True,
        draft=Link(f"{URL}.pdf?draft=1", "Referatet slik det er nå (PDF)"),
    )  # fmt: skip
    kept = MinutesPage(
        HEAD, URL, MEETING, day("2020-06-09"), 6, CAME, True,
        (WrittenPoint("1. Uro ved stasjonen", ("Politiet orienterte.",)),), ("Møtet ble satt.",),
        decisions=(DONE,), disclosure="Offentlig referat.", forms={"again": forms["again"]}, kept=(KEPT,),
        kept_now=True,
    )  # fmt: skip
    entry = Link(f"{HEAD.url}/trail?entry=7#e7", "oppføring 7 i sporet")
    taking_back = rendered(Matter(), "Ta tilbake", {"version": 7}, nth=6)
    done = (DoneRow("Oppgave: Trygghetsvandring", day("2020-05-04"), entry, taking_back, open=True),)
    recording = rendered(Matter(), "Registrer som gjort", {"version": 7}, nth=7)
    deadlines = DeadlinesPage(
        HEAD,
        (EVALUATION,),
        (MET,),
        yearly=YearlyPart(recording, done),
        later=(EVALUATION,),
        earlier=(UNDOCUMENTED,),
    )
    return {
        "deadlines_yearly": ("deadlines", deadlines),
        "minutes": ("minutes", writing),
        "minutes_kept": ("minutes", kept),
        "minutes_ahead": ("minutes", AHEAD),
    }
