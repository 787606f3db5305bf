"""Saving a text: a version with its hash, the same again is nothing, approvals of the old are void."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, TEXT, draft, told
from workflow_app.services import readings, starters, texts
from workflow_app.services.errors import FieldErrors
from workflow_app.services.material import rules_of, text_of


def test_a_new_text_is_a_version_and_an_entry(session: Session) -> None:
    made, slt = draft(session)
    before = (made.version, made.digest)
    saved = texts.save_text(session, made, TEXT.replace("2027", "2028"), who=slt, now=NOW, note="Ett år til")
    assert (saved.number, made.text_number) == (2, 2)
    assert made.version == before[0] + 1
    assert made.digest != before[1]
    [entry] = told(session, made, "text_saved")
    assert entry["data"] == {"text": 2, "text_sha256": saved.sha256, "origin": "edit"}
    assert entry["clear"] == {"note": "Ett år til"}
    assert [v.number for v in texts.text_versions(session, made)] == [2, 1]
    assert text_of(session, made, 1).text == TEXT


@pytest.mark.parametrize("again", [TEXT, TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r")])
def test_the_same_text_with_a_browsers_line_breaks_changes_nothing(session: Session, again: str) -> None:
    made, slt = draft(session)
    version = made.version
    assert texts.save_text(session, made, again, who=slt, now=NOW).number == 1
    assert (made.version, made.text_number) == (version, 1)
    assert told(session, made, "text_saved") == []


def test_an_edited_text_keeps_the_line_breaks_it_had(session: Session) -> None:
    windows = TEXT.replace("\n", "\r\n")
    assert texts.edited(TEXT.replace("2027", "2028"), windows) == windows.replace("2027", "2028")
    assert texts.edited(windows.replace("2027", "2028"), TEXT) == TEXT.replace("2027", "2028")


@pytest.mark.parametrize("text", ["", "  \n ", "%PDF-1.7", "a\x00b"])
def test_a_text_that_is_none_is_refused_under_its_own_field(session: Session, text: str) -> None:
    made, slt = draft(session)
    with pytest.raises(FieldErrors) as caught:
        texts.save_text(session, made, text, who=slt, now=NOW)
    assert list(caught.value.fields) == ["text"]
    assert made.text_number == 1


def test_a_title_can_be_changed_alone_and_stands_in_the_trail_as_a_commitment(session: Session) -> None:
    made, slt = draft(session)
    version = made.version
    texts.save_text(session, made, TEXT, who=slt, now=NOW, title="Nytt navn")
    assert (made.title, made.version, made.text_number) == ("Nytt navn", version + 1, 1)
    [entry] = told(session, made, "title_changed")
    assert entry["clear"] == {"title": "Nytt navn"}
    assert "Nytt navn" not in str(entry.get("data"))


def test_a_new_text_is_read_anew_and_must_be_confirmed_anew(session: Session) -> None:
    made, slt = draft(session)
    readings.confirm(session, made, who=slt, now=NOW)
    texts.save_text(
        session, made, TEXT + "\nAvtalen kan sies opp med seks måneders varsel.\n", who=slt, now=NOW
    )
    rules = rules_of(session, made)
    assert rules.confirmed_at is None
    assert "termination" in {r["kind"] for r in rules.rules}


def test_what_a_person_corrected_stays_while_its_clause_does(session: Session) -> None:
    made, slt = draft(session)
    index = next(n for n, r in enumerate(rules_of(session, made).rules) if r["kind"] == "revision")
    readings.correct(session, made, [{"index": index, "rule": {"months": 24}}], who=slt, now=NOW)
    texts.save_text(session, made, "Nytt forord.\n\n" + TEXT, who=slt, now=NOW)
    [rule] = [r for r in rules_of(session, made).rules if r["kind"] == "revision"]
    assert (rule["months"], rule["corrected"]) == (24, True)
    newest = text_of(session, made).text
    assert newest[rule["start"] : rule["end"]] == rule["quote"] == "Avtalen revideres årlig."
    texts.save_text(
        session, made, TEXT.replace("revideres årlig", "revideres hvert tredje år"), who=slt, now=NOW
    )
    [rule] = [r for r in rules_of(session, made).rules if r["kind"] == "revision"]
    assert (rule["months"], rule.get("corrected")) == (36, None)


def test_our_own_texts_can_be_read_and_wait_to_be_filled_in() -> None:
    from workflow_app.domain.reading import read

    found = starters.starters()
    assert {s.language for s in found} == {"nb", "nn"}
    for one in found:
        reading = read(one.text)
        assert reading.language == one.language
        assert len(reading.incomplete_sections) >= 3, one.name
        assert {"meetings", "evaluation", "revision", "council", "signatories"} <= {
            r.kind for r in reading.rules
        }
        assert "validity" not in {r.kind for r in reading.rules}, "a placeholder must not become a period"
    with pytest.raises(FieldErrors, match="no template called"):
        starters.starter("../../etc/passwd")
