"""Samples of the pages that lead to agreements, and of those outside them."""

from __future__ import annotations

from tests.support.page_samples.people import EVALUATION, KARI, PER, REPORT, REVISION, day
from workflow_app.web.pagemodels import (
    AccessibilityPage,
    AddPage,
    AgreementRow,
    AgreementsPage,
    Choice,
    DeadlineRow,
    DemoAccount,
    ErrorPage,
    Link,
    LoginPage,
    Pager,
    PartiesPage,
    PartyRow,
    Problem,
    Waiting,
    WaitingItem,
    WorkItem,
    WorklistPage,
)

LILLEVIK = Link("/agreements/17", "Politirådsavtale for Lillevik")
STORVIK = Link("/agreements/21", "Samarbeidsavtale mellom Storvik kommune og politiet")


def coming(row: DeadlineRow, agreement: Link) -> DeadlineRow:
    """A deadline as it stands among those of other agreements."""
    return DeadlineRow(**{**vars(row), "agreement": agreement})


LOGIN = LoginPage(
    came_from="/agreements/17",
    reason="Økten er utløpt. Logg inn igjen, så kommer du tilbake dit du var.",
    demo_password="lillevik-2026",
    accounts=tuple(
        DemoAccount(f"{name}.{place}", title, party)
        for place, party in (("lillevik", "Lillevik kommune"), ("storvik", "Storvik kommune"))
        for name, title in (
            ("slt", "SLT-koordinator"),
            ("ordforer", "Ordfører"),
            ("stasjonssjef", "Stasjonssjef"),
        )
    ),
)
LOGIN_REFUSED = LoginPage(
    username="slt.lillevik",
    problem="Brukernavnet og passordet passer ikke sammen. Prøv igjen.",
    passkeys="https://avtale.lillevik.example",
)

WORKLIST = WorklistPage(
    mine=(
        WorkItem(
            STORVIK,
            "Skriv evalueringen for 2020",
            "/agreements/21/evaluation?year=2020",
            "som SLT-koordinator i Storvik kommune",
            "annual_evaluation",
            "Årlig evaluering",
            day("2020-12-01"),
            EVALUATION,
        ),
        WorkItem(
            LILLEVIK,
            "Legg frem for kommunestyret",
            "/agreements/17/transitions/report",
            "som SLT-koordinator i Lillevik kommune",
            "signed",
            "Undertegnet",
            day("2020-04-30"),
            REPORT,
        ),
    ),
    others=(
        WaitingItem(
            LILLEVIK,
            "Undertegn",
            "negotiated",
            "Forhandlet",
            (
                Waiting("Ordfører", "Lillevik kommune", ("Eva Eksempel", "Anne Øvelse (fungerende)")),
                Waiting("Stasjonssjef", PER.party),
            ),
            day("2020-04-21"),
        ),
    ),
    deadlines=(coming(EVALUATION, STORVIK), coming(REVISION, LILLEVIK)),
    more_deadlines=4,
)

STATES = (
    Choice("draft", "Utkast"),
    Choice("negotiated", "Forhandlet"),
    Choice("signed", "Undertegnet"),
    Choice("reported", "Lagt frem"),
    Choice("annual_evaluation", "Årlig evaluering"),
)
AGREEMENTS = AgreementsPage(
    rows=(
        AgreementRow(LILLEVIK, "negotiated", "Forhandlet", ("Lillevik kommune", PER.party)),
        AgreementRow(
            STORVIK,
            "annual_evaluation",
            "Årlig evaluering",
            ("Storvik kommune", PER.party),
            day("2020-02-03"),
            day("2023-12-31"),
            EVALUATION,
        ),
        AgreementRow(
            Link("/agreements/23", "Avtale om politiråd i dalen"),
            "signed",
            "Undertegnet",
            ("Øvre Dal kommune", "Nedre Dal kommune", "Midtdal kommune", "Dalane politistasjonsdistrikt"),
            day("2020-04-30"),
            None,
            REPORT,
        ),
    ),
    states=STATES,
    parties=(Choice("0001", "Lillevik kommune"), Choice("0002", "Storvik kommune")),
    pager=Pager(previous="/agreements?before=17", next="/agreements?after=23", total=112),
    may_add=True,
)
AGREEMENTS_NONE = AgreementsPage(q="Utopia", filtered=True, states=STATES, pager=Pager(total=0))

ORDERS = (
    Choice(
        "politiradsavtale",
        "Undertegnes først, så referatsak",
        chosen=True,
        hint="Ordfører og stasjonssjef undertegner; deretter får kommunestyret avtalen til orientering.",
    ),
    Choice(
        "politiradsavtale_vedtak",
        "Kommunestyret vedtar før undertegning",
        hint="Kommunestyret behandler avtalen som vedtakssak før noen undertegner.",
    ),
)
ADD = AddPage(
    templates=(Choice("politirad", "Politirådsavtale"), Choice("slt", "SLT-samarbeid")),
    municipal=(Choice("0001", "Lillevik kommune", chosen=True), Choice("0002", "Storvik kommune")),
    police=(Choice("fjordby", "Fjordby politistasjonsdistrikt"),),
    definitions=ORDERS,
    suggestion="Teksten sier at avtalen legges frem til orientering. Derfor foreslås den første; du velger.",
)
ADD_REFUSED = AddPage(
    templates=ADD.templates,
    municipal=tuple(Choice(f"{n:04}", f"Kommune nummer {n}", chosen=n == 7) for n in range(1, 40)),
    police=(Choice("fjordby", "Fjordby politistasjonsdistrikt"),),
    definitions=ORDERS,
    problems=(
        Problem("file", "Filen «avtale.txt» er tom. Velg en fil med tekst."),
        Problem("police", "Velg minst én politienhet."),
    ),
)

PARTIES = PartiesPage(
    municipal=(
        PartyRow(
            "0001",
            "Lillevik kommune",
            "0001",
            None,
            "bokmål",
            (KARI.role,),
            ("Kari Nordmann, SLT-koordinator", "Eva Eksempel, ordfører"),
            Link("/agreements?party=0001", "Avtaler (2)"),
        ),
        PartyRow("0002", "Storvik kommune", "0002", None, "nynorsk"),
    ),
    police=(PartyRow("fjordby", "Fjordby politistasjonsdistrikt", None, "Kystens politidistrikt", "bokmål"),),
)

ACCESSIBILITY = AccessibilityPage()
ACCESSIBILITY_SET = AccessibilityPage("Lillevik kommune", "uu@lillevik.example", "https://uustatus.example/1")
CONFLICT = ErrorPage(
    409,
    "Avtalen kunne ikke undertegnes.",
    (
        Problem("", "Teksten er endret etter at koordinatorene ble enige (versjon 3 mot versjon 2)."),
        Problem("", "Du har allerede undertegnet for politiet; samme person kan ikke undertegne for begge."),
    ),
    Link("/agreements/17", "Til avtalen"),
)
ERRORS = tuple(
    ErrorPage(status, reference="a1b2c3" if status == 500 else None)
    for status in (400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 503)
)
