"""Samples of a party's pages: who holds what, handing it over, deputies at meetings, choosing a password."""

from __future__ import annotations

from tests.support.page_samples.leading import AGREEMENTS
from tests.support.page_samples.people import HEAD, day, digest
from workflow_app.web.pagemodels import Choice, Clause, Link, Problem
from workflow_app.web.pagemodels.erasing import ErasePage, NamedIn
from workflow_app.web.pagemodels.people import (
    DeputiesPage,
    DeputyRow,
    HandoverPage,
    MoveView,
    PartyHead,
    PartyPage,
    PasswordPage,
    PersonRow,
    PlanView,
    RoleView,
    Typed,
)

LILLEVIK = PartyHead("3999", "Lillevik kommune", "/parties/3999", "kommune", "3999", language="Bokmål")
WAY = "/parties/3999/handover?role=mayor&from=ordforer.lillevik"
OLAV = PersonRow(
    4, "Olav Paraplystativ", "ordfører", day("2023-10-12"), username="ordforer.lillevik", handover=WAY
)
VERA = PersonRow(
    2, "Vera Dørmatte", "Varaordfører", day("2026-11-01"), day("2026-12-24"), acting_for="Olav Paraplystativ"
)
BEFORE = PersonRow(1, "Dagfinn Hattehylle", "ordfører", day("2019-10-10"), day("2023-10-11"))
DEPUTY = DeputyRow(
    3, "Berit Kaffetrakter", "ordfører", "Lillevik kommune", Link("/agreements/17/deputies", HEAD.title),
    day("2026-01-01"), may_end=True,
)  # fmt: skip
PARTY = PartyPage(
    LILLEVIK,
    roles=(
        RoleView(
            "slt_coordinator", "SLT-koordinator", handover="/parties/3999/handover?role=slt_coordinator&from="
        ),
        RoleView(
            "mayor",
            "ordfører",
            now=(OLAV,),
            acting=(VERA,),
            handover="/parties/3999/handover?role=mayor&from=",
        ),
    ),
    coming=("Vera Dørmatte er Varaordfører til 24. desember 2026.",),
    gaps=("Lillevik kommune har ingen som er SLT-koordinator nå.",),
    deputies=(DEPUTY,),
    agreements=AGREEMENTS.rows,
    more_agreements="/agreements?party=3999",
    past=(BEFORE,),
    sees_past=True,
    may_change=True,
    offices=(Choice("4", "ordfører: Olav Paraplystativ"),),
    endable=(Choice("4", "ordfører: Olav Paraplystativ"),),
    acting=(Choice("2", "Varaordfører: Vera Dørmatte"),),
    people=(Choice("ordforer.lillevik", "Olav Paraplystativ"),),
    waiting=(Choice("fersk.lillevik", "Fersk Fransk"),),
    links=(Link("/parties/3999/rules", "Husregler"),),
    today="2026-11-22",
    typed=Typed(
        "add_acting",
        (("username", "vera"), ("from", "2026-11-01"), ("to", "2026-10-01")),
        (Problem("add_acting-to", "Siste dag er før første dag."),),
    ),
)
PARTY_SEEN = PartyPage(LILLEVIK, roles=(RoleView("mayor", "ordfører"),))

CHOOSING = HandoverPage(LILLEVIK, choices=(Link(WAY, "ordfører: Olav Paraplystativ"),))
ASKED = {
    "role": "mayor",
    "role_label": "ordfører",
    "holder": "Olav Paraplystativ",
    "values": (("from", "ordforer.lillevik"), ("whom", "new"), ("first_day", "2026-12-01")),
    "parties": (Choice("3999", "Lillevik kommune", True), Choice("3998", "Storvik kommune")),
    "languages": (Choice("nb", "Bokmål"), Choice("nn", "Nynorsk", True)),
    "people": (Choice("ordforer.lillevik", "Olav Paraplystativ"),),
}
HANDOVER = HandoverPage(
    LILLEVIK,
    **ASKED,  # type: ignore[arg-type]  # the fields of the page
    problems=tuple(
        Problem(name, "Dette er galt.")
        for name in ("parties", "to", "username", "name", "email", "first_day", "last_day", "title")
    ),
)
PREVIEWED = HandoverPage(
    LILLEVIK,
    **ASKED,  # type: ignore[arg-type]  # the fields of the page
    plan=PlanView(
        "Vera Dørmatte blir ordfører 1. desember 2026.",
        moves=(
            MoveView(
                "Lillevik kommune",
                ("Olav Paraplystativ har den til og med 30. november 2026.",),
                ("Ingen har rollen fra 1. til 3. desember 2026.",),
            ),
        ),
        waiting=(Link("/agreements/17", HEAD.title),),
        waiting_sentence="Én avtale venter på denne rollen.",
        notes=("Vera Dørmatte får et brev nå.",),
        seen=digest("seen"),
    ),
)
DONE = HandoverPage(LILLEVIK, done="Gjort.", link="https://avtaleflyt.example/password?token=abc")

DEPUTIES = DeputiesPage(
    HEAD,
    clause=Clause("Partene kan ha faste stedfortredere på møtene.", "/agreements/17/text"),
    rows=(DEPUTY,),
    offices=(Choice("3999 mayor", "ordfører, Lillevik kommune"),),
    values=(("username", "ingen"),),
    problems=tuple(Problem(name, "Dette er galt.") for name in ("office", "username", "title", "from", "to")),
    today="2026-11-22",
)
DEPUTIES_CLOSED = DeputiesPage(HEAD, closed="Ingen bekreftet klausul åpner for stedfortredere.")

PASSWORD = PasswordPage("abc", "vera.lillevik", 12)
PASSWORD_WRONG = PasswordPage("abc", "vera.lillevik", 12, (Problem("password", "Passordene er ulike."),))

ERASE_WHOM = ErasePage(LILLEVIK, choices=(Choice("a" * 32, "Dagfinn Hattehylle (ordforer.lillevik)"),))
ERASE = ErasePage(
    LILLEVIK,
    key="a" * 32,
    name="Dagfinn Hattehylle",
    username="ordforer.lillevik",
    gone=("Navn, brukernavn, e-postadresse, språk og passord.", "Kalenderadresser: 2"),
    stays=("Alle oppføringer og bevis.",),
    papers=(NamedIn(Link("/agreements/17", HEAD.title), "sakliste og referat"),),
    because="Dagfinn Hattehylle ber om det.",
    problems=(
        Problem("because", "Begrunnelsen blir stående i sporet og kan ikke nevne personen."),
        Problem("confirm", "Skriv brukernavnet slik det står over."),
    ),
)
ERASE_NOT_YET = ErasePage(
    LILLEVIK,
    key="a" * 32,
    name="Dagfinn Hattehylle",
    username="ordforer.lillevik",
    gone=("Navn, brukernavn, e-postadresse, språk og passord.",),
    stays=("Alle oppføringer og bevis.",),
    obstacles=("Har rollen ordfører for Lillevik kommune; overlat den eller avslutt den først.",),
)
