from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from workflow_app.services.papers import AgreementPaper, Attachment, MatterPaper, MissingSignature
from workflow_app.services.papers.data import agreement_data, matter_data

Translator = Callable[[str], Callable[[str], str]]


def _strings(tree: Any) -> list[str]:
    if isinstance(tree, dict):
        return [text for value in tree.values() for text in _strings(value)]
    if isinstance(tree, list):
        return [text for value in tree for text in _strings(value)]
    return [tree] if isinstance(tree, str) else []


def test_what_is_not_set_is_said_to_be_not_set(
    matter: Callable[..., MatterPaper], translator: Translator, made: datetime
) -> None:
    paper = matter(case_officer=None, archive_case=None, case_number=None, committee=None, meeting_date=None)
    data = matter_data(paper, made, "sak.json", translator("nb"))
    assert data["meeting"] == ["Ikke satt"] * 3
    assert [value for _, value in data["fields"]] == ["Ikke satt"] * 2


def test_a_half_signed_agreement_says_so_on_its_first_page(
    agreement: Callable[..., AgreementPaper], translator: Translator, made: datetime
) -> None:
    def standing(**changes: Any) -> str:
        return str(agreement_data(agreement(**changes), made, "avtale.json", translator("en"))["standing"])

    assert standing() == ""
    assert standing(missing=(MissingSignature("Mayor", "A"),)) == "Not everybody has signed yet."
    assert standing(signatures=()) == "The agreement is not signed."


def test_sizes_are_in_bytes_and_grouped(
    agreement: Callable[..., AgreementPaper], translator: Translator, made: datetime
) -> None:
    paper = agreement(
        attachments=(Attachment("a", "0" * 64, 1_234_567), Attachment("b", None, 0), Attachment("c"))
    )
    shown = agreement_data(paper, made, "avtale.json", translator("nb"))["attachments"]
    assert [line["size"] for line in shown] == ["1\u202f234\u202f567 byte", "0 byte", "–"]


def test_the_running_title_fits_on_a_line(
    agreement: Callable[..., AgreementPaper], translator: Translator, made: datetime
) -> None:
    data = agreement_data(agreement(title="Avtale " * 100), made, "avtale.json", translator("nb"))
    assert len(data["running"]) <= 80
    assert data["running"].endswith("…")


def test_no_label_is_left_with_an_empty_place(
    agreement: Callable[..., AgreementPaper],
    matter: Callable[..., MatterPaper],
    translator: Translator,
    made: datetime,
) -> None:
    nb = translator("nb")
    for data in (
        agreement_data(agreement(), made, "avtale.json", nb),
        matter_data(matter(), made, "sak.json", nb),
    ):
        data.pop("labels")
        assert not [text for text in _strings(data) if "${" in text]
