"""People who sign in: added, mended, given a password, ended; never deleted.

Their entries stand in the installation's chain and hold the opaque key alone in
clear; name, user name and address are commitments. A password, or anything made
from one, is in no entry. ``actor`` None means the operator at the console.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.people import Person
from workflow_app.services import norway, passwords, people_fields, sessions, tokens
from workflow_app.services.errors import Conflict, NotThere
from workflow_app.services.people_entries import enter
from workflow_app.services.people_holdings import administers, holders, holdings
from workflow_app.services.trail import EntryActor

__all__ = [
    "add_person",
    "administers",
    "change_person",
    "end_person",
    "find",
    "holders",
    "holdings",
    "list_people",
    "set_operator",
    "set_password",
]


def add_person(
    session: Session,
    *,
    username: str,
    name: str,
    email: str | None = None,
    language: str | None = None,
    password: str | None = None,
    operator: bool = False,
    actor: EntryActor | None = None,
    now: datetime,
    hashing: passwords.Passwords = passwords.STANDARD,
) -> Person:
    """Add somebody; without a ``password`` nobody can sign in as them until one is set.

    Raises ``ServiceError`` for a field that is wrong and ``Conflict``
    (``username_taken``), also where an ended person has the user name: in the
    trail a user name means one human being.
    """
    wanted = people_fields.username(username)
    named = people_fields.text(name, msg("The name"))
    address = people_fields.email(email)
    people_fields.language(language)
    if password is not None:
        passwords.check(password, username=wanted, name=named)
    if session.scalars(select(Person).where(Person.username == wanted)).one_or_none() is not None:
        raise Conflict(
            "username_taken",
            msg("The user name «${username}» is taken; choose another.", username=wanted),
        )
    person = Person(username=wanted, name=named, email=address, language=language, is_operator=operator)
    person.active, person.created_at = True, now
    person.password_hash = None if password is None else hashing.hash(password)
    session.add(person)
    session.flush()
    enter(
        session,
        None,
        "person_added",
        data={"person": person.id, "operator": operator},
        private={"username": wanted, "name": named, "email": address},
        actor=actor,
        now=now,
    )
    return person


def change_person(
    session: Session,
    person: Person,
    *,
    name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    actor: EntryActor | None = None,
    now: datetime,
) -> tuple[str, ...]:
    """Mend what people write to somebody by: the name, the address, the language; None leaves it.

    An ``email`` of no characters takes the address away. Mail that waits goes to the new
    address; what the old one refused does not go again by itself.

    Returns what is another now than it was, in the order above; nothing is entered where
    that is nothing. Raises ``ServiceError`` for a field that is wrong, and ``Conflict``
    (``person_ended``).
    """
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    wanted: dict[str, str | None] = {}
    if name is not None:
        wanted["name"] = people_fields.text(name, msg("The name"))
    if email is not None:
        wanted["email"] = people_fields.email(email)
    if language is not None:
        wanted["language"] = people_fields.language(language)
    changed = {field: value for field, value in wanted.items() if value != getattr(person, field)}
    for field, value in changed.items():
        setattr(person, field, value)
    if changed:
        enter(
            session,
            None,
            "person_changed",
            data={"person": person.id, "changed": list(changed)},
            private={field: value for field, value in changed.items() if field != "language"},
            actor=actor,
            now=now,
        )
    return tuple(changed)


def end_person(session: Session, person: Person, *, actor: EntryActor | None = None, now: datetime) -> Person:
    """Close the account at once: every session and token with it. What was done stays."""
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    person.active = False
    # Who returns is given a new password; an old hash is only something to steal.
    person.password_hash = None
    sessions.revoke_all(session, person.id, now)
    tokens.end_all(session, person.id, now)
    enter(session, None, "person_ended", data={"person": person.id}, actor=actor, now=now)
    return person


def set_password(
    session: Session,
    person: Person,
    password: str,
    *,
    keep: sessions.Current | None = None,
    actor: EntryActor | None = None,
    now: datetime,
    hashing: passwords.Passwords = passwords.STANDARD,
) -> None:
    """Give a new password and end every session but ``keep``; tokens stay as they are."""
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    passwords.check(password, username=person.username, name=person.name)
    person.password_hash = hashing.hash(password)
    sessions.revoke_all(session, person.id, now, but=keep)
    enter(session, None, "password_set", data={"person": person.id}, actor=actor, now=now)


def set_operator(
    session: Session, person: Person, operator: bool, *, actor: EntryActor | None = None, now: datetime
) -> None:
    """Make somebody an operator of the installation, or no longer one. No workflow rights come with it."""
    if person.is_operator != operator:
        person.is_operator = operator
        enter(
            session,
            None,
            "operator_given" if operator else "operator_ended",
            data={"person": person.id},
            actor=actor,
            now=now,
        )


def list_people(session: Session, *, ended: bool = False) -> list[Person]:
    """Everybody, in Norwegian alphabetical order; ``ended`` adds those who have left."""
    wanted = select(Person) if ended else select(Person).where(Person.active)
    return sorted(session.scalars(wanted), key=lambda p: (norway.sort_key(p.name), p.username))


def find(session: Session, username: str) -> Person:
    """The person with this user name; ``NotThere`` (``unknown_person``) suggests near names."""
    wanted = people_fields.username_or_none(username)
    if wanted is not None:
        person = session.scalars(select(Person).where(Person.username == wanted)).one_or_none()
        if person is not None:
            return person
    close = norway.near(username, session.scalars(select(Person.username)))
    if close:
        raise NotThere(
            "unknown_person",
            msg(
                "There is nobody with the user name «${username}». Did you mean ${near}?",
                username=username,
                near=people_fields.listed(close),
            ),
        )
    raise NotThere(
        "unknown_person",
        msg("There is nobody with the user name «${username}»; add the person first.", username=username),
    )
