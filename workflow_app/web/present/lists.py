"""The list of agreements and the list of parties, for people and for programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pyramid.request import Request

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services import norway, parties
from workflow_app.services.filters import WrongFilters, no_such, shortened, strange
from workflow_app.services.listing import Found, Key, Wanted, find, may_start, parties_seen
from workflow_app.services.overview.wanted import no_party
from workflow_app.services.parties_seen import keys_seen
from workflow_app.web.pagemodels import (
    AgreementRow,
    AgreementsPage,
    Choice,
    Link,
    Pager,
    PartiesPage,
    PartyRow,
)
from workflow_app.web.present.deadlines import stored_row
from workflow_app.web.present.layout import LANGUAGE_NAMES
from workflow_app.web.present.words import agreement_url, day, role_word, root_url, state_label


def wanted(request: Request) -> Wanted:
    """What the query of the address asks for. Raises ``WrongFilters`` for what is not understood."""
    given, asked = request.GET, shortened(request.GET)
    problems = strange(given.items(), ("q", "state", "party"), ("after", "before"))
    state, party = asked.get("state", ""), asked.get("party", "")
    if state and state not in (known := state_choices(request, request.definitions)):
        problems.setdefault("state", no_such("state", state, known))
    if party and not parties.is_key(request.dbsession, party):
        problems.setdefault("party", no_party(party))
    if problems:
        raise WrongFilters(problems)
    return Wanted(asked.get("q", ""), state, party)


def found(request: Request) -> Found:
    """The page of agreements the address asks for. Raises ``WrongFilters`` for a place there is not."""
    keys: dict[str, Key] = {}
    for name in ("after", "before"):
        if text := request.GET.get(name):
            try:
                keys[name] = Key.parse(text)
            except ValueError as error:
                raise WrongFilters(
                    {name: msg("This is no place in the list of agreements; begin at its first page.")}
                ) from error
    return find(
        request.dbsession, request.who, request.definitions, wanted(request),
        after=keys.get("after"), before=keys.get("before"),
    )  # fmt: skip


def agreements_page(request: Request) -> AgreementsPage:
    """The rows with their next deadline, the filter, and the ways back and on."""
    asked, rows = wanted(request), found(request)
    single = rows.before is None and rows.after is None
    return AgreementsPage(
        rows=tuple(agreement_row(request, a) for a in rows.rows),
        q=asked.words,
        states=tuple(
            Choice(code, label, chosen=code == asked.state)
            for code, label in state_choices(request, request.definitions).items()
        ),
        parties=tuple(
            Choice(p.key, p.name, chosen=p.key == asked.party)
            for p in parties_seen(request.dbsession, request.who)
        ),
        filtered=asked.filtered,
        pager=Pager(
            previous=_address(request, asked, "before", rows.before),
            next=_address(request, asked, "after", rows.after),
            total=len(rows.rows) if single and rows.rows else None,
        ),
        may_add=may_start(request.who, request.definitions),
    )


def agreements_json(request: Request) -> dict[str, Any]:
    """The same for a program."""
    asked, rows = wanted(request), found(request)
    return {
        "agreements": [agreement_summary(request, a) for a in rows.rows],
        "previous": _address(request, asked, "before", rows.before),
        "next": _address(request, asked, "after", rows.after),
    }


def agreement_summary(request: Request, agreement: Agreement) -> dict[str, Any]:
    """What a list tells of one agreement; the whole of it is at ``url``."""
    return {
        "id": agreement.id,
        "url": agreement_url(request, agreement.id),
        "title": agreement.title,
        "state": agreement.state,
        "version": agreement.version,
        "definition": {"id": agreement.definition_id, "version": agreement.definition_version},
        "parties": [
            {"key": p.party.key, "side": p.party.side, "name": p.party.name} for p in agreement.parties
        ],
        "signed_on": agreement.signing.written if agreement.signing else None,
        "effective_end": agreement.effective_end,
        "next_deadline": agreement.next_deadline,
    }


def agreement_row(request: Request, agreement: Agreement) -> AgreementRow:
    """One agreement in the list."""
    definition = request.definitions.by_digest(agreement.definition_digest)
    end = agreement.effective_end if agreement.signed_on else None
    return AgreementRow(
        link=Link(agreement_url(request, agreement.id), agreement.title),
        state=agreement.state,
        state_label=state_label(request, definition, agreement.state),
        parties=tuple(p.party.name for p in agreement.parties),
        signed=day(request, agreement.signing) if agreement.signing else None,
        ends=day(request, end) if end else None,
        next_deadline=stored_row(request, agreement, linked=False),
    )


def state_choices(request: Request, registry: Registry) -> dict[str, str]:
    """Every state by its code; where definitions call one differently, by all its names."""
    names: dict[str, dict[str, None]] = {}
    for definition in registry.definitions:
        for code, state in definition.states.items():
            names.setdefault(code, {})[request.say(Message(state.label))] = None
    return {code: " / ".join(labels) for code, labels in names.items()}


def _address(request: Request, asked: Wanted, name: str, key: Key | None) -> str | None:
    if key is None:
        return None
    query = {"q": asked.words, "state": asked.state, "party": asked.party, name: str(key)}
    return f"{request.path}?{urlencode({k: v for k, v in query.items() if v})}"


def parties_page(request: Request) -> PartiesPage:
    """The open parties, those that fit what was typed; the reader's own roles beside them."""
    q = _words(request)
    rows = [p for p in open_parties(request) if _fits(p, q)]
    seen = keys_seen(request.dbsession, request.who, request.definitions)
    return PartiesPage(
        municipal=tuple(_party_row(request, p, seen) for p in rows if p.side == parties.MUNICIPAL),
        police=tuple(_party_row(request, p, seen) for p in rows if p.side == parties.POLICE),
        q=q,
    )


