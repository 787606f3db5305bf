"""The page of a party's witnesses: at work, behind, failing, retired; and with nothing on it."""

from __future__ import annotations

from tests.support.page_samples.people import at
from workflow_app.web.pagemodels import Choice, Problem
from workflow_app.web.pagemodels.witnesses import WitnessesPage, WitnessRow

VKEY = "lillevik.example/vitne1+0d59f19d+BAs/PvBOCpvxLJddpsSG9Es+0in4pRHPt0E+qsGWuqKH"
LOG = "avtale.lillevik.example/log"
LOG_KEY = f"{LOG}+fd836ca9+AZsfhHkc/HZjBFhU04netcqVRJ2HXydqg4QLBgqznPxx"
REASONS = (
    Choice("state_lost", "Minnet er tapt: vitnet vet ikke lenger hva det har signert"),
    Choice("replaced", "Erstattet av et annet vitne"),
)
WELL = WitnessRow(
    1,
    "lillevik.example/vitne1",
    "0d59f19d",
    VKEY,
    at("2025-02-03", "10:14"),
    "Signerte sist 10. mars 2025 kl. 08.01 CET, ved 1207 oppføringer.",
)
BEHIND = WitnessRow(
    2,
    "et.langt.navn.paa.et.vitne.i.distriktet.politi.example/vitner/nummer-2",
    "ab59f19d",
    VKEY,
    at("2025-02-04", "11:00"),
    "Har ikke signert noe ennå.",
    behind="Loggen har 12 oppføringer flere enn det har sett.",
    fault="Vitnet svarer ikke. Det blir spurt igjen 10. mars 2025 kl. 09.30 CET.",
    asked_at="https://vitne.politi.example/c2sp",
)
RETIRED = WitnessRow(
    3,
    "lillevik.example/vitne0",
    "ff59f19d",
    VKEY,
    at("2024-02-04", "11:00"),
    "Signerte sist 1. mars 2025 kl. 08.01 CET, ved 900 oppføringer.",
    retired="Tatt ut av bruk 2. mars 2025 kl. 08.01 CET: Erstattet av et annet vitne",
)
HOME = ("Lillevik kommune", "/parties/0001/witnesses", "/parties/0001")

WITNESSES = WitnessesPage(
    *HOME, (WELL, BEHIND), (RETIRED,), log=LOG, log_key=LOG_KEY, may_change=True, reasons=REASONS
)
WITNESSES_WRONG = WitnessesPage(
    *HOME,
    (WELL,),
    log=LOG,
    log_key=LOG_KEY,
    may_change=True,
    reasons=REASONS,
    written="ingen nøkkel",
    open="add",
    problems=(Problem("add-vkey", "Dette er ikke et vitnes offentlige nøkkel."),),
)
WITNESSES_RETIRING = WitnessesPage(
    *HOME,
    (WELL,),
    may_change=True,
    reasons=REASONS,
    open="retire-1",
    problems=(Problem("retire-1-because", "Velg hvorfor vitnet tas ut av bruk."),),
)
WITNESSES_NONE = WitnessesPage(*HOME, none="Lillevik kommune har ikke noe vitne.")
