"""The letters of the later life of an agreement: the kommunestyre, evaluations, corrections, endings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.functional.conftest import CHEAP, PASSWORD, TEXT
from tests.functional.postal import Postal, postal_site
from tests.support.smtp import Received, SmtpServer
from workflow_app.models.database import make_session_factory
from workflow_app.models.mail import Notice
from workflow_app.models.people import Party, Person, RoleAssignment
from workflow_app.models.trail import TrailClear
from workflow_app.services import people, people_acting, people_roles
from workflow_app.services.daily.tick import tick_all
from workflow_app.services.definitions import workflow_definitions

BOTH = {"slt.moss", "politikontakt.moss"}


@pytest.fixture
def postal(tmp_path: Path) -> Iterator[Postal]:
    """A site and its mail server."""
    with SmtpServer() as server, postal_site(tmp_path, server) as made:
        yield made


def text(mail: Received) -> str:
    """The text on single-character line ends."""
    return mail.text.replace("\r\n", "\n")


def party(db: Session, postal: Postal, name: str) -> Party:
    return db.scalars(select(Party).where(Party.key == postal.site.party[name])).one()


# --- the kommunestyre --------------------------------------------------------


def test_a_finished_paper_is_told_to_those_who_bring_it_to_the_meeting(postal: Postal) -> None:
    ident = postal.signed()
    slt = postal.program("slt")
    slt.post(
        f"/agreements/{ident}/matters",
        {"action": "prepare", "case_number": "RS 1/25", "committee": "Kommunestyret", "archive_case": "25/1",
         "meeting_date": "2025-05-05", "case_officer": "Saksbehandler"},
    )  # fmt: skip
    assert postal.came() == {}
    slt.post(f"/agreements/{ident}/matters", {"action": "freeze", "matter": 1})
    came = postal.came()
    assert set(came) == {"sekretaer.moss"}
    assert f"/agreements/{ident}/matters\n" in text(came["sekretaer.moss"])


def test_what_the_kommunestyre_did_is_told_to_both_coordinators(postal: Postal) -> None:
    ident = postal.signed()
    sekretaer = postal.program("sekretaer")
    meeting = {"meeting_date": "2025-03-10", "case_number": "RS 1/25", "archive_case": "25/1"}
    sekretaer.do(ident, "report", outcome="postponed", **meeting)
    assert set(postal.came()) == BOTH
    sekretaer.do(ident, "report", outcome="sent_back", reason="Mål mangler.", **meeting)
    came = postal.came()
    assert set(came) == {*BOTH, "ordforer.moss", "stasjonssjef.moss"}, "all who had approved"
    assert all("> Mål mangler." in text(m) for m in came.values())
    sekretaer.do(ident, "report", outcome="noted", decision="Tatt til orientering.", **meeting)
    came = postal.came()
    assert set(came) == BOTH
    assert "> Tatt til orientering." in text(came["politikontakt.moss"])


def test_sent_back_before_it_is_signed_it_is_a_draft_and_all_who_agreed_hear_why(postal: Postal) -> None:
    adopted = TEXT.replace("legges frem for kommunestyret som referatsak", "vedtas av kommunestyret")
    ident = postal.agreed(text=adopted, definition="politiradsavtale_vedtak")
    postal.program("sekretaer").do(
        ident, "adopt", outcome="sent_back", meeting_date="2025-03-10", case_number="PS 4/25",
        reason="Mål mangler.",
    )  # fmt: skip
    came = postal.came()
    assert set(came) == BOTH
    for mail in came.values():
        assert "> Mål mangler." in text(mail)
        assert "Sekretaer Moss" in text(mail)


# --- evaluations and what follows from them ----------------------------------


def evaluated(postal: Postal, ident: str, outcome: str) -> None:
    """Begun by the police, written by the kommune, and told."""
    told = postal.program("politikontakt").do(ident, "begin_evaluation", year=2025)
    came = postal.came()
    assert set(came) == {"slt.moss"}
    assert f"/agreements/{ident}/evaluation\n" in text(came["slt.moss"])
    assert "> Ved årets slutt skal politirådet evaluere tiltakene skriftlig." in text(came["slt.moss"])
    postal.program("slt").post(
        f"/agreements/{ident}/evaluation",
        {"version": told["version"], "year": 2025, "body": "Gjennomgått.", "learning_points": "Oftere.",
         "outcome": outcome},
    )  # fmt: skip
    assert postal.came() == {}, "written is not approved"


def test_an_evaluation_goes_from_hand_to_hand(postal: Postal) -> None:
    ident = postal.signed()
    evaluated(postal, ident, "reviewed_unchanged")
    postal.program("slt").do(ident, "continue")
    came = postal.came()
    assert set(came) == {"politikontakt.moss"}
    assert f"/agreements/{ident}/transitions/continue" in text(came["politikontakt.moss"])
    postal.program("politikontakt").do(ident, "continue")
    came = postal.came()
    # It waits for the kommunestyre again, as it did before; the secretary has been asked.
    assert set(came) >= {"slt.moss"}
    assert "2025" in text(came["slt.moss"])


def test_an_evaluation_changed_after_the_approval_is_approved_anew(postal: Postal) -> None:
    ident = postal.signed()
    evaluated(postal, ident, "continues")
    slt = postal.program("slt")
    slt.do(ident, "continue")
    postal.came()
    told = postal.program("politikontakt").get(f"/agreements/{ident}")
    postal.program("politikontakt").post(
        f"/agreements/{ident}/evaluation",
        {"version": told["version"], "year": 2025, "body": "Gjennomgått på nytt.", "learning_points": "",
         "outcome": "continues"},
    )  # fmt: skip
    came = postal.came()
    assert set(came) == {"slt.moss"}
    assert "/evaluation" not in text(came["slt.moss"])
    assert f"/agreements/{ident}/transitions/continue" in text(came["slt.moss"]), "it fell, and is asked for"
    postal.program("politikontakt").do(ident, "continue")
    assert postal.came() == {}, "she has been asked"


def test_to_be_revised_is_told_to_those_who_work_with_it_and_those_who_sign(postal: Postal) -> None:
    ident = postal.signed()
    postal.program("ordforer").do(ident, "revise_on_request", reason="Nye mål.")
    came = postal.came()
    assert set(came) == {*BOTH, "stasjonssjef.moss"}
    listed = postal.program("slt").get("/agreements")["agreements"]
    draft = next(a["id"] for a in listed if a["state"] == "draft")
    for mail in came.values():
        assert "> Nye mål." in text(mail)
        assert f"/agreements/{draft}\n" in text(mail), "the page to look at is the new draft's"


def test_a_successor_withdrawn_the_agreement_stands_again(postal: Postal) -> None:
    ident = postal.signed()
    postal.program("ordforer").do(ident, "revise_on_request", reason="Nye mål.")
    postal.came()
    listed = postal.program("slt").get("/agreements")["agreements"]
    draft = next(a["id"] for a in listed if a["state"] == "draft")
    postal.program("slt").do(draft, "withdraw", reason="Ikke likevel.")
    assert set(postal.came()) == {"politikontakt.moss"}, "who withdrew it knows"
    tick(postal)
    came = postal.came()
    assert set(came) >= BOTH
    assert ident in text(came["slt.moss"])


def tick(postal: Postal) -> None:
    """The night's work on the site's day."""
    sessions = make_session_factory(postal.site.app.registry["engine"])
    tick_all(sessions, postal.at(1), postal.site.now, registry=workflow_definitions())


# --- beside the usual way ----------------------------------------------------


def test_registered_from_paper_by_one_it_waits_for_the_other(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("slt").do(ident, "register", signed_on="2025-01-15")
    came = postal.came()
    assert set(came) == {"politikontakt.moss"}
    assert "/transitions/register" in text(came["politikontakt.moss"])
    postal.program("politikontakt").do(ident, "register", signed_on="2025-01-15")
    came = postal.came()
    assert set(came) == {"slt.moss", "sekretaer.moss"}
    assert "15. januar 2025" in text(came["slt.moss"])
    assert "/transitions/report" in text(came["slt.moss"]), "news and the next task in one letter"


def test_a_correction_proposed_waits_for_the_others_and_is_asked_for_once(postal: Postal) -> None:
    ident = postal.signed()
    slt = postal.program("slt")
    told = slt.get(f"/agreements/{ident}/rules")
    index = next(r["index"] for r in told["rules"] if r["kind"] == "revision")
    slt.post(
        f"/agreements/{ident}/rules",
        {"version": told["version"], "corrections": [{"index": index, "rule": {"months": 24}}]},
    )
    came = postal.came()
    assert set(came) == {"politikontakt.moss"}
    assert "/transitions/correct_rules" in text(came["politikontakt.moss"])
    slt.do(ident, "correct_rules")
    assert "politikontakt.moss" not in postal.came(), "he has been asked"
    postal.program("politikontakt").do(ident, "correct_rules")
    assert "slt.moss" in postal.came()


def test_extended_by_both_is_told_to_the_coordinators(postal: Postal) -> None:
    ident = postal.signed()
    postal.program("ordforer").do(ident, "extend", effective_date="2028-12-31", basis="agreement")
    assert set(postal.came()) == {"stasjonssjef.moss"}
    postal.program("stasjonssjef").do(ident, "extend", effective_date="2028-12-31", basis="agreement")
    came = postal.came()
    assert set(came) == {*BOTH, "ordforer.moss"}
    assert "31. desember 2028" in text(came["slt.moss"])


# --- endings -----------------------------------------------------------------


def test_withdrawn_all_who_had_approved_and_the_other_coordinator_hear(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "sign", password=PASSWORD)
    postal.program("politikontakt").do(ident, "withdraw", reason="Ny avtale er på vei.")
    came = postal.came()
    assert set(came) == {"slt.moss", "ordforer.moss"}
    assert all("> Ny avtale er på vei." in text(m) for m in came.values())


def test_run_out_all_parties_hear_with_the_clause(postal: Postal) -> None:
    postal.signed()
    postal.site.today = date(2028, 1, 1)
    tick(postal)
    came = postal.came()
    assert set(came) == {*BOTH, "ordforer.moss", "stasjonssjef.moss"}
    assert all("> Avtalen gjelder i perioden 2025-2027." in text(m) for m in came.values())


# --- people ------------------------------------------------------------------


def test_acting_holders_are_told_as_well_and_why(postal: Postal) -> None:
    site = postal.site
    with site.session() as db, db.begin():
        vara = people.add_person(
            db, username="vara.moss", name="Vara Moss", password=PASSWORD, now=site.now, hashing=CHEAP,
            email="vara.moss@kommune.example",
        )  # fmt: skip
        people_acting.add_acting(
            db, vara, for_person=people.find(db, "ordforer.moss"), party=party(db, postal, "moss"),
            role="mayor", title="Varaordfører", from_date=date(2025, 3, 1), to_date=date(2025, 3, 31),
            now=site.now,
        )  # fmt: skip
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    postal.program("politikontakt").do(ident, "agree")
    came = postal.came()
    assert {"vara.moss", "ordforer.moss"} <= set(came)
    assert "Varaordfører" in text(came["vara.moss"])


def test_one_with_several_roles_gets_one_letter(postal: Postal) -> None:
    with postal.site.session() as db, db.begin():
        people_roles.give_role(
            db, people.find(db, "slt.moss"), party(db, postal, "moss"), "council_secretary",
            from_date=date(2015, 1, 1), now=postal.site.now,
        )  # fmt: skip
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "sign", password=PASSWORD)
    postal.program("stasjonssjef").do(ident, "sign", password=PASSWORD)
    assert set(postal.came()) == {*BOTH, "ordforer.moss", "sekretaer.moss"}


def test_a_role_that_ended_before_the_letter_was_sent_gets_none(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    postal.server.stop()
    postal.go()
    with postal.site.session() as db, db.begin():
        person = people.find(db, "politikontakt.moss")
        db.execute(
            update(RoleAssignment)
            .where(RoleAssignment.person_id == person.id)
            .values(to_date=date(2025, 3, 9))
        )
    postal.server.start()
    assert postal.came() == {}


def test_what_was_erased_from_the_trail_is_in_no_letter(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "reopen", reason="Noe personlig.")
    with postal.site.session() as db, db.begin():
        db.query(TrailClear).filter(TrailClear.field == "reason").delete()
    came = postal.came()
    assert set(came) == BOTH
    assert not any("Noe personlig" in m.text for m in came.values())


def test_the_outbox_holds_no_words_and_no_names(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "reopen", reason="Noe personlig.")
    postal.came()
    kept = " ".join(f"{m.key} {m.data} {m.answer}" for m in postal.rows())
    with postal.site.session() as db:
        for person in db.scalars(select(Person)):
            assert person.name not in kept
            assert person.username not in kept
    assert "personlig" not in kept


def test_every_step_is_told_once_and_nothing_is_left_untold(postal: Postal) -> None:
    postal.signed()
    with postal.site.session() as db:
        assert db.scalars(select(Notice.id).where(Notice.told_at.is_(None))).all() == []
        entries = db.scalars(select(Notice.entry_id)).all()
    assert len(entries) == len(set(entries)) == 4


def test_what_happened_long_ago_is_no_news(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    postal.site.today = date(2025, 5, 1)
    assert postal.came() == {}
