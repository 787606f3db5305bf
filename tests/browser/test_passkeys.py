"""Passkeys as people meet them, with Chromium's own virtual authenticator: registered, used to come in,
and signed with by mayor and station chief; and an operator who tries to sign in the station chief's name.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from tests.browser.conftest import Served, Someone, serving
from tests.browser.walking import barriers, state, twin
from tests.functional.conftest import Site
from tests.functional.door_support import furnish
from tests.support.soft_authenticator import SoftAuthenticator, b64
from workflow_app.domain.trail import statement_challenge
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party, Person
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.demonstration import PASSWORD
from workflow_app.services.log import keys as log_keys
from workflow_app.services.log.keys import VARIABLE, new_signer
from workflow_app.services.trail import EntryActor

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the module, at the one name a loopback address can have for passkeys."""
    signer = new_signer("localhost/log")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, signer.text)
        with serving(tmp_path_factory.mktemp("site")) as made:
            with made.app.registry["sessions"].begin() as session:
                log_keys.enter(session, signer, datetime.now(UTC))
            made.url = made.url.replace("127.0.0.1", "localhost")
            yield made


@pytest.fixture(scope="module")
def site(served: Served) -> Site:
    """The same application, to set the stage without walking every page."""
    made = Site(served.app)
    with made.session() as db:
        for party in db.scalars(select(Party)):
            if party.key == "3103":
                made.party["moss"] = party.key
            elif party.name.startswith("Moss"):
                made.party["politi.moss"] = party.key
    return made


def device(someone: Someone, **more: Any) -> Any:
    """A phone in somebody's hand; the session that drives it, and its id."""
    cdp = someone.page.context.new_cdp_session(someone.page)
    cdp.send("WebAuthn.enable")
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **more}})
    return cdp, made["authenticatorId"]


def register(someone: Someone, name: str) -> Page:
    """Fill in the page and press Enter, as one does after a password."""
    page = someone.open("/passkeys")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url("**/passkeys?done=passkey_added")
    return page


def accessible(page: Page) -> None:
    """No barrier of WCAG 2.1 A and AA on the page as it stands."""
    assert barriers(page) == []


def verdict(bundle: bytes, folder: Path) -> tuple[int, str]:
    """What the verifier in the bundle itself says of it, run alone, with no network and nothing of ours."""
    file = folder / "trail.zip"
    file.write_bytes(bundle)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        program = folder / "verify.py"
        program.write_bytes(archive.read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(file)],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def bundle_of(someone: Someone, ident: str) -> bytes:
    """The downloaded trail of an agreement."""
    answer = someone.page.request.get(f"{someone.served.url}/agreements/{ident}/trail.zip")
    assert answer.ok, answer.status
    return answer.body()


def told_keys(db: Any, party: str) -> list[dict[str, Any]]:
    """The passkeys that a party's chain tells of."""
    rows = db.scalars(
        select(TrailEntry.body).where(
            TrailEntry.chain == trail.party_chain(party), TrailEntry.kind == "passkey_added"
        )
    )
    return [json.loads(row)["data"] for row in rows]


