"""The papers over HTTP: what they show, what lies in them, and who may have them."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date, datetime, time
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests.functional.conftest import PASSWORD, PEOPLE, TEXT, Program, Site
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Person
from workflow_app.models.proceedings import Matter
from workflow_app.services import (
    attachments,
    definitions,
    documents,
    documents_deadlines,
    matters,
    parties,
    people,
    people_acting,
    people_holdings,
    readings,
)
from workflow_app.services.actors import Who
from workflow_app.services.agreements import create_draft
from workflow_app.services.documents_words import Voice
from workflow_app.services.norway import OSLO
from workflow_app.services.texts import Source
from workflow_app.services.transitions import lock

SIGNED_TEXT = f"{TEXT}\nAvtalen signeres av ordfører og politistasjonssjef.\n"
ADOPTED = definitions.workflow_definitions().newest("politiradsavtale_vedtak").states["reported"].label
PER_READER = {"transitions", "csrf_token", "seal"}


class Play:
    """An agreement of Moss and its people, each as a program."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.people = {first: site.program(f"{first}.moss") for first in PEOPLE}
        self.id = ""

    @property
    def now(self) -> datetime:
        """Noon of the day the application lives on."""
        return datetime.combine(self.site.today, time(12), OSLO)

    def who(self, db: Any, first: str) -> Who:
        person = people.find(db, f"{first}.moss")
        return Who(person.id, person.name, people_holdings.holdings(db, person.id, self.site.today))

    def start(
        self, text: str = SIGNED_TEXT, definition: str = "politiradsavtale", *, confirm: bool = True
    ) -> Play:
        with self.site.session() as db, db.begin():
            made = create_draft(
                db, Source("avtale.txt", text.encode()), municipal=[self.site.party["moss"]],
                police=[self.site.party["politi.moss"]], who=self.who(db, "slt"), now=self.now,
                definition=definitions.workflow_definitions().newest(definition),
            )  # fmt: skip
            attachments.add(db, made, "Vedlegg 1.txt", b"Fokus", who=self.who(db, "slt"), now=self.now)
            if confirm:
                readings.confirm(db, made, who=self.who(db, "slt"), now=self.now)
            self.id = made.id
        return self

    def negotiated(self, **more: Any) -> Play:
        self.start(**more)
        self.people["slt"].do(self.id, "agree")
        self.people["politikontakt"].do(self.id, "agree")
        return self

    def signed(self) -> Play:
        self.negotiated()
        self.people["ordforer"].do(self.id, "sign", password=PASSWORD)
        self.people["stasjonssjef"].do(self.id, "sign", password=PASSWORD)
        return self

    def matter(self, **fields: Any) -> int:
        with self.site.session() as db, db.begin():
            agreement = lock(db, self.id)
            assert agreement is not None
            party = matters.municipal_party(agreement, None)
            who = self.who(db, "sekretaer")
            return matters.prepare(db, agreement, fields, party=party, who=who, now=self.now).number

    def freeze(self, number: int, content: bytes) -> None:
        with self.site.session() as db, db.begin():
            agreement = lock(db, self.id)
            assert agreement is not None
            matter = matters.find(db, agreement, number)
            who = self.who(db, "sekretaer")
            matters.freeze(db, agreement, matter, content, who=who, now=self.now)

    def pdf(self, path: str, first: str = "slt") -> PdfReader:
        return PdfReader(io.BytesIO(self.raw(path, first).body))

    def raw(self, path: str, first: str = "slt", status: int = 200) -> Any:
        program: Program = self.people[first]
        headers = {"Authorization": f"Bearer {program.token}", "Accept": "*/*"}
        return program.client.get(f"/agreements/{self.id}/{path}", headers=headers, status=status)


