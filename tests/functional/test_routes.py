"""Route × role × party: every door of the house stands here once, by hand, with who may pass it.

The table is compared with what the application has registered, so a door nobody
thought about fails, and so does one that has vanished. Each is then knocked on
through HTTP by everybody: nobody, every role of the agreement's own kommune and
police, the same roles of another kommune, auditors, administrators, and the
operator. What a role may do with an agreement is the definition's ``may`` map,
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from webtest import TestApp, TestResponse

from tests.functional.conftest import Program, Site
from tests.functional.door_support import OPERATOR, REFUSALS, Furnished, csrf_of, furnish, house, written
from tests.functional.route_table import (
    ABOUT_AGREEMENTS,
    ADMINISTER,
    DEFINITION,
    ENTER,
    EVERYBODY,
    IN_NOBODYS_NAME,
    JSON,
    MINDS_MAIL,
    PAGE,
    PARTY,
    ROLE_OF,
    ROUTES,
    RULES,
    SENT,
    SIGNED_IN,
    SLOW,
    STATES,
    STEP,
    TRIED,
    VIEW,
    Route,
    address,
)
from workflow_app.domain.definitions import Permission
from workflow_app.domain.engine import workings
from workflow_app.web.party_resources import RULE_SETTERS


class Everybody:
    """A browser and a program for each, opened once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.browsers: dict[str | None, tuple[TestApp, str]] = {}
        self.programs: dict[str, Program] = {}
        for username in (None, *EVERYBODY):
            self.open(username)

    def open(self, username: str | None) -> None:
        """A new browser for somebody."""
        browser = self.site.browser(username)
        self.browsers[username] = (browser, csrf_of(browser))
        if username is not None and username not in self.programs:
            self.programs[username] = self.site.program(username)

    def knock(self, username: str | None, row: Route, path: str, accept: str) -> TestResponse:
        """Ask as a person with a browser, or as a program with a token."""
        headers, sent = {"Accept": accept}, SENT.get((row.context, row.name), {})
        if accept == PAGE:
            client, token = self.browsers[username]
            if row.method == "GET":
                return client.get(path, headers=headers, expect_errors=True)
            return client.post(path, {**sent, "csrf_token": token}, headers=headers, expect_errors=True)
        client = TestApp(self.site.app)
        if username is not None:
            headers["Authorization"] = f"Bearer {self.programs[username].token}"
        if row.method == "GET":
            return client.get(path, headers=headers, expect_errors=True)
        return client.post_json(path, sent, headers=headers, expect_errors=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One house for the whole table: knocking changes nothing, and that is asserted."""
    made = house(tmp_path_factory.mktemp("routes"))
    yield made
    made.app.registry["engine"].dispose()


@pytest.fixture(scope="module")
def everybody(site: Site) -> Everybody:
    """Everybody who may knock."""
    return Everybody(site)


@pytest.fixture(scope="module")
def furnished(site: Site) -> dict[str, Furnished]:
    """An agreement of Moss in each of the states."""
    return {state: furnish(site, state) for state in STATES}


def registered(site: Site) -> list[tuple[str, str, str, str | None]]:
    """Every view the application has, but those that answer to errors and the static files."""
    out = []
    for item in site.app.registry.introspector.get_category("views"):
        view = item["introspectable"]
        context = view["context"]
        if view["route_name"] or (isinstance(context, type) and issubclass(context, Exception)):
            continue
        if not str(getattr(view["callable"], "__module__", "")).startswith("workflow_app"):
            continue
        methods = view["request_methods"] or ("any method",)
        for method in (methods,) if isinstance(methods, str) else methods:
            out.append((context.__name__, view["name"], method, view["accept"]))
    return out


def test_every_registered_view_is_in_the_table_and_nothing_else(site: Site) -> None:
    table = [row[:4] for row in ROUTES]
    assert len(table) == len(set(table)), "a door stands twice in the table"
    assert sorted(map(str, registered(site))) == sorted(map(str, table))


def test_every_registered_view_names_its_right(site: Site) -> None:
    """A view without a permission would be open to all."""
    introspector = site.app.registry.introspector
    open_to_all = [
        item["introspectable"]["derived_callable"]
        for item in introspector.get_category("views")
        if str(getattr(item["introspectable"]["callable"], "__module__", "")).startswith("workflow_app")
        and not item["introspectable"]["route_name"]
        and not (
            isinstance(item["introspectable"]["context"], type)
            and issubclass(item["introspectable"]["context"], Exception)
        )
        and not any(related.category_name == "permissions" for related in item["related"])
    ]
    assert open_to_all == []


def sees(username: str, agreement: Furnished, kommune: str, permission: str = VIEW) -> bool:
    """Whether the definition gives the person's role this right in the agreement's state."""
    first, _, home = username.partition(".")
    may = DEFINITION.states[agreement.state].may
    return home == kommune and ROLE_OF.get(first) in may.get(Permission(permission), frozenset())


def expected(row: Route, username: str | None, agreement: Furnished, accept: str) -> frozenset[int]:
    """The answer of the door, from the table and the definition alone."""
    if row.who == IN_NOBODYS_NAME:
        return row.then
    if row.who == ENTER and username is None and row.method == "POST" and accept == JSON:
        # A program without a token is a browser without a form.
        return frozenset({400 if row.name == "login" else 401})
    if row.who == ENTER:
        return row.then
    if username is None:
        return frozenset({303 if accept == PAGE else 401})
    if row.who == SIGNED_IN:
        return row.then
    if row.who == MINDS_MAIL:
        minds = username == OPERATOR or ROLE_OF.get(username.partition(".")[0]) == "administrator"
        return row.then if minds else frozenset({403})
    if row.who in (PARTY, RULES, ADMINISTER):
        first, _, home = username.partition(".")
        if home != "moss":
            return frozenset({404})
        changers = {RULES: RULE_SETTERS, ADMINISTER: ("administrator",)}
        allowed = row.who == PARTY or ROLE_OF.get(first) in changers[row.who]
        return row.then if allowed else frozenset({403})
    if not sees(username, agreement, "moss"):
        return frozenset({404})
    if row.who == STEP:
        if not workings(DEFINITION).legal(agreement.state, TRIED):
            return frozenset({409})
        first = username.partition(".")[0]
        return frozenset({422 if ROLE_OF[first] in DEFINITION.transitions[TRIED].roles else 403})
    rights = row.who.split(" or ")
    if not any(sees(username, agreement, "moss", right) for right in rights):
        return frozenset({403} if agreement.matter or row.context != "Matters" else {403, 404})
    return row.then


def tried_in(row: Route) -> tuple[str, ...]:
    """The states the door is knocked on in: all; one where a paper is drawn or no agreement is meant."""
    signed_only = {"MatterResource", "MatterPaper", "MeetingResource"}
    if row.context not in ABOUT_AGREEMENTS - signed_only or row.name in SLOW:
        return ("signed",)
    return STATES


CASES = [(row, state) for row in ROUTES for state in tried_in(row)]


@pytest.mark.parametrize(
    ("row", "state"), CASES, ids=[f"{r.context}-{r.name}-{r.method}-{r.accept}-{s}" for r, s in CASES]
)
def test_everybody_knocks(
    site: Site, everybody: Everybody, furnished: dict[str, Furnished], row: Route, state: str
) -> None:
    agreement = furnished[state]
    path = address(row.context, row.name, agreement)
    before = written(site, but=REFUSALS)
    for username in (None, *EVERYBODY):
        for accept in (row.accept,) if row.accept else (PAGE, JSON):
            answer = everybody.knock(username, row, path, accept)
            said = (path, username, accept, answer.status_int)
            assert answer.status_int in expected(row, username, agreement, accept), said
            if username is None and row.who not in (ENTER, IN_NOBODYS_NAME):
                turned_away(answer, path, accept)
            elif accept == JSON and answer.status_int >= 400:
                assert answer.json["message"], said
                assert "refusals" in answer.json, said
        if row.name == "logout" and row.method == "POST":
            everybody.open(username)
    assert written(site, but=REFUSALS) == before


def turned_away(answer: TestResponse, path: str, accept: str) -> None:
    """Nobody is told to sign in, and comes back to where she was: a form is sent where its page stands."""
    if accept == JSON:
        assert answer.json["error"] == "not_signed_in"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    else:
        assert answer.headers["Location"].endswith(f"/login?came_from={quote(path, safe='')}")


@pytest.mark.parametrize(
    "row", [r for r in ROUTES if r.context in ABOUT_AGREEMENTS], ids=lambda r: str(r[:4])
)
def test_what_is_not_yours_answers_like_what_is_not_there(
    everybody: Everybody, furnished: dict[str, Furnished], row: Route
) -> None:
    """The same role of another kommune, and those with no role in the workflow."""
    there = furnished["signed"]
    missing = Furnished("zzzzzzzzzz", "signed", there.attachment, there.matter)
    for username in ("slt.stange", "ordforer.stange", "revisor.stange", "admin.moss", OPERATOR):
        for accept in (row.accept,) if row.accept else (PAGE, JSON):
            real = everybody.knock(username, row, address(row.context, row.name, there), accept)
            unreal = everybody.knock(username, row, address(row.context, row.name, missing), accept)
            assert real.status_int == unreal.status_int == 404
            assert real.text.replace(there.id, missing.id) == unreal.text, (username, accept)
            names = {"Content-Length", "Date"}
            assert {k: v for k, v in real.headers.items() if k not in names} == {
                k: v for k, v in unreal.headers.items() if k not in names
            }


def test_the_parts_of_one_agreement_are_not_reached_through_another(
    site: Site, everybody: Everybody, furnished: dict[str, Furnished]
) -> None:
    mine, theirs = furnished["draft"], furnish(site, "draft", "stange")
    slt = everybody.programs["slt.moss"]
    slt.get(f"{mine.path}/attachments/{theirs.attachment}", status=404)
    signed = furnished["signed"]
    slt.get(f"{mine.path}/matters/{signed.matter}.pdf", status=404)
    slt.post(f"{mine.path}/attachments", {"action": "remove", "attachment": theirs.attachment}, status=404)


def test_lists_hold_only_what_is_ones_own(everybody: Everybody, furnished: dict[str, Furnished]) -> None:
    for username in EVERYBODY:
        listed = {a["id"] for a in everybody.programs[username].get("/agreements")["agreements"]}
        mine = {a.id for a in furnished.values() if sees(username, a, "moss")}
        assert listed & {a.id for a in furnished.values()} == mine, username
        page = everybody.browsers[username][0].get("/agreements").text
        assert {a.id for a in furnished.values() if a.id in page} == mine, username
        front = everybody.browsers[username][0].get("/").text + str(everybody.programs[username].get("/"))
        assert {a.id for a in furnished.values() if a.id in front} <= mine, username


@pytest.mark.parametrize(
    "path", ["/agreements/zzzzzzzzzz", "/agreements/zzzzzzzzzz/text", "/agreements/%C3%A6"]
)
def test_nobody_learns_which_agreements_there_are(
    everybody: Everybody, furnished: dict[str, Furnished], path: str
) -> None:
    client = everybody.browsers[None][0]
    assert "/login" in client.get(path, status=303).headers["Location"]
    assert "/login" in client.get(furnished["draft"].path, status=303).headers["Location"]
    client.get(path, headers={"Accept": JSON}, status=401)