def parties_json(request: Request) -> dict[str, Any]:
    """The same for a program, as the contract has them; a police unit's slug is its key."""
    q = _words(request)
    rows = [p for p in open_parties(request) if _fits(p, q)]
    return {
        "municipal": [
            {"key": p.key, "number": p.kommune_number, "name": p.name, "language": p.language}
            for p in rows
            if p.side == parties.MUNICIPAL
        ],
        "police": [
            {"key": p.key, "slug": p.key, "name": p.name, "district": p.district}
            for p in rows
            if p.side == parties.POLICE
        ],
    }


def _words(request: Request) -> str:
    """What was typed to find a party by. Raises ``WrongFilters`` for any other filter."""
    if problems := strange(request.GET.items(), ("q",)):
        raise WrongFilters(problems)
    return shortened(request.GET).get("q", "")


def open_parties(request: Request) -> list[Party]:
    """Those an agreement can be made with today."""
    return parties.list_parties(request.dbsession, today=request.today)


def _fits(party: Party, q: str) -> bool:
    folded = norway.fold(q)
    if not folded:
        return not q
    kommune = norway.kommune(party.kommune_number) if party.kommune_number else None
    names = [party.name, party.key, *(kommune.names if kommune else ())]
    return any(folded in norway.fold(name) for name in names)


def _party_row(request: Request, party: Party, seen: frozenset[str]) -> PartyRow:
    mine = [h for h in request.who.holdings if h.party == party.key]
    district = norway.district(party.district) if party.district else None
    href = f"{root_url(request)}/agreements?party={party.key}"
    language = LANGUAGE_NAMES.get(party.language, party.language)
    return PartyRow(
        key=party.key,
        name=party.name,
        number=party.kommune_number,
        district=district.name if district else party.district,
        language=language if party.side == parties.MUNICIPAL else None,
        roles=tuple(role_word(request, h.role, h.title) for h in mine),
        agreements=Link(href, request.say(msg("Agreements"))) if mine else None,
        href=f"{root_url(request)}/parties/{party.key}" if party.key in seen else None,
    )
