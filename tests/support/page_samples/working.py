"""Samples of the pages on which people approve, evaluate and prepare matters."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples import passkeys
from tests.support.page_samples.agreement import AGREE_VOID, AGREED, ALLOWED, REFUSED, SIGNING, WAITS
from tests.support.page_samples.forms import Matter, Sign, rendered
from tests.support.page_samples.people import (
    EVA,
    EVALUATION,
    HEAD,
    REPORT,
    at,
    day,
    digest,
)
from tests.support.page_samples.records import SEAL, VERSIONS
from tests.support.page_samples.wording import SECTIONS
from workflow_app.web.pagemodels import (
    Approved,
    Capacity,
    EvaluationPage,
    EvaluationView,
    KommuneMatters,
    Link,
    MattersPage,
    MatterView,
    Offer,
    TransitionPage,
    TransitionsPage,
)

TRANSITIONS = TransitionsPage(HEAD, ALLOWED, REFUSED)
TRANSITIONS_NONE = TransitionsPage(HEAD)

APPROVED = Approved(
    "Avtalen",
    HEAD.title,
    3,
    digest("version 3"),
    Link("/agreements/17/text", "Les hele teksten på egen side"),
    SECTIONS,
    (Link("/agreements/17/attachments/3", "Vedlegg 1: Satsingsområder", "214 kB"),),
    (
        "Revisjon: hver 12. måned, regnet fra undertegningen.",
        "Evaluering: hvert år innen 31. desember, skriftlig.",
    ),
    "/agreements/17/rules",
)


def build() -> dict[str, tuple[str, object]]:
    """Samples with forms, which deform must render while a request is there."""
    sign = TransitionPage(
        HEAD,
        "sign",
        "Undertegne avtalen",
        rendered(Sign(), "Undertegn", {"version": 7}, formid="step"),
        "Du undertegner nøyaktig det som står her, og ikke noe annet.",
        "Undertegnet",
        "Når du trykker, er Lillevik kommunes underskrift satt. Deretter venter avtalen på stasjonssjefen.",
        APPROVED,
        (replace(EVA, acting_for="Eva Eksempel"),),
        SIGNING,
        signing=passkeys.SIGNING,
    )
    report = TransitionPage(
        HEAD,
        "report",
        "Legge frem for kommunestyret",
        rendered(Matter(), "Registrer utfallet", {}, wrong=True),
        "Registrer hva kommunestyret gjorde med saken.",
        capacities=(Capacity("SLT-koordinator", "Lillevik kommune"),),
        waits_for=WAITS,
    )
    refused = TransitionPage(
        HEAD, "sign", "Undertegne avtalen", None, refusals=REFUSED[1].reasons, round=AGREE_VOID
    )
    evaluation = EvaluationPage(
        HEAD,
        2020,
        (Link("?year=2019", "2019"), Link("", "2020")),
        current=EvaluationView(
            2020,
            VERSIONS[0],
            "Politirådet møttes fire ganger.\n\nUngdommene var med to ganger.",
            "Flere møter i skolen.",
            "continues",
            "Avtalen fortsetter",
        ),
        versions=VERSIONS[:2],
        rounds=(AGREED,),
        deadline=EVALUATION,
        approve=ALLOWED[:1],
        seal=SEAL,
    )
    forms = [
        rendered(Matter(), "Lagre saken", {"proposal": "Saken tas til orientering.", "version": 7}, nth=nth)
        for nth in (1, 2)
    ]
    matters = MattersPage(
        HEAD,
        (
            KommuneMatters(
                "Lillevik kommune",
                "0001",
                (
                    MatterView(
                        2,
                        "Referatsak",
                        "Avtalen",
                        "/agreements/17/matters/2",
                        "20/1234",
                        "RS 12/20",
                        "Kommunestyret",
                        day("2020-06-18"),
                        "Siri Sekretær",
                        "Saken tas til orientering.",
                        None,
                        Link("/agreements/17/matters/2.pdf", "Saken (PDF)"),
                        digest("m"),
                        at("2020-06-04", "13:00"),
                        outcome_href="/agreements/17/transitions/report",
                        seal=SEAL,
                    ),
                    MatterView(
                        1,
                        "Referatsak",
                        "Avtalen",
                        "/agreements/17/matters/1",
                        "20/1234",
                        "RS 4/20",
                        "Kommunestyret",
                        day("2020-05-07"),
                        "Siri Sekretær",
                        "Saken tas til orientering.",
                        "Offentleglova § 13",
                        outcome="Utsatt",
                        decision="Utsatt til neste møte.",
                    ),
                ),
                (),
                (REPORT,),
                "Bare SLT-koordinator og sekretær i Lillevik forbereder saker her.",
                Link("/parties/0001/rules", "Husregler"),
            ),
            KommuneMatters(
                "Storvik kommune",
                "0002",
                (MatterView(3, "Referatsak", may_freeze=True, form=forms[0]),),
                (Offer("Forbered en sak", forms[1], open=True),),
            ),
            KommuneMatters("Midtdal kommune", "0003"),
        ),
    )
    return {
        "transition_sign": ("transition", sign),
        "transition_report": ("transition", report),
        "transition_refused": ("transition", refused),
        "evaluation": ("evaluation", evaluation),
        "evaluation_none": (
            "evaluation",
            EvaluationPage(HEAD, 2021, closed="Bare koordinatorene skriver her."),
        ),
        "matters": ("matters", matters),
    }
