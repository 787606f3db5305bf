"""Samples of the agreement's own page, in two states."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples.links import CONNECTED
from tests.support.page_samples.people import (
    ANNE,
    EVALUATION,
    HEAD,
    KARI,
    OLA,
    PER,
    REPORT,
    REVISION,
    at,
    day,
    digest,
)
from tests.support.page_samples.records import ATTACHMENTS, ENTRIES, SEAL, SILENCES, VERSIONS
from workflow_app.web.pagemodels import (
    AgreementPage,
    ApprovalRow,
    DiagramState,
    Holder,
    InForce,
    Link,
    NextStep,
    PartyView,
    RoundView,
    TransitionRow,
    Waiting,
)
from workflow_app.web.pagemodels.archive import ArchiveButton
from workflow_app.web.pagemodels.seals import OnPaper

DIAGRAM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 110" width="640" height="110" role="img" '
    'aria-label="Utkast, forhandlet (her), undertegnet, lagt frem">'
    + "".join(
        f'<rect x="{x}" y="35" width="130" height="40" rx="6" fill="{fill}" stroke="#0b6a53"/>'
        f'<text x="{x + 65}" y="60" text-anchor="middle" font-size="14" fill="{ink}">{name}</text>'
        for x, name, fill, ink in (
            (2, "Utkast", "#fff", "#053227"),
            (170, "Forhandlet", "#0b6a53", "#fff"),
            (338, "Undertegnet", "#fff", "#053227"),
            (506, "Lagt frem", "#fff", "#053227"),
        )
    )
    + '<path d="M132 55h38M300 55h38M468 55h38" stroke="#0b6a53" fill="none"/></svg>'
)

AGREE_VOID = RoundView(
    "Bli enige",
    1,
    digest("version 2"),
    (ApprovalRow("Kari Nordmann", KARI, at("2020-03-10", "09:12")),),
    voided="Teksten ble endret 12. mars 2020 (versjon 3), så det som ble godkjent, finnes ikke lenger.",
)
AGREED = RoundView(
    "Bli enige",
    2,
    digest("version 3"),
    (
        ApprovalRow("Kari Nordmann", KARI, at("2020-04-20", "10:00")),
        ApprovalRow("Ola Nordmann", OLA, at("2020-04-21", "14:31")),
    ),
    completed=True,
)
SIGNING = RoundView(
    "Undertegne",
    1,
    digest("version 3"),
    (ApprovalRow("Anne Øvelse", ANNE, at("2020-04-22", "08:15")),),
    (Waiting("Stasjonssjef", PER.party, ("Per Prøve",)),),
)

ALLOWED = (
    TransitionRow(
        "reopen",
        "Gjenåpne",
        "/agreements/17/transitions/reopen",
        "Tilbake til utkast, med en grunn. Alle godkjenninger faller bort.",
        "Utkast",
    ),
    TransitionRow(
        "withdraw",
        "Trekke tilbake",
        "/agreements/17/transitions/withdraw",
        "Utkastet legges bort for godt.",
        "Trukket tilbake",
    ),
)
REFUSED = (
    TransitionRow(
        "sign",
        "Undertegne",
        "/agreements/17/transitions/sign",
        None,
        "Undertegnet",
        ("Bare ordfører i Lillevik kommune og stasjonssjef i Fjordby undertegner.",),
        forbidden=True,
    ),
    TransitionRow(
        "report",
        "Legge frem for kommunestyret",
        "/agreements/17/transitions/report",
        None,
        "Lagt frem",
        ("Avtalen er ikke undertegnet ennå.", "Ingen sak er forberedt for Lillevik kommune."),
    ),
)
WAITS = (
    Waiting("Ordfører", "Lillevik kommune", ("Eva Eksempel",)),
    Waiting("Stasjonssjef", PER.party, ("Per Prøve",)),
    Waiting("Ordfører", "Midtdal kommune"),
    Waiting("SLT-koordinator", "Lillevik kommune", ("Kari Nordmann",), you=True),
)

AGREEMENT = AgreementPage(
    archive=ArchiveButton("9901", "/agreements/12/archive"),
    head=HEAD,
    in_force=InForce(False, "Avtalen er ikke i kraft: den er ikke undertegnet av alle."),
    diagram=DIAGRAM,
    diagram_states=(
        DiagramState("Utkast", "passed", ("Bli enige → Forhandlet", "Trekke tilbake → Trukket tilbake")),
        DiagramState("Forhandlet", "current", ("Undertegne → Undertegnet", "Gjenåpne → Utkast")),
        DiagramState("Undertegnet", "ahead", ("Legge frem → Lagt frem",)),
    ),
    warnings=(
        "Ingen er satt opp som ordfører i Midtdal kommune. Be kommunens administrator om å legge henne inn.",
    ),
    next_steps=(
        NextStep(
            "Undertegne",
            "Ordfører og stasjonssjef undertegner den samme teksten, hver for seg.",
            None,
            WAITS,
            day("2020-04-21"),
            None,
            "Avtalen sier ikke når den skal undertegnes.",
        ),
        NextStep(
            "Legge frem for kommunestyret",
            "Saken føres på sakslisten og avtalen tas til orientering.",
            "/agreements/17/transitions/report",
            WAITS[3:],
            day("2020-04-30"),
            REPORT,
        ),
    ),
    deadlines=(REPORT, EVALUATION, REVISION),
    silences=SILENCES,
    rounds=(SIGNING, AGREED, AGREE_VOID),
    allowed=ALLOWED,
    refused=REFUSED,
    parties=(
        PartyView(
            "Lillevik kommune",
            "Kommune",
            (
                Holder("Kari Nordmann", "SLT-koordinator"),
                Holder("Eva Eksempel", "Ordfører"),
                Holder("Anne Øvelse", "Varaordfører", "Eva Eksempel", day("2020-05-31")),
            ),
        ),
        PartyView(
            PER.party, "Politi", (Holder("Ola Nordmann", "Politikontakt"), Holder("Per Prøve", "Lensmann"))
        ),
    ),
    attachments=ATTACHMENTS,
    versions=VERSIONS,
    trail=ENTRIES[:3],
    trail_size=12,
    pdfs=(
        Link("/agreements/17/agreement.pdf", "Avtalen (PDF)", "PDF/A-3a"),
        Link("/agreements/17/referatsak.pdf", "Referatsak RS 12/20 (PDF)", "frosset 2. mai 2020"),
    ),
    seal=SEAL,
    on_paper=OnPaper(
        "Signert på papir 30. april 2020.",
        "Kommunearkivet, mappe 2020/118",
        False,
        Link("/agreements/17/attachments/3", "skann.pdf"),
    ),
    connected=CONNECTED,
    may_link=True,
    unlinked=True,
    definition="politiradsavtale, versjon 1",
    digest=digest("version 3"),
)
IN_FORCE = replace(
    AGREEMENT,
    head=replace(HEAD, state="signed", state_label="Undertegnet"),
    in_force=InForce(
        True,
        "Avtalen er i kraft fra 30. april 2020. Den sier ikke når den utløper.",
        day("2020-04-30"),
        quote="Avtalen trer i kraft når begge har undertegnet.",
    ),
    warnings=(),
    next_steps=(),
    allowed=(),
    deadlines=(),
    rounds=(),
    attachments=(),
)
