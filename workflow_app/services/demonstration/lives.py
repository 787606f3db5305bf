"""Five agreements in five states, taken there step by step by the people of the demonstration.

They go the way every real agreement goes: a draft, rules confirmed by a person,
transitions by those who hold the roles. What was signed on paper is registered
with the day of its event; no entry is backdated. The texts say what the five
real agreements say, in our own words; council meetings, evaluations and
Stange's day in February are made up, as everything here may be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Person
from workflow_app.services import attachments, evaluations, house_rules, matters, people_holdings, readings
from workflow_app.services.actors import Who
from workflow_app.services.agreements import Source, create_draft
from workflow_app.services.demonstration import meetings
from workflow_app.services.demonstration.evaluating import moss_answers
from workflow_app.services.demonstration.people import Town
from workflow_app.services.mail.drawing import voice
from workflow_app.services.material import rules_of, text_of
from workflow_app.services.transitions import take_transition

_TEXTS = "workflow_app.services.demonstration"


@dataclass(frozen=True)
class Stage:
    """What a life is played on: the database, the time, the definitions and one town's people."""

    session: Session
    now: datetime
    registry: Registry
    town: Town

    def who(self, first: str) -> Who:
        """The person at the door, with the roles held today."""
        person: Person = self.town.people[first]
        held = people_holdings.holdings(self.session, person.id, self.now.date())
        return Who(person.id, person.name, held, person.language)

    def draft(self, text: str, definition: str = "politiradsavtale") -> Agreement:
        """A draft from one of the texts beside this module, made by the SLT coordinator."""
        return create_draft(
            self.session,
            Source(text, content(text)),
            municipal=[self.town.kommune.key],
            police=[self.town.police.key],
            definition=self.registry.newest(definition),
            who=self.who("slt"),
            now=self.now,
        )

    def confirm(self, agreement: Agreement) -> None:
        """The SLT coordinator has looked at the rules."""
        readings.confirm(self.session, agreement, who=self.who("slt"), now=self.now)

    def do(self, agreement: Agreement, transition: str, *firsts: str, **data: Any) -> None:
        """Each of ``firsts`` takes the transition; raises ``RuntimeError`` when one is refused."""
        for first in firsts:
            taken = self._take(agreement, transition, first, data)
            if not taken:
                raise RuntimeError(f"the demonstration's {first} was refused {transition}")

    def attempt(self, agreement: Agreement, transition: str, first: str, **data: Any) -> None:
        """Somebody is too early; the refusal is an entry. Raises ``RuntimeError`` when it is let through."""
        if self._take(agreement, transition, first, data):
            raise RuntimeError(f"the demonstration's {first} was not refused {transition}")

    def _take(self, agreement: Agreement, transition: str, first: str, data: dict[str, Any]) -> bool:
        return take_transition(
            self.session, agreement, transition, self.who(first), data, self.now, registry=self.registry
        ).done

    def meet(self, agreement: Agreement, like: meetings.Gathering) -> None:
        """The coordinators hold a meeting, and plan those that come."""
        meetings.meet(
            self.session, agreement, self.registry.by_digest(agreement.definition_digest),
            slt=self.who("slt"), police=self.who("politikontakt"), like=like, now=self.now,
        )  # fmt: skip

    def register(self, agreement: Agreement, signed_on: date, original_at: str) -> None:
        """Both coordinators vouch for the day it was signed on paper."""
        self.do(
            agreement, "register", "slt", "politikontakt",
            signed_on=signed_on.isoformat(), original_at=original_at,
        )  # fmt: skip


def content(name: str) -> bytes:
    """The bytes of a text of the demonstration."""
    return files(_TEXTS).joinpath("texts", name).read_bytes()


def moss(stage: Stage) -> Agreement:
    """Signed, and on its way to the kommunestyre: the matter is prepared, its outcome is not there.

    Last year is evaluated goal by goal, and the kommune wants that before the kommunestyre too.
    """
    agreement = stage.draft("moss.txt")
    stage.confirm(agreement)
    stage.register(agreement, date(2020, 4, 30), "Kommunearkivet, mappe 2020/118")
    # The secretary tries to report before there is an outcome to report.
    stage.attempt(agreement, "report", "sekretaer", outcome="noted", meeting_date=_day(stage, 24))
    _prepare(stage, agreement, "referatsak", "RS 41", "Saken tas til orientering.", days=24)
    house_rules.change(stage.session, stage.town.kommune, {"council_evaluation": 90}, now=stage.now)
    stage.do(agreement, "begin_evaluation", "politikontakt", year=stage.now.year - 1)
    tasks = [(r["start"], r["end"]) for r in rules_of(stage.session, agreement).rules if r["kind"] == "task"]
    evaluations.save_answers(
        stage.session, agreement, moss_answers(text_of(stage.session, agreement).text, tasks), year=None,
        say=voice(agreement.language).say, who=stage.who("slt"), now=stage.now,
    )  # fmt: skip
    stage.do(agreement, "continue", "slt", "politikontakt")
    stage.meet(agreement, meetings.MOSS)
    return agreement


