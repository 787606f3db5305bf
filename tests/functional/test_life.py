"""Agreements carried through their whole life over JSON: the referatsak order, the vedtak order, paper."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.functional.conftest import PASSWORD, PEOPLE, TEXT, Program, Site
from workflow_app.domain.trail import verify_bundle
from workflow_app.models.trail import TrailEntry
from workflow_app.services.trail import agreement_chain
from workflow_app.services.trail_check import verify_database


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss, by the first part of their user names."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def start(site: Site, slt: Program, definition: str = "politiradsavtale", text: str = TEXT) -> str:
    """A draft of Moss, its rules confirmed."""
    import base64

    made = slt.post(
        "/agreements/add",
        {
            "filename": "avtale.txt",
            "content_base64": base64.b64encode(text.encode()).decode(),
            "municipal": [site.party["moss"]],
            "police": [site.party["politi.moss"]],
            "definition": definition,
        },
        status=201,
    )
    ident: str = made["id"]
    slt.post(f"/agreements/{ident}/rules", {"version": made["version"], "confirm": True})
    return ident


def negotiated(site: Site, moss: dict[str, Program], **more: str) -> str:
    """An agreement both coordinators have agreed on."""
    ident = start(site, moss["slt"], **more)
    moss["slt"].do(ident, "agree")
    assert moss["politikontakt"].do(ident, "agree")["state"] == "negotiated"
    return ident


def signed(site: Site, moss: dict[str, Program], **more: str) -> str:
    """An agreement mayor and station chief have signed."""
    ident = negotiated(site, moss, **more)
    moss["ordforer"].do(ident, "sign", password=PASSWORD)
    assert moss["stasjonssjef"].do(ident, "sign", password=PASSWORD)["state"] == "signed"
    return ident


def kinds(site: Site, ident: str) -> list[tuple[str, str | None]]:
    """Kind and transition of every entry of the agreement's chain."""
    with site.session() as db:
        rows = db.query(TrailEntry).filter_by(chain=agreement_chain(ident)).order_by(TrailEntry.number)
        return [(row.kind, row.transition) for row in rows]


