"""Samples of what an agreement has: attachments, versions, deadlines, the trail."""

from __future__ import annotations

from tests.support.page_samples.people import (
    ANNE,
    HEAD,
    KARI,
    MET,
    OLA,
    ONGOING,
    REPORT,
    REVISION,
    UNDOCUMENTED,
    at,
    day,
    digest,
)
from tests.support.page_samples.reminding import REMINDED
from workflow_app.web.pagemodels import (
    AttachmentRow,
    AttachmentsPage,
    DeadlinesPage,
    Detail,
    Link,
    Pager,
    Problem,
    Silence,
    TrailEntry,
    TrailPage,
    VersionRow,
)
from workflow_app.web.pagemodels.seals import SealLine, SignatureView, SignedFileView

SIGNED = SignedFileView(
    at("2020-03-12", "11:02"),
    (
        SignatureView(
            "Kari Nordmann",
            True,
            (
                "Signaturen dekker hele filen, og den er uendret.",
                "Tidspunktet er bekreftet med et tidsstempel.",
            ),
            at("2020-03-11", "14:00"),
        ),
        SignatureView("(slettet)", False, ("Filen er ikke den som ble signert: den er endret.",)),
    ),
    "Filen har signaturer som ikke kunne leses her.",
)
SEAL = SealLine(
    True, "Forseglet 2. mai 2020.", (Link("/agreements/17/agreement.pdf?form=frozen", "uten seglet"),)
)
ATTACHMENTS = (
    AttachmentRow(
        "3",
        "Vedlegg 1: Satsingsområder",
        "satsingsomrader.pdf",
        "214 kB",
        digest("a"),
        "/agreements/17/attachments/3",
        day("2020-03-12"),
        "Kari Nordmann",
        SIGNED,
    ),
    AttachmentRow(
        "4",
        "Vedlegg 2: Møteplan",
        "moteplan.ods",
        "18 kB",
        digest("b"),
        "/agreements/17/attachments/4",
        day("2020-03-12"),
        "Ola Nordmann",
    ),
)
VERSIONS = (
    VersionRow(
        3,
        at("2020-03-12", "11:02"),
        "Ola Nordmann",
        digest("3"),
        "/agreements/17/text?version=3",
        "Møtetallet rettet etter møtet 11. mars",
        current=True,
    ),
    VersionRow(2, at("2020-03-09", "15:40"), "Kari Nordmann", digest("2"), "/agreements/17/text?version=2"),
    VersionRow(
        1,
        at("2020-03-02", "09:00"),
        "Kari Nordmann",
        digest("1"),
        "/agreements/17/text?version=1",
        "Lastet opp",
    ),
)
SILENCES = (
    Silence(
        "Utløp:", "avtalen sier ikke når den utløper. Den gjelder til noen sier den opp eller en ny kommer."
    ),
    Silence("Løpende evaluering:", "ordene gir ingen dag å regne fra.", ONGOING),
)
ENTRIES = (
    TrailEntry(
        12,
        "Undertegne ble forsøkt og avvist",
        at("2020-04-22", "08:20"),
        digest("e12"),
        "Kari Nordmann",
        KARI,
        reasons=("Bare ordfører og stasjonssjef undertegner.",),
        refused=True,
    ),
    TrailEntry(
        11, "Godkjenning av «undertegne»", at("2020-04-22", "08:15"), digest("e11"), "Anne Øvelse", ANNE
    ),
    TrailEntry(
        10,
        "Forhandlet: begge koordinatorer er enige",
        at("2020-04-21", "14:31"),
        digest("e10"),
        "Ola Nordmann",
        OLA,
        details=(Detail("Fra", "Utkast"), Detail("Til", "Forhandlet")),
    ),
    TrailEntry(
        1,
        "Avtale undertegnet på papir, registrert",
        at("2020-03-02", "09:00"),
        digest("e1"),
        None,
        event=day("2018-12-03"),
        details=(Detail("Originalen", "Kommunearkivet, boks 12"),),
    ),
)
ATTACHMENTS_OPEN = AttachmentsPage(
    HEAD,
    ATTACHMENTS,
    may_change=True,
    label="Vedlegg 3",
    problems=(Problem("file", "Velg en fil."), Problem("label", "Et annet vedlegg heter det samme.")),
)
ATTACHMENTS_NONE = AttachmentsPage(
    HEAD, closed="Avtalen er forhandlet. Vedlegg kan legges til igjen hvis den gjenåpnes."
)
DEADLINES = DeadlinesPage(
    HEAD, (REMINDED, REVISION), (REPORT, MET, UNDOCUMENTED), SILENCES, day("2023-12-31")
)
DEADLINES_NONE = DeadlinesPage(HEAD)
TRAIL = TrailPage(HEAD, ENTRIES, 12, 1, digest("e12"), Pager(None, "/agreements/17/trail?before=9", 12))
