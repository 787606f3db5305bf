"""A year's meetings: how many the agreement asks for, how many there are, whose turn it is, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.domain.meetings.fields import (
    CONFIRM,
    DESCRIPTION,
    SIDE,
    SLOT,
    TITLE,
    YEAR,
)
from workflow_app.domain.meetings.fixed_points import fixed_points
from workflow_app.domain.meetings.rotation import CONVENER, SECRETARY, posts
from workflow_app.domain.meetings.wanted import Wanted, wanted
from workflow_app.domain.messages import Message, msg
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.material import text_of
from workflow_app.services.meetings import access, agenda, finding, turns
from workflow_app.web.asked_year import shown_years
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.meetings import MeetingRow, MeetingsPage, Point, TurnView
from workflow_app.web.present.deadlines import clause, text_places
from workflow_app.web.present.forms import render_form
from workflow_app.web.present.meeting_words import meeting_json, meeting_row, point, point_json
from workflow_app.web.present.meetings_left import left_json, left_links
from workflow_app.web.present.minutes_links import open_rows
from workflow_app.web.present.words import head
from workflow_app.web.resources import AgreementResource

POSTS: dict[str, Message] = {SECRETARY: msg("Secretary"), CONVENER: msg("Convener")}
SIDES: dict[str, Message] = {"municipal": msg("the kommune"), "police": msg("the police")}

Given = Mapping[str, Any]


class MeetingsView:
    """One year's page. ``asked`` and ``errors`` keep what was written in the form that was sent."""

    def __init__(
        self,
        request: Request,
        resource: AgreementResource,
        year: int,
        asked: Given | None = None,
        errors: Mapping[str, Message] | None = None,
    ) -> None:
        self.request, self.resource, self.year = request, resource, year
        self.agreement = resource.agreement
        self.asked, self.errors = asked or {}, errors or {}
        self.db = request.dbsession
        self.chronicle: Chronicle = read_chronicle(self.db, self.agreement, request.today)
        self.all = finding.meetings_of(self.db, self.agreement)
        self.of_year = [m for m in self.all if m.on.year == year]
        self.wanted: Wanted = wanted(self.chronicle.rules)
        open_now = access.meets(self.agreement, resource.definition)
        ahead = access.plans(self.agreement, resource.definition, request.today)
        self.records = open_now and access.coordinating(self.agreement, request.who) is not None
        self.plans = ahead and self.records
        self.raises = ahead and access.raising(self.agreement, resource.definition, request.who) is not None

    def page(self) -> MeetingsPage:
        """Everything the page shows."""
        request, agreement = self.request, self.agreement
        page_head = head(request, agreement, self.resource.definition)
        url, beyond = f"{page_head.url}/meetings", self._beyond()
        places = text_places(request, agreement)
        return MeetingsPage(
            head=page_head,
            year=self.year,
            years=year_links(request, self.year, {m.on.year for m in self.all} | {request.today.year}, url),
            standing=request.say(self.wanted.standing(finding.held(self.of_year))),
            clauses=tuple(clause(agreement, page_head.url, r.quote, r, places) for r in self.wanted.clauses),
            rows=self._rows(),
            turns=self._turns(page_head.url, url),
            waiting=self._points(agenda.waiting(self.db, agreement)),
            points=self._points(agenda.standing_points(self.db, agreement)),
            fixed=self._fixed(),
            plan_href=f"{url}/plan?year={max(self.year, request.today.year)}" if self.plans else None,
            # What is left after the last day tells of that day too.
            closed=None if self.plans or self.raises or beyond else request.say(self._closed()),
            forms=self._forms(url),
            open_form=str(self.asked.get("action", "")) if self.errors else "",
            may_change=self.plans,
            undone=open_rows(request, agreement),
            beyond=beyond,
            left=left_links(request, agreement),
        )

    def _rows(self) -> tuple[MeetingRow, ...]:
        return tuple(meeting_row(self.request, self.agreement, m, self.chronicle) for m in self.of_year)

    def _beyond(self) -> str | None:
        """What is planned after an end that came later: a notice given, an agreement that replaced it."""
        late = finding.left_after(self.db, self.agreement)
        sentence = msg(
            "The last day of the agreement is ${day}. Meetings still planned after it: ${count}. "
            "Call them off here; under an agreement that follows, they are planned anew.",
            day=self.agreement.in_force_to,
            count=len(late),
        )
        return self.request.say(sentence) if late else None

    def _points(self, items: Any) -> tuple[Point, ...]:
        return tuple(point(self.request, item, n) for n, item in enumerate(items, 1))

    def _fixed(self) -> tuple[Point, ...]:
        """The points the text itself has on every agenda."""
        found = fixed_points(text_of(self.db, self.agreement).text)
        return tuple(Point(0, n, p.title, "", quote=p.quote) for n, p in enumerate(found, 1))

    def _closed(self) -> Message:
        if self.agreement.signed_on is None:
            return msg("Meetings are planned once the agreement is signed.")
        if not access.meets(self.agreement, self.resource.definition):
            return msg("The agreement is over; no meeting is planned under it any more.")
        if not access.plans(self.agreement, self.resource.definition, self.request.today):
            return access.last_day_told(self.agreement)
        return msg("Meetings are planned by an SLT coordinator or a politikontakt of the parties.")

    def _forms(self, url: str) -> dict[str, str | None]:
        fields = {
            "one": ((*SLOT, CONFIRM), msg("Plan the meeting")),
            "held": (SLOT, msg("Record the meeting")),
            "standing": ((TITLE,), msg("Add to every agenda")),
        }
        made: dict[str, str | None] = dict.fromkeys((*fields, "raise"))
        for number, (name, (wanted_fields, button)) in enumerate(fields.items(), 1):
            if self.plans or (name == "held" and self.records):
                made[name] = self._form(name, url, wanted_fields, button, number)
        if self.raises:
            made["raise"] = self._form("raise", url, (TITLE, DESCRIPTION), msg("Raise the matter"), 8)
        return made

    def _form(
        self, name: str, url: str, fields: Any, button: Message, number: int, extra: Given | None = None
    ) -> str:
        mine = self.asked.get("action") == name and (extra is None or _same(extra, self.asked))
        # What makes a meeting at short notice possible is asked only where the notice is short.
        if CONFIRM in fields and not (mine and "confirm" in self.errors):
            fields = tuple(f for f in fields if f is not CONFIRM)
        return render_form(
            self.request, action=url, version=self.agreement.version, fields=fields, button=button,
            given=self.asked if mine else None, errors=self.errors if mine else None,
            extra={"action": name, **(extra or {})}, number=number,
        )  # fmt: skip

    def _turns(self, home: str, url: str) -> tuple[TurnView, ...]:
        found = turns.going_round(self.db, self.agreement, self.chronicle.rules, self.year)
        return tuple(self._turn(going, home, url, n) for n, going in enumerate(found, 20))

    def _turn(self, going: turns.Going, home: str, url: str, number: int) -> TurnView:
        request, turn = self.request, going.turn
        named = [request.say(POSTS[p]) for p in posts(going.rule)]
        view = TurnView(
            post=", ".join(named) or request.say(msg("Turns")),
            clause=clause(self.agreement, home, going.rule.quote, going.rule, None),
            turn=None,
        )
        if turn is not None:
            span = msg("${side}, ${first}–${last}", side=SIDES[turn.side], first=turn.first, last=turn.last)
            began = turn.began
            counted = msg(
                "counted from ${year}, when ${side} began: chosen by the parties, the clause does not say",
                year=began.year,
                side=SIDES[began.side],
            )
            return replace(view, turn=request.say(span), counted=request.say(counted))
        if not going.askable:
            return replace(view, counted=request.say(self._by_hand()))
        if not self.plans:
            return view
        extra = {"clause": going.key}
        form = self._form("turn", url, (SIDE, YEAR), msg("Save who begins"), number, extra)
        return replace(view, form=form)

    def _by_hand(self) -> Message:
        """Of a post that goes round without an interval: who had it last, and that a person chooses."""
        last = [m for m in self.all if m.convener is not None and m.cancelled_at is None]
        if last and last[-1].convener is not None:
            return msg(
                "The clause says that it goes round, and not how often; it is chosen for each meeting. The "
                "last that is chosen is ${party}, for meeting ${number}.",
                party=last[-1].convener.name,
                number=last[-1].number,
            )
        return msg("The clause says that it goes round, and not how often; it is chosen for each meeting.")


