"""Anybody checks what she holds, without login: a council's paper, its checkpoint, a receipt, the trail."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import text
from webtest import TestApp, TestResponse

from tests.functional.conftest import PASSWORD, Program, Site
from tests.functional.door_support import written
from tests.functional.looking_support import drafts, english, programs, words
from tests.support.proved import KOMMUNE, POLITI, SIGNER
from workflow_app.domain import trail
from workflow_app.domain.trail import note_bytes, parse_note
from workflow_app.services import parties
from workflow_app.services.log import checkpoints, cosigning, witnesses
from workflow_app.web.checking_gate import MANY, Gate

JSON = {"Accept": "application/json"}


class Life:
    """A signed agreement in a site whose log has a key and a witness for each side."""

    def __init__(self, site: Site) -> None:
        self.site, self.people = site, programs(site)
        self.people["slt.stange"] = site.program("slt.stange")
        site.app.registry["log_signer"] = SIGNER
        site.app.registry["checking_gate"] = Gate(1 << 20)
        with site.session() as db, db.begin():
            for watch, name in ((KOMMUNE, "moss"), (POLITI, "politi.moss")):
                party = parties.find(db, site.party[name])
                witnesses.register(db, party, watch.vkey, now=site.now, real_now=site.now)
        (self.id,) = drafts(site, 1)
        for first, step in (("slt", "agree"), ("politikontakt", "agree")):
            self.people[first].do(self.id, step)
        for first in ("ordforer", "stasjonssjef"):
            self.people[first].do(self.id, "sign", password=PASSWORD)
        self.path = f"/agreements/{self.id}"

    def cosign(self) -> int:
        """Both witnesses sign the head that is now."""
        now = datetime.now(UTC)
        with self.site.session() as db, db.begin():
            head = checkpoints.current(db, SIGNER)
            note = parse_note(head.note)
            lines = [watch.line(note.text, int(now.timestamp())) for watch in (KOMMUNE, POLITI)]
            cosigning.accept(db, cosigning.read(note_bytes(note.text, lines)), SIGNER, now)
        return head.size

    def frozen(self) -> bytes:
        """The council's paper, frozen."""
        slt = self.people["slt"]
        slt.post(f"{self.path}/matters", {"kind": "referatsak", "meeting_date": "2025-06-19"})
        slt.post(f"{self.path}/matters", {"action": "freeze", "matter": 1})
        return bytes(english(self.site, "slt.moss").get(f"{self.path}/matters/1.pdf").body)

    def stranger(self, content: bytes, name: str = "fil.pdf", status: int = 200) -> Any:
        """The answer to somebody without an account, as a program gets it."""
        return self._send(TestApp(self.site.app), content, name, JSON, status).json

    def reader(self, username: str, content: bytes) -> Any:
        """The answer to somebody who is signed in."""
        headers = {**JSON, "Authorization": f"Bearer {self.people[username].token}"}
        return self._send(TestApp(self.site.app), content, "fil.pdf", headers, 200).json

    def _send(
        self, client: TestApp, content: bytes, name: str, headers: dict[str, str], status: int
    ) -> TestResponse:
        return client.post("/verify", upload_files=[("file", name, content)], headers=headers, status=status)

    def look(self, **asked: object) -> Any:
        """What is answered about a checkpoint."""
        return TestApp(self.site.app).get("/verify", asked, headers=JSON).json


@pytest.fixture
def life(site: Site) -> Life:
    return Life(site)


