"""Emptying the outbox over a real server: nothing lost, nothing twice, whatever goes wrong on the way."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.unit.services.mail.conftest import Office
from workflow_app.models.database import make_session_factory
from workflow_app.models.mail import SENT, WAITING, Mail
from workflow_app.models.people import Person
from workflow_app.services.mail import claiming, kinds
from workflow_app.services.mail.sending import drain
from workflow_app.services.mail.settings import MailSettings


def test_a_mail_is_sent_once(office: Office) -> None:
    ident = office.mail(office.person())
    assert office.drain().sent == 1
    assert office.drain().sent == 0
    assert len(office.server.messages) == 1
    row = office.row(ident)
    assert (row.status, row.attempts, row.done_at, row.answer) == ("sent", 1, office.now, None)


def test_half_of_a_thousand_refused_and_nothing_lost(office: Office) -> None:
    emails = [f"p{n}@kommune.example" for n in range(1000)]
    for person in office.crowd(list(emails)):
        office.mail(person)
    office.server.refuse(emails[::2])
    done = office.drain()
    assert (done.sent, done.refused, done.trouble) == (500, 500, None)
    assert sorted(m.recipients[0] for m in office.server.messages) == sorted(emails[1::2])
    assert office.counts() == {"sent": 500, "refused": 500}
    office.server.accept()
    with Session(office.engine) as session, session.begin():
        stopped = [m.id for m in session.query(Mail).where(Mail.status == "refused")]
        assert claiming.send_again(session, stopped, office.now) == 500
    assert office.drain().sent == 500
    assert sorted(m.recipients[0] for m in office.server.messages) == sorted(emails)


def test_what_is_refused_for_good_is_shown_without_an_address(office: Office) -> None:
    ident = office.mail(office.person("ola@kommune.example"))
    office.server.refuse(["ola@kommune.example"], 550, "5.1.1 unknown")
    office.drain()
    row = office.row(ident)
    assert (row.status, row.code) == ("refused", 550)
    assert row.answer is not None
    assert "5.1.1 unknown" in row.answer
    assert "@" not in row.answer
    office.later(days=30)
    assert office.drain().sent == 0
    assert office.server.attempts["ola@kommune.example"] == 1


def test_what_is_refused_for_now_is_tried_later_and_later(office: Office) -> None:
    ident, other = office.mail(office.person("full@kommune.example")), office.mail(office.person())
    office.server.refuse(["full@kommune.example"], 452, "4.2.2 mailbox full")
    waits = []
    for _ in range(9):
        before = office.now
        office.drain()
        row = office.row(ident)
        assert (row.status, row.code) == ("waiting", 452)
        waits.append((row.due_at - before) // timedelta(minutes=1))
        office.now = row.due_at
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert office.row(other).status == "sent"
    office.server.accept()
    assert office.drain().sent == 1


def test_after_some_five_days_it_is_given_up(office: Office) -> None:
    ident, begun = office.mail(office.person("full@kommune.example")), office.now
    office.server.refuse(["full@kommune.example"], 451)
    while office.row(ident).status == "waiting":
        office.now = office.row(ident).due_at
        office.drain()
    assert office.row(ident).status == "refused"
    assert timedelta(days=4) < office.now - begun < timedelta(days=6)


def test_a_server_that_is_away_loses_nothing(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    idents = [office.mail(person) for person in office.crowd([f"p{n}@kommune.example" for n in range(5)])]
    office.server.stop()
    for _ in range(40):
        done = office.drain()
        assert (done.sent, done.later, done.refused) == (0, 0, 0)
        assert "could not be reached" in (done.trouble or "")
        office.later(minutes=5)
    assert [office.row(i).attempts for i in idents] == [0] * 5, "its absence is no attempt"
    office.server.start()
    assert office.drain().sent == 5
    assert len(office.server.messages) == 5


def test_one_recipient_the_server_breaks_off_over_does_not_keep_the_others(office: Office) -> None:
    people = office.crowd([f"p{n}@kommune.example" for n in range(4)])
    first, *rest = [office.mail(person) for person in people]
    office.server.refuse(["p0@kommune.example"], 421, "Lookup failed, closing")
    assert office.drain().trouble
    assert office.server.messages == []
    office.later(minutes=5)
    done = office.drain()
    assert (done.sent, bool(done.trouble)) == (3, True)
    assert [office.row(i).status for i in rest] == [SENT] * 3
    assert (office.row(first).status, office.row(first).attempts) == (WAITING, 0)
    office.server.accept()
    office.later(minutes=5)
    assert office.drain().sent == 1


def test_a_connection_lost_after_the_message_leaves_it_uncertain(office: Office) -> None:
    idents = [office.mail(person) for person in office.crowd([f"p{n}@kommune.example" for n in range(4)])]
    office.server.hang_up_after = 1
    done = office.drain()
    assert (done.sent, done.uncertain) == (3, 1)
    assert [office.row(i).status for i in idents] == ["sent", "uncertain", "sent", "sent"]
    office.later(days=7)
    assert office.drain().sent == 0, "nobody sends it again by himself"
    assert len(office.server.messages) == 4


def test_a_dead_sender_is_found_out_after_a_while(office: Office) -> None:
    ident = office.mail(office.person())
    sessions = make_session_factory(office.engine)
    held = claiming.claim(sessions, ident, office.now)
    assert held is not None
    assert claiming.claim(sessions, ident, office.now) is None
    assert office.drain().uncertain == 0, "it may still be at it"
    office.later(minutes=16)
    assert office.drain().uncertain == 1
    assert office.row(ident).status == "uncertain"
    # It was only slow: what it has to say is the truth.
    claiming.sent(sessions, held, office.now)
    assert office.row(ident).status == "sent"


def test_a_claim_from_a_clock_that_jumped_is_found_out_too(office: Office) -> None:
    ident = office.mail(office.person())
    office.later(days=3)
    assert claiming.claim(make_session_factory(office.engine), ident, office.now) is not None
    office.later(days=-3)
    assert office.drain().uncertain == 1


def test_who_has_no_address_or_a_wrong_one_is_shown_and_stops_nobody(office: Office) -> None:
    none = office.mail(office.person(None))
    wrong = office.mail(office.person("ola nordmann@kommune.example"))
    other = office.mail(office.person())
    done = office.drain()
    assert (done.sent, done.refused) == (1, 2)
    assert office.row(none).answer == "The person has no e-mail address."
    assert "before the @" in (office.row(wrong).answer or "")
    assert office.row(other).status == "sent"


def test_who_has_left_gets_nothing(office: Office) -> None:
    person = office.person()
    ident = office.mail(person)
    with Session(office.engine) as session, session.begin():
        session.execute(update(Person).where(Person.id == person).values(active=False))
    assert office.drain().dropped == 1
    assert office.row(ident).answer == "the account is closed"


def test_what_nobody_could_be_told_for_a_month_is_no_news(office: Office) -> None:
    ident = office.mail(office.person())
    office.later(days=31)
    assert office.drain().dropped == 1
    assert office.row(ident).status == "dropped"


def test_a_kind_that_stumbles_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(kinds.KINDS, "broken", "tests.unit.services.mail.test_sending:broken")
    ident, other = office.mail(office.person(), kind="broken"), office.mail(office.person())
    unknown = office.mail(office.person(), kind="of tomorrow")
    done = office.drain()
    assert (done.sent, done.later) == (1, 2)
    assert office.row(other).status == "sent"
    assert office.row(ident).status == office.row(unknown).status == "waiting"
    assert "kari@kommune.example" not in caplog.text
    assert f"mail {ident} could not be written" in caplog.text


def broken(*_: object) -> None:
    """A writer with a defect."""
    raise KeyError("kari@kommune.example is not here")


def test_without_a_mail_server_nothing_is_sent_and_nothing_fails(office: Office) -> None:
    ident = office.mail(office.person())
    done = drain(office.engine, MailSettings(), lambda: office.now)
    assert "no mail server is set" in (done.trouble or "")
    assert office.row(ident).status == "waiting"


def test_it_stops_between_two_mails_when_told_to(office: Office) -> None:
    for person in office.crowd(["a@kommune.example", "b@kommune.example"]):
        office.mail(person)
    assert office.drain(stopping=lambda: len(office.server.messages) == 1).sent == 1
    assert office.counts() == {"sent": 1, "waiting": 1}


def test_nothing_that_is_logged_names_anybody(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="workflow_app")
    office.server.refuse(["hemmelig@kommune.example"])
    office.mail(office.person("hemmelig@kommune.example"))
    office.mail(office.person("aapen@kommune.example"))
    office.drain()
    office.server.stop()
    office.mail(office.person("borte@kommune.example"))
    office.drain()
    assert "mail waits" in caplog.text
    assert "@" not in caplog.text
    assert "Person 0" not in caplog.text


def test_what_became_of_a_mail_is_kept_though_the_database_was_held_long(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ident = office.mail(office.person())
    rows, busy = claiming._rows, iter([True, True, False])

    def held(session: Session, statement: object) -> int:
        settling = "claimed_at = " in str(statement).partition("WHERE")[2]
        if settling and next(busy, False):
            raise OperationalError("UPDATE", None, Exception("database is locked"))
        return rows(session, statement)

    office.drain()
    second = office.mail(office.person())
    monkeypatch.setattr(claiming, "_rows", held)
    office.drain()
    assert office.row(ident).status == office.row(second).status == "sent"
    assert len(office.server.messages) == 2