def words(reader: PdfReader) -> str:
    """All the text, each run of white space as one space, words cut at a line's end put together."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").replace("\xad", "").split())


def attached(reader: PdfReader) -> dict[str, Any]:
    """The one JSON file in it."""
    ((_, (content,)),) = reader.attachments.items()
    found: dict[str, Any] = json.loads(content)
    return found


@pytest.fixture
def play(site: Site) -> Play:
    return Play(site)


def test_the_agreement_is_a_pdf_with_its_json_twin(play: Play) -> None:
    play.signed()
    answer = play.raw("agreement.pdf")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="avtale-moss-kommune.pdf"'
    assert answer.body.startswith(b"%PDF-1.7")
    reader = PdfReader(io.BytesIO(answer.body))
    twin = play.people["slt"].get(f"/agreements/{play.id}")
    assert attached(reader) == {k: v for k, v in twin.items() if k not in PER_READER}
    assert PER_READER - set(attached(reader)) == PER_READER
    text = words(reader)
    for said in ("Samarbeidsavtale mellom Moss kommune og Øst politidistrikt", "Partene vil forebygge sammen",
                 "Ordforer Moss", "Stasjonssjef Moss", "Vedlegg 1.txt"):  # fmt: skip
        assert said in text
    assert twin["digest"] in text.replace(" ", "")


def test_the_twin_is_the_same_for_every_reader_and_language(play: Play) -> None:
    play.signed()
    first = attached(play.pdf("agreement.pdf"))
    with play.site.session() as db, db.begin():
        people.find(db, "stasjonssjef.moss").language = "en"
    assert attached(play.pdf("agreement.pdf", "stasjonssjef")) == first


def test_a_paper_speaks_the_kommunes_language_not_the_readers(play: Play) -> None:
    play.signed()
    before = words(play.pdf("agreement.pdf"))
    with play.site.session() as db, db.begin():
        db.scalars(select(Person).where(Person.username == "slt.moss")).one().language = "en"
    root: Any = play.pdf("agreement.pdf").trailer["/Root"]
    assert root["/Lang"] == "nb-NO"
    assert [w for w in before.split() if ":" not in w] == [
        w for w in words(play.pdf("agreement.pdf")).split() if ":" not in w
    ]


def test_a_half_signed_agreement_says_who_is_missing(play: Play) -> None:
    play.negotiated()
    play.people["ordforer"].do(play.id, "sign", password=PASSWORD)
    paper = paper_of(play)
    assert [s.person for s in paper.signatures] == ["Ordforer Moss"]
    assert [(m.role, m.party) for m in paper.missing] == [("station chief", "Moss politistasjonsdistrikt")]


def test_an_edit_takes_the_signature_off_the_paper(play: Play) -> None:
    play.negotiated()
    play.people["ordforer"].do(play.id, "sign", password=PASSWORD)
    play.people["slt"].do(play.id, "reopen", reason="En dato er feil.")
    paper = paper_of(play)
    assert paper.signatures == ()
    assert len(paper.missing) == 2


def paper_of(play: Play, number: int | None = None) -> Any:
    """The facts of a paper, in the source language."""
    with play.site.session() as db:
        agreement = db.get(Agreement, play.id)
        assert agreement is not None
        voice = Voice(lambda text: text, "en")
        more: dict[str, Any] = {
            "registry": definitions.workflow_definitions(), "now": play.now, "voice": voice,
        }  # fmt: skip
        if number is None:
            return documents.agreement_paper(db, agreement, **more)
        return documents.matter_paper(db, agreement, matters.find(db, agreement, number), **more)


def test_one_who_acted_in_the_office_is_shown_as_such(play: Play) -> None:
    site = play.site
    with site.session() as db, db.begin():
        deputy = people.add_person(
            db, username="vara.moss", name="Vara Moss", now=site.now, password=PASSWORD,
            hashing=site.app.registry["passwords"],
        )  # fmt: skip
        mayor = people.find(db, "ordforer.moss")
        people_acting.add_acting(
            db, deputy, mayor, parties.find(db, site.party["moss"]), "mayor", title="Varaordfører",
            from_date=date(2025, 3, 1), to_date=date(2025, 3, 31), now=site.now,
        )  # fmt: skip
    play.negotiated()
    site.program("vara.moss").do(play.id, "sign", password=PASSWORD)
    (signature,) = paper_of(play).signatures
    assert (signature.person, signature.role, signature.acting_for) == (
        "Vara Moss", "Varaordfører", "Ordforer Moss",
    )  # fmt: skip
    steps = paper_of(play, play.matter(kind="referatsak")).steps
    assert (steps[-1].person, steps[-1].role, steps[-1].acting_for) == (
        "Vara Moss", "Varaordfører", "Ordforer Moss",
    )  # fmt: skip


def test_from_paper_the_offices_are_named_and_nobody_is_made_a_signer(play: Play) -> None:
    play.start()
    for first in ("slt", "politikontakt"):
        play.people[first].do(play.id, "register", signed_on="2025-01-15")
    paper = paper_of(play)
    assert [(s.role, s.party, s.at, s.how) for s in paper.signatures] == [
        ("mayor", "Moss kommune", date(2025, 1, 15), "paper"),
        ("station chief", "Moss politistasjonsdistrikt", date(2025, 1, 15), "paper"),
    ]
    assert {s.person for s in paper.signatures} == {"(see the original)"}
    assert paper.missing == ()
    step = paper_of(play, play.matter(kind="referatsak")).steps[-1]
    assert (step.on, step.at.date() > date(2025, 1, 15)) == (date(2025, 1, 15), True)


def test_the_matter_has_what_a_council_needs(play: Play) -> None:
    play.signed()
    play.people["sekretaer"].do(play.id, "sign", status=409, password=PASSWORD)
    number = play.matter(
        kind="referatsak", archive_case="25/123", case_number="RS 12/25", committee="Kommunestyret",
        meeting_date=date(2025, 4, 2), case_officer="Sekretaer Moss",
    )  # fmt: skip
    paper = paper_of(play, number)
    assert (paper.archive_case, paper.case_number, paper.committee, paper.meeting_date) == (
        "25/123", "RS 12/25", "Kommunestyret", date(2025, 4, 2),
    )  # fmt: skip
    assert (paper.refusals, paper.legal_basis, paper.decision) == (1, None, None)
    assert paper.proposal == "The matter is taken for information."
    assert [s.step for s in paper.steps] == [
        "Draft made", "Approved: Agree on the text", "Agree on the text → Negotiated", "Approved: Sign",
        "Sign → Signed",
    ]  # fmt: skip
    assert [(s.person, s.role, s.party) for s in paper.steps[-2:]] == [
        ("Ordforer Moss", "mayor", "Moss kommune"),
        ("Stasjonssjef Moss", "station chief", "Moss politistasjonsdistrikt"),
    ]
    assert all(s.at.tzname() in ("CET", "CEST") for s in paper.steps)
    due = {d.kind: d for d in paper.deadlines}
    assert due["Evaluation"].latest == date(2025, 12, 31)
    assert set(due) <= {"Evaluation", "Revision", "Expiry", "Renewal", "Notice", "Option"}, "no yearly duty"
    assert not any(d.kind.startswith("Report") for d in paper.deadlines), "the paper itself is that"
    assert all(d.quote in TEXT for d in paper.deadlines)
    assert [a.name for a in paper.attachments] == ["The agreement's text", "Vedlegg 1.txt"]
    assert paper.text_sha256 == hashlib.sha256(SIGNED_TEXT.encode()).hexdigest()
    assert paper.attachments[0].sha256 == paper.text_sha256
    twin = play.people["slt"].get(f"/agreements/{play.id}")
    assert (paper.trail.size, paper.trail.hash) == (twin["trail"]["size"], twin["trail"]["head"])
    kinds = {r.kind for r in paper.rules}
    assert {"Meetings", "Agenda", "Evaluation", "Validity", "Revision", "Signatories"} <= kinds

    answer = play.raw("referatsak.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="referatsak-moss-kommune-rs-12-25.pdf"'
    text = words(PdfReader(io.BytesIO(answer.body)))
    for said in ("25/123", "RS 12/25", "Kommunestyret", "Sekretaer Moss", "Ordforer Moss"):
        assert said in text
    assert attached(PdfReader(io.BytesIO(answer.body)))["id"] == play.id


def test_a_reason_marked_internal_is_in_the_trail_and_in_no_paper(play: Play) -> None:
    play.negotiated()
    play.people["slt"].do(play.id, "reopen", reason="Hemmelig personalsak", internal=True)
    play.people["slt"].do(play.id, "agree")
    play.people["politikontakt"].do(play.id, "agree")
    play.people["slt"].do(play.id, "reopen", reason="Datoen er feil")
    number = play.matter(kind="referatsak")
    notes = [s.note for s in paper_of(play, number).steps if s.note]
    assert notes == ["Reason: Datoen er feil"]
    raw = play.raw("agreement.pdf").body + play.raw(f"matters/{number}.pdf").body
    assert b"Hemmelig" not in raw
    assert "Hemmelig" not in words(play.pdf(f"matters/{number}.pdf"))
    assert "Datoen er feil" in words(play.pdf(f"matters/{number}.pdf"))


def test_a_vedtak_proposes_adoption_and_shows_the_decision(play: Play) -> None:
    play.negotiated(definition="politiradsavtale_vedtak")
    number = play.matter(kind="vedtak", meeting_date=date(2025, 3, 10))
    assert paper_of(play, number).proposal.startswith("The kommunestyre adopts the agreement “Samarb")
    play.people["sekretaer"].do(
        play.id, "adopt", outcome="adopted", kind="vedtak", meeting_date="2025-03-10",
        case_number="PS 3/25", decision="Avtalen vedtas.",
    )  # fmt: skip
    paper = paper_of(play, number)
    assert paper.decision == "Avtalen vedtas."
    assert (paper.steps[-1].step, paper.steps[-1].note) == (
        f"Adopt in the kommunestyre → {ADOPTED}", "Adopted (vedtatt)",
    )  # fmt: skip
    assert {m.role for m in paper.missing} == {"mayor", "station chief"}


def test_a_frozen_matter_stays_the_bytes_that_were_frozen(play: Play) -> None:
    play.signed()
    number = play.matter(kind="referatsak", case_number="RS 1/25", meeting_date=date(2025, 4, 2))
    before = play.raw(f"matters/{number}.pdf").body
    play.freeze(number, before)
    play.site.today = date(2025, 4, 2)
    play.people["sekretaer"].do(play.id, "report", outcome="noted", meeting_date="2025-04-02")
    assert play.raw(f"matters/{number}.pdf").body == before
    assert play.raw("referatsak.pdf").body == before
    with play.site.session() as db:
        kept = db.scalars(select(Matter.frozen_sha256)).one()
    assert kept == hashlib.sha256(before).hexdigest()


def test_the_newest_matter_is_the_one_that_comes_without_a_number(play: Play) -> None:
    play.signed()
    play.matter(kind="referatsak", case_number="RS 1/25", meeting_date=date(2025, 3, 10))
    play.people["sekretaer"].do(play.id, "report", outcome="postponed", meeting_date="2025-03-10")
    number = play.matter(kind="referatsak", case_number="RS 9/25", meeting_date=date(2025, 4, 10))
    assert number == 2
    assert "RS 9/25" in words(play.pdf("referatsak.pdf"))
    assert "RS 1/25" in words(play.pdf("matters/1.pdf"))


def test_rules_nobody_confirmed_are_in_no_paper(play: Play) -> None:
    play.start(confirm=False)
    paper = paper_of(play)
    assert (paper.rules, paper.deadlines) == ((), ())
    assert [line.reason for line in paper.undated] == [str(documents.UNCONFIRMED)]


def test_a_day_that_has_passed_is_said_to_have_passed(play: Play) -> None:
    play.signed()
    play.site.today = date(2026, 2, 1)
    with play.site.session() as db:
        agreement = db.get(Agreement, play.id)
        assert agreement is not None
        voice = Voice(lambda text: text, "en")
        registry = definitions.workflow_definitions()
        paper = documents.agreement_paper(db, agreement, registry=registry, now=play.now, voice=voice)
    missed = next(d for d in paper.deadlines if d.kind == "Evaluation")
    assert missed.latest == date(2025, 12, 31)
    assert missed.assumptions[-1] == str(documents_deadlines.MISSED)
    assert "evaluation" in [d["kind"] for d in attached(play.pdf("agreement.pdf"))["deadlines"]]


@pytest.mark.parametrize("path", ["agreement.pdf", "referatsak.pdf", "matters/1.pdf"])
def test_who_may_not_see_the_agreement_gets_no_paper_of_it(play: Play, path: str) -> None:
    play.signed()
    play.matter(kind="referatsak")
    stranger = play.site.program("slt.stange")
    headers = {"Authorization": f"Bearer {stranger.token}", "Accept": "application/json"}
    stranger.client.get(f"/agreements/{play.id}/{path}", headers=headers, status=404)
    play.site.browser().get(f"/agreements/{play.id}/{path}", status=303)


def test_where_there_is_no_matter_a_sentence_says_so(play: Play) -> None:
    play.signed()
    answer = play.people["slt"].get(f"/agreements/{play.id}/referatsak.pdf", status=404)
    assert answer["error"] == "no_matter"
    play.raw("matters/1.pdf", status=404)
    play.raw("matters/x.pdf", status=404)


def test_looking_at_a_paper_writes_nothing(play: Play) -> None:
    play.signed()
    play.matter(kind="referatsak")
    before = play.people["slt"].get(f"/agreements/{play.id}")
    for path in ("agreement.pdf", "referatsak.pdf", "matters/1.pdf"):
        play.raw(path)
    assert play.people["slt"].get(f"/agreements/{play.id}") == before
