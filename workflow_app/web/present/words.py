"""The small words of every page: days, times, roles, parties, states, whom it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.case import Holding, Slot
from workflow_app.domain.dates import Interval, render
from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import ROLES
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party, Person
from workflow_app.services.people_holdings import Holder
from workflow_app.web.pagemodels import AgreementHead, Capacity, Moment, Waiting

OSLO = ZoneInfo("Europe/Oslo")


def day(request: Request, value: date | Interval) -> Moment:
    """A day or an interval of days, as read and as ISO 8601 (an interval by its last day)."""
    last = value.latest if isinstance(value, Interval) else value
    return Moment(last.isoformat(), render(value, request.locale_name))


def moment(request: Request, value: datetime) -> Moment:
    """An instant with time and zone, in Norwegian time: "3. desember 2018 kl. 14.05 CET"."""
    local = value.astimezone(OSLO)
    clock = local.strftime("%H.%M") if request.locale_name != "en" else local.strftime("%H:%M")
    text = msg(
        "${day} at ${clock} ${zone}",
        day=render(local.date(), request.locale_name),
        clock=clock,
        zone=local.tzname() or "",
    )
    return Moment(local.isoformat(timespec="seconds"), request.say(text))


def moment_day(value: datetime) -> date:
    """The Norwegian day of an instant."""
    return value.astimezone(OSLO).date()


def role_word(request: Request, role: str, title: str | None = None) -> str:
    """The local title where there is one, else the role's name."""
    return title or request.say(ROLES.get(role, Message(role)))


def roles_word(request: Request, roles: tuple[str, ...]) -> str:
    """ "SLT coordinator or council secretary"."""
    words = [role_word(request, role) for role in roles]
    return (
        words[0]
        if len(words) == 1
        else request.say(msg("${first} or ${last}", first=", ".join(words[:-1]), last=words[-1]))
    )


def capacity(request: Request, holding: Holding) -> Capacity:
    """In what role, for which party, for whom if acting."""
    return Capacity(
        role=role_word(request, holding.role, holding.title),
        party=party_names(request).get(holding.party, holding.party),
        acting_for=person_name(request, holding.acting_for) if holding.acting_for else None,
    )


def party_names(request: Request) -> Mapping[str, str]:
    """The names of the parties the reader acts for, read once per request."""
    known: dict[str, str] | None = getattr(request, "known_parties", None)
    if known is None:
        keys = sorted({h.party for h in request.who.holdings}) if request.who else []
        rows = request.reading.execute(select(Party.key, Party.name).where(Party.key.in_(keys)))
        known = {row.key: row.name for row in rows}
        request.known_parties = known
    return known


def person_name(request: Request, person_id: str) -> str:
    """A person's name, or that it has been erased."""
    known: dict[str, str] = getattr(request, "known_people", None) or {}
    if person_id not in known:
        found = request.reading.get(Person, person_id)
        known[person_id] = named(request, found.name if found else None)
        request.known_people = known
    return known[person_id]


def named(request: Request, name: str | None) -> str:
    """A name as it stands in a row, or that it has been erased: then nothing stands there."""
    return name or str(request.say(msg("(erased)")))


def know_people(request: Request, person_ids: Iterable[str | None]) -> None:
    """Read the names of many people at once, before a page says them one by one."""
    known: dict[str, str] = getattr(request, "known_people", None) or {}
    missing = sorted({p for p in person_ids if p is not None} - known.keys())
    for start in range(0, len(missing), 500):
        some = missing[start : start + 500]
        rows = request.reading.execute(select(Person.id, Person.name).where(Person.id.in_(some)))
        known |= {row[0]: named(request, row[1]) for row in rows}
    request.known_people = known


def party_name(agreement: Agreement, key: str) -> str:
    """The name of one of the agreement's own parties."""
    return next((p.party.name for p in agreement.parties if p.party.key == key), key)


def state_label(request: Request, definition: Definition, state: str) -> str:
    """The state's name in the reader's language."""
    return str(request.say(Message(definition.states[state].label)))


def file_size(request: Request, size: int) -> str:
    """A number of bytes as it is read: "812 B", "4,2 kB", "1,2 MB" (decimal units, SI)."""
    if size < 1000:
        return f"{size} B"
    number, unit = (size / 1e6, "MB") if size >= 999_950 else (size / 1e3, "kB")
    text = f"{number:.1f}"
    return f"{text if request.locale_name == 'en' else text.replace('.', ',')} {unit}"


def root_url(request: Request) -> str:
    """Where the application is mounted, without a slash at the end: "" at the root of its host."""
    return str(request.script_name).rstrip("/")


def agreement_url(request: Request, ident: str) -> str:
    """The agreement's own address, without a slash at the end."""
    return f"{root_url(request)}/agreements/{ident}"


def head(request: Request, agreement: Agreement, definition: Definition) -> AgreementHead:
    """What every page of one agreement begins with."""
    return AgreementHead(
        id=agreement.id,
        title=agreement.title,
        url=agreement_url(request, agreement.id),
        state=agreement.state,
        state_label=state_label(request, definition, agreement.state),
        version=agreement.version,
        parties=tuple(p.party.name for p in agreement.parties),
        language=agreement.language,
    )


def waiting(request: Request, agreement: Agreement, slot: Slot, holders: tuple[Holder, ...] = ()) -> Waiting:
    """A place somebody must fill, with the names of those who hold it today."""
    names = {p.party.key: p.party.name for p in agreement.parties}
    fitting = [h for h in holders if h.party == slot.party and h.role in slot.roles]
    # A local title serves where all who hold the role share it.
    titles = {h.title for h in fitting} if len(slot.roles) == 1 else set()
    title = titles.pop() if len(titles) == 1 else None
    mine = {(h.party, h.role) for h in request.who.holdings} if request.who else set()
    return Waiting(
        role=title or roles_word(request, slot.roles),
        party=names.get(slot.party, slot.party),
        names=tuple(dict.fromkeys(h.name for h in fitting)),
        you=any((slot.party, role) in mine for role in slot.roles),
    )
