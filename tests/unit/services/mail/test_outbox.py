"""One row per key for ever, in the transaction of whoever asks."""

from __future__ import annotations

import threading

from sqlalchemy.orm import Session

from tests.unit.services.mail.conftest import NOON, Office
from workflow_app.models.mail import WAITING
from workflow_app.services.mail import outbox


def test_a_row_waits_with_what_it_was_given(office: Office) -> None:
    ident = office.mail(office.person(), "a", data={"entry": 7})
    row = office.row(ident)
    assert (row.key, row.kind, row.data, row.status, row.attempts) == ("a", "trial", {"entry": 7}, WAITING, 0)
    assert row.made_at == row.due_at == NOON
    assert len(row.token) == 32


def test_the_second_with_a_key_is_none_whatever_became_of_the_first(office: Office) -> None:
    person = office.person()
    office.mail(person, "once")
    office.drain()
    with Session(office.engine) as session, session.begin():
        again = outbox.enqueue(session, kind="trial", key="once", person_id=person, now=NOON)
    assert again is None
    assert office.counts() == {"sent": 1}


def test_what_is_rolled_back_was_never_there(office: Office) -> None:
    person = office.person()
    with Session(office.engine) as session:
        assert outbox.enqueue(session, kind="trial", key="k", person_id=person, now=NOON) is not None
        session.rollback()
    assert office.counts() == {}
    assert office.mail(person, "k")


def test_of_many_who_ask_at_once_one_is_heard(office: Office) -> None:
    person, made = office.person(), []
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        with Session(office.engine) as session, session.begin():
            made.append(outbox.enqueue(session, kind="trial", key="k", person_id=person, now=NOON))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([m for m in made if m is not None]) == 1
    assert office.counts() == {"waiting": 1}


def test_it_is_kept_back_until_its_time(office: Office) -> None:
    office.mail(office.person(), not_before=NOON.replace(hour=15))
    assert office.drain().sent == 0
    office.later(hours=3)
    assert office.drain().sent == 1
