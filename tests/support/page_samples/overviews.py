"""The overview and the timeline: full, filtered to nothing, and with what was not understood."""

from __future__ import annotations

from datetime import date

from tests.support.page_samples.people import EVALUATION, day
from workflow_app.domain.dates import Interval
from workflow_app.domain.timeline.periods import Period
from workflow_app.domain.timeline.picture import Band, Bar, Hole, Words, svgs
from workflow_app.web.pagemodels import Choice, Link
from workflow_app.web.pagemodels.overview import (
    Facet,
    FacetLink,
    OverviewPage,
    OverviewRow,
    StepWaited,
    StripRows,
    TimelinePage,
    TimeRow,
    Waits,
)

_AGREEMENT = Link("/agreements/k7m2p9qxwd", "Samarbeidsavtale mellom Storvik kommune og politiet")
_COLUMNS = ("Kommune og avtale", "Status", "Venter på", "Neste frist")
_SORTS = (Choice("due", "Første frist først", chosen=True), Choice("kommune", "Kommune"))
_PARTIES = (Choice("3103", "Storvik kommune"),)

_ROWS = (
    OverviewRow(
        kommuner=("Storvik kommune",), police=("Storvik politistasjon",), link=_AGREEMENT, state="signed",
        state_label="Signert", validity="Gjelder til og med 31. desember 2027", in_force=True,
        waits=Waits(
            "police", "Politiet", day("2026-01-15"), long=True,
            steps=(StepWaited("Godkjenn evalueringen", ("politikontakt, Storvik politistasjon",)),),
        ),
        deadline=EVALUATION,
    ),
    OverviewRow(
        kommuner=("Lillevik kommune",), link=_AGREEMENT, state="draft", state_label="Utkast",
        validity="Ikke signert", waits=Waits("nobody", "Ingen"),
    ),
    OverviewRow(kommuner=("Alstahaug",), note="Ingen avtale du har innsyn i her."),
)  # fmt: skip

OVERVIEW = OverviewPage(
    rows=_ROWS, found="Avtaler: 2. Kommuner uten avtale du har innsyn i: 1.", columns=_COLUMNS,
    undated="Ingen kommende frist", country="Av 357 kommuner har 2 en avtale du har innsyn i.",
    districts=(Choice("ost", "Øst politidistrikt"),), parties=_PARTIES, sorts=_SORTS,
    facets=(
        Facet(
            "state", "Status",
            (FacetLink("signed", "Signert", 1, "?state=signed", chosen=True),
             FacetLink("draft", "Utkast", 0, "?state=draft")),
            "/overview", chosen=True,
        ),
    ),
    kept=(("state", "signed"),), filtered=True,
    first="/overview", next="/overview?after=x", csv="/overview/overview.csv", timeline="/overview/timeline",
    clear="/overview",
)  # fmt: skip

OVERVIEW_NONE = OverviewPage(
    rows=(), found="Avtaler: 0.", columns=_COLUMNS, undated="Ingen kommende frist", sorts=_SORTS,
    csv="/overview/overview.csv", timeline="/overview/timeline",
)  # fmt: skip

_FIRST = Period(Interval.on(date(2018, 12, 3)), Interval.on(date(2022, 12, 2)))
_SECOND = Period(Interval.on(date(2024, 2, 1)), None)
_BAND = Band(
    "Storvik",
    bars=(
        Bar(_FIRST, "3. desember 2018–2. desember 2022", running=False),
        Bar(_SECOND, "fra 2024", True),
    ),
    holes=(Hole(date(2022, 12, 3), date(2024, 1, 31), "Ingen avtale i 425 dager"),),
)

TIMELINE = TimelinePage(
    svgs=svgs(
        [_BAND], Words("Tidslinje", "Når avtalene gjelder.", "i dag"), first_year=2018, last_year=2027,
        today=date(2026, 3, 2),
    ),
    strips=(
        StripRows(
            "Storvik kommune",
            (
                TimeRow(day("2018-12-03"), day("2022-12-02"), "Perioden var over.", _AGREEMENT,
                        state="lapsed", state_label="Utløpt"),
                TimeRow(day("2022-12-03"), day("2024-01-31"), "Ingen avtale i 425 dager."),
                TimeRow(day("2024-02-01"), None, "Ingen sluttdato.", _AGREEMENT,
                        state="signed", state_label="Signert", running=True),
            ),
        ),
    ),
    found="Kommuner vist: 1.", parties=_PARTIES, next="/overview/timeline?from=50", overview="/overview",
)  # fmt: skip

TIMELINE_NONE = TimelinePage(
    svgs=(), strips=(), found="Kommuner vist: 0.", q="x", filtered=True,
    overview="/overview", clear="/overview/timeline",
)  # fmt: skip
