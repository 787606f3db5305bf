"""The year wheel as a page, as a sheet to print, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.domain.wheel import Line, Mark, Wheel, Words, poster_svg, sign_svg, wheel_svg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services.calendars.year import Thing, year_of
from workflow_app.services.parties import MUNICIPAL
from workflow_app.services.parties_seen import agreements_of
from workflow_app.web.asked_year import shown_years, year_in
from workflow_app.web.pagemodels.common import AgreementHead, Link
from workflow_app.web.pagemodels.years import YearPage, YearRow
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.present.calendars import public_url
from workflow_app.web.present.words import agreement_url, head, root_url
from workflow_app.web.present.year_words import KINDS, STATES, details, months, stands, when, who
from workflow_app.web.resources import AgreementResource

MOST = 400
"""Agreements of a party that its wheel is made of."""


@dataclass(frozen=True)
class Year:
    """One year of one agreement or party, gathered.

    ``several`` agreements are named beside each thing; ``own`` ones of a kommune
    by their titles, a police unit's by their kommuner.
    """

    request: Request
    year: int
    name: str
    url: str
    things: tuple[Thing, ...]
    several: bool = False
    own: bool = False
    head: AgreementHead | None = None
    unsigned: bool = False

    def page(self) -> YearPage:
        """The page: wheel, table, and the ways to other years."""
        about = None if self.head else Link(self.url, self.name)
        mine = f"about={self.url.removeprefix(root_url(self.request)).lstrip('/')}"
        return YearPage(
            year=self.year,
            name=self.name,
            wheel="" if self.unsigned else wheel_svg(self.wheel()),
            sheet=f"{self.url}/year.svg?year={self.year}",
            calendar=f"{root_url(self.request)}/calendar?{mine}",
            rows=tuple(self._row(number, thing) for number, thing in enumerate(self.things, 1)),
            head=self.head,
            party=about,
            previous=self._to(self.year - 1),
            next=self._to(self.year + 1),
            nothing=self._nothing(),
        )

    def sheet(self) -> str:
        """The sheet of A4 as an SVG document."""
        request = self.request
        lines = [
            Line(mark, when(request, t).text, self._said(t), who(request, t), stands(request, t))
            for mark, t in zip(self._marks(), self.things, strict=True)
        ]
        return poster_svg(self.wheel(), lines)

    def json(self) -> dict[str, Any]:
        """The same for a program; days in ISO 8601."""
        return {
            "year": self.year,
            "name": self.name,
            "things": [self._thing(number, thing) for number, thing in enumerate(self.things, 1)],
        }

    def wheel(self) -> Wheel:
        """What is drawn."""
        say = self.request.say
        words = Words(
            title=say(msg("The year ${year} as a wheel: ${name}", year=self.year, name=self.name)),
            description=say(
                msg(
                    "Twelve months in a circle with ${count} numbered marks, each in words beside it.",
                    count=len(self.things),
                )
            ),
            heading=say(msg("Year wheel ${year} – ${name}", year=self.year, name=self.name)),
            name=self.name,
            months=months(self.request),
            today=say(msg("Today")),
            all_year=say(msg("In the course of the year")),
            kinds={kind: say(word) for kind, word in KINDS.items()},
            states={state: say(word) for state, word in STATES.items()},
            nothing=self._nothing(),
            footer=say(
                msg(
                    "From Avtaleflyt on ${day}. The clause behind each day stands at ${url}",
                    day=self.request.today,
                    url=f"{public_url(self.request)}{self.url.removeprefix(root_url(self.request))}/year",
                )
            ),
            language=self.request.locale_name,
        )
        return Wheel(self.year, tuple(self._marks()), words, self.request.today)

    def _marks(self) -> list[Mark]:
        return [
            Mark(n, t.kind, t.state, None if t.whole else t.first, None if t.whole else t.last)
            for n, t in enumerate(self.things, 1)
        ]

    def _row(self, number: int, thing: Thing) -> YearRow:
        request, agreement = self.request, thing.agreements[0]
        links = tuple(Link(agreement_url(request, a.id), self._called(a)) for a in thing.agreements)
        return YearRow(
            number=number,
            sign=sign_svg(Mark(number, thing.kind, thing.state)),
            when=when(request, thing),
            title=request.say(thing.title),
            state=thing.state,
            stands=stands(request, thing),
            who=who(request, thing),
            href=f"{root_url(request)}{thing.path}" if thing.path else None,
            details=details(request, thing),
            agreements=links if self.several else (),
            quote=" ".join(thing.quote.split()),
            language=agreement.language,
        )

    def _thing(self, number: int, thing: Thing) -> dict[str, Any]:
        return {
            "number": number,
            "kind": thing.kind,
            "state": thing.state,
            "title": self.request.say(thing.title),
            "first": thing.first,
            "last": thing.last,
            "day_given": not thing.whole,
            "starts": thing.starts.isoformat() if thing.starts else None,
            "place": thing.place,
            "roles": list(thing.roles),
            "party": thing.party,
            "quote": thing.quote,
            "source": "house_rule" if thing.house_rule else "clause" if thing.quote else "plan",
            "progress": list(thing.progress) if thing.progress else None,
            "outcome": thing.outcome,
            "agreements": [{"id": a.id, "title": a.title} for a in thing.agreements],
        }

    def _said(self, thing: Thing) -> str:
        title: str = self.request.say(thing.title)
        of = ", ".join(self._called(a) for a in thing.agreements)
        return f"{title} – {of}" if self.several else title

    def _called(self, agreement: Agreement) -> str:
        return agreement.title if self.own else short(agreement)

    def _to(self, year: int) -> Link | None:
        if year not in shown_years(self.request):
            return None
        return Link(f"{self.url}/year?year={year}", str(year))

    def _nothing(self) -> str:
        if self.things:
            return ""
        sentence = (
            msg("The agreement is not signed yet. Its year is drawn once it binds somebody.")
            if self.unsigned
            else msg("Nothing is planned or due in ${year}.", year=self.year)
        )
        return str(self.request.say(sentence))


def short(agreement: Agreement) -> str:
    """An agreement by its kommuner, which is shorter than its title."""
    return ", ".join(p.party.name for p in agreement.parties if p.party.side == "municipal")


def of_agreement(request: Request, resource: AgreementResource) -> Year:
    """The year asked for, of one agreement."""
    agreement, year = resource.agreement, asked(request)
    page_head = head(request, agreement, resource.definition)
    return Year(
        request, year, short(agreement), page_head.url,
        year_of(request.reading, [agreement], year, request.today),
        head=page_head, unsigned=agreement.signed_on is None,
    )  # fmt: skip


def of_party(request: Request, resource: PartyResource) -> Year:
    """The year asked for, of all the reader may see of a kommune's or police unit's agreements."""
    party: Party = resource.party
    year = asked(request)
    found = agreements_of(request.reading, request.who, party, request.definitions, MOST)
    url = f"{root_url(request)}/parties/{party.key}"
    things = year_of(request.reading, found, year, request.today)
    kommune = party.side == MUNICIPAL
    return Year(request, year, party.name, url, things, several=len(found) > 1, own=kommune)


def asked(request: Request) -> int:
    """The year in ``?year=``, this year where there is none. Raises ``NotThere``."""
    return year_in(request, msg("There is a year wheel for ${first} to ${last}, not for “${value}”."))
