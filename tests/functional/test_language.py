"""Bokmål, nynorsk and English: the kommune's language, the person's choice, the browser's wish."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from webtest import TestApp

from tests.functional.conftest import Site
from tests.functional.door_support import csrf_of, furnish, house
from workflow_app.models.people import Party, Person
from workflow_app.services import people


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house; each test has browsers of its own."""
    made = house(tmp_path_factory.mktemp("language"))
    yield made
    made.app.registry["engine"].dispose()


def spoken(client: TestApp, path: str = "/login", **headers: str) -> str:
    """The language a page says it is in."""
    return _lang(client.get(path, headers=headers, expect_errors=True).text)


def _lang(text: str) -> str:
    return text.split('lang="', 1)[1][:2]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("", "nb"), ("nb", "nb"), ("nn", "nn"), ("en-GB,en;q=0.9", "en"), ("no", "nb"),
     ("nn-NO, nb;q=0.5", "nn"),
     ("de, fr;q=0.8", "nb"), ("sv, en;q=0.5", "en"), ("*", "nb"), ("nb;q=0, en", "en"), ("tull;;q=x", "nb"),
     ("x" * 4000, "nb")],
)  # fmt: skip
def test_before_the_login_the_browser_says_which(shared: Site, wanted: str, expected: str) -> None:
    headers = {"Accept-Language": wanted} if wanted else {}
    assert spoken(shared.browser(), **headers) == expected


def choose(client: TestApp, language: str, came_from: str = "/login") -> None:
    """Press the button."""
    fields = {"lang": language, "came_from": came_from, "csrf_token": csrf_of(client)}
    answer = client.post("/language", fields, status=303)
    assert answer.headers["Location"].endswith(came_from if not came_from.startswith("/login") else "/")


def test_a_choice_before_the_login_is_kept_in_the_browser(shared: Site) -> None:
    client = shared.browser()
    choose(client, "nn")
    assert spoken(client, **{"Accept-Language": "en"}) == "nn"


def test_a_choice_is_kept_with_the_person(site: Site) -> None:
    client = site.browser("slt.moss")
    choose(client, "en", "/agreements")
    assert spoken(client, "/agreements") == "en"
    with site.session() as db:
        assert people.find(db, "slt.moss").language == "en"
    # In another browser too, and for her programs; and nobody else's.
    assert spoken(site.browser("slt.moss"), "/agreements") == "en"
    assert "nothing here" in site.program("slt.moss").get("/agreements/zzzzzzzzzz", status=404)["message"]
    assert spoken(site.browser("ordforer.moss"), "/agreements") == "nb"


@pytest.mark.parametrize(
    "language", ["de", "", "nb; DROP TABLE person", "NB", "../..", "x" * 3000, "en\r\nX: y"]
)
def test_a_language_there_is_none_of_changes_nothing(shared: Site, language: str) -> None:
    client = shared.browser("sekretaer.moss")
    fields = {"lang": language, "came_from": "/", "csrf_token": csrf_of(client)}
    answer = client.post("/language", fields, status=303)
    assert "Set-Cookie" not in answer.headers
    assert spoken(client, "/agreements") == "nb"


def test_looking_chooses_nothing(shared: Site) -> None:
    client = shared.browser("slt.moss")
    client.get("/language?lang=en", expect_errors=True)
    client.get("/agreements?lang=en")
    assert spoken(client, "/agreements") == "nb"


def test_a_kommune_that_writes_nynorsk_is_written_to_in_nynorsk(site: Site) -> None:
    """The police of the district too: they must write as the kommune has chosen."""
    with site.session() as db, db.begin():
        db.query(Party).filter_by(key=site.party["stange"]).update({"language": "nn"})
    agreement = furnish(site, "negotiated", "stange")
    for first in ("slt", "ordforer", "politikontakt", "stasjonssjef"):
        assert spoken(site.browser(f"{first}.stange"), agreement.path) == "nn", first
    assert spoken(site.browser("slt.stange"), "/agreements") == "nn"
    # Her own choice stands above the kommune's.
    client = site.browser("slt.stange")
    choose(client, "nb", "/agreements")
    assert spoken(client, agreement.path) == "nb"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_errors_speak_the_language_too(shared: Site, language: str) -> None:
    headers = {"Accept-Language": language, "Accept": "application/json"}
    client = TestApp(shared.app)
    said = client.get("/agreements", headers=headers, status=401).json["message"]
    others = [
        client.get("/agreements", headers={**headers, "Accept-Language": other}, status=401).json["message"]
        for other in ("nb", "nn", "en")
        if other != language
    ]
    assert said not in others


def test_codes_are_the_same_in_every_language(shared: Site) -> None:
    for language in ("nb", "nn", "en"):
        headers = {"Accept-Language": language, "Accept": "application/json"}
        told = TestApp(shared.app).get("/agreements", headers=headers, status=401).json
        assert told["error"] == "not_signed_in"


def test_a_forged_cookie_of_language_is_ignored(shared: Site) -> None:
    for forged in ("de", "../../etc", "x" * 4000, "%00"):
        client = shared.browser()
        client.set_cookie("avtaleflyt_language", forged)
        assert spoken(client) == "nb"


def test_every_page_says_its_language_and_lets_it_be_changed(shared: Site) -> None:
    agreement = furnish(shared, "signed")
    with shared.session() as db, db.begin():
        db.query(Person).filter_by(username="politikontakt.moss").update({"language": "en"})
    client = shared.browser("politikontakt.moss")
    parts = ("text", "rules", "deadlines", "matters", "attachments", "evaluation", "trail", "transitions")
    own = ["/", "/agreements", "/agreements/add", "/parties", "/accessibility", agreement.path]
    for path in own + [f"{agreement.path}/{part}" for part in parts]:
        page = client.get(path)
        assert _lang(page.text) == "en", path
        buttons = [f for f in page.forms.values() if str(f.action).endswith("/language")]
        assert len(buttons) == 1, path
        assert buttons[0]["came_from"].value == path
        assert "${" not in page.text, path