def codes(pdf: bytes) -> list[str]:
    """The QR codes on the pages."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(scale=150 / 72, grayscale=True)
            pixels = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
            found += [one.text for one in zxingcpp.read_barcodes(pixels)]
    return found


def test_a_councils_paper_is_the_anchor(life: Life) -> None:
    final = life.cosign()
    paper = life.frozen()
    printed = codes(paper)
    before = written(life.site)
    # Who holds the paper learns that it is the one, and nothing of the agreement.
    told = life.stranger(paper)
    assert (told["kind"], told["verdict"], told["links"]) == ("pdf", "known", [])
    assert life.id not in json.dumps(told)
    # To see a paper of Moss, one must be of Moss.
    assert life.reader("slt.stange", paper) == told
    mine = life.reader("slt", paper)
    assert [link["href"].partition("?")[0] for link in mine["links"]] == [f"{life.path}/trail"]
    assert "2025" in mine["message"]
    # Not a byte may be another, and what is added to the end is told of.
    assert life.stranger(paper.replace(b"%PDF-1.7", b"%PDF-1.6"))["verdict"] == "unknown"
    longer = life.stranger(paper + b"\n%%EOF\n")
    assert (longer["verdict"], longer["sha256"]) == ("extended", told["sha256"])
    # What a phone reads off the page: first the final head, then the newest.
    assert parse_note(printed[0].encode()).text.splitlines()[1] == str(final).encode()
    for code, signatures in zip(printed, (3, 1), strict=True):
        head = life.look(checkpoint=code.replace("\n", "\r\n"))["head"]
        assert (head["standing"], [one["valid"] for one in head["signatures"]]) == (
            "contained",
            [True] * signatures,
        )
    newest = trail.parse_checkpoint(parse_note(printed[1].encode()).text)
    entry = life.people["slt"].get(f"{life.path}/trail")["entries"][0]
    assert entry["entry"]["data"]["checkpoint"] == {"size": newest.size, "root": newest.root.hex()}
    with life.site.session() as db:
        assert checkpoints.stored(db, newest.size) == printed[1].encode()
    assert written(life.site) == before
    # The operator rewrites what the paper tells of.
    with life.site.session() as db, db.begin():
        db.execute(text("DROP TRIGGER trail_leaf_no_update"))
        db.execute(text("UPDATE trail_leaf SET hash = zeroblob(32) WHERE number = :n"), {"n": newest.size})
    assert life.look(checkpoint=printed[1])["verdict"] == "differs"
    assert life.look(size=newest.size, root=newest.root.hex())["verdict"] == "differs"
    assert life.look(checkpoint=printed[0])["verdict"] == "contained"


def test_the_trail_says_what_is_final_and_hands_out_receipts(life: Life) -> None:
    page = words(english(life.site, "slt.moss").get(f"{life.path}/trail"))
    assert "No entry is final yet." in page
    assert "Waits for the witness of Moss kommune." in page
    life.cosign()
    told = life.people["slt"].get(f"{life.path}/trail")
    size = told["trail"]["size"]
    assert told["trail"]["final"]["last"] == size
    assert all(entry["final"] for entry in told["entries"])
    page = words(english(life.site, "slt.moss").get(f"{life.path}/trail"))
    assert f"All {size} entries are final." in page
    assert "Not final yet" not in page
    assert "What the trail does not prove" in page
    overview = english(life.site, "slt.moss").get(life.path)
    assert f"All {size} entries are final." in words(overview)
    assert life.people["slt"].get(life.path)["trail"]["final"]["checkpoint"]["size"]
    life.people["slt"].post(f"{life.path}/matters", {"kind": "referatsak", "meeting_date": "2025-06-19"})
    page = words(english(life.site, "slt.moss").get(f"{life.path}/trail"))
    assert f"Entries 1 to {size} are final." in page
    assert f"Entry {size + 1} and those after it have waited since" in page
    receipt = english(life.site, "slt.moss").get(f"{life.path}/trail/{size}/receipt.json")
    assert receipt.content_disposition.startswith("attachment")
    answer = (
        TestApp(life.site.app)
        .post(
            "/verify",
            upload_files=[("file", "kvittering.json", receipt.body)],
            headers={**JSON, "Accept-Language": "en"},
        )
        .json
    )
    assert (answer["kind"], answer["verdict"]) == ("receipt", "holds")
    assert answer["final"] == {"entries": 1, "of": 1}
    assert answer["checked"][0]["text"].startswith("The entry is final: ")
    bundle = english(life.site, "slt.moss").get(f"{life.path}/trail.zip").body
    told = life.stranger(bundle, "trail.zip")
    assert told["final"]["entries"] < told["final"]["of"], "what came after the witnesses waits"
    assert str(told["final"]["entries"]) in told["checked"][0]["text"]
    # What it is of, in plain words: what was done and in what capacity, and nobody's name.
    what, rest = answer["about"]
    assert what.startswith(f"Entry {size} of the agreement's trail: ")
    assert "${" not in what
    assert "Slt Moss" not in what + rest
    for username, number, status in (("slt.moss", 999, 404), ("slt.stange", size, 404), (None, size, 303)):
        life.site.browser(username).get(f"{life.path}/trail/{number}/receipt.json", status=status)
    life.site.app.registry["log_signer"] = None
    english(life.site, "slt.moss").get(f"{life.path}/trail/{size}/receipt.json", status=409)


def test_the_log_is_told_of_to_anybody_and_no_agreement_with_it(life: Life) -> None:
    life.cosign()
    page = TestApp(
        life.site.app, extra_environ={"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "en"}
    ).get("/log")
    assert KOMMUNE.key.name in page
    assert "Moss politistasjonsdistrikt" in page
    told = TestApp(life.site.app).get("/log", headers=JSON).json
    assert told["checkpoint"].startswith(f"{SIGNER.origin}\n{told['size']}\n")
    assert [one["last"]["size"] for one in told["witnesses"]] == [told["size"]] * 2
    assert [one["vkey"] for one in told["keys"]] == [SIGNER.vkey]
    for secret in (life.id, "Slt Moss", "Samarbeidsavtale"):
        assert secret not in page.text
        assert secret not in json.dumps(told)


def empty_zip(total: int, member: str = "entries.jsonl") -> bytes:
    """A zip that unpacks to ``total`` bytes and is small itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, bytes(total))
    return out.getvalue()


