"""The plan of a year: what is wished for, what is proposed from it and why, and the days to be saved.

Looking at a proposal changes nothing, so it is a GET with the wish in the
address. The rows are plain fields: a person changes a day, empties one to leave
it out, or fills in one of the empty ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from pyramid.request import Request

from workflow_app.domain.dates import render
from workflow_app.domain.fields import InvalidData, clean
from workflow_app.domain.meetings.fields import PLACE, STARTS, clock
from workflow_app.domain.meetings.free_days import weeks_in, weeks_words
from workflow_app.domain.meetings.lead import earliest_meeting, lead_rule
from workflow_app.domain.meetings.planning import Proposal, Wish, propose
from workflow_app.domain.meetings.wanted import Wanted, wanted
from workflow_app.domain.meetings.weekdays import WEEKDAYS
from workflow_app.domain.messages import Message, msg
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.meetings import access, finding, habits
from workflow_app.web.meeting_input import whole
from workflow_app.web.pagemodels import Choice, Problem
from workflow_app.web.pagemodels.meetings import PlanPage, PlanRow
from workflow_app.web.present.deadlines import clause, text_places
from workflow_app.web.present.meeting_words import meeting_row, weekday_of
from workflow_app.web.present.meetings import year_links
from workflow_app.web.present.words import day, head
from workflow_app.web.resources import AgreementResource

SPARE = 3
"""Empty rows after the proposed ones, to add days in."""

MOST = 24
"""Meetings in a year that can be wished for here."""


@dataclass(frozen=True)
class Wished:
    """The wish as it was read from the address, and what was wrong with it."""

    count: int
    weekday: int
    starts_at: time | None
    place: str
    weeks_off: tuple[int, ...]
    problems: tuple[tuple[str, Message], ...] = ()


def wish_of(sent: Mapping[str, Any], known: habits.Habits, asks: Wanted) -> Wished:
    """What a person wishes for; the kommune's habits where she has not said."""
    wrong: list[tuple[str, Message]] = []
    count, weekday, weeks = asks.target or asks.floor, known.weekday, known.weeks_off
    starts, place = known.starts_at, known.place or ""
    if "count" in sent:
        found = whole(sent["count"])
        if found is None or found > MOST:
            wrong.append(
                ("count", msg("Write how many meetings the year should have, at most ${most}.", most=MOST))
            )
        else:
            count = found
    if "weekday" in sent:
        found = whole(sent["weekday"])
        if found is None or found > 4:
            wrong.append(("weekday", msg("Choose a day from Monday to Friday.")))
        else:
            weekday = found
    if "weeks_off" in sent:
        try:
            weeks = weeks_in(str(sent["weeks_off"]))
        except ValueError as part:
            sentence = msg("“${part}” is not a week; write the weeks as 8, 28-32, 40.", part=str(part))
            wrong.append(("weeks_off", sentence))
    try:
        written = {k: sent[k] for k in ("starts_at", "place") if k in sent}
        cleaned = clean((STARTS, PLACE), written)
        if "starts_at" in sent:
            starts = clock(cleaned.get("starts_at"))
        if "place" in sent:
            place = cleaned.get("place", "")
    except InvalidData as no:
        wrong += no.errors.items()
    return Wished(count, weekday, starts, place, weeks, tuple(wrong))


