"""Passkeys through HTTP: registered, signed in with, signed off with, lost and taken away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from webtest import TestApp

from tests.functional.conftest import PASSWORD, Program, Site
from tests.functional.door_support import csrf_of, furnish, house
from tests.functional.pages_support import form
from tests.support.soft_authenticator import SoftAuthenticator, b64, unb64
from workflow_app.commands import main as command
from workflow_app.domain.trail import canonical
from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.models.proceedings import ApprovalRow
from workflow_app.models.trail import TrailEntry
from workflow_app.services.transitions import lock

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house for the module; every test has an agreement or a person of its own."""
    made = house(tmp_path_factory.mktemp("passkeys"))
    yield made
    made.app.registry["engine"].dispose()


def ask(client: TestApp, path: str, token: str, status: int = 200, **fields: Any) -> Any:
    """What the script of the pages does: a form's fields, answered with JSON."""
    fields = {"csrf_token": token, **fields}
    return client.post(path, fields, headers={"Accept": "application/json"}, status=status).json


def register(
    program: Program, name: str = "Telefon", device: SoftAuthenticator | None = None
) -> SoftAuthenticator:
    """A passkey of the program's person on a device of her own."""
    device = device or SoftAuthenticator()
    wanted = {"action": "options", "name": name, "password": PASSWORD}
    options = program.post("/passkeys", wanted)["options"]
    program.post("/passkeys", {"action": "add", "name": name, "credential": device.create(options)})
    return device


def challenge(program: Program, path: str, status: int = 200, **more: Any) -> Any:
    return program.post(f"{path}/transitions/sign/challenge", more, status=status)


def sign(program: Program, path: str, device: SoftAuthenticator, status: int = 200, **more: Any) -> Any:
    answer = device.get(challenge(program, path)["options"])
    return program.post(f"{path}/transitions/sign", {"data": {"passkey": answer}, **more}, status=status)


def entries(site: Site, chain: str, kind: str) -> list[dict[str, Any]]:
    with site.session() as db:
        rows = db.scalars(
            select(TrailEntry.body)
            .where(TrailEntry.chain == chain, TrailEntry.kind == kind)
            .order_by(TrailEntry.number)
        )
        return [json.loads(row) for row in rows]


@pytest.fixture(scope="module")
def mayor(shared: Site) -> tuple[Program, SoftAuthenticator]:
    program = shared.program("ordforer.moss")
    return program, register(program)


@pytest.fixture(scope="module")
def chief(shared: Site) -> tuple[Program, SoftAuthenticator]:
    program = shared.program("stasjonssjef.moss")
    return program, register(program)


