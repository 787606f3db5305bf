"""Deadlines as they are read: the day, the clause, how it was counted, and how it stands.

One row serves every page, whether the deadline was just computed or comes from
the column a long list is sorted by. No row without its clause or the word that
a house rule gave the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pyramid.request import Request

from workflow_app.domain.clause_writing import proposed
from workflow_app.domain.deadline_words import WHAT, headline, named, what_to_do
from workflow_app.domain.deadlines import Deadline, silences
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.domain.rules import Rule
from workflow_app.models.agreements import Agreement
from workflow_app.services.chronicle import Chronicle, read_chronicle
from workflow_app.services.material import text_of
from workflow_app.web.pagemodels import Clause, DeadlineRow, DeadlinesPage, Link, Silence
from workflow_app.web.present.deadline_words import (
    between,
    day_or_span,
    progress,
    remaining,
    status,
    way_to_it,
)
from workflow_app.web.present.places import Places, places_of
from workflow_app.web.present.reminders import reminded, reminded_json
from workflow_app.web.present.settling import Settling, settling_of
from workflow_app.web.present.words import agreement_url, day, head
from workflow_app.web.present.yearly import yearly_json, yearly_part
from workflow_app.web.resources import AgreementResource

AHEAD = 3
"""Years ahead that deadlines are counted, to the end of the last."""


def deadline_row(
    request: Request,
    agreement: Agreement,
    found: Deadline,
    places: Places | None = None,
    settling: Settling | None = None,
) -> DeadlineRow:
    """A deadline just computed, with the way to its clause and to the entry that met it."""
    url = agreement_url(request, agreement.id)
    counted = [found.rule_sentence, *(Message(a) for a in found.assumptions)]
    span = day_or_span(found.kind, found.earliest, found.latest)
    name = next((p.party.name for p in agreement.parties if p.party.key == found.party), None)
    what = request.say(what_to_do(found.kind, found.occasion)) if found.kind in WHAT else None
    return DeadlineRow(
        kind=request.say(headline(found)),
        when=between(request, span),
        status=status(found.status, span, found.undocumented, request.today),
        source=found.source,
        clause=clause(agreement, url, found.quote, found.rule, places) if found.quote else None,
        what=f"{what} ({name})" if what and name else what,
        counted=tuple(dict.fromkeys(request.say(c) for c in counted)),
        remaining=remaining(request, span) if found.reminds else None,
        progress=progress(request, found.kind, found.progress, found.floor),
        met_by=_met_by(request, url, found.met_by),
        late=found.status == "missed" and found.met_by is not None,
        act=way_to_it(request, url, found) if found.reminds else None,
        half_known=not span.exact,
        settle=request.say(found.settled_by) if found.settled_by and found.reminds else None,
        settle_link=settling.link(request, found.settled_by) if settling and found.reminds else None,
    )


def stored_row(request: Request, agreement: Agreement, *, linked: bool = True) -> DeadlineRow | None:
    """The agreement's next deadline from its derived column; None where none is coming."""
    return told_row(request, agreement, agreement.next_deadline, linked=linked)


def told_row(
    request: Request, agreement: Agreement, stored: Mapping[str, Any] | None, *, linked: bool = True
) -> DeadlineRow | None:
    """A deadline from its JSON; None where there is none.

    How it stands is told of today: a column was written on another day.
    """
    if not stored:
        return None
    kind, half, about = stored["kind"], stored.get("half"), stored.get("about")
    span = day_or_span(kind, *(date.fromisoformat(stored[end]) for end in ("earliest", "latest")))
    url = agreement_url(request, agreement.id)
    quote = stored.get("quote") or ""
    return DeadlineRow(
        kind=request.say(named(kind, stored.get("year"), half, about, stored.get("occasion", "agreement"))),
        when=between(request, span),
        status=status("open", span, False, request.today),
        source=stored["source"],
        clause=Clause(quote, f"{url}/text", language=agreement.language) if quote else None,
        what=request.say(what_to_do(kind, stored.get("occasion", "agreement"))) if kind in WHAT else None,
        progress=progress(request, kind, stored.get("progress"), stored.get("floor")),
        remaining=remaining(request, span),
        half_known=not span.exact,
        agreement=Link(url, agreement.title) if linked else None,
    )


def clause(agreement: Agreement, url: str, quote: str, rule: Rule | None, places: Places | None) -> Clause:
    """The quoted words and the way to where they stand."""
    anchor, heading = places.at(rule.start) if places is not None and rule is not None else ("", None)
    return Clause(quote, f"{url}/text#{anchor}" if anchor else f"{url}/text", heading, agreement.language)