MANGLED: list[tuple[bytes, str, str]] = [
    (b"\x00\x01\x02", "unknown", "unknown"),
    (b"PK\x03\x04" + bytes(40), "bundle", "unreadable"),
    (b"PK", "unknown", "unknown"),
    (b"{", "receipt", "unreadable"),
    (b"{" * 5000, "receipt", "unreadable"),
    (b"\xff\xfe{", "unknown", "unknown"),
    (b"%PDF-1.7 og mer", "pdf", "unknown"),
    (empty_zip((4 << 20) + 1), "bundle", "unreadable"),
    # A Word document is no broken trail, and nobody is to be warned of it.
    (empty_zip(40, "word/document.xml"), "unknown", "unknown"),
    (b"logg.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "checkpoint", "elsewhere"),
]


def test_whatever_is_sent_gets_a_verdict(life: Life) -> None:
    before = written(life.site)
    for content, kind, verdict in MANGLED:
        told = life.stranger(content, "hva.som.helst")
        assert (told["kind"], told["verdict"]) == (kind, verdict), content[:20]
        assert told["message"]
        assert set(told["limits"]) == {"nb", "en"}
    stranger = TestApp(life.site.app, extra_environ={"HTTP_ACCEPT": "text/html"})
    page = stranger.post("/verify", upload_files=[("file", "kvittering.json", b"{")])
    assert "is not whole JSON" in page or "er ikke hel JSON" in page
    assert written(life.site) == before


def test_too_much_is_refused_before_it_is_looked_at(life: Life) -> None:
    stranger = TestApp(life.site.app, extra_environ={"HTTP_ACCEPT": "text/html"})
    page = stranger.post("/verify", upload_files=[("file", "x.pdf", bytes((1 << 20) + 1))], status=413)
    assert page.html.find(id="file")["aria-invalid"] == "true"
    assert life.stranger(bytes(3 << 20), status=413)["error"]
    assert "fil.pdf" in life.stranger(b"", status=422)["fields"]["file"]
    wrong = stranger.get("/verify", {"checkpoint": "tull"}, status=422).html
    assert wrong.find("a", href="#checkpoint") is not None
    assert wrong.find(id="checkpoint").text.strip() == "tull"
    for _ in range(MANY):
        answer = stranger.post_json(
            "/verify", {"size": "0", "root": "00" * 32}, headers=JSON, expect_errors=True
        )
    assert (answer.status_int, answer.json["error"]) == (429, "throttled")
    assert int(answer.headers["Retry-After"]) > 0
    assert stranger.get("/verify").html.find(id="checkpoint") is not None


def test_a_program_sends_json(life: Life) -> None:
    slt: Program = life.people["slt"]
    size = life.cosign()
    with life.site.session() as db:
        root = checkpoints.current(db, SIGNER).root
    assert slt.post("/verify", {"size": size, "root": root.hex()})["verdict"] == "contained"
    sent = {"filename": "a.bin", "content_base64": "AAEC"}
    assert slt.post("/verify", sent)["verdict"] == "unknown"
    assert slt.post("/verify", {"size": [], "root": {}}, status=422)["fields"]
    assert slt.post("/verify", {}, status=422)["error"]
    assert TestApp(life.site.app).get("/verify", headers=JSON).json["fields"]