def test_registered_with_the_password_used_to_come_in_renamed_and_removed(shared: Site) -> None:
    client, device = shared.browser("sekretaer.stange"), SoftAuthenticator()
    page = client.get("/passkeys")
    assert form(page, "password")["name"].attrs["required"] is not None
    assert "JavaScript" in page.text
    token = csrf_of(client)
    no = ask(client, "/passkeys", token, 422, action="options", name="Telefon", password="feil")
    assert set(no["fields"]) == {"password"}
    assert set(ask(client, "/passkeys", token, 422, action="options", name=" ", password="x")["fields"]) == {
        "name"
    }
    options = ask(client, "/passkeys", token, action="options", name="Telefon", password=PASSWORD)["options"]
    assert [p["alg"] for p in options["pubKeyCredParams"]] == [-7, -8, -257]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "preferred"
    assert options["rp"]["id"] == "localhost"
    credential = json.dumps(device.create(options))
    # Without its script the form says what is missing, and keeps the name.
    bare = client.post("/passkeys", {"csrf_token": token, "action": "add", "name": "Telefon"}, status=422)
    assert form(bare, "password")["name"].value == "Telefon"
    added = {"csrf_token": token, "action": "add", "name": "Telefon", "credential": credential}
    done = client.post("/passkeys", added, status=303).follow()
    assert "Telefon" in done.text
    client.post("/passkeys", added, status=409)

    # A second one, by the first in the password's place.
    asked = ask(client, "/passkeys", token, action="confirm", name="Nøkkel")["options"]
    answer = json.dumps(device.get(asked))
    options = ask(client, "/passkeys", token, action="options", name="Nøkkel", passkey=answer)["options"]
    assert ask(client, "/passkeys", token, 422, action="options", name="Nøkkel", passkey=answer)
    assert len(options["excludeCredentials"]) == 1
    added |= {"name": "Nøkkel", "credential": json.dumps(SoftAuthenticator().create(options))}
    client.post("/passkeys", added, status=303)

    visitor = shared.browser()
    visitor.get("/login")
    outside = csrf_of(visitor)
    asked = ask(visitor, "/login", outside, action="options")["options"]
    assert asked["userVerification"] == "required"
    came = visitor.post(
        "/login",
        {"csrf_token": outside, "passkey": json.dumps(device.get(asked)), "came_from": "/passkeys"},
        status=303,
    )
    assert came.headers["Location"].endswith("/passkeys")
    told = visitor.get("/passkeys", headers=JSON).json["passkeys"]
    assert [(one["name"], one["counter"]) for one in told] == [("Telefon", 2), ("Nøkkel", 0)]
    assert told[0]["last_used"]

    here = {"csrf_token": csrf_of(visitor), "passkey": told[0]["id"]}
    wrong = visitor.post("/passkeys", {**here, "action": "rename", "name": ""}, status=422)
    assert wrong.html.select_one(f"#name-{told[0]['id']}")["aria-invalid"] == "true"
    visitor.post("/passkeys", {**here, "action": "rename", "name": "Privat"}, status=303)
    visitor.post("/passkeys", {**here, "action": "remove"}, status=303)
    visitor.post("/passkeys", {**here, "action": "remove"}, status=404)
    late = shared.browser()
    late.get("/login")
    asked = ask(late, "/login", csrf_of(late), action="options", username="sekretaer.stange")["options"]
    answer = json.dumps(device.get(asked))
    refused = late.post("/login", {"csrf_token": csrf_of(late), "passkey": answer}, status=401)
    assert refused.html.select_one("#login-problem")
    with shared.session() as db:
        kinds = [
            m.kind
            for m in db.scalars(select(Mail).where(Mail.person_id == shared.person["sekretaer.stange"]))
        ]
    assert sorted(kinds) == ["passkey_added", "passkey_added", "passkey_removed"]


def test_mayor_and_chief_sign_and_what_they_signed_can_be_checked_by_anybody(
    shared: Site, mayor: tuple[Program, SoftAuthenticator], chief: tuple[Program, SoftAuthenticator]
) -> None:
    path = furnish(shared, "negotiated").path
    ident = path.rpartition("/")[2]
    (first, phone), (second, key) = mayor, chief
    # Both look before either signs: the other's approval in between breaks nothing.
    hers, his = challenge(first, path), challenge(second, path)
    assert hers["statement"]["opening"] == his["statement"]["opening"]
    page = shared.browser("ordforer.moss").get(f"{path}/transitions/sign")
    said = page.html.select_one(".statement").text
    for part in (ident, hers["statement"]["digest"], hers["statement"]["opening"]["hash"], "sign"):
        assert part in said
    assert page.html.select_one("button[data-passkey=sign]")["data-url"].endswith(
        f"{path}/transitions/sign/challenge"
    )
    before = first.get(path)["version"]
    for program, asked, device in ((first, hers, phone), (second, his, key)):
        answer = {"passkey": device.get(asked["options"])}
        done = program.post(f"{path}/transitions/sign", {"version": before, "data": answer})
    assert done["state"] == "signed"
    chain = f"agreement/{ident}"
    approvals = [*entries(shared, chain, "approval"), *entries(shared, chain, "transition")]
    kept = [e["data"]["signoff"] for e in approvals if "signoff" in e.get("data", {})]
    assert [one["statement"] for one in kept] == [hers["statement"], his["statement"]]
    parties = (shared.party["moss"], shared.party["politi.moss"])
    opened = {e["number"]: e for e in entries(shared, chain, "transition")}
    for one, device, party in zip(kept, (phone, key), parties, strict=True):
        told = [e["data"] for e in entries(shared, f"party/{party}", "passkey_added")]
        assert one["key"] in {t["key"] for t in told}
        assert set(one) == {"how", "key", "statement", "authenticator_data", "client_data", "signature"}
        wanted = hashlib.sha256(b"avtaleflyt/sign-off/v1\x00" + canonical(one["statement"])).digest()
        client = json.loads(unb64(one["client_data"]))
        assert client["challenge"] == b64(wanted)
        assert unb64(one["authenticator_data"])[32] & 0x04
        device.check(unb64(one["authenticator_data"]), unb64(one["client_data"]), unb64(one["signature"]))
        assert one["statement"]["opening"]["number"] in opened
        assert one["statement"]["party"] == party
    with shared.session() as db:
        rows = db.scalars(select(ApprovalRow).where(ApprovalRow.party_key.in_(parties))).all()
    assert {r.how for r in rows if r.role in ("mayor", "station_chief")} >= {"passkey"}


