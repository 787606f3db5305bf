"""One meeting's minutes as they are read and written: who came, what was said, decided and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pyramid.request import Request

from workflow_app.domain.meetings.minutes import minutes_rule, public_by_clause, split
from workflow_app.domain.messages import Message, msg
from workflow_app.models.meetings import Decision, Meeting
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.errors import ServiceError
from workflow_app.services.meetings import access, agenda, attendance, conduct, decisions, minutes
from workflow_app.web.pagemodels import Link, Problem
from workflow_app.web.pagemodels.minutes import (
    DecisionRow,
    ExpectedRow,
    KeptRow,
    MinutesPage,
    WrittenPoint,
)
from workflow_app.web.present.deadlines import clause, text_places
from workflow_app.web.present.meeting_words import meeting_url
from workflow_app.web.present.minutes_forms import MinutesForms
from workflow_app.web.present.seals import frozen_line
from workflow_app.web.present.words import day, head, moment, named, role_word
from workflow_app.web.resources import AgreementResource

CAME = "came-"
"""What the name of the box for somebody who came begins with."""


class MinutesView:
    """The page. ``asked`` and ``errors`` keep what was written in the form that was sent."""

    def __init__(
        self,
        request: Request,
        resource: AgreementResource,
        meeting: Meeting,
        asked: Mapping[str, Any] | None = None,
        errors: Mapping[str, Message] | None = None,
    ) -> None:
        self.request, self.resource, self.meeting = request, resource, meeting
        self.agreement, self.db = resource.agreement, request.dbsession
        self.asked, self.errors = asked or {}, errors or {}
        self.chronicle: Chronicle = read_chronicle(self.db, self.agreement, request.today)
        self.url = f"{meeting_url(request, self.agreement, meeting)}/minutes"
        self.coordinates = access.coordinating(self.agreement, request.who) is not None
        begun = conduct.begun(meeting, request.today)
        self.writes = self.coordinates and begun and not conduct.kept(meeting)
        self.titles = [i.title for i in agenda.items_of(self.db, meeting)]

    def page(self) -> MinutesPage:
        """Everything the page shows."""
        request, meeting = self.request, self.meeting
        page_head = head(request, self.agreement, self.resource.definition)
        title = msg("Meeting ${number}", number=meeting.number)
        rule, quoted = minutes_rule(self.chronicle.rules), None
        if rule is not None:
            places = text_places(request, self.agreement)
            quoted = clause(self.agreement, page_head.url, rule.quote, rule, places)
        before, points = split(meeting.minutes or "", self.titles)
        blocked = self._blocked() if self.writes else None
        forms = MinutesForms(
            request, self.agreement, meeting, self.chronicle, self.url, self.asked, self.errors, self.titles
        )
        return MinutesPage(
            head=page_head,
            url=self.url,
            meeting=Link(meeting_url(request, self.agreement, meeting), request.say(title)),
            when=day(request, meeting.on),
            version=meeting.version,
            expected=self._expected(),
            people_known=any(a.present is not None for a in meeting.attendance),
            before=before,
            points=tuple(WrittenPoint(f"{p.number}. {p.title}", p.lines) for p in points),
            decisions=tuple(self._decision(meeting, d, forms) for d in meeting.decisions),
            follow_ups=tuple(
                self._decision(earlier, d, forms) for earlier, d in decisions.brought_up(self.db, meeting)
            ),
            clause=quoted,
            disclosure=request.say(self._disclosure()),
            forms=forms.all(writes=self.writes, again=self.coordinates and conduct.kept(meeting)),
            open_form=str(self.asked.get("action", "")) if self.errors else "",
            problems=self._problems(),
            may_write=self.writes,
            may_keep=self.writes and blocked is None,
            not_keepable=request.say(blocked) if blocked is not None else None,
            kept=self._kept(page_head.url),
            kept_now=conduct.kept(meeting),
            draft=Link(f"{self.url}.pdf?draft=1", request.say(msg("The minutes as they stand now (PDF)")))
            if self.writes and meeting.minutes
            else None,
            closed=self._closed(),
        )  # fmt: skip

    def _expected(self) -> tuple[ExpectedRow, ...]:
        say, rows = self.request.say, []
        sent = self.asked.get("action") == "attendance"
        for e in attendance.expected(self.db, self.agreement, self.meeting):
            role = role_word(self.request, e.role, e.title) if e.role else e.title or say(msg("guest"))
            note = say(msg("for ${name}", name=e.deputy_for)) if e.deputy_for else None
            if e.stands_in and note is None:
                note = say(msg("deputy"))
            field = f"{CAME}{e.key}"
            rows.append(
                ExpectedRow(
                    field=field,
                    name=named(self.request, e.name),
                    role=", ".join(filter(None, (role, e.party.name if e.party else None))),
                    note=note,
                    present=e.present,
                    ticked=field in self.asked if sent else bool(e.present),
                    remove=e.row.id if self.writes and e.row is not None and e.person is None else None,
                )
            )
        return tuple(rows)

    def _decision(self, meeting: Meeting, decision: Decision, forms: MinutesForms) -> DecisionRow:
        request, own = self.request, meeting.id == self.meeting.id
        titles = dict(enumerate(self.titles, 1)) if own else {}
        party = decision.responsible_party
        who = ", ".join(filter(None, (decision.responsible, party.name if party is not None else None)))
        open_here = decision.done_on is None
        # Before the minutes are kept a decision is still being written, and nobody is at work on it.
        can_tell = self.coordinates and meeting.minutes_sha256 is not None
        return DecisionRow(
            meeting=meeting.number,
            number=decision.number,
            text=decision.text,
            point=f"{decision.point}. {titles[decision.point]}" if decision.point in titles else None,
            responsible=who or None,
            due=day(request, decision.due) if decision.due is not None else None,
            late=open_here and decision.due is not None and decision.due < request.today,
            done=day(request, decision.done_on) if decision.done_on is not None else None,
            origin=None
            if own
            else Link(
                f"{meeting_url(request, self.agreement, meeting)}/minutes",
                request.say(msg("decided at meeting ${number}", number=meeting.number)),
            ),
            form=forms.done(meeting, decision) if can_tell and open_here else None,
            form_open=forms.is_done(meeting, decision),
            may_open=can_tell and not open_here,
            may_strike=self.writes and own,
        )

    def _disclosure(self) -> Message:
        public = minutes.is_public(self.meeting, self.chronicle)
        if public is None:
            return msg("The agreement does not say whether the minutes are public; somebody has to choose.")
        if public_by_clause(self.chronicle.rules) is None:
            return msg("Public minutes, as the parties have chosen.") if public else self._closed_by()
        return msg("Public minutes, as the agreement says.") if public else self._closed_by()

    def _closed_by(self) -> Message:
        basis = self.meeting.legal_basis
        return msg("Closed minutes: ${basis}", basis=basis) if basis else msg("Closed minutes.")

    def _blocked(self) -> Message | None:
        try:
            minutes.expect_keepable(
                self.agreement, self.meeting, self.chronicle, who=self.request.who, now=self.request.now
            )
        except ServiceError as no:
            return no.message
        return None

    def _kept(self, url: str) -> tuple[KeptRow, ...]:
        request, found = self.request, minutes.keepings(self.db, self.agreement, self.meeting)
        return tuple(
            KeptRow(
                number=k.number,
                when=moment(request, datetime.fromisoformat(k.at)),
                paper=Link(
                    f"{self.url}.pdf?number={k.number}",
                    request.say(msg("The minutes, version ${number} (PDF)", number=k.number)),
                ),
                entry=Link(
                    f"{url}/trail?entry={k.entry}#e{k.entry}",
                    request.say(msg("entry ${number} of the trail", number=k.entry)),
                ),
                sha256=k.sha256,
                seal=frozen_line(request, k.sha256, f"{self.url}.pdf?number={k.number}"),
            )
            for k in reversed(found)
        )

    def _problems(self) -> tuple[Problem, ...]:
        """What is wrong with what has no form of its own on the page."""
        if str(self.asked.get("action", "")) in MinutesForms.NAMES:
            return ()
        return tuple(Problem("", self.request.say(m)) for m in self.errors.values())

    def _closed(self) -> str | None:
        """Why nothing can be written, where nothing can."""
        if self.meeting.cancelled_at is not None:
            return str(self.request.say(msg("The meeting is called off; there is nothing to minute.")))
        if self.meeting.on > self.request.today:
            words = msg(
                "The meeting is on ${day}; who came and what was said is written from that day.",
                day=self.meeting.on,
            )
            return str(self.request.say(words))
        if not self.coordinates:
            words = msg("Minutes are written by an SLT coordinator or a politikontakt of the parties.")
            return str(self.request.say(words))
        return None
