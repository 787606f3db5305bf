"""Who gets mail of a step, and what it says: the letters of a careful secretary, over a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.functional.conftest import PASSWORD
from tests.functional.postal import Postal, postal_site
from tests.support.smtp import SmtpServer
from workflow_app.models.people import Person


@pytest.fixture
def postal(tmp_path: Path) -> Iterator[Postal]:
    """A site and its mail server."""
    with SmtpServer() as server, postal_site(tmp_path, server) as made:
        yield made


def test_a_draft_waits_for_nobody_until_somebody_has_approved(postal: Postal) -> None:
    ident = postal.draft()
    assert postal.came() == {}
    postal.program("slt").do(ident, "agree")
    came = postal.came()
    assert set(came) == {"politikontakt.moss"}
    assert "Samarbeidsavtale mellom Moss kommune og Øst politidistrikt" in came["politikontakt.moss"].subject
    assert f"https://avtaleflyt.kommune.example/agreements/{ident}/transitions/agree" in (
        came["politikontakt.moss"].text
    )
    assert postal.came() == {}


def test_agreed_on_it_waits_for_those_who_sign_and_the_other_coordinator_hears_of_it(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    postal.came()
    postal.program("politikontakt").do(ident, "agree")
    came = postal.came()
    assert set(came) == {"slt.moss", "ordforer.moss", "stasjonssjef.moss"}
    for first in ("ordforer.moss", "stasjonssjef.moss"):
        assert f"/agreements/{ident}/transitions/sign" in came[first].text
    assert "/transitions/" not in came["slt.moss"].text


def test_steps_that_came_together_are_one_letter_to_each(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    postal.program("politikontakt").do(ident, "agree")
    assert set(postal.came()) == {"slt.moss", "ordforer.moss", "stasjonssjef.moss"}


def test_reopened_all_who_had_approved_are_told_why(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "sign", password=PASSWORD)
    assert postal.came() == {}, "the station chief has been asked already"
    postal.program("stasjonssjef").do(ident, "reopen", reason="Punkt 3 mangler en frist.\nSe brevet.")
    came = postal.came()
    assert set(came) == {"slt.moss", "politikontakt.moss", "ordforer.moss"}
    for mail in came.values():
        assert "> Punkt 3 mangler en frist.\n> Se brevet." in mail.text.replace("\r\n", "\n")
        assert "Stasjonssjef Moss" in mail.text


def test_a_reason_kept_out_of_public_papers_is_kept_out_of_mail(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "reopen", reason="Ikke for alle.", internal=True)
    came = postal.came()
    assert set(came) == {"slt.moss", "politikontakt.moss"}
    assert not any("Ikke for alle" in m.text + m.html for m in came.values())


def test_a_new_text_tells_those_whose_approval_fell(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("politikontakt").do(ident, "agree")
    assert set(postal.came()) == {"slt.moss"}
    slt = postal.program("slt")
    text = slt.get(f"/agreements/{ident}/text")
    body = text["text"].replace("Partene vil", "Partene skal")
    slt.post(f"/agreements/{ident}/text", {"version": text["version"], "text": body})
    came = postal.came()
    assert set(came) == {"politikontakt.moss"}
    assert "/transitions/" not in came["politikontakt.moss"].text


def test_signed_by_all_everybody_who_signed_and_the_coordinators_hear(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "sign", password=PASSWORD)
    postal.program("stasjonssjef").do(ident, "sign", password=PASSWORD)
    came = postal.came()
    assert set(came) == {"slt.moss", "politikontakt.moss", "ordforer.moss", "sekretaer.moss"}
    # Moss' clause asks for a matter before the kommunestyre: that is the coordinator's and the secretary's.
    for first in ("slt.moss", "sekretaer.moss"):
        assert f"/agreements/{ident}/transitions/report" in came[first].text
        assert "> Avtalen legges frem for kommunestyret som referatsak." in came[first].text
        assert '<blockquote><p lang="nb">Avtalen legges frem' in came[first].html


def test_terminated_all_parties_hear_with_the_reason(postal: Postal) -> None:
    ident = postal.agreed()
    postal.program("ordforer").do(ident, "sign", password=PASSWORD)
    postal.program("stasjonssjef").do(ident, "sign", password=PASSWORD)
    postal.came()
    postal.program("stasjonssjef").do(
        ident, "terminate", reason="Ny organisering.", given_date="2025-03-10",
        effective_date="2025-12-31", basis="agreed",
    )  # fmt: skip
    came = postal.came()
    assert set(came) == {"slt.moss", "politikontakt.moss", "ordforer.moss"}
    for mail in came.values():
        assert "> Ny organisering." in mail.text
        assert "31. desember 2025" in mail.text


def test_who_has_left_gets_nothing(postal: Postal) -> None:
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    with postal.site.session() as db, db.begin():
        db.execute(update(Person).where(Person.username == "politikontakt.moss").values(active=False))
    assert postal.came() == {}


def test_what_is_no_longer_true_is_not_sent(postal: Postal) -> None:
    ident = postal.draft()
    postal.server.stop()
    postal.program("slt").do(ident, "agree")
    assert postal.go().trouble is not None
    postal.program("politikontakt").do(ident, "agree")
    postal.server.start()
    came = postal.came()
    assert set(came) == {"slt.moss", "ordforer.moss", "stasjonssjef.moss"}
    assert [m.answer for m in postal.rows() if m.status == "dropped"] == [
        "no longer true when it was to be sent"
    ]


def test_the_language_is_the_persons_own_else_the_agreements(postal: Postal) -> None:
    with postal.site.session() as db, db.begin():
        db.execute(update(Person).where(Person.username == "ordforer.moss").values(language="nn"))
        db.execute(update(Person).where(Person.username == "stasjonssjef.moss").values(language="en"))
    ident = postal.draft()
    postal.program("slt").do(ident, "agree")
    postal.program("politikontakt").do(ident, "agree")
    came = postal.came()
    assert {k: m.message["Content-Language"] for k, m in came.items()} == {
        "slt.moss": "nb",
        "ordforer.moss": "nn",
        "stasjonssjef.moss": "en",
    }
    assert came["stasjonssjef.moss"].subject.startswith("Your turn – Sign: ")
    assert '<html lang="nn">' in came["ordforer.moss"].html