def test_an_answer_counts_once_and_a_second_press_is_told_it_was_done(
    shared: Site, mayor: tuple[Program, SoftAuthenticator]
) -> None:
    program, device = mayor
    path, other = furnish(shared, "negotiated").path, furnish(shared, "negotiated").path
    asked = challenge(program, path)
    answer = {"data": {"passkey": device.get(asked["options"])}}
    assert len(program.post(f"{path}/transitions/sign", answer)["approvals"]) == 1
    assert len(program.post(f"{path}/transitions/sign", answer)["approvals"]) == 1
    # The same answer somewhere else: another agreement, or the same one after a reopening.
    moved = program.post(f"{other}/transitions/sign", answer, status=409)
    assert moved["error"] == "statement_outdated"
    assert program.get(other)["approvals"] == []
    slt, contact = shared.program("slt.moss"), shared.program("politikontakt.moss")
    waiting = {"data": {"passkey": device.get(challenge(program, other)["options"])}}
    for ident in (path, other):
        slt.post(f"{ident}/transitions/reopen", {"data": {"reason": "En dato er feil."}})
        for coordinator in (slt, contact):
            coordinator.post(f"{ident}/transitions/agree", {})
        sent = answer if ident == path else waiting
        assert program.post(f"{ident}/transitions/sign", sent, status=409)["error"] == "statement_outdated"
        assert program.get(ident)["approvals"] == []
    assert sign(program, other, device)["approvals"]


def test_a_statement_made_for_something_else_signs_nothing(
    shared: Site, mayor: tuple[Program, SoftAuthenticator], chief: tuple[Program, SoftAuthenticator]
) -> None:
    (program, device), (other, others_key) = mayor, chief
    path = furnish(shared, "negotiated").path
    asked = challenge(program, path)
    mine, his = {**asked["options"]}, challenge(other, path)["options"]
    for answer in (
        device.get(mine, origin="http://127.0.0.1"),
        others_key.get(mine),
        device.get(his),
        device.get({**mine, "challenge": b64(bytes(32))}),
        {"id": "x"},
        "no json",
        7,
        {**device.get(mine), "rawId": "AAAA"},
    ):
        no = program.post(f"{path}/transitions/sign", {"data": {"passkey": answer}}, status=422)
        assert set(no["fields"]) == {"passkey"}, answer
        with shared.session() as db, db.begin():
            # What is counted here is another test's to look at.
            db.execute(shared_events_delete())
    assert program.get(path)["approvals"] == []
    # In the browser the page comes back with the sentence, and nothing is lost.
    client = shared.browser("ordforer.moss")
    step = form(client.get(f"{path}/transitions/sign"), "password")
    back = client.post(
        f"{path}/transitions/sign",
        {"csrf_token": step["csrf_token"].value, "version": step["version"].value, "passkey": "{}"},
        status=422,
    )
    assert back.html.select_one(".ds-error-summary li")
    assert form(back, "password")
    # Not asked for a finger in vain: what would be refused is refused at once, without an entry.
    assert challenge(shared.program("slt.moss"), path, status=403)["error"]
    assert challenge(program, path, status=409, version=1)["error"] == "stale_version"
    assert challenge(program, path, status=422, data={"colour": "blue"})["fields"]
    draft = furnish(shared).path
    assert challenge(program, draft, status=409)["refusals"]
    assert entries(shared, draft.replace("/agreements/", "agreement/"), "refusal") == []