def shown(chronicle: Chronicle, until: date | None = None) -> list[Deadline]:
    """What a page shows, in order of day.

    A draft's text may carry dates of long ago (a successor's does). Nobody has
    missed what was never signed, so past days that are still open are left out.
    """
    found = [d for d in chronicle.deadlines(until) if not (d.status == "open" and d.latest < chronicle.today)]
    return sorted(found, key=lambda d: (d.latest, d.kind, d.party or ""))


def nearest(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Of those somebody must still meet, every missed one and the next of each kind (and party).

    A yearly evaluation years ahead tells an overview nothing; the page of deadlines has them all.
    """
    shown: list[Deadline] = []
    known: set[tuple[str | None, ...]] = set()
    for found in deadlines:
        alike = (found.kind, found.party, found.about)
        if found.reminds and (found.status == "missed" or alike not in known):
            shown.append(found)
        if found.reminds and found.status == "open":
            known.add(alike)
    return shown


def silence_rows(
    request: Request,
    agreement: Agreement,
    chronicle: Chronicle,
    places: Places | None,
    settling: Settling | None = None,
    *,
    propose: bool = False,
) -> tuple[Silence, ...]:
    """What the agreement does not say, and each clause that gives no date with the reason.

    ``propose``: the text can still be changed, so a clause is proposed where there is none.
    """
    url = agreement_url(request, agreement.id)
    return tuple(
        Silence(
            subject=request.say(kind_word(found.kind)),
            reason=request.say(found.sentence),
            clause=clause(agreement, url, found.rule.quote, found.rule, places) if found.rule else None,
            settle=request.say(found.settled_by) if found.settled_by else None,
            settle_link=settling.link(request, found.settled_by) if settling else None,
            wording=proposed(found.kind, agreement.language) if propose and not found.rule else None,
            language=agreement.language,
        )
        for found in silences(chronicle.rules, chronicle.history)
    )


def text_places(request: Request, agreement: Agreement) -> Places:
    """The sections of the agreement's newest text."""
    return places_of(text_of(request.dbsession, agreement).text)


def deadlines_page(
    request: Request,
    resource: AgreementResource,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> DeadlinesPage:
    """The coming ones in order of date, the past ones newest first, and the silences.

    Beyond the end of next year, and before last year, they are folded away: what
    comes every year would bury what is near.

    ``given`` and ``errors`` are of the form that records what is done once a year.
    """
    agreement = resource.agreement
    chronicle = read_chronicle(request.dbsession, agreement, request.today)
    places = text_places(request, agreement)
    until = date(request.today.year + AHEAD, 12, 31)
    found = shown(chronicle, until)
    coming = [d for d in found if d.reminds]
    past = [d for d in reversed(found) if not d.reminds]
    soon, long_ago = date(request.today.year + 1, 12, 31), date(request.today.year - 1, 1, 1)
    settling = settling_of(request, resource)
    said = reminded(request, resource, chronicle, found)

    def rows(some: Iterable[Deadline], by: Settling | None = None) -> tuple[DeadlineRow, ...]:
        made = ((d, deadline_row(request, agreement, d, places, by)) for d in some)
        return tuple(replace(row, reminded=said.get(d.reminder_key)) for d, row in made)

    return DeadlinesPage(
        head=head(request, agreement, resource.definition),
        coming=rows((d for d in coming if d.latest <= soon), settling),
        later=rows((d for d in coming if d.latest > soon), settling),
        past=rows(d for d in past if d.latest >= long_ago),
        earlier=rows(d for d in past if d.latest < long_ago),
        silences=silence_rows(request, agreement, chronicle, places, settling),
        until=day(request, until),
        yearly=yearly_part(request, resource, chronicle, given, errors),
    )


def deadlines_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """The same for a program: what the one function computed, and each silence with its clause."""
    chronicle = read_chronicle(request.dbsession, resource.agreement, request.today)
    found = chronicle.deadlines()
    said = reminded_json(request, resource, chronicle, found)
    return {
        "deadlines": [
            d.to_json()
            | {"settled_by": request.say(d.settled_by) if d.settled_by else None}
            | said.get(d.reminder_key, {"reminders": [], "next_reminder": None})
            for d in found
        ],
        "silences": [
            {
                "kind": found.kind,
                "reason": request.say(found.sentence),
                "quote": found.rule.quote if found.rule else None,
                "house_rule": found.house_rule,
                "settled_by": request.say(found.settled_by) if found.settled_by else None,
            }
            for found in silences(chronicle.rules, chronicle.history)
        ],
        "yearly": yearly_json(request, resource, chronicle),
    }


def _met_by(request: Request, url: str, entry: int | None) -> Link | None:
    if entry is None:
        return None
    words = msg("entry ${number} of the trail", number=entry)
    return Link(f"{url}/trail?entry={entry}#e{entry}", request.say(words))
