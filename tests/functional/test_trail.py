"""The trail of an agreement: every entry in a sentence, page by page, and the bundle to take away."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.functional.conftest import PASSWORD, TEXT, Program, Site
from tests.functional.looking_support import drafts, english, programs, words
from workflow_app.domain import trail
from workflow_app.domain.guards import GUARDS
from workflow_app.models.trail import TrailClear
from workflow_app.web.present import records
from workflow_app.web.present.entry_sentences import SENTENCES
from workflow_app.web.present.refused_words import REASONS


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    return programs(site)


def eventful(site: Site, moss: dict[str, Program]) -> str:
    """An agreement that most things have happened to."""
    (ident,) = drafts(site, 1)
    moss["ordforer"].do(ident, "sign", status=409, password=PASSWORD)
    told = moss["slt"].do(ident, "agree")
    told = moss["slt"].post(
        f"/agreements/{ident}/text", {"version": told["version"], "text": TEXT + "\nOg dette.\n"}
    )
    moss["slt"].post(f"/agreements/{ident}/rules", {"version": told["version"], "confirm": True})
    moss["slt"].do(ident, "agree")
    moss["politikontakt"].do(ident, "agree")
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    moss["stasjonssjef"].do(ident, "sign", password=PASSWORD)
    moss["sekretaer"].do(
        ident, "report", outcome="postponed", meeting_date="2025-03-10", case_number="RS 3/25"
    )
    moss["sekretaer"].do(ident, "report", outcome="noted", meeting_date="2025-03-10", case_number="RS 4/25")
    told = moss["slt"].do(ident, "begin_evaluation", year=2025)
    moss["slt"].post(
        f"/agreements/{ident}/evaluation",
        {"version": told["version"], "year": 2025, "body": "Gjennomgått.", "outcome": "continues"},
    )
    return ident


def test_every_entry_is_said_in_a_sentence_with_who_and_why(site: Site, moss: dict[str, Program]) -> None:
    ident = eventful(site, moss)
    page = words(english(site, "slt.moss").get(f"/agreements/{ident}/trail"))
    for sentence in (
        "The draft was made from an uploaded file.",
        "Refused Tried “Sign” and was turned away.",
        "Ordforer Moss · mayor, Moss kommune",
        "The step does not start from the state the agreement was in.",
        "Approved “Agree on the text”; 1 more needed.",
        "The approvals of “Agree on the text” no longer count. The text was changed afterwards.",
        "Version 2 of the text was saved.",
        "“Agree on the text” was done; the agreement is now: Negotiated.",
        "“Sign” was done; the agreement is now: Signed.",
        "“Report to the kommunestyre” was recorded; the state did not change.",
        "Outcome of the matter Postponed (utsatt)",
        "Case number of the meeting RS 4/25",
        "Version 1 of the evaluation for 2025 was saved.",
    ):
        assert sentence in page, sentence
    assert "Something of the kind" not in page
    assert "Refused attempts 1" in page
    assert PASSWORD not in page


def test_the_twin_hands_out_the_entries_as_they_were_hashed(site: Site, moss: dict[str, Program]) -> None:
    ident = eventful(site, moss)
    told = moss["slt"].get(f"/agreements/{ident}/trail")
    assert [e["number"] for e in told["entries"]] == list(range(told["trail"]["size"], 0, -1))
    assert told["entries"][0]["hash"] == told["trail"]["head"]
    for newer, older in zip(told["entries"], told["entries"][1:], strict=False):
        assert newer["entry"]["previous"] == older["hash"]
        assert trail.entry_hash(trail.encode(older["entry"])) == older["hash"]
    assert told["refusals"] == 1


def test_pages_run_from_the_newest_entry_to_the_first_and_back(
    site: Site, moss: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    ident = eventful(site, moss)
    whole = [e["number"] for e in moss["slt"].get(f"/agreements/{ident}/trail")["entries"]]
    # A short page, so that a dozen entries are several.
    monkeypatch.setattr(records, "PAGE", 5)
    seen, told = [], moss["slt"].get(f"/agreements/{ident}/trail")
    pages = [told]
    while told["next"]:
        told = moss["slt"].get(told["next"])
        pages.append(told)
    for page in pages:
        seen += [e["number"] for e in page["entries"]]
    assert seen == whole
    assert len(pages) > 2
    back = moss["slt"].get(pages[2]["previous"])
    assert back["entries"] == pages[1]["entries"]
    assert moss["slt"].get(pages[1]["previous"])["entries"] == pages[0]["entries"]


@pytest.mark.parametrize("query", ["before=x", "before=-1", "entry=9999999999999", "before=²"])
def test_a_number_that_is_none_gets_a_sentence(site: Site, moss: dict[str, Program], query: str) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].get(f"/agreements/{ident}/trail?{query}".replace("²", "%C2%B2"), status=422)


def test_a_page_beyond_the_ends_is_empty_or_the_last(site: Site, moss: dict[str, Program]) -> None:
    (ident,) = drafts(site, 1)
    assert moss["slt"].get(f"/agreements/{ident}/trail?before=1")["entries"] == []
    assert len(moss["slt"].get(f"/agreements/{ident}/trail?before=999")["entries"]) == 2


def test_what_was_erased_is_said_to_be_erased_and_the_hashes_stand(
    site: Site, moss: dict[str, Program]
) -> None:
    (ident,) = drafts(site, 1)
    moss["slt"].do(ident, "withdraw", reason="En hemmelig grunn.")
    before = moss["slt"].get(f"/agreements/{ident}/trail")
    shown = words(english(site, "slt.moss").get(f"/agreements/{ident}/trail"))
    assert "Reason: En hemmelig grunn." in shown
    with site.session() as db, db.begin():
        db.execute(delete(TrailClear))
    page = words(english(site, "slt.moss").get(f"/agreements/{ident}/trail"))
    assert "hemmelig" not in page
    assert "Reason (erased)" in page
    after = moss["slt"].get(f"/agreements/{ident}/trail")
    assert [e["hash"] for e in after["entries"]] == [e["hash"] for e in before["entries"]]


def test_the_bundle_verifies_without_us_and_holds_every_file(site: Site, moss: dict[str, Program]) -> None:
    ident = eventful(site, moss)
    answer = site.browser("sekretaer.moss").get(f"/agreements/{ident}/trail.zip")
    assert answer.content_type == "application/zip"
    assert f"trail-{ident}.zip" in answer.headers["Content-Disposition"]
    verdict = trail.verify_bundle(answer.body)
    assert verdict.ok, verdict
    with zipfile.ZipFile(io.BytesIO(answer.body)) as bundle:
        manifest = json.loads(bundle.read(trail.MANIFEST))
        names = {f["name"]: f["sha256"] for f in manifest["files"]}
        assert {"text-1.txt", "text-2.txt", "original-1-avtale.txt"} <= set(names)
        assert names["text-2.txt"] == hashlib.sha256((TEXT + "\nOg dette.\n").encode()).hexdigest()
        chains = {c["chain"] for c in manifest["chains"]}
    assert chains == {f"agreement/{ident}", "party/3103", f"party/{site.party['politi.moss']}"}


def test_only_those_the_definition_lets_see_the_trail_get_it(site: Site) -> None:
    (ident,) = drafts(site, 1)
    for path in ("trail", "trail.zip"):
        site.browser("politikontakt.moss").get(f"/agreements/{ident}/{path}", status=200)
        site.browser("sekretaer.moss").get(f"/agreements/{ident}/{path}", status=404)
        site.browser("slt.stange").get(f"/agreements/{ident}/{path}", status=404)


def test_every_guard_has_words_for_what_was_wrong() -> None:
    assert set(GUARDS) <= set(REASONS)


def test_every_kind_of_entry_that_is_written_has_its_sentence() -> None:
    services = Path(records.__file__).parents[2] / "services"
    code = "\n".join(
        file.read_text("utf-8")
        for file in services.glob("*.py")
        if not file.name.startswith(("people", "parties", "trail", "documents"))
    )
    written = set(re.findall(r'\bkind="(\w+)"', code))
    assert {"created", "text_saved", "round_closed"} <= written
    assert written <= set(SENTENCES)