def test_a_whole_life_with_two_evaluations(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    site.today = date(2025, 4, 2)
    told = moss["sekretaer"].do(
        ident,
        "report",
        outcome="noted",
        meeting_date="2025-04-02",
        case_number="RS 12/25",
        archive_case="25/123",
    )
    assert told["state"] == "reported"
    assert told["in_force"] == {"from": "2025-03-10", "to": "2027-12-31"}
    report = next(d for d in told["deadlines"] if d["kind"] == "report")
    assert (report["source"], report["latest"], report["status"]) == ("house_rule", "2025-06-08", "met")

    site.today = date(2025, 12, 15)
    evaluate(moss, ident, 2025, "reviewed_unchanged")
    told = moss["slt"].do(ident, "continue")
    assert told["state"] == "annual_evaluation"
    told = moss["politikontakt"].do(ident, "continue")
    assert told["state"] == "reported"
    by_kind = {(d["kind"], d["latest"]): d["status"] for d in told["deadlines"]}
    assert by_kind["evaluation", "2025-12-31"] == "met"
    assert by_kind["revision", "2026-03-10"] == "met"
    assert by_kind["revision", "2026-12-15"] == "open"

    site.today = date(2026, 11, 20)
    evaluate(moss, ident, 2026, "to_be_revised", learning_points="Møt oftere om høsten.")
    refused = moss["slt"].do(ident, "continue", status=409)
    assert refused["refusals"][0]["code"] == "evaluation_continues"
    moss["slt"].do(ident, "revise")
    assert moss["politikontakt"].do(ident, "revise")["state"] == "revised"
    listed = moss["slt"].get("/agreements")["agreements"]
    successor = next(a for a in listed if a["state"] == "draft")
    whole = moss["slt"].get(f"/agreements/{successor['id']}")
    assert whole["predecessor"] == ident
    assert whole["text_sha256"] == moss["slt"].get(f"/agreements/{ident}")["text_sha256"]
    with site.session() as db:
        verdict = verify_database(db)
    assert verdict.ok, verdict.first_fault


def evaluate(
    moss: dict[str, Program], ident: str, year: int, outcome: str, learning_points: str = ""
) -> None:
    """Begin and write the evaluation of a year."""
    told = moss["politikontakt"].do(ident, "begin_evaluation", year=year)
    moss["slt"].post(
        f"/agreements/{ident}/evaluation",
        {
            "version": told["version"],
            "year": year,
            "body": f"Tiltakene i {year} er gjennomgått.",
            "learning_points": learning_points,
            "outcome": outcome,
        },
    )


def test_the_kommunestyre_adopts_before_anyone_signs_and_sends_back_once(
    site: Site, moss: dict[str, Program]
) -> None:
    text = TEXT.replace("legges frem for kommunestyret som referatsak", "vedtas av kommunestyret")
    ident = negotiated(site, moss, definition="politiradsavtale_vedtak", text=text)
    refused = moss["ordforer"].do(ident, "sign", status=409, password=PASSWORD)
    assert refused["refusals"][0]["code"] == "not_from_here"
    refused = moss["sekretaer"].do(
        ident,
        "adopt",
        status=409,
        outcome="adopted",
        meeting_date="2025-03-10",
        case_number="RS 4/25",
        decision="Ja",
    )
    assert refused["refusals"][0]["code"] == "matter_for_decision"
    told = moss["sekretaer"].do(
        ident,
        "adopt",
        outcome="sent_back",
        meeting_date="2025-03-10",
        case_number="PS 4/25",
        reason="Mål mangler.",
    )
    assert told["state"] == "draft"
    assert told["approvals"] == []
    moss["slt"].do(ident, "agree")
    moss["politikontakt"].do(ident, "agree")
    assert (
        moss["sekretaer"].do(ident, "adopt", outcome="postponed", meeting_date="2025-03-10")["state"]
        == "negotiated"
    )
    told = moss["sekretaer"].do(
        ident, "adopt", outcome="adopted", kind="vedtak", meeting_date="2025-03-10", case_number="PS 9/25",
        decision="Avtalen vedtas.",
    )  # fmt: skip
    assert told["state"] == "reported"
    moss["stasjonssjef"].do(ident, "sign", password=PASSWORD)
    assert moss["ordforer"].do(ident, "sign", password=PASSWORD)["state"] == "signed"
    assert moss["slt"].do(ident, "begin_evaluation", year=2025)["state"] == "annual_evaluation"


def test_an_agreement_signed_on_paper_is_registered_without_backdating(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"])
    moss["slt"].do(ident, "register", status=422)
    moss["slt"].do(ident, "register", status=409, signed_on="2030-01-01")
    told = moss["slt"].do(ident, "register", signed_on="2025-01-20", original_at="Arkivet, mappe 7")
    assert told["state"] == "draft"
    told = moss["politikontakt"].do(ident, "register")
    assert (told["state"], told["signed_on"]) == ("signed", "2025-01-20")
    assert told["in_force"]["from"] == "2025-01-20"
    with site.session() as db:
        entry = db.query(TrailEntry).filter_by(kind="transition", transition="register").one()
        body = json.loads(entry.body)
    assert body["event_date"] == "2025-01-20"
    assert body["at"].startswith("2025-03-10"), "the entry's time is now, never the day on the paper"


def test_a_second_signing_date_is_a_new_proposal_and_the_first_approval_is_void(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = start(site, moss["slt"])
    moss["slt"].do(ident, "register", signed_on="2025-01-20")
    told = moss["politikontakt"].do(ident, "register", signed_on="2025-01-21")
    assert told["state"] == "draft"
    assert [a["role"] for a in told["approvals"]] == ["politikontakt"]
    assert ("round_closed", None) in kinds(site, ident)
    assert moss["slt"].do(ident, "register")["signed_on"] == "2025-01-21"


def test_reopening_voids_every_approval_and_shows_it(site: Site, moss: dict[str, Program]) -> None:
    ident = negotiated(site, moss)
    assert len(moss["ordforer"].do(ident, "sign", password=PASSWORD)["approvals"]) == 1
    moss["ordforer"].do(ident, "reopen", status=422)
    told = moss["stasjonssjef"].do(ident, "reopen", reason="Punkt 2 må endres.")
    assert told["state"] == "draft"
    assert told["approvals"] == []
    assert kinds(site, ident)[-2:] == [("transition", "reopen"), ("round_closed", None)]


def test_an_edit_voids_the_approval_given_before_it(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"])
    told = moss["slt"].do(ident, "agree")
    assert len(told["approvals"]) == 1
    saved = moss["politikontakt"].post(
        f"/agreements/{ident}/text", {"version": told["version"], "text": TEXT + "\nOg dette.\n"}
    )
    assert saved["version"] > told["version"]
    assert moss["slt"].get(f"/agreements/{ident}")["approvals"] == []
    refused = moss["slt"].do(ident, "agree", status=409)
    assert "rules_confirmed" in [r["code"] for r in refused["refusals"]]


def test_it_lapses_the_day_after_its_period_and_no_get_does_it(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    site.today = date(2027, 12, 31)
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "signed"
    site.today = date(2028, 1, 1)
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "signed"
    refused = moss["slt"].do(ident, "begin_evaluation", status=409, year=2027)
    assert refused["error"] in ("not_from_here", "stale_version")
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "lapsed"


def test_a_withdrawn_successor_lets_the_agreement_resume(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    assert moss["ordforer"].do(ident, "revise_on_request", reason="Ny lov.")["state"] == "revised"
    successor = next(a for a in moss["slt"].get("/agreements")["agreements"] if a["state"] == "draft")
    moss["slt"].do(successor["id"], "withdraw", reason="Likevel ikke.")
    moss["slt"].do(ident, "withdraw", status=409, reason="Prøver.")
    assert moss["slt"].get(f"/agreements/{ident}")["state"] == "signed"


def test_back_in_its_evaluation_that_year_is_open_again(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    evaluate(moss, ident, 2025, "to_be_revised")
    for who in ("slt", "politikontakt"):
        told = moss[who].do(ident, "revise")
    assert told["state"] == "revised"
    successor = next(a for a in moss["slt"].get("/agreements")["agreements"] if a["state"] == "draft")
    moss["slt"].do(successor["id"], "withdraw", reason="Likevel ikke.")
    moss["slt"].do(ident, "withdraw", status=409, reason="Prøver.")
    told = moss["slt"].get(f"/agreements/{ident}")
    assert told["state"] == "annual_evaluation"
    moss["slt"].post(
        f"/agreements/{ident}/evaluation",
        {"version": told["version"], "year": 2025, "body": "Målene nås likevel.", "outcome": "continues"},
    )
    for who in ("slt", "politikontakt"):
        told = moss[who].do(ident, "continue")
    assert told["state"] == "signed"
    bundle = moss["slt"].client.get(f"/agreements/{ident}/trail.zip", headers=moss["slt"]._headers())
    verdict = verify_bundle(bundle.body)
    assert verdict.ok, verdict.first_fault


def test_terminated_it_is_in_force_until_the_day_named(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    moss["stasjonssjef"].do(ident, "terminate", status=409, reason="Slutt", given_date="2025-03-10")
    told = moss["stasjonssjef"].do(
        ident, "terminate", reason="Slutt", given_date="2025-03-10", effective_date="2025-09-30"
    )
    assert (told["state"], told["in_force"]["to"]) == ("terminated", "2025-09-30")


def test_extended_it_lapses_later(site: Site, moss: dict[str, Program]) -> None:
    ident = signed(site, moss)
    moss["ordforer"].do(ident, "extend", effective_date="2028-06-30")
    told = moss["stasjonssjef"].do(ident, "extend")
    assert (told["state"], told["in_force"]["to"]) == ("signed", "2028-06-30")


def test_a_scan_must_be_a_stored_file(site: Site, moss: dict[str, Program]) -> None:
    import base64
    import hashlib

    ident, scan = start(site, moss["slt"]), b"%PDF-1.4 et skannet ark"
    sha256 = hashlib.sha256(scan).hexdigest()
    refused = moss["slt"].do(ident, "register", status=422, signed_on="2025-01-20", scan=sha256)
    assert "scan" in refused["fields"]
    version = moss["slt"].get(f"/agreements/{ident}")["version"]
    body = {"version": version, "filename": "skann.pdf", "content_base64": base64.b64encode(scan).decode()}
    moss["slt"].post(f"/agreements/{ident}/attachments", body, status=201)
    form = site.browser("slt.moss").get(f"/agreements/{ident}/transitions/register").forms["step"]
    assert (sha256, False, "skann.pdf") in form["scan"].options
    moss["slt"].do(ident, "register", signed_on="2025-01-20", scan=sha256)
    assert moss["politikontakt"].do(ident, "register")["state"] == "signed"


def test_the_day_the_text_gives_stands_in_the_form_already(site: Site, moss: dict[str, Program]) -> None:
    ident = start(site, moss["slt"], text=TEXT + "\nMoss, 20. januar 2025\n")
    form = site.browser("slt.moss").get(f"/agreements/{ident}/transitions/register").forms["step"]
    assert form["signed_on"].value == "2025-01-20"


def test_a_rule_corrected_after_agreeing_voids_the_signature_given_before_it(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = negotiated(site, moss)
    assert len(moss["ordforer"].do(ident, "sign", password=PASSWORD)["approvals"]) == 1
    version = moss["slt"].get(f"/agreements/{ident}")["version"]
    body = {"version": version, "corrections": [{"index": 0, "remove": True}]}
    moss["slt"].post(f"/agreements/{ident}/rules", body)
    told = moss["politikontakt"].do(ident, "correct_rules")
    assert told["state"] == "negotiated"
    assert told["approvals"] == [], "the mayor signed something else than what stands now"
    assert ("round_closed", None) in kinds(site, ident)
    moss["stasjonssjef"].do(ident, "sign", password=PASSWORD)
    assert moss["ordforer"].do(ident, "sign", password=PASSWORD)["state"] == "signed"
