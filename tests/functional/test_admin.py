"""From an empty production database to a signed agreement, by the command line and the pages alone.

No demonstration data, no service called from the test: what a kommune's own
people can do with what they are given. The settings are the repository's
production.ini with the two secrets an operator puts into the environment.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from webtest import TestApp

from workflow_app import main
from workflow_app.settings import load

ROOT = Path(__file__).resolve().parents[2]
AVTALEFLYT = Path(sys.executable).parent / "avtaleflyt"
PASSWORD = "en lang nok setning"
# The command line lives on the real day, and so must the text.
YEAR = date.today().year
TEXT = f"""# Samarbeidsavtale mellom Moss kommune og Øst politidistrikt

## 1. Formål

Partene vil forebygge sammen og følge opp det de blir enige om.

## 2. Evaluering

Ved årets slutt skal politirådet evaluere tiltakene skriftlig.

## 3. Varighet

Avtalen gjelder i perioden {YEAR}-{YEAR + 2}. Avtalen revideres årlig.

Ordfører og politistasjonssjef undertegner.
"""


@dataclass(frozen=True)
class Console:
    """The operator's shell."""

    environment: dict[str, str]
    ini: Path

    def __call__(self, *words: str, stdin: str = "", code: int = 0) -> str:
        """Run ``avtaleflyt`` and return what it printed."""
        done = subprocess.run(
            [str(AVTALEFLYT), *words, "--config", str(self.ini)],
            input=stdin, capture_output=True, text=True, env=self.environment, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        # The password that was typed is repeated nowhere.
        assert PASSWORD not in done.stdout + done.stderr
        return done.stdout if code == 0 else done.stderr


# One life that every test looks at: lived once, in one process.
pytestmark = pytest.mark.xdist_group("admin")


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    """A shell on a machine where nothing has been set up but the two secrets."""
    folder = tmp_path_factory.mktemp("production")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("AVTALEFLYT")},
        "AVTALEFLYT_DATABASE": f"sqlite:///{folder / 'avtaleflyt.sqlite'}",
        "AVTALEFLYT_SECRET": "bare for denne prøven",
    }
    return Console(environment, ROOT / "production.ini")


@pytest.fixture(scope="module")
def peopled(console: Console) -> dict[str, str]:
    """The database, two parties, five people with their roles; tokens by user name."""
    before = console("party", "list", code=2)
    assert "avtaleflyt database upgrade" in before
    console("database", "upgrade")
    console("database", "status")
    assert json.loads(console("party", "list", "--json")) == []
    assert json.loads(console("person", "list", "--json")) == []
    console("party", "add", "--municipal", "3103")
    console("party", "add", "--police", "Moss politistasjonsdistrikt", "--district", "ost")
    listed = json.loads(console("party", "list", "--json"))
    (police,) = [p["key"] for p in listed if p["side"] == "police"]
    people = {
        "slt": ("slt_coordinator", "3103"),
        "ordforer": ("mayor", "3103"),
        "sekretaer": ("council_secretary", "3103"),
        "kontakt": ("politikontakt", police),
        "sjef": ("station_chief", police),
        "vara": (None, ""),
    }
    since = (date.today() - timedelta(days=400)).isoformat()
    tokens = {"police": police}
    for username, (role, party) in people.items():
        console(
            "person", "add", username, "--name", username.title(), "--password-stdin", stdin=PASSWORD + "\n"
        )
        if role is not None:
            console("role", "add", username, role, party, "--from", since)
        tokens[username] = console("token", "add", username, "--scope", "write").strip()
    today = date.today()
    console("acting", "add", "vara", "--for", "ordforer", "--role", "mayor", "--party", "3103",
            "--title", "Varaordfører", "--to", (today + timedelta(days=7)).isoformat())  # fmt: skip
    return tokens


@pytest.fixture(scope="module")
def served(console: Console, peopled: dict[str, str]) -> Iterator[Any]:
    """The application as production.ini makes it."""
    app = main({"__file__": str(console.ini)}, **load(console.ini, console.environment))
    yield app
    app.registry["engine"].dispose()


class Asking:
    """A program of one of the people."""

    def __init__(self, served: Any, token: str) -> None:
        self.client = TestApp(served)
        self.headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.headers).json

    def post(self, path: str, body: dict[str, Any], status: int = 200) -> Any:
        return self.client.post_json(path, body, headers=self.headers, status=status).json

    def do(self, ident: str, name: str, **data: Any) -> Any:
        seen = self.get(f"/agreements/{ident}")["version"]
        return self.post(f"/agreements/{ident}/transitions/{name}", {"version": seen, "data": data})


