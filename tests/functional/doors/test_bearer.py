"""What a program's token opens, and when it opens nothing any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from webtest import TestApp

from tests.functional.conftest import Program, Site
from tests.functional.door_support import (
    furnish,
    sign_in,
    written,
)
from workflow_app.services import people, tokens


def test_a_token_that_reads_writes_nothing_anywhere(shared: Site) -> None:
    agreement = furnish(shared)
    reader = shared.program("slt.moss", scope="read")
    assert reader.get(agreement.path)["state"] == "draft"
    before = written(shared)
    for path in ("/agreements/add", f"{agreement.path}/rules", f"{agreement.path}/text",
                 f"{agreement.path}/transitions/agree"):  # fmt: skip
        assert reader.post(path, {"confirm": True}, status=403)["error"] == "forbidden", path
    for path in ("/language", "/logout"):
        reader.client.post(path, {"lang": "nn"}, headers=bearer(reader.token), expect_errors=True)
    assert written(shared) == before


def test_a_token_past_its_end_is_worthless(shared: Site) -> None:
    long_ago = shared.now - timedelta(days=40)
    with shared.session() as db, db.begin():
        person = people.find(db, "slt.moss")
        token, _ = tokens.issue(db, person, "write", until=long_ago + timedelta(days=30), now=long_ago)
    Program(TestApp(shared.app), token).get("/agreements", status=401)


def test_a_token_that_was_ended_is_worthless_at_once(site: Site) -> None:
    program = site.program("slt.moss")
    program.get("/agreements")
    with site.session() as db, db.begin():
        (row,) = tokens.list_tokens(db, site.now)
        tokens.end(db, row.id, now=site.now)
    refused = program.client.get("/agreements", headers=bearer(program.token), status=401)
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_somebody_who_left_is_out_at_once(site: Site) -> None:
    agreement = furnish(site)
    client, program = site.browser("slt.moss"), site.program("slt.moss")
    client.get("/agreements", status=200)
    with site.session() as db, db.begin():
        people.end_person(db, people.find(db, "slt.moss"), now=site.now)
    assert client.get("/agreements", status=303).headers["Location"].endswith("came_from=%2Fagreements")
    program.get(agreement.path, status=401)
    assert sign_in(site.browser(), "slt.moss").status_int == 401


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer avtaleflyt_", "bearer x", "Bearer \x00", "Bearer " + "a" * 5000,
     "Basic eDp5",
     "Bearer avtaleflyt_" + "A" * 43, "Digest x", "Bearer æøå"],
)  # fmt: skip
def test_what_is_no_token_is_nobody(shared: Site, header: str) -> None:
    client = TestApp(shared.app)
    raw = header.encode().decode("latin-1")
    answer = client.get(
        "/agreements", headers={"Authorization": raw, "Accept": "application/json"}, status=401
    )
    assert answer.json["error"] == "not_signed_in"


def test_with_a_bearer_token_the_cookie_is_ignored(site: Site) -> None:
    """Else a program run from somebody's browser could act as whoever is signed in there."""
    agreement = furnish(site)
    client = site.browser("slt.moss")
    stange, reader = site.program("slt.stange"), site.program("slt.moss", scope="read")
    json = {"Accept": "application/json"}
    assert client.get(agreement.path, headers=json, status=200).json["id"] == agreement.id
    client.get(agreement.path, headers={**json, **bearer(stange.token)}, status=404)
    client.get(agreement.path, headers={**json, **bearer("avtaleflyt_" + "x" * 43)}, status=401)
    client.post_json(
        f"{agreement.path}/transitions/agree", {}, headers={**json, **bearer(reader.token)}, status=403
    )


def bearer(token: str) -> dict[str, str]:
    """The header of a program."""
    return {"Authorization": f"Bearer {token}"}
