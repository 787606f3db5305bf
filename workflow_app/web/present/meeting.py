"""One meeting as it is read: when and where, whose turn, its agenda, who is called, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.meetings.lead import lead_rule
from workflow_app.domain.meetings.rotation import posts
from workflow_app.domain.messages import Message, msg
from workflow_app.models.meetings import Meeting
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.errors import ServiceError
from workflow_app.services.meetings import access, agenda, called, finding, invitation, suggestions, turns
from workflow_app.web.pagemodels import Link, Problem
from workflow_app.web.pagemodels.meetings import (
    CalledRow,
    DeputyOffer,
    MeetingPage,
    Point,
    Suggestion,
)
from workflow_app.web.present import meeting_delivery
from workflow_app.web.present.deadlines import clause, text_places
from workflow_app.web.present.meeting_forms import MeetingForms
from workflow_app.web.present.meeting_words import meeting_json, meeting_row, meeting_url, point, point_json
from workflow_app.web.present.meetings import POSTS
from workflow_app.web.present.minutes_links import minutes_links
from workflow_app.web.present.words import head, moment, named, role_word
from workflow_app.web.resources import AgreementResource


class MeetingView:
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
        self.agreement = resource.agreement
        self.asked, self.errors = asked or {}, errors or {}
        self.db = request.dbsession
        self.chronicle: Chronicle = read_chronicle(self.db, self.agreement, request.today)
        planned = finding.status_of(meeting) == "planned"
        self.after = access.after_it(self.agreement, meeting.on)
        ahead = planned and access.meets(self.agreement, resource.definition) and not self.after
        self.cancels = planned and access.coordinating(self.agreement, request.who) is not None
        self.changes = ahead and self.cancels
        self.raises = ahead and access.raising(self.agreement, resource.definition, request.who) is not None

    def page(self) -> MeetingPage:
        """Everything the page shows."""
        request, agreement, meeting = self.request, self.agreement, self.meeting
        url = meeting_url(request, agreement, meeting)
        page_head = head(request, agreement, self.resource.definition)
        lead = lead_rule(self.chronicle.rules)
        blocked = self._blocked() if self.changes else None
        # Of a meeting recorded afterwards nobody was called from here.
        calls = meeting.invited_at is not None or finding.status_of(meeting) == "planned"
        return MeetingPage(
            head=page_head,
            row=meeting_row(request, agreement, meeting, self.chronicle),
            version=meeting.version,
            title=request.say(msg("Meeting ${number}", number=meeting.number)),
            points=self._points(),
            called=self._called() if calls else (),
            convener=meeting.convener.name if meeting.convener else None,
            secretary=meeting.secretary.name if meeting.secretary else None,
            by_turn=self._by_turn(),
            clause=clause(agreement, page_head.url, lead.quote, lead, text_places(request, agreement))
            if lead
            else None,
            suggestions=self._suggestions() if self.changes else (),
            deputies=self._deputies() if self.changes else (),
            forms=MeetingForms(
                request, agreement, meeting, url, self.asked, self.errors,
                changes=self.changes, raises=self.raises, cancels=self.cancels,
            ).all(),
            open_form=str(self.asked.get("action", "")) if self.errors else "",
            problems=self._problems(),
            may_change=self.changes,
            may_send=self.changes and blocked is None,
            send_label=request.say(self._send_label()),
            not_sendable=request.say(blocked) if blocked else None,
            sent=self._sent(),
            changed=invitation.changed_since(meeting),
            papers=self._papers(url),
            links=minutes_links(request, agreement, meeting),
            closed=self._closed(),
        )  # fmt: skip

    def _points(self) -> tuple[Point, ...]:
        return tuple(
            point(self.request, i, n) for n, i in enumerate(agenda.items_of(self.db, self.meeting), 1)
        )

    def _called(self) -> tuple[CalledRow, ...]:
        request = self.request
        rows = [
            CalledRow(
                name=named(self.request, c.name),
                role=role_word(request, c.role, c.title),
                party=c.party.name,
                note=request.say(c.note) if c.note else None,
            )
            for c in called.members(self.db, self.agreement, self.meeting)
        ]
        failed = meeting_delivery.failed(request, self.agreement, self.meeting)
        guests = [
            CalledRow(
                name=named(self.request, g.name),
                role=g.title or request.say(msg("guest")),
                note=None if g.email else request.say(msg("no e-mail address: tell them yourself")),
                email=g.email if self.changes else None,
                remove=g.id if self.changes else None,
                **meeting_delivery.told(request, self.meeting, failed.get(g.id), changes=self.changes),
            )
            for g in called.guests(self.db, self.meeting)
        ]
        return (*rows, *guests)

    def _by_turn(self) -> tuple[str, ...]:
        """That convener or secretary follow from a clause that lets them go round."""
        found = turns.going_round(self.db, self.agreement, self.chronicle.rules, self.meeting.on.year)
        sentence = msg("${post}: by turns, see the clause on the page of meetings")
        named = {p for g in found if g.turn is not None for p in posts(g.rule)}
        return tuple(
            self.request.say(Message(sentence.text, {"post": POSTS[p]})) for p in POSTS if p in named
        )

    def _suggestions(self) -> tuple[Suggestion, ...]:
        found = suggestions.suggested(self.db, self.agreement, self.meeting, self.chronicle)
        return tuple(
            Suggestion(
                title=s.title if isinstance(s.title, str) else self.request.say(s.title),
                why=self.request.say(s.why),
                fields=(("kind", s.kind), ("decision", str(s.decision or ""))),
            )
            for s in found
        )

    def _deputies(self) -> tuple[DeputyOffer, ...]:
        return tuple(
            DeputyOffer(d.id, d.person.name, f"{role_word(self.request, d.role, None)}, {d.party.name}")
            for d in called.callable_deputies(self.db, self.agreement, self.meeting)
        )

    def _blocked(self) -> Message | None:
        try:
            invitation.expect_sendable(
                self.db, self.agreement, self.meeting, who=self.request.who, now=self.request.now, seen=None
            )
        except ServiceError as no:
            return no.message
        return None

    def _send_label(self) -> Message:
        if self.meeting.invited_at is None:
            return msg("Send the invitation with the agenda")
        return msg("Send it again, marked as changed")

    def _sent(self) -> str | None:
        if self.meeting.invited_at is None:
            return None
        when = moment(self.request, self.meeting.invited_at).text
        if self.meeting.sendings > 1:
            return str(
                self.request.say(
                    msg("Sent ${count} times, last ${when}.", count=self.meeting.sendings, when=when)
                )
            )
        return str(self.request.say(msg("Sent ${when}.", when=when)))

    def _papers(self, url: str) -> tuple[Link, ...]:
        request = self.request
        found = []
        if self.meeting.invitation_sha256 is not None:
            found.append(
                Link(f"{url}/invitation.pdf", request.say(msg("The invitation as it was sent (PDF)")))
            )
        ahead = finding.status_of(self.meeting) == "planned"
        if ahead and (self.meeting.invitation_sha256 is None or invitation.changed_since(self.meeting)):
            draft = request.say(msg("The invitation as it stands now (PDF)"))
            found.append(Link(f"{url}/invitation.pdf?draft=1", draft))
        return tuple(found)

    def _problems(self) -> tuple[Problem, ...]:
        """What is wrong with a form that has no fields of its own on the page."""
        if str(self.asked.get("action", "")) in MeetingForms.NAMES:
            return ()
        return tuple(Problem("", self.request.say(m)) for m in self.errors.values())

    def _closed(self) -> str | None:
        if self.changes or self.raises or finding.status_of(self.meeting) != "planned":
            return None
        sentence = msg("Meetings are planned by an SLT coordinator or a politikontakt of the parties.")
        if self.after:
            sentence = access.last_day_told(self.agreement)
        elif not access.meets(self.agreement, self.resource.definition):
            sentence = msg("The agreement is over; no meeting is planned under it any more.")
        return str(self.request.say(sentence))


def one_json(request: Request, resource: AgreementResource, meeting: Meeting) -> dict[str, Any]:
    """One meeting for a program, with whom its mail did not reach for those who call people to it."""
    made = paper_json(request, resource, meeting)
    guests = meeting_delivery.guests_json(request, resource.agreement, meeting, made["guests"])
    return made | {"guests": guests}


def paper_json(request: Request, resource: AgreementResource, meeting: Meeting) -> dict[str, Any]:
    """One meeting as its invitation carries it to everybody: its agenda, and who is called."""
    db, agreement = request.dbsession, resource.agreement
    chronicle = read_chronicle(db, agreement, request.today)
    return {
        "version": agreement.version,
        "meeting": meeting_json(meeting, chronicle.rules),
        "agenda": [point_json(i) for i in agenda.items_of(db, meeting)],
        "called": [
            {
                "person": c.person,
                "name": named(request, c.name),
                "role": c.role,
                "party": c.party.key,
                "deputy": c.deputy,
            }
            for c in called.members(db, agreement, meeting)
        ],
        "guests": [
            {"id": g.id, "name": named(request, g.name), "title": g.title} for g in called.guests(db, meeting)
        ],
    }