class PlanView:
    """The page of one year's plan. ``rows`` and ``errors`` are what was sent and what is wrong with it."""

    def __init__(
        self, request: Request, resource: AgreementResource, year: int, sent: Mapping[str, Any]
    ) -> None:
        self.request, self.resource, self.year, self.sent = request, resource, year, sent
        self.agreement = resource.agreement
        self.chronicle: Chronicle = read_chronicle(request.dbsession, self.agreement, request.today)
        self.wanted = wanted(self.chronicle.rules)
        self.there = finding.meetings_of(request.dbsession, self.agreement, year)
        known = habits.habits_of(request.dbsession, self.agreement)
        self.habits = known
        self.wish = wish_of(sent, known, self.wanted)

    def proposal(self) -> Proposal:
        """What the wish gives, beside the meetings that are there."""
        rule = lead_rule(self.chronicle.rules)
        signing = self.agreement.signing
        first = earliest_meeting(self.request.today, self.chronicle.rules)
        wish = Wish(
            year=self.year,
            count=self.wish.count,
            weekday=self.wish.weekday,
            weeks_off=self.wish.weeks_off,
            lead=int(rule.values["days"]) if rule else None,
            spring=self.wanted.spring if self._as_the_clause() else None,
            autumn=self.wanted.autumn if self._as_the_clause() else None,
            earliest=max(first, signing.latest) if signing else first,
            latest=self.agreement.in_force_to or date.max,
        )
        return propose(wish, [m.on for m in finding.standing(self.there)])

    def _as_the_clause(self) -> bool:
        return self.wish.count == self.wanted.target

    def page(
        self, rows: tuple[PlanRow, ...] | None = None, errors: Mapping[str, Message] | None = None
    ) -> PlanPage:
        """Everything the page shows; ``rows`` are what was written, where it was sent."""
        request, agreement = self.request, self.agreement
        found = self.proposal()
        page_head = head(request, agreement, self.resource.definition)
        url = f"{page_head.url}/meetings/plan"
        places = text_places(request, agreement)
        own = habits.kept_by(agreement, request.who)
        said = [*self.wish.problems, *(errors or {}).items()]
        return PlanPage(
            head=page_head,
            year=self.year,
            years=year_links(request, self.year, set(), url),
            standing=request.say(self.wanted.standing(finding.held(self.there))),
            clauses=tuple(clause(agreement, page_head.url, r.quote, r, places) for r in self.wanted.clauses),
            count=str(self.sent.get("count", self.wish.count)),
            weekdays=tuple(
                Choice(str(n), request.say(WEEKDAYS[n]), chosen=n == self.wish.weekday) for n in range(5)
            ),
            starts_at=str(self.sent.get("starts_at", _written(self.wish.starts_at))),
            place=str(self.sent.get("place", self.wish.place)),
            weeks_off=str(self.sent.get("weeks_off", weeks_words(self.wish.weeks_off))),
            weeks_note=request.say(self._weeks_note()),
            rows=rows if rows is not None else self._rows(found),
            kept_clear=tuple(request.say(reason) for reason in found.kept_clear),
            there=tuple(
                meeting_row(request, agreement, m, self.chronicle) for m in finding.standing(self.there)
            ),
            note=request.say(self._note(found)) if self._note(found) else None,
            problems=tuple(Problem(name, request.say(sentence)) for name, sentence in said),
            kept_for=tuple(party.name for party in own),
        )

    def _weeks_note(self) -> Message:
        if self.habits.own:
            return msg("The weeks the kommune has said it keeps free of meetings.")
        return msg(
            "The kommune has not said which weeks it keeps free, so midsummer and the turn of the year stand"
            " here. Add the winter and autumn holidays of its schools."
        )

    def _note(self, found: Proposal) -> Message | None:
        if found.short_by and not found.meetings:
            return msg(
                "What is left of the year has no room for more meetings with some weeks between them; add "
                "days yourself if you want them."
            )
        if found.short_by:
            return msg(
                "There is only room for ${count} with some weeks between them; ${short} are missing. Choose "
                "another weekday or fewer free weeks, or add days yourself.",
                count=len(found.meetings),
                short=found.short_by,
            )
        if not found.meetings and self.there:
            return msg("The year has as many meetings as asked for; nothing more is proposed.")
        if not self.wanted.target:
            return msg("No clause says how many meetings there should be; write how many you want.")
        return None

    def _rows(self, found: Proposal) -> tuple[PlanRow, ...]:
        request, starts = self.request, _written(self.wish.starts_at)
        rows = [
            PlanRow(
                number=n,
                on=p.on.isoformat(),
                starts_at=starts,
                weekday=f"{weekday_of(request, p.on)} {render(p.on, request.locale_name)}",
                agenda_by=day(request, p.agenda_by) if p.agenda_by else None,
                why=tuple(request.say(reason) for reason in p.reasons),
            )
            for n, p in enumerate(found.meetings, 1)
        ]
        spare = range(len(rows) + 1, len(rows) + SPARE + 1)
        return (*rows, *(PlanRow(number=n, starts_at=starts) for n in spare))


def may_plan(request: Request, resource: AgreementResource) -> None:
    """Raise where the plan is not the person's to make, or there is nothing to plan under."""
    access.expect_coordinator(resource.agreement, request.who)
    access.expect_planning(resource.agreement, resource.definition, request.today + timedelta(days=1))


def plan_json(view: PlanView) -> dict[str, Any]:
    """The proposal for a program."""
    found = view.proposal()
    return {
        "version": view.agreement.version,
        "year": view.year,
        "target": view.wanted.target or None,
        "floor": view.wanted.floor or None,
        "wish": {
            "count": view.wish.count,
            "weekday": view.wish.weekday,
            "starts_at": _written(view.wish.starts_at),
            "place": view.wish.place,
            "weeks_off": list(view.wish.weeks_off),
        },
        "proposed": [
            {"on": p.on, "agenda_by": p.agenda_by, "reasons": [view.request.say(r) for r in p.reasons]}
            for p in found.meetings
        ],
        "kept_clear": [view.request.say(r) for r in found.kept_clear],
        "short_by": found.short_by,
    }


def _written(at: time | None) -> str:
    return at.isoformat("minutes") if at else ""