def lillehammer(stage: Stage) -> Agreement:
    """A draft with a section nobody has filled in, and rules nobody has confirmed."""
    return stage.draft("lillehammer.txt")


def raelingen(stage: Stage) -> Agreement:
    """Registered from paper and reported long ago; the yearly evaluations are not documented."""
    agreement = stage.draft("raelingen.txt")
    stage.confirm(agreement)
    stage.register(agreement, date(2018, 12, 6), "Kommunearkivet, papirarkiv 2018")
    stage.do(
        agreement, "report", "sekretaer",
        outcome="noted", meeting_date="2019-02-13", archive_case="18/3051", case_number="RS 4/19",
        committee="Kommunestyret", decision="Saken ble tatt til orientering.",
    )  # fmt: skip
    return agreement


def sor_varanger(stage: Stage) -> Agreement:
    """Negotiated where the kommunestyre decides: the matter for decision is prepared, nobody may sign yet."""
    agreement = stage.draft("sor-varanger.txt", "politiradsavtale_vedtak")
    attachments.add(
        stage.session, agreement, "Vedlegg 1 Fokusområder.txt", content("sor-varanger-vedlegg-1.txt"),
        who=stage.who("slt"), now=stage.now,
    )  # fmt: skip
    stage.confirm(agreement)
    stage.do(agreement, "agree", "slt", "politikontakt")
    stage.attempt(agreement, "sign", "ordforer", password="-")
    proposal = "Kommunestyret vedtar samarbeidsavtalen med Finnmark politidistrikt for perioden 2024-2026."
    _prepare(stage, agreement, "vedtak", "PS 63", proposal, days=18)
    return agreement


def stange(stage: Stage) -> Agreement:
    """In its yearly evaluation: last year's is approved, this year's is written and half approved."""
    agreement = stage.draft("stange.txt")
    stage.confirm(agreement)
    stage.register(agreement, date(2025, 2, 12), "Politistasjonen på Hamar, skap 3")
    stage.do(agreement, "begin_evaluation", "slt", year=2025)
    _evaluate(
        stage, agreement,
        "Rådet møttes fem ganger. Kveldsåpen ungdomsklubb ga færre klager fra sentrum. Planen for familier"
        " med hjelp fra flere kom i gang først etter sommeren.",
        "Begynn med familieplanen i januar.",
    )  # fmt: skip
    stage.do(agreement, "continue", "slt", "politikontakt")
    stage.do(agreement, "begin_evaluation", "politikontakt", year=max(2026, stage.now.year))
    _evaluate(
        stage, agreement,
        "Familieplanen gjelder nå elleve familier. Beredskapsøvelsen i september viste at varslingslisten"
        " var gammel.",
        "Varslingslisten gjennomgås hvert kvartal.",
    )  # fmt: skip
    stage.do(agreement, "continue", "slt")
    stage.meet(agreement, meetings.STANGE)
    return agreement


LIVES: dict[str, Callable[[Stage], Agreement]] = {
    "moss": moss,
    "lillehammer": lillehammer,
    "raelingen": raelingen,
    "sor-varanger": sor_varanger,
    "stange": stange,
}
"""By the short name of its town, how each agreement comes to where it stands."""


def _day(stage: Stage, days: int) -> str:
    return (stage.now.date() + timedelta(days=days)).isoformat()


def _prepare(stage: Stage, agreement: Agreement, kind: str, number: str, proposal: str, *, days: int) -> None:
    secretary = stage.who("sekretaer")
    meeting = stage.now.date() + timedelta(days=days)
    matters.prepare(
        stage.session,
        agreement,
        {
            "kind": kind,
            "archive_case": f"{meeting:%y}/1187",
            "case_number": f"{number}/{meeting:%y}",
            "committee": "Kommunestyret",
            "meeting_date": meeting,
            "case_officer": secretary.name,
            "proposal": proposal,
        },
        party=stage.town.kommune,
        who=secretary,
        now=stage.now,
    )


def _evaluate(stage: Stage, agreement: Agreement, body: str, learning_points: str) -> None:
    evaluations.save(
        stage.session, agreement, year=agreement.evaluation_year, body=body, learning_points=learning_points,
        outcome="continues", who=stage.who("slt"), now=stage.now,
    )  # fmt: skip