def shared_events_delete() -> Any:
    from sqlalchemy import delete

    from workflow_app.models.people import SecurityEvent

    return delete(SecurityEvent)


def test_another_text_makes_it_nothing_even_when_no_version_is_sent(
    shared: Site, mayor: tuple[Program, SoftAuthenticator]
) -> None:
    program, device = mayor
    path = furnish(shared, "negotiated").path
    answer = {"data": {"passkey": device.get(challenge(program, path)["options"])}}
    with shared.session() as db, db.begin():
        held = lock(db, path.rpartition("/")[2])
        assert held is not None
        # As somebody with the database in hand would change what is signed.
        held.digest = held.agreed_digest = "0" * 64
    assert program.post(f"{path}/transitions/sign", answer, status=409)["error"] == "statement_outdated"


def test_the_password_still_signs_and_is_told_apart(shared: Site) -> None:
    path = furnish(shared, "negotiated").path
    shared.program("ordforer.moss").post(f"{path}/transitions/sign", {"data": {"password": PASSWORD}})
    chain = path.replace("/agreements/", "agreement/")
    assert entries(shared, chain, "approval")[-1]["data"]["signoff"] == {"how": "password"}


def test_a_lost_key_is_removed_by_the_partys_administrator_and_signs_nothing(
    shared: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, admin = shared.program("ordforer.stange"), shared.browser("admin.stange")
    device = register(program)
    path = furnish(shared, "negotiated", "stange").path
    answer = {"data": {"passkey": device.get(challenge(program, path)["options"])}}
    place = f"/parties/{shared.party['stange']}/passkeys"
    page = admin.get(place)
    removing = next(
        f for f in page.forms.values() if "username" in f.fields and f["username"].value == "ordforer.stange"
    )
    removing["reason"] = ""
    assert removing.submit(status=422).html.select_one("[aria-invalid=true]")
    removing["reason"] = "Telefonen er mistet på toget"
    assert "passkey_removed" in removing.submit(status=303).headers["Location"]
    *_, gone = entries(shared, f"party/{shared.party['stange']}", "passkey_removed")
    assert gone["actor"]["role"] == "administrator"
    assert gone["data"]["because"] == "administrator"
    assert set(gone["private"]) == {"reason"}
    program.post(f"{path}/transitions/sign", answer, status=422)
    assert challenge(program, path)["options"].get("allowCredentials", []) == []
    # Nobody reaches people of other parties.
    other = register(shared.program("ordforer.moss"), "Til")
    assert other
    number = shared.program("ordforer.moss").get("/passkeys")["passkeys"][-1]["id"]
    far = {"csrf_token": csrf_of(admin), "passkey": number, "reason": "x", "username": "ordforer.moss"}
    admin.post(place, far, headers=JSON, status=422)
    # The operator, at the console.
    ini = tmp_path / "site.ini"
    url = shared.app.registry["engine"].url.render_as_string(hide_password=False)
    ini.write_text(f"[app:main]\nuse = egg:avtaleflyt\nsqlalchemy.url = {url}\n")
    assert command(["person", "passkeys", "ordforer.moss", "--config", str(ini)]) == 0
    assert "Til" in capsys.readouterr().out
    words = ["person", "passkeys", "ordforer.moss", "--remove", str(number), "--config", str(ini)]
    assert command(words) == 2
    assert command([*words, "--because", "Meldt mistet"]) == 0
    told = entries(shared, f"party/{shared.party['moss']}", "passkey_removed")[-1]
    assert (told["actor"], told["data"]["by"], told["data"]["because"]) == (None, "console", "operator")
    with shared.session() as db:
        assert db.get(Agreement, path.rpartition("/")[2]) is not None
