"""Samples of the pages about the proof: the log, checking, and how far a trail is final."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples.people import at, day, digest
from tests.support.page_samples.records import ENTRIES, TRAIL
from workflow_app.web.pagemodels import (
    CheckLine,
    CheckResult,
    Cosigned,
    Finality,
    KeyRow,
    Link,
    LogPage,
    Problem,
    VerifyPage,
    WitnessRow,
)
from workflow_app.web.pagemodels.seals import SignatureView, SignedFileView

LIMITS = ("Sporet beviser ikke at noe som aldri ble ført, ikke har skjedd.", "Ingen kvalifisert signatur.")
LOG_KEY = KeyRow(
    "avtale.moss.example/log", "avtale.moss.example/log+1a2b3c4d+AAAA", digest("k"), day("2020-01-02")
)
OLD_KEY = replace(LOG_KEY, fingerprint=digest("old"), until=day("2020-01-03"))
LOG = LogPage(
    size=48213,
    root=digest("root"),
    origin="avtale.moss.example/log",
    note="avtale.moss.example/log\n48213\nAAAA=\n\n— avtale.moss.example/log BBBB=\n",
    keys=(LOG_KEY, OLD_KEY),
    witnesses=(
        WitnessRow(
            "Moss kommune",
            KeyRow("vitne.moss.example", "vitne.moss.example+5e6f7a8b+BBBB", digest("w"), day("2020-01-02")),
            at("2020-04-22", "08:15"),
            48213,
        ),
        WitnessRow(
            "Moss politistasjonsdistrikt",
            KeyRow("vitne.politi.example", "vitne.politi.example+9+C", digest("p"), None, day("2020-03-01")),
            because="Hukommelsen er tapt",
        ),
    ),
    limits=LIMITS,
)  # fmt: skip
VERIFY = VerifyPage("50 MB", limits=LIMITS)
HELD = CheckResult(
    "Sporet",
    "Sporet er helt.",
    "success",
    compared=(CheckLine("Loggen inneholder fortsatt dette sjekkpunktet."), CheckLine("Loggen har 9.", None)),
    steps=(CheckLine("Kjeden har 12 oppføringer."), CheckLine("Nøklene er filens eget ord.", None)),
    about=("Oppføring 6 i avtalens spor: Steget «Signer» ble tatt.", "ordfører, Moss kommune"),
)
BROKEN = CheckResult(
    "Kvitteringen", "Dette stemmer ikke.", "danger", (CheckLine("Roten er en annen.", False),)
)
KNOWN = CheckResult(
    "Dokumentet",
    "Dette er, byte for byte, saken som ble frosset 3. mars 2020.",
    "success",
    checked=(CheckLine("SHA-256 er den som står i oppføringen."),),
    facts=(("SHA-256", digest("pdf")),),
    links=(Link("/agreements/17/trail?entry=9#e9", "Politirådsavtale", "oppføring 9"),),
    signed=SignedFileView(
        at("2020-04-22", "08:15"),
        (SignatureView("Avtaleflyt", True, ("Signaturen omfatter hele filen.",), at("2020-04-22", "08:15")),),
    ),
)
WRONG = VerifyPage(
    "50 MB",
    problems=(
        Problem("file", "Velg en fil."),
        Problem("checkpoint", "Dette er ikke et sjekkpunkt."),
        Problem("size", "Skriv antallet med sifre."),
        Problem("root", "Fingeravtrykket har 64 tegn."),
    ),
    checkpoint="tull",
    size="x",
    root="y",
    limits=LIMITS,
)
PART = Finality(
    10,
    12,
    (Cosigned("Moss kommune", at("2020-04-22", "08:15")), Cosigned("Moss politi", at("2020-04-22", "08:16"))),
    ("Venter på vitnet til Moss politi.",),
    at("2020-04-22", "08:20"),
)
MARKED = tuple(
    replace(e, final=e.number <= 10, receipt=f"/agreements/17/trail/{e.number}/receipt.json") for e in ENTRIES
)


def build() -> dict[str, tuple[str, object]]:
    """Name → template and page."""
    return {
        "log": ("log", LOG),
        "log_damaged": ("log", replace(LOG, root="", note="", damaged="Loggen er skadet.")),
        "log_bare": ("log", LogPage(0, digest(""), limits=LIMITS)),
        "verify": ("verify", VERIFY),
        "verify_held": ("verify", replace(VERIFY, result=HELD)),
        "verify_broken": ("verify", replace(VERIFY, result=BROKEN)),
        "verify_known": ("verify", replace(VERIFY, result=KNOWN)),
        "verify_wrong": ("verify", WRONG),
        "trail_part_final": ("trail", replace(TRAIL, entries=MARKED, finality=PART, limits=LIMITS)),
        "trail_final": ("trail", replace(TRAIL, finality=Finality(12, 12, PART.by), limits=LIMITS)),
        "trail_none_final": (
            "trail",
            replace(TRAIL, finality=Finality(0, 12, (), ("Det er ikke registrert noe vitne for politiet.",))),
        ),
    }
