"""The bodies before the kommunestyre: in order, before it, and as they were once the paper is frozen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, TODAY, draft, told
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import Matter
from workflow_app.services import matters, matters_files, matters_handling
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.texts import TooLarge

COUNCIL = TODAY + timedelta(days=40)


def before(days: int) -> str:
    return (COUNCIL - timedelta(days=days)).isoformat()


@pytest.fixture
def prepared(session: Session) -> tuple[Agreement, Who, Matter]:
    made, slt = draft(session)
    matter = matters.prepare(
        session, made, {"kind": "referatsak", "meeting_date": COUNCIL},
        party=matters.municipal_party(made, "3103"), who=slt, now=NOW,
    )  # fmt: skip
    return made, slt, matter


def save(session: Session, prepared: tuple[Agreement, Who, Matter], *rows: dict[str, Any]) -> bool:
    made, slt, matter = prepared
    return matters_handling.save(
        session, made, matter, matters_handling.cleaned(rows), who=slt, holding=None, now=NOW
    )


def test_several_in_a_row_are_kept_and_the_same_again_is_nothing(
    session: Session, prepared: tuple[Agreement, Who, Matter]
) -> None:
    first = {"committee": "Utvalg for oppvekst", "meeting_date": before(20), "case_number": "PS 4/25"}
    second = {"committee": "Formannskapet", "meeting_date": before(9), "proposal": "Enstemmig."}
    assert save(session, prepared, first, {}, second)
    assert not save(session, prepared, first, second)
    assert [h.committee for h in prepared[2].handlings] == ["Utvalg for oppvekst", "Formannskapet"]
    assert save(session, prepared, second)
    assert [h.position for h in prepared[2].handlings] == [1]
    entries = told(session, prepared[0], "matter_handled")
    assert [e["data"]["bodies"] for e in entries] == [2, 1]
    assert "Enstemmig." in entries[1]["clear"]["handling"]
    assert "Enstemmig." not in str(entries[1]["data"])


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([{"meeting_date": before(9)}], ["handling.1.committee"]),
        ([{"committee": "F", "meeting_date": "snart"}], ["handling.1.meeting_date"]),
        ([{"committee": "F", "case_number": "fire"}], ["handling.1.case_number"]),
        ([{"committee": "F", "room": "2"}], ["handling.1.room"]),
        ([{"committee": "F", "meeting_date": before(-1)}], ["handling.1.meeting_date"]),
        (
            [{"committee": "F", "meeting_date": before(5)}, {"committee": "U", "meeting_date": before(9)}],
            ["handling.2.meeting_date"],
        ),
        ([{"committee": str(n)} for n in range(9)], ["handling"]),
    ],
)
def test_what_is_wrong_is_named(
    session: Session, prepared: tuple[Agreement, Who, Matter], rows: list[dict[str, Any]], wrong: list[str]
) -> None:
    with pytest.raises(FieldErrors) as caught:
        save(session, prepared, *rows)
    assert list(caught.value.fields) == wrong
    assert prepared[2].handlings == []


def test_the_kommunestyre_cannot_be_moved_before_a_body_that_has_it_first(
    session: Session, prepared: tuple[Agreement, Who, Matter]
) -> None:
    made, slt, matter = prepared
    save(session, prepared, {"committee": "Formannskapet", "meeting_date": before(9)})
    wanted: dict[str, date] = {"meeting_date": COUNCIL - timedelta(days=10)}
    with pytest.raises(FieldErrors, match="before Formannskapet has the matter"):
        matters.prepare(session, made, wanted, party=matter.party, who=slt, now=NOW)


def test_a_frozen_paper_keeps_its_bodies(session: Session, prepared: tuple[Agreement, Who, Matter]) -> None:
    made, slt, matter = prepared
    matters.freeze(session, made, matter, b"%PDF", who=slt, now=NOW)
    with pytest.raises(Conflict, match="frozen"):
        save(session, prepared, {"committee": "Formannskapet"})


def test_the_excerpts_are_kept_all_of_them(session: Session, prepared: tuple[Agreement, Who, Matter]) -> None:
    made, slt, matter = prepared
    met = NOW + timedelta(days=40)

    def keep(name: str, content: bytes, limit: int = 100) -> None:
        matters_files.add(session, made, matter, name, content, who=slt, holding=None, now=met, limit=limit)

    keep("a.pdf", b"en")
    keep("b.pdf", b"to")
    assert matters_files.find(matter, None).name == "b.pdf"
    assert matters_files.find(matter, 1).name == "a.pdf"
    names = [e["clear"]["name"] for e in told(session, made, "matter_excerpt")]
    assert names == ["a.pdf", "b.pdf"]
    with pytest.raises(FieldErrors, match="already"):
        keep("c.pdf", b"to")
    with pytest.raises(FieldErrors, match="empty"):
        keep("c.pdf", b"")
    with pytest.raises(TooLarge):
        keep("c.pdf", b"for stor", limit=3)
    for number in (0, 3):
        with pytest.raises(NotThere):
            matters_files.find(matter, number)


def test_there_is_no_excerpt_before_the_kommunestyre_has_met_unless_its_outcome_is_known(
    session: Session, prepared: tuple[Agreement, Who, Matter]
) -> None:
    made, slt, matter = prepared

    def keep(now: datetime) -> None:
        matters_files.add(session, made, matter, "a.pdf", b"en", who=slt, holding=None, now=now)

    with pytest.raises(FieldErrors, match="The kommunestyre meets on") as caught:
        keep(NOW + timedelta(days=39))
    assert caught.value.fields["file"].values == {"day": COUNCIL}
    assert matter.files == []
    matter.outcome = "taken_note"
    keep(NOW)
    assert [f.name for f in matter.files] == ["a.pdf"]