def test_registered_signed_in_with_and_signed_with_by_both(
    site: Site, served: Served, people: Any, tmp_path: Path
) -> None:
    ident = furnish(site, "negotiated").id
    mayor, chief = people("ordforer.moss"), people("stasjonssjef.moss")
    phone = device(mayor)
    device(chief)
    page = mayor.open("/passkeys")
    assert page.locator("#passkey-without").is_hidden()
    accessible(page)
    page.fill("#name", "Jobbtelefon")
    page.fill("#password", "feil passord")
    page.locator("button[data-passkey=add]").click()
    page.locator("[role=alert]:has(#passkey-problem)").wait_for(state="visible")
    assert page.locator("#password").evaluate("e => e === document.activeElement")
    assert page.input_value("#name") == "Jobbtelefon"
    page = register(mayor, "Jobbtelefon")
    accessible(page)
    mayor.shoot("passkeys")
    register(chief, "Nøkkelring")

    # Signing in: one tap, and no name to type.
    page.locator(".whoami button").click()
    page.wait_for_url("**/login*")
    accessible(page)
    mayor.shoot("passkey-login")
    page.goto(served.url.replace("localhost", "127.0.0.1") + "/login")
    # An IP address cannot have passkeys, so the page leads to the name it has.
    assert page.locator("#passkey-elsewhere a").get_attribute("href") == f"{served.url}/login"
    assert page.locator("button[data-passkey=login]").is_hidden()
    page.locator("#passkey-elsewhere a").click()
    page.locator("button[data-passkey=login]").click()
    page.wait_for_url(f"{served.url}/")

    # Between two meetings: one tap on the worklist, one on the page, and a finger.
    page.locator(f"a[href$='/agreements/{ident}/transitions/sign']").first.click()
    statement = page.locator("dl.statement")
    agreement = twin(mayor, f"/agreements/{ident}")
    assert agreement["digest"] in (statement.text_content() or "")
    assert ident in (statement.text_content() or "")
    accessible(page)
    mayor.shoot("passkey-signing")
    # The station chief looks before the mayor signs: it makes his signature no other.
    looking = chief.open(f"/agreements/{ident}/transitions/sign")
    # A finger that is not known: nothing is signed, the page says so, and stands.
    phone[0].send("WebAuthn.setUserVerified", {"authenticatorId": phone[1], "isUserVerified": False})
    page.locator("button[data-passkey=sign]").click()
    page.locator("[role=alert]:has(#passkey-problem)").wait_for(state="visible")
    assert len(page.locator("[data-statement=nonce]").text_content() or "") == 43
    mayor.shoot("passkey-cancelled")
    phone[0].send("WebAuthn.setUserVerified", {"authenticatorId": phone[1], "isUserVerified": True})
    page.locator("button[data-passkey=sign]").click()
    page.wait_for_url("**?done=approved")

    # By the keyboard alone.
    looking.locator("button[data-passkey=sign]").focus()
    looking.keyboard.press("Enter")
    looking.wait_for_url("**?done=moved")
    assert state(mayor, ident) == "signed"
    told = mayor.open(f"/agreements/{ident}/trail")
    assert told.locator(".trail").text_content()
    mayor.shoot("passkey-trail")

    code, said = verdict(bundle_of(mayor, ident), tmp_path)
    assert code == 0, said
    # One sign-off alone, in one file: what a council member may be given.
    newest = twin(mayor, f"/agreements/{ident}")["trail"]["size"]
    receipt = mayor.page.request.get(f"{served.url}/agreements/{ident}/trail/{newest}/receipt.json")
    (tmp_path / "receipt.json").write_bytes(receipt.body())
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "receipt.json"], capture_output=True, text=True, cwd=tmp_path,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "passnøkkel" in done.stdout
    assert [one.faults for one in (mayor, chief)] == [[], []]


REASON = {
    "another key": "the passkey's signature does not fit",
    "a made-up signature": "the passkey's signature does not fit",
    "an unknown key": "was not registered to the signer",
    "the mayor's own": "was not registered to the signer",
}
"""What the operator tried → what the verifier says of it."""


@pytest.mark.parametrize("forgery", list(REASON))
def test_an_operator_cannot_sign_in_the_station_chiefs_name(
    site: Site, people: Any, tmp_path: Path, forgery: str
) -> None:
    """He has the database and every chain in it, but not the station chief's device."""
    mayor = people("ordforer.moss")
    if forgery == "another key":
        chief = people("stasjonssjef.moss")
        device(chief)
        register(chief, "Ny telefon")
    ident = furnish(site, "negotiated").id
    with site.session() as db, db.begin():
        agreement = db.get_one(Agreement, ident)
        person = db.scalars(select(Person).where(Person.username == "stasjonssjef.moss")).one()
        party = site.party["politi.moss"]
        chain = trail.agreement_chain(ident)
        opening = db.scalars(
            select(TrailEntry).where(TrailEntry.chain == chain, TrailEntry.kind == "transition")
        ).one()
        said = {
            "v": 1, "agreement": ident, "digest": agreement.digest, "transition": "sign",
            "role": "station_chief", "party": party,
            "opening": {"number": opening.number, "hash": opening.hash}, "nonce": b64(bytes(32)),
            "origin": "localhost/log",
        }  # fmt: skip
        known = next(key for key in told_keys(db, party) if key["person"] == person.id)
        fake = SoftAuthenticator(known["origins"][0])
        fake.create(
            {
                "rp": {"id": "localhost"},
                "user": {"id": b64(b"x")},
                "challenge": "AA",
                "pubKeyCredParams": [{"alg": -7}],
            }
        )
        answer = fake.get({"challenge": b64(statement_challenge(said))})["response"]
        key = known["key"]
        if forgery == "an unknown key":
            key = "ab" * 32
        if forgery == "a made-up signature":
            answer["signature"] = b64(bytes(71))
        signoff = {
            "how": "passkey", "key": key, "statement": said,
            "authenticator_data": answer["authenticatorData"], "client_data": answer["clientDataJSON"],
            "signature": answer["signature"],
        }  # fmt: skip
        if forgery == "the mayor's own":
            signoff["key"] = told_keys(db, "3103")[-1]["key"]
        trail.append(
            db, chain, kind="approval", now=datetime.now(UTC), transition="sign",
            actor=EntryActor(person=person.id, role="station_chief", party=party),
            definition=agreement.definition_digest, agreement=agreement.digest,
            data={"round": 999, "bound_to": agreement.digest, "remaining": 1, "signoff": signoff},
        )  # fmt: skip
    code, told = verdict(bundle_of(mayor, ident), tmp_path)
    assert code == 1, told
    assert REASON[forgery] in told
