"""Invented people, parties, clauses and days that the sample pages share.

The wording of every clause is our own; the names belong to nobody.
"""

from __future__ import annotations

import hashlib

from workflow_app.web.pagemodels import (
    AgreementHead,
    Capacity,
    Choice,
    Clause,
    DeadlineRow,
    Flash,
    Layout,
    Link,
    Moment,
    SignedIn,
)
from workflow_app.web.pagemodels.layout import NavKey

MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()


def digest(words: str) -> str:
    """A hash that looks like one."""
    return hashlib.sha256(words.encode()).hexdigest()


def day(iso: str) -> Moment:
    """A day as a person reads it."""
    year, month, number = iso.split("-")
    return Moment(iso, f"{int(number)}. {MONTHS[int(month) - 1]} {year}")


def at(iso: str, clock: str) -> Moment:
    """An instant, with its zone."""
    return Moment(f"{iso}T{clock}:00+01:00", f"{day(iso).text} kl. {clock.replace(':', '.')} CET")


KARI = Capacity("SLT-koordinator", "Lillevik kommune")
OLA = Capacity("Politikontakt", "Fjordby politistasjonsdistrikt")
EVA = Capacity("Ordfører", "Lillevik kommune")
PER = Capacity("Stasjonssjef", "Fjordby politistasjonsdistrikt")
ANNE = Capacity("Ordfører", "Lillevik kommune", acting_for="Eva Eksempel")

LANGUAGES = (Choice("nb", "Bokmål", chosen=True), Choice("nn", "Nynorsk"), Choice("en", "English"))
HEAD = AgreementHead(
    id="17",
    title="Politirådsavtale mellom Lillevik kommune og Fjordby politistasjonsdistrikt",
    url="/agreements/17",
    state="negotiated",
    state_label="Forhandlet",
    version=7,
    parties=("Lillevik kommune", "Fjordby politistasjonsdistrikt"),
)

YEARLY = Clause("Partene ser over avtalen på nytt én gang i året.", "/agreements/17/text#s-9", "9. Varighet")
WRITTEN = Clause(
    "Når året er omme, skriver politirådet ned hva samarbeidet har ført til.",
    "/agreements/17/text#s-8",
    "8. Evaluering",
)
COUNCIL = Clause(
    "Avtalen legges frem for kommunestyret til orientering.", "/agreements/17/text#s-9", "9. Varighet"
)
ONGOING = Clause("Samarbeidet vurderes fortløpende.", "/agreements/17/text#s-8", "8. Evaluering")

REVISION = DeadlineRow(
    kind="Revisjon",
    when=day("2021-04-30"),
    status="open",
    clause=YEARLY,
    what="Avtalen skal revideres.",
    counted=(
        "Ett år etter undertegningen 30. april 2020.",
        "Regnet fra undertegningen; avtalen sier det ikke.",
    ),
    remaining="om 142 dager",
)
EVALUATION = DeadlineRow(
    kind="Evaluering",
    when=day("2020-12-31"),
    status="soon",
    clause=WRITTEN,
    what="Samarbeidet i 2020 skal evalueres skriftlig.",
    counted=("Den siste dagen i året.",),
    remaining="om 22 dager",
)
REPORT = DeadlineRow(
    kind="Sak til kommunestyret",
    when=day("2020-07-29"),
    status="missed",
    source="house_rule",
    clause=COUNCIL,
    what="Avtalen skal legges frem for kommunestyret som referatsak.",
    counted=("Innen 90 dager etter undertegningen, etter kommunens husregel.",),
    remaining="133 dager på overtid",
)
MET = DeadlineRow(
    kind="Evaluering",
    when=day("2019-12-31"),
    status="met",
    clause=WRITTEN,
    what="Samarbeidet i 2019 skal evalueres skriftlig.",
    met_by=Link("/agreements/17/trail#e6", "Evalueringen for 2019, godkjent 12. januar 2020"),
)
UNDOCUMENTED = DeadlineRow(
    kind="Evaluering",
    when=day("2018-12-31"),
    status="undocumented",
    clause=WRITTEN,
    what="Samarbeidet i 2018.",
)


def layout(
    nav: NavKey = "agreements",
    *,
    signed_in: bool = True,
    clock: str | None = None,
    flashes: tuple[Flash, ...] = (),
) -> Layout:
    """The frame around a sample page."""
    person = SignedIn("Kari Nordmann", (KARI, Capacity("Sekretær for politirådet", "Storvik kommune")))
    return Layout(
        language="nb",
        csrf_token="prøve",
        person=person if signed_in else None,
        languages=LANGUAGES,
        nav=nav,
        clock=clock,
        flashes=flashes,
        demonstration=True,
    )


FLASH = (Flash("Versjon 3 er lagret. Godkjenningene av versjon 2 gjelder ikke lenger."),)
