"""Starting an agreement: whose it is, what it follows, what it is called, and every way it is refused."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, TEXT, TODAY, draft, person, told, two_parties
from workflow_app.models.agreements import Agreement
from workflow_app.services import agreements, blobs, parties
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, FieldErrors, NotAllowed
from workflow_app.services.material import current_digest, rules_of, text_of
from workflow_app.services.texts import MAX_FILE, Source, TooLarge

SOURCE = Source("a.txt", TEXT.encode())
SUGGESTED = lambda reading: workflow_definitions().newest(reading.suggested_definition)  # noqa: E731


def test_a_draft_has_its_text_its_reading_and_its_entry(session: Session) -> None:
    made, slt = draft(session)
    version = text_of(session, made)
    assert (made.state, made.version, made.text_number) == ("draft", 1, 1)
    assert version.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert blobs.fetch(session, version.file_sha256 or "") == TEXT.encode()
    assert {r["kind"] for r in rules_of(session, made).rules} == {
        "meetings",
        "evaluation",
        "revision",
        "validity",
    }
    assert rules_of(session, made).confirmed_at is None
    assert made.digest == current_digest(session, made)
    [entry] = told(session, made, "created")
    assert entry["actor"] == {"person": slt.person_id, "role": "slt_coordinator", "party": "3103"}
    assert entry["data"]["parties"] == ["3103", POLICE]
    assert entry["clear"] == {"title": made.title}
    assert made.title.startswith("Samarbeidsavtale mellom Moss")


def test_the_file_is_kept_byte_for_byte_whatever_its_encoding(session: Session) -> None:
    two_parties(session)
    slt = person(session, "slt", "3103", "slt_coordinator")
    for encoding in ("cp1252", "utf-16", "utf-8-sig", "utf-8"):
        content = TEXT.encode(encoding)
        made = agreements.create_draft(
            session, Source("a.md", content), municipal=["3103"], police=[POLICE], definition=SUGGESTED,
            who=slt, now=NOW,
        )  # fmt: skip
        version = text_of(session, made)
        assert version.text == TEXT, encoding
        assert blobs.fetch(session, version.file_sha256 or "") == content


@pytest.mark.parametrize(
    ("clause", "definition"),
    [("", "politiradsavtale"), ("Avtalen vedtas av kommunestyret.", "politiradsavtale_vedtak")],
)
def test_an_unchosen_definition_is_the_one_the_text_suggests(
    session: Session, clause: str, definition: str
) -> None:
    made, _ = draft(session, TEXT + clause, definition=SUGGESTED)
    assert made.definition_id == definition


def test_a_title_may_be_given(session: Session) -> None:
    made, _ = draft(session, title="  Politiråd \n i Moss ")
    assert made.title == "Politiråd i Moss"


@pytest.mark.parametrize(
    ("filename", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", b"\xff\xfe", "empty"),
        ("a.txt", bytes(range(256)) * 20, "can't be read after byte 129"),
        ("a.txt", bytes(range(32)) * 20, "not text"),
        ("a.txt", b"%PDF-1.7 ...", "is damaged"),
        ("a.pdf", b"tekst", "called .pdf but is something else"),
        ("a", b"tekst", "choose a file of the kind .docx"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    session: Session, filename: str, content: bytes, words: str
) -> None:
    two_parties(session)
    slt = person(session, "slt", "3103", "slt_coordinator")
    with pytest.raises(FieldErrors) as caught:
        agreements.create_draft(
            session, Source(filename, content), municipal=["3103"], police=[POLICE], definition=SUGGESTED,
            who=slt, now=NOW,
        )  # fmt: skip
    assert words in str(caught.value.fields["file"])
    assert session.query(Agreement).count() == 0


def test_a_file_beyond_the_limit_is_too_large(session: Session) -> None:
    with pytest.raises(TooLarge, match="21 MB; the largest that can be taken in is 20 MB"):
        agreements.create_draft(
            session, Source("a.txt", b"a" * (MAX_FILE + 1)), municipal=[], police=[], definition=SUGGESTED,
            who=person_of_nobody(), now=NOW,
        )  # fmt: skip


def person_of_nobody() -> agreements.Who:
    return agreements.Who("nobody", "Nobody")


@pytest.mark.parametrize(
    ("municipal", "police", "field", "words"),
    [
        ([], [POLICE], "municipal", "at least one party"),
        (["3103"], [], "police", "at least one party"),
        (["9999"], [POLICE], "municipal", "no party «9999»"),
        ([POLICE], [POLICE], "municipal", f"no party «{POLICE}»"),
        (["3103"] * 51, [POLICE], "municipal", "at most 50"),
    ],
)
def test_the_parties_must_be_there_and_on_their_side(
    session: Session, municipal: list[str], police: list[str], field: str, words: str
) -> None:
    with pytest.raises(FieldErrors) as caught:
        draft(session, municipal=municipal, police=police)
    assert words in str(caught.value.fields[field])


def test_an_ended_party_can_be_chosen_to_its_last_day(session: Session) -> None:
    two_parties(session)
    slt = person(session, "slt", "3103", "slt_coordinator")
    parties.end(session, parties.find(session, POLICE), last_day=TODAY, now=NOW)
    chosen = {"municipal": ["3103"], "police": [POLICE], "definition": SUGGESTED, "who": slt}
    agreements.create_draft(session, Source("a.txt", TEXT.encode()), now=NOW, **chosen)  # type: ignore[arg-type]
    with pytest.raises(FieldErrors, match="no party"):
        agreements.create_draft(
            session,
            Source("a.txt", TEXT.encode()),
            now=NOW.replace(day=11),
            **chosen,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("role", ["mayor", "council_secretary", "auditor"])
def test_only_those_who_edit_a_draft_start_one(session: Session, role: str) -> None:
    two_parties(session)
    who = person(session, "noen", "3103", role)
    with pytest.raises(NotAllowed, match="SLT coordinator or a politikontakt"):
        agreements.create_draft(
            session, SOURCE, municipal=["3103"], police=[POLICE], definition=SUGGESTED, who=who, now=NOW
        )


def test_one_who_edits_for_another_kommune_starts_none_here(session: Session) -> None:
    two_parties(session)
    parties.add_municipal(session, "3413", now=NOW)
    stranger = person(session, "slt.stange", "3413", "slt_coordinator")
    with pytest.raises(NotAllowed):
        agreements.create_draft(
            session, SOURCE, municipal=["3103"], police=[POLICE], definition=SUGGESTED, who=stranger, now=NOW
        )


@pytest.mark.parametrize("title", ["x" * 301, "a\x00b", "\u202e snudd"])
def test_a_title_that_cannot_be_shown_is_refused(session: Session, title: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        draft(session, title=title)
    assert "title" in caught.value.fields


def test_a_stale_version_is_told_both_numbers(session: Session) -> None:
    made, _ = draft(session)
    agreements.expect_version(made, None)
    agreements.expect_version(made, made.version)
    with pytest.raises(Conflict, match="you saw version 7, it is now version 1") as caught:
        agreements.expect_version(made, 7)
    assert caught.value.code == "stale_version"