def _same(extra: Given, asked: Given) -> bool:
    return all(asked.get(name) == value for name, value in extra.items())


def year_links(request: Request, shown: int, years: set[int], url: str) -> tuple[Link, ...]:
    """The years there is something in, the one shown, and the ones beside it that have a page."""
    every = sorted((years | {shown, shown - 1, shown + 1}) & set(shown_years(request)))
    return tuple(Link("" if y == shown else f"{url}?year={y}", str(y)) for y in every)


def meetings_json(request: Request, resource: AgreementResource, year: int) -> dict[str, Any]:
    """A year's meetings for a program."""
    db, agreement = request.dbsession, resource.agreement
    chronicle = read_chronicle(db, agreement, request.today)
    found = finding.meetings_of(db, agreement, year)
    asks = wanted(chronicle.rules)
    return {
        "version": agreement.version,
        "year": year,
        "target": asks.target or None,
        "floor": asks.floor or None,
        "held": finding.held(found),
        "clauses": [r.quote for r in asks.clauses],
        "meetings": [meeting_json(m, chronicle.rules) for m in found],
        "waiting": [point_json(i) for i in agenda.waiting(db, agreement)],
        "standing": [point_json(i) for i in agenda.standing_points(db, agreement)],
        "turns": [
            {
                "clause": g.key,
                "quote": g.rule.quote,
                "side": g.turn.side if g.turn else None,
                "from": g.turn.first if g.turn else None,
                "to": g.turn.last if g.turn else None,
            }
            for g in turns.going_round(db, agreement, chronicle.rules, year)
        ],
        "left_before": left_json(request, agreement),
        "may_plan": access.coordinating(agreement, request.who) is not None
        and access.plans(agreement, resource.definition, request.today)
        and bool(request.has_permission(Permission.VIEW, resource)),
    }
