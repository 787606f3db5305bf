"""Samples of agreements that hang together."""

from __future__ import annotations

from tests.support.page_samples.people import HEAD, at, day
from workflow_app.web.pagemodels import Choice, Link, Problem
from workflow_app.web.pagemodels.links import Candidate, Connected, LinksPage, SuggestedLink

CLAUSE = "Avtalen erstatter samarbeidsavtale inngått 12. mai 2008."

CONNECTED = (
    Connected(
        "Erstatter",
        Link("/agreements/4", "Politirådsavtale 2008", "Bortfalt"),
        CLAUSE,
        "nb",
        "Kari Nordmann",
        at("2020-03-12", "09:30"),
        "4",
    ),
    Connected("Tillegg til", Link("/agreements/9", "Rusavtale 2019", "Undertegnet")),
    Connected("Revidert som", Link("/agreements/40", "Politirådsavtale 2021", "Utkast")),
)
CANDIDATES = (
    Candidate(
        "4",
        Link("/agreements/4", "Politirådsavtale 2008", "Undertegnet"),
        ("Lillevik kommune", "Fjordby politistasjonsdistrikt"),
        day("2008-05-12"),
        "Den ble undertegnet da bestemmelsen sier.",
    ),
    Candidate("7", Link("/agreements/7", "Samarbeidsavtale", "Utkast"), ("Lillevik kommune",)),
)
LINKS = LinksPage(
    head=HEAD,
    rows=CONNECTED,
    may_change=True,
    suggestions=(
        SuggestedLink(
            "replaces",
            "Teksten sier at den erstatter en annen avtale:",
            CLAUSE,
            "Den erstatter denne",
            CANDIDATES,
        ),
        SuggestedLink(
            "supplements", "Teksten sier at den er et tillegg til en annen avtale:", CLAUSE, "Et tillegg"
        ),
    ),
    q="avtale",
    found=CANDIDATES,
    chosen="7",
    relations=(
        Choice("replaces", "Den erstatter den avtalen", chosen=True),
        Choice("supplements", "Den er et tillegg til den avtalen"),
    ),
    quote="Ord som ikke står der",
    problems=(
        Problem("agreement", "De to avtalene har ingen part til felles."),
        Problem("quote", "Disse ordene står ikke i teksten."),
    ),
)
LINKS_CLOSED = LinksPage(head=HEAD, closed="Avtaler kobles mens en av dem er et utkast.")
