"""Attachments: any file, by its hash, part of what is approved; a removed one stays checkable."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, draft, told
from workflow_app.services import attachments, blobs
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.material import attachments_of, current_digest
from workflow_app.services.texts import MAX_FILE, TooLarge


def test_an_attachment_is_part_of_the_digest_and_an_entry(session: Session) -> None:
    made, slt = draft(session)
    before = (made.digest, made.version)
    added = attachments.add(session, made, "kart.png", b"\x89PNG...", who=slt, now=NOW)
    assert added.sha256 == hashlib.sha256(b"\x89PNG...").hexdigest()
    assert (added.size, added.media_type) == (7, "image/png")
    assert made.digest != before[0]
    assert made.digest == current_digest(session, made)
    assert made.version == before[1] + 1
    [entry] = told(session, made, "attachment_added")
    assert entry["data"] == {"sha256": added.sha256, "size": 7}
    assert entry["clear"] == {"name": "kart.png"}


def test_a_removed_attachment_is_only_marked_so(session: Session) -> None:
    made, slt = draft(session)
    before = made.digest
    added = attachments.add(session, made, "a.bin", b"x", who=slt, now=NOW)
    attachments.remove(session, made, added.id, who=slt, now=NOW)
    assert made.digest == before
    assert attachments_of(session, made) == []
    assert attachments.find(session, made, added.id).removed_at == NOW
    assert blobs.fetch(session, added.sha256) == b"x"
    attachments.remove(session, made, added.id, who=slt, now=NOW)
    assert len(told(session, made, "attachment_removed")) == 1


@pytest.mark.parametrize(
    ("filename", "label", "name"),
    [
        (r"C:\Users\kari\Skrivebord\plan.docx", None, "plan.docx"),
        ("../../etc/passwd", None, "passwd"),
        ("plan.pdf", "Vedlegg 1: Satsingsområder", "Vedlegg 1: Satsingsområder.pdf"),
        ("plan.PDF", "Vedlegg 2.pdf", "Vedlegg 2.pdf"),
        ("plan.pdf", "Mål 2024/2027", "Mål 2024-2027.pdf"),
        ("plan.pdf", "  ", "plan.pdf"),
        ("a\x00b\n.txt", None, "ab.txt"),
    ],
)
def test_the_name_is_the_files_or_what_the_agreement_calls_it(
    session: Session, filename: str, label: str | None, name: str
) -> None:
    made, slt = draft(session)
    assert attachments.add(session, made, filename, b"x", who=slt, now=NOW, label=label).name == name


@pytest.mark.parametrize(
    ("filename", "content", "label", "field"),
    [
        ("a.txt", b"", None, "file"),
        ("", b"x", None, "file"),
        ("..", b"x", None, "file"),
        ("a.txt", b"x", "m" * 151, "label"),
    ],
)
def test_what_cannot_be_attached_says_why(
    session: Session, filename: str, content: bytes, label: str | None, field: str
) -> None:
    made, slt = draft(session)
    with pytest.raises(FieldErrors) as caught:
        attachments.add(session, made, filename, content, who=slt, now=NOW, label=label)
    assert list(caught.value.fields) == [field]
    assert made.version == 1


def test_a_name_is_used_once_and_can_be_used_again_after_removal(session: Session) -> None:
    made, slt = draft(session)
    first = attachments.add(session, made, "a.txt", b"1", who=slt, now=NOW)
    with pytest.raises(FieldErrors, match="already an attachment named «a"):
        attachments.add(session, made, "a.txt", b"2", who=slt, now=NOW)
    attachments.remove(session, made, first.id, who=slt, now=NOW)
    assert attachments.add(session, made, "a.txt", b"2", who=slt, now=NOW).sha256 != first.sha256


def test_one_too_large_is_told_the_limit(session: Session) -> None:
    made, slt = draft(session)
    with pytest.raises(TooLarge, match="larger than 20 MB"):
        attachments.add(session, made, "a.bin", bytes(MAX_FILE + 1), who=slt, now=NOW)


def test_an_attachment_of_another_agreement_is_not_there(session: Session) -> None:
    made, slt = draft(session)
    added = attachments.add(session, made, "a.txt", b"1", who=slt, now=NOW)
    with pytest.raises(NotThere):
        attachments.find(session, made, added.id + 1)