@pytest.fixture(scope="module")
def signed(served: Any, peopled: dict[str, str]) -> str:
    """An agreement from upload to the last signature, the kommune's by the acting mayor."""
    slt = Asking(served, peopled["slt"])
    made = slt.post(
        "/agreements/add",
        {"filename": "avtale.txt", "content_base64": base64.b64encode(TEXT.encode()).decode(),
         "municipal": ["3103"], "police": [peopled["police"]], "definition": "politiradsavtale"},
        status=201,
    )  # fmt: skip
    ident: str = made["id"]
    slt.post(f"/agreements/{ident}/rules", {"version": made["version"], "confirm": True})
    slt.do(ident, "agree")
    assert Asking(served, peopled["kontakt"]).do(ident, "agree")["state"] == "negotiated"
    Asking(served, peopled["vara"]).do(ident, "sign", password=PASSWORD)
    assert Asking(served, peopled["sjef"]).do(ident, "sign", password=PASSWORD)["state"] == "signed"
    return ident


def test_an_empty_production_database_becomes_a_signed_agreement(
    served: Any, peopled: dict[str, str], signed: str
) -> None:
    told = Asking(served, peopled["sekretaer"]).get(f"/agreements/{signed}")
    assert told["state"] == "signed"
    assert told["in_force"]["from"] == date.today().isoformat()
    assert told["in_force"]["to"] == f"{YEAR + 2}-12-31"
    assert next(d["latest"] for d in told["deadlines"] if d["kind"] == "evaluation") == f"{YEAR}-12-31"


def test_nothing_in_it_is_demonstration(console: Console, served: Any, signed: str) -> None:
    usernames = {p["username"] for p in json.loads(console("person", "list", "--json"))}
    assert usernames == {"slt", "ordforer", "sekretaer", "kontakt", "sjef", "vara"}
    page = TestApp(served).get("/login", headers={"Accept": "text/html"}).text
    assert "emonstra" not in page


def test_people_sign_in_with_what_was_read_from_standard_input(served: Any, signed: str) -> None:
    environ = {"wsgi.url_scheme": "https", "HTTP_HOST": "avtale.example", "HTTP_ACCEPT": "text/html"}
    client = TestApp(served, extra_environ=environ)
    opened = client.get("/login")
    planted = opened.headers["Set-Cookie"].partition(";")[0]
    form = next(f for f in opened.forms.values() if "password" in f.fields)
    form["username"], form["password"] = "ordforer", PASSWORD
    entered = client.post(
        "/login", dict(form.submit_fields()), headers={"Cookie": planted, "Origin": "https://avtale.example"},
        status=303,
    )  # fmt: skip
    cookie = entered.headers["Set-Cookie"].partition(";")[0]
    assert cookie.startswith("__Host-avtaleflyt=")
    page = client.get(f"/agreements/{signed}", headers={"Cookie": cookie})
    assert "Vara" in page.text


def test_the_trail_verifies_from_the_database_and_from_the_bundle(
    console: Console, served: Any, peopled: dict[str, str], signed: str, tmp_path: Path
) -> None:
    console("verify", "--database")
    asking = Asking(served, peopled["slt"])
    answer = asking.client.get(f"/agreements/{signed}/trail.zip", headers=asking.headers)
    bundle = tmp_path / "trail.zip"
    bundle.write_bytes(answer.body)
    whole = verify(bundle)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    bundle.write_bytes(answer.body[:-200])
    assert verify(bundle).returncode in (1, 2)


def verify(bundle: Path) -> subprocess.CompletedProcess[str]:
    """``avtaleflyt verify`` for what somebody holds in the hand: no settings, no database."""
    return subprocess.run(
        [str(AVTALEFLYT), "verify", str(bundle)], capture_output=True, text=True, check=False, timeout=120
    )


def test_the_clock_has_nothing_to_do_yet_and_cannot_be_set(console: Console, signed: str) -> None:
    console("tick")
    said = console("tick", "--today", f"{YEAR + 9}-01-01", code=2)
    assert "clock_may_be_set" in said


def test_somebody_who_leaves_and_a_role_that_ends_are_out_at_once(
    console: Console, served: Any, peopled: dict[str, str], signed: str
) -> None:
    secretary = Asking(served, peopled["sekretaer"])
    secretary.get(f"/agreements/{signed}")
    (held,) = json.loads(console("role", "list", "--username", "sekretaer", "--json"))
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    console("role", "end", str(held["id"]), "--to", yesterday)
    secretary.client.get(f"/agreements/{signed}", headers=secretary.headers, status=404)
    console("person", "end", "sekretaer")
    secretary.client.get("/agreements", headers=secretary.headers, status=401)
    console("verify", "--database")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("party", "add", "--municipal", "3103"), "3103"),
        (("role", "add", "slt", "station_chief", "3103"), "station_chief"),
        (("role", "add", "ordforer", "mayor", "3103", "--from", "31.02.2020"), "31.02.2020"),
        (("token", "add", "ingen"), "ingen"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_changes_nothing(
    console: Console, peopled: dict[str, str], words: tuple[str, ...], sentence: str
) -> None:
    said = console(*words, code=2)
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
