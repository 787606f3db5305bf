"""Registering witnesses and handing in cosignatures: by page, program and command, and in nobody's name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from webtest import TestApp

from tests.functional.conftest import Site
from tests.functional.door_support import house
from tests.functional.pages_support import form, fresh, wrong
from tests.support.witnessing import Cosigner, Watcher, log_key
from workflow_app.commands import main
from workflow_app.domain.trail import checkpoint_text, decode, note_bytes, parse_note
from workflow_app.models.witnesses import Cosignature
from workflow_app.services import trail
from workflow_app.services.log import tree
from workflow_app.services.log.signer import Signer
from workflow_app.web.scheduler import Scheduler
from workflow_app.witness.client import Log
from workflow_app.witness.house import at_home
from workflow_app.witness.rounds import Round
from workflow_app.witness.serving import Server

KEY = Cosigner("moss.example/1")


@dataclass
class Signing:
    """A site whose log has a key."""

    site: Site
    signer: Signer
    folder: Path

    def __post_init__(self) -> None:
        self.stranger = TestApp(self.site.app)
        self.time = int(self.site.now.timestamp())

    @property
    def text(self) -> bytes:
        with self.site.session() as db:
            size = tree.tree_size(db)
            return checkpoint_text(self.signer.origin, size, tree.root(db, size))

    def post(self, body: bytes, **headers: str) -> Any:
        return self.stranger.post(
            "/checkpoint/cosignatures", body, content_type="text/plain", headers=headers, expect_errors=True
        )

    def entries(self, key: str) -> list[tuple[str, str]]:
        with self.site.session() as db:
            told = [decode(e.body) for e in trail.entries(db, trail.party_chain(key), limit=500)]
        return [(e["kind"], e["data"]["vkey"]) for e in told if e["kind"].startswith("witness")]


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signing]:
    folder = tmp_path_factory.mktemp("signing")
    signer, settings = log_key(folder)
    site = house(folder, **settings)
    yield Signing(site, signer, folder)
    site.app.registry["engine"].dispose()


def test_an_administrator_registers_and_retires_on_the_page(signing: Signing) -> None:
    admin = signing.site.browser("admin.moss")
    page = admin.get("/parties/3103").click(href="/witnesses$")
    assert signing.signer.vkey in page.text
    mistaken = form(page, "vkey")
    mistaken["vkey"] = "no key"
    again = mistaken.submit(status=422)
    assert wrong(again) == ["add-vkey"]
    right = form(again, "vkey")
    assert right["vkey"].value == "no key", "what was written is kept"
    # The one thing that is not: a secret that has left its machine is not sent out once more.
    right["vkey"] = f"PRIVATE+KEY+{KEY.vkey}"
    again = right.submit(status=422)
    assert wrong(again) == ["add-vkey"]
    assert "PRIVATE+KEY" not in again.text
    right = form(again, "vkey")
    right["vkey"] = KEY.vkey
    page = right.submit(status=303).follow()
    assert KEY.known.key_id.hex() in page.text
    assert KEY.vkey in page.text
    twice = form(page, "vkey")
    twice["vkey"] = KEY.vkey
    assert wrong(twice.submit(status=409)) == ["add-vkey"]
    empty = form(page, "because").submit(status=422)
    assert len(wrong(empty)) == 1
    # The other party of an agreement sees them too, and cannot change them.
    fresh(signing.site, signing.site.program("slt.moss"))
    contact = signing.site.browser("politikontakt.moss")
    seen = contact.get("/parties/3103/witnesses")
    assert KEY.vkey in seen.text
    assert not [f for f in seen.forms.values() if "vkey" in f.fields or "because" in f.fields]
    signing.site.browser("slt.stange").get("/parties/3103/witnesses", status=404)

    # It counts from now on, for anyone who brings what it signed.
    text = signing.text
    assert signing.post(KEY.note(text, signing.time)).status_int == 200
    assert (
        f"{parse_note(signing.signer.sign(text)).text.split()[1].decode()} "
        in admin.get("/parties/3103/witnesses").text
    )

    retire = form(page, "because")
    retire["because"] = "replaced"
    page = retire.submit(status=303).follow()
    assert not [f for f in page.forms.values() if "because" in f.fields]
    assert signing.post(KEY.note(text, signing.time)).status_int == 403
    assert signing.entries("3103") == [("witness_added", KEY.vkey), ("witness_retired", KEY.vkey)]


def test_a_program_registers_and_retires(signing: Signing) -> None:
    program, key = signing.site.program("admin.moss"), Cosigner("program.example/1")
    path = "/parties/3103/witnesses"
    added = program.post(path, {"action": "add", "vkey": key.vkey, "url": "https://inside.example"})
    mine = next(one for one in added["witnesses"] if one["vkey"] == key.vkey)
    assert (mine["size"], mine["seen"], mine["retired"]) == (0, None, None)
    assert mine["url"] is None, "whom the server calls is the operator's to say"
    assert program.post(path, {"action": "add", "vkey": key.vkey}, status=409)["error"] == "witness_known"
    program.post(path, {"action": "retire", "witness": "999", "because": "replaced"}, status=404)
    program.post(path, {"action": "retire", "witness": mine["id"], "because": "nothing"}, status=422)
    program.post(path, {"action": "other"}, status=422)
    done = program.post(path, {"action": "retire", "witness": mine["id"], "because": "state_lost"})
    assert next(one for one in done["witnesses"] if one["id"] == mine["id"])["because"] == "state_lost"
    signing.site.program("slt.moss").post(path, {"action": "add", "vkey": key.vkey}, status=403)
    assert "url" not in signing.site.program("slt.moss").get(path)["witnesses"][0]


def test_what_is_handed_in_is_answered_in_a_sentence_and_the_right_status(signing: Signing) -> None:
    key = Cosigner("statuses.example/1")
    signing.site.program("admin.moss").post("/parties/3103/witnesses", {"action": "add", "vkey": key.vkey})
    text, time = signing.text, signing.time
    cases = {
        400: b"hello",
        403: Cosigner("x/1").note(text, time),
        409: key.note(checkpoint_text(signing.signer.origin, 2, b"x" * 32), time),
        413: b"x" * 20_000,
        422: note_bytes(text, [key.line(text, time)._replace(blob=b"x" * 72)]),
    }
    for status, body in cases.items():
        plain = signing.post(body)
        assert (plain.status_int, plain.content_type) == (status, "text/plain")
        assert plain.text.count("\n") == 1
        told = signing.post(body, Accept="application/json")
        assert told.status_int == status
        assert told.json["message"] == plain.text.strip()
        assert told.json["error"]
    with signing.site.session() as db:
        before = db.query(Cosignature).count()
    for _ in range(2):
        told = signing.post(key.note(text, time), Accept="application/json")
        assert (told.status_int, told.json["witnesses"]) == (200, ["statuses.example/1"])
    with signing.site.session() as db:
        assert db.query(Cosignature).count() == before + 1
    assert "Set-Cookie" not in told.headers
    size = told.json["size"]
    published = signing.stranger.get(f"/checkpoint/{size}").body
    assert parse_note(published).signatures[-1] == key.line(text, time)
    signing.stranger.get("/checkpoint/cosignatures", status=404)
    # A browser that is signed in is nobody here either, and its cookie buys nothing.
    signed_in = signing.site.browser("admin.moss")
    assert signed_in.post("/checkpoint/cosignatures", b"x", content_type="text/plain", status=400)


def test_a_site_without_a_key_takes_none(site: Site) -> None:
    answer = TestApp(site.app).post(
        "/checkpoint/cosignatures",
        KEY.note(checkpoint_text("log.example/x", 2, b"x" * 32), int(site.now.timestamp())),
        content_type="text/plain",
        status=503,
    )
    assert answer.text.count("\n") == 1
    assert site.browser("slt.moss").get("/parties/3103/witnesses", status=200)


def test_the_command_and_the_clock_ask_a_witness_that_waits(
    signing: Signing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ini = tmp_path / "site.ini"
    url = signing.site.app.registry["engine"].url
    ini.write_text(
        f"[app:main]\nuse = egg:avtaleflyt\nsqlalchemy.url = {url}\n"
        f"avtaleflyt.log_key_file = {signing.folder / 'log.key'}\n"
    )

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["cosigners", *words, "--config", str(ini)])
        said = capsys.readouterr()
        return code, said.out, said.err

    watcher = Watcher.new(tmp_path / "w", "asked.example/1", signing.signer.vkey, "https://nowhere.example")
    home = at_home(watcher.folder)
    with home.working() as memory, Server(("127.0.0.1", 0), Round(home, memory, Log(home.url))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        here = f"http://127.0.0.1:{server.server_address[1]}"
        assert run("add", "3103", watcher.vkey, "--url", "http://127.0.0.1:9")[0] == 0
        assert run("add", "3103", watcher.vkey)[0] == 2
        assert run("add", "3103", "no key")[0] == 2
        assert run("add", "9999", watcher.vkey)[0] == 2
        code, said, _ = run("push")
        assert (code, said) == (1, "asked.example/1: The witness does not answer.\n")
        admin = signing.site.browser("admin.moss").get("/parties/3103/witnesses")
        assert "http://127.0.0.1:9" in admin.text
        assert admin.html.select(".ds-alert[data-color=danger]"), "the administrator sees what is wrong"
        assert run("url", "3103", watcher.vkey, here)[1].strip().endswith(here)
        Scheduler(signing.site.app.registry).look()
        with signing.site.session() as db:
            there_are = tree.tree_size(db)
        assert watcher.memory.size == there_are
        code, said, _ = run("push")
        assert (code, said) == (0, "")
        code, said, _ = run("list", "--party", "3103")
        assert "asked.example/1" in said
        assert run("end", "3103", watcher.vkey, "--because", "not_wanted")[0] == 0
        assert run("end", "3103", watcher.vkey, "--because", "not_wanted")[0] == 2
        assert run("push")[0] == 0
        server.shutdown()
