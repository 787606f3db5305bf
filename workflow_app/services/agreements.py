"""Drafts: making them from a file or a template, editing their text, linking successors.

Whoever makes a draft must hold a role that may edit it, for one of its parties;
the definition says which. Each saved text is a version with its hash, and the
uploaded file is kept byte for byte beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.definitions import Definition, Permission
from workflow_app.domain.engine import permitted
from workflow_app.domain.messages import msg
from workflow_app.domain.reading import Reading, read
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import Party
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed
from workflow_app.services.material import settle
from workflow_app.services.parties import is_open
from workflow_app.services.people_entries import CONSOLE
from workflow_app.services.texts import (
    LONGEST_TITLE,
    MAX_FILE,
    Source,
    TooLarge,
    add_text,
    clean_title,
    decode_source,
)
from workflow_app.services.waiting_since import refresh

__all__ = [
    "MAX_FILE",
    "Choose",
    "Source",
    "TooLarge",
    "create_draft",
    "expect_version",
    "parties_by_key",
    "successor_of",
]

MOST_PARTIES = 50
"""The most parties of a side."""


Choose = Callable[[Reading], Definition]
"""Picks the definition from what the text says, where nobody has chosen one."""


def parties_by_key(session: Session, keys: Sequence[str], side: str, field: str, today: date) -> list[Party]:
    """The parties named, in the order named.

    Raises ``FieldErrors`` where none is named, and on one that is unknown, ended or of the other side.
    """
    if not keys:
        raise FieldErrors({field: msg("Choose at least one party: an agreement binds both sides.")})
    if len(keys) > MOST_PARTIES:
        raise FieldErrors(
            {field: msg("An agreement has at most ${most} parties of a side.", most=MOST_PARTIES)}
        )
    found = {p.key: p for p in session.scalars(select(Party).where(Party.key.in_(keys)))}
    for key in keys:
        party = found.get(key)
        if party is None or party.side != side or not is_open(party, today):
            raise FieldErrors(
                {
                    field: msg(
                        "There is no party «${key}» to choose here; see the list of parties.", key=key[:60]
                    )
                }
            )
    return [found[key] for key in dict.fromkeys(keys)]


def create_draft(
    session: Session,
    source: Source,
    *,
    municipal: Sequence[str],
    police: Sequence[str],
    definition: Definition | Choose,
    who: Who | None,
    now: datetime,
    title: str | None = None,
    predecessor: Agreement | None = None,
    reading: Reading | None = None,
) -> Agreement:
    """Make a draft with its first text, reading and entry.

    ``definition`` is the one somebody chose, or a function that picks it from
    the reading. ``who`` None is the operator at the console, who takes in what
    others then work on. ``reading`` is that of the file's text, where it has
    been read already. Raises ``FieldErrors`` for a file that cannot be read or
    a party that is not there, and ``NotAllowed`` when ``who`` holds no role that
    may edit the draft.
    """
    text = decode_source(source)
    named = clean_title(title) if title else ""
    # Read before the database is asked anything: a long text takes its time, and a writer holds others up.
    reading = reading or read(text)
    if not isinstance(definition, Definition):
        definition = definition(reading)
    parties = [
        *parties_by_key(session, municipal, "municipal", "municipal", now.date()),
        *parties_by_key(session, police, "police", "police", now.date()),
    ]
    keys = frozenset(p.key for p in parties)
    if who is not None and Permission.EDIT not in permitted(
        definition, definition.initial, who.roles_for(keys)
    ):
        raise NotAllowed(
            "not_your_party",
            msg("Only an SLT coordinator or a politikontakt of one of the parties can start an agreement."),
        )
    agreement = Agreement(
        title=named or (reading.title or _default_title(parties))[:LONGEST_TITLE],
        language=parties[0].language,
        definition_id=definition.id,
        definition_version=definition.version,
        definition_digest=definition.digest,
        _state=definition.initial,
        predecessor_id=predecessor.id if predecessor else None,
        created_at=now,
        moved_at=now,
        parties=[AgreementParty(party=p, position=n) for n, p in enumerate(parties)],
    )
    session.add(agreement)
    session.flush()
    version = add_text(session, agreement, text, reading, source, who, now)
    settle(session, agreement)
    refresh(session, agreement, definition)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="created",
        now=now,
        actor=who.entry(_editing_holding(definition, who, keys)) if who else None,
        to_state=agreement.state,
        definition=definition.digest,
        agreement=agreement.digest,
        data={
            "parties": sorted(keys),
            "text": version.number,
            "text_sha256": version.sha256,
            "origin": source.origin,
            **({"predecessor": predecessor.id} if predecessor else {}),
            **({} if who else {"by": CONSOLE}),
        },
        private={"title": agreement.title},
    )
    return agreement


def _editing_holding(definition: Definition, who: Who, keys: frozenset[str]) -> Holding | None:
    for holding in who.holdings:
        if holding.party in keys and Permission.EDIT in permitted(
            definition, definition.initial, frozenset({holding.role})
        ):
            return holding
    return None


def _default_title(parties: Sequence[Party]) -> str:
    return "Politirådsavtale – " + ", ".join(p.name for p in parties)


def expect_version(agreement: Agreement, version: int | None) -> None:
    """Raise ``Conflict`` when the client acted on another version than the one that stands."""
    if version is not None and version != agreement.version:
        raise Conflict(
            "stale_version",
            msg(
                "The agreement has changed since you opened it (you saw version ${seen}, it is now "
                "version ${now}). Nothing was saved; look at the page again and repeat what you wanted.",
                seen=version,
                now=agreement.version,
            ),
        )


def successor_of(session: Session, agreement: Agreement) -> Agreement | None:
    """The newest agreement made by revising this one, if any."""
    return session.scalars(
        select(Agreement)
        .where(Agreement.predecessor_id == agreement.id)
        .order_by(Agreement.created_at.desc())
    ).first()
