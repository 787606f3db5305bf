"""Samples of the pages of meetings."""

from __future__ import annotations

from tests.support.page_samples.forms import Matter, rendered
from tests.support.page_samples.people import HEAD, day
from workflow_app.web.pagemodels import Choice, Clause, Link, Problem
from workflow_app.web.pagemodels.meetings import (
    CalledRow,
    DeputyOffer,
    MeetingPage,
    MeetingRow,
    MeetingsLine,
    MeetingsPage,
    PlanPage,
    PlanRow,
    Point,
    Suggestion,
    TurnView,
)

URL = f"{HEAD.url}/meetings"
CLAUSE = Clause("Det holdes 4 møter pr. år, minimum 2.", f"{HEAD.url}/text#s3", "3. Møter")
NEXT = MeetingRow(
    2, f"{URL}/2", day("2020-06-09"), "tirsdag", "planned", "Planlagt", "10.00–12.00", "Rådhuset",
    "sakslisten skal sendes senest 2. juni 2020", "soon",
)  # fmt: skip
ROWS = (
    MeetingRow(1, f"{URL}/1", day("2020-02-11"), "tirsdag", "held", "Holdt", "10.00"),
    NEXT,
    MeetingRow(3, f"{URL}/3", day("2020-09-08"), "tirsdag", "cancelled", "Avlyst"),
)
LINE = MeetingsLine(URL, 2020, "1 av minst 2 møter er holdt, målet er 4", NEXT)
YEARS = (Link(f"{URL}?year=2019", "2019"), Link("", "2020"), Link(f"{URL}?year=2021", "2021"))
POINTS = (
    Point(11, 1, "Kort fra politiet", "fast punkt i avtalen", quote="1. Kort fra politiet"),
    Point(12, 2, "Uro ved stasjonen", "meldt inn av Lillevik kommune", "To linjer\nom saken.", late=True),
)
NONE = MeetingsPage(HEAD, 2020, YEARS, "0 av 4 møter er holdt", (CLAUSE,), (), closed="Ikke signert ennå.")
PLAN = PlanPage(
    head=HEAD, year=2020, years=YEARS, standing="0 av 4 møter er holdt", clauses=(CLAUSE,), count="fire",
    weekdays=(Choice("0", "mandag"), Choice("1", "tirsdag", chosen=True)), starts_at="10:00",
    place="Rådhuset", weeks_off="8, 28–32", weeks_note="Kommunens egne.",
    rows=(
        PlanRow(1, "2020-02-11", "10:00", "tirsdag 11. februar 2020", day("2020-02-04"), ("uke 7",)),
        PlanRow(2, "2020-05-17", "10:00"),
        PlanRow(3),
    ),
    kept_clear=("18. februar 2020 er i uke 8, som holdes fri.",), there=ROWS[:1],
    note="Det var bare dager nok til 2.",
    problems=(Problem("count", "Skriv hvor mange."), Problem("on-2", "17. mai 2020 er Grunnlovsdag.")),
    kept_for=("Lillevik kommune",),
)  # fmt: skip
READ = MeetingPage(HEAD, ROWS[2], 4, "Møte 3", (), (), None, None, closed="Bare koordinatorene.")


def build() -> dict[str, tuple[str, object]]:
    """Samples with forms, which deform must render while a request is there."""
    form = rendered(Matter(), "Lagre", {"version": 7})
    all_of_them = MeetingsPage(
        head=HEAD, year=2020, years=YEARS, standing="1 av minst 2 møter er holdt, målet er 4",
        clauses=(CLAUSE,), rows=ROWS,
        turns=(
            TurnView("Sekretær", CLAUSE, "kommunen, 2020–2021", "regnet fra 2020"),
            TurnView("Innkaller", CLAUSE, None),
        ),
        waiting=POINTS[1:], points=POINTS[:1], fixed=POINTS[:1], plan_href=f"{URL}/plan?year=2020",
        forms={"one": form}, open_form="one", may_change=True,
    )  # fmt: skip
    one = MeetingPage(
        head=HEAD, row=NEXT, version=4, title="Møte 2", points=POINTS,
        called=(
            CalledRow("Kari Nordmann", "SLT-koordinator", "Lillevik kommune"),
            CalledRow(
                "Gjest Gjestesen", "gjest", email="gjest@example.org", remove=5,
                undelivered="ikke levert 3. april 2026", advice="Ta gjesten av listen og inviter på nytt.",
            ),
        ),
        convener="Lillevik kommune", secretary=None, by_turn=("Innkaller: går på omgang",), clause=CLAUSE,
        suggestions=(Suggestion("Evalueringen for 2020", "frist 31. desember", (("kind", "evaluation"),)),),
        deputies=(DeputyOffer(3, "Vara Varasen", "ordfører, Lillevik kommune"),),
        forms={"move": form, "posts": "", "cancel": ""}, open_form="move",
        problems=(Problem("", "Noen har endret møtet."),), may_change=True, may_send=True,
        send_label="Send innkallingen", sent="Sendt 1. juni 2020.", changed=True,
        papers=(Link(f"{URL}/2/invitation.pdf", "Innkallingen (PDF)"),),
        links=(Link(f"{URL}/2/minutes", "Referat"),),
    )  # fmt: skip
    return {
        "meetings": ("meetings", all_of_them),
        "meetings_none": ("meetings", NONE),
        "meeting_plan": ("meeting_plan", PLAN),
        "meeting": ("meeting", one),
        "meeting_read": ("meeting", READ),
    }
