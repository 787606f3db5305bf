"""The clock: an argument everywhere, set in development and tests alone, and moved by no GET."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.functional.conftest import PASSWORD, TODAY, Site, make_site
from tests.functional.door_support import furnish, written
from workflow_app import main
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailEntry
from workflow_app.services.trail import agreement_chain

OSLO = ZoneInfo("Europe/Oslo")


def entries(site: Site, ident: str) -> list[TrailEntry]:
    """The agreement's chain."""
    with site.session() as db:
        return db.query(TrailEntry).filter_by(chain=agreement_chain(ident)).order_by(TrailEntry.number).all()


@pytest.mark.parametrize("may", [None, "false"])
def test_where_the_clock_may_not_be_set_the_server_does_not_start_on_another_day(
    tmp_path: Path, may: str | None
) -> None:
    settings = {"sqlalchemy.url": f"sqlite:///{tmp_path / 'x.sqlite'}", "avtaleflyt.today": "2020-01-01"}
    if may is not None:
        settings["avtaleflyt.clock_may_be_set"] = may
    with pytest.raises((ValueError, SystemExit), match=r"avtaleflyt\.today"):
        main({}, **settings)


def test_the_settings_can_say_which_day_it_is(tmp_path: Path) -> None:
    site = make_site(tmp_path, **{"avtaleflyt.today": "2024-02-29", "avtaleflyt.clock_may_be_set": "true"})
    # The fixture has set its own day; what the settings said is read from a server made as they say.
    again = main({}, **site.app.registry.settings)
    assert again.registry["today"] == date(2024, 2, 29)
    again.registry["engine"].dispose()
    site.today = date(2024, 2, 29)
    assert "29. februar 2024" in site.browser("slt.moss").get("/").text, "a set clock is said on every page"
    site.app.registry["engine"].dispose()


def test_without_a_set_clock_no_page_speaks_of_one(site: Site) -> None:
    del site.app.registry["today"]
    assert "2025" not in site.browser("slt.moss").get("/").text
    site.today = TODAY
    assert "10. mars 2025" in site.browser("slt.moss").get("/").text


def test_entries_carry_the_day_of_the_clock_and_the_zone_of_norway(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    site.today = date(2025, 7, 1)
    site.program("ordforer.moss").do(agreement.id, "sign", password=PASSWORD)
    told = site.program("slt.moss").get(f"{agreement.path}/trail")["entries"][0]["entry"]
    at = datetime.fromisoformat(told["at"])
    assert at.utcoffset() is not None
    assert at.astimezone(OSLO).date() == date(2025, 7, 1)


def test_an_agreement_whose_time_is_out_is_not_moved_by_looking(site: Site) -> None:
    """Pages derive what is true today; the step itself waits for the next POST or the tick."""
    agreement = furnish(site, "signed")
    slt = site.program("slt.moss")
    assert slt.get(agreement.path)["in_force"]["to"] == "2027-12-31"
    site.today = date(2028, 1, 1)
    before = written(site)
    for path in ("", "/deadlines", "/text", "/trail", "/transitions", "/matters", "/agreement.pdf"):
        site.browser("slt.moss").get(agreement.path + path, status=200)
    assert slt.get(agreement.path)["state"] == "signed"
    assert written(site) == before
    refused = site.program("ordforer.moss").do(
        agreement.id, "revise_on_request", status=409, reason="Den er gått ut."
    )
    assert refused["refusals"]
    assert slt.get(agreement.path)["state"] == "lapsed"
    kinds = [e.kind for e in entries(site, agreement.id)]
    assert kinds[-2:] == ["transition", "refusal"]


def test_the_last_day_still_counts(site: Site) -> None:
    agreement = furnish(site, "signed")
    site.today = date(2027, 12, 31)
    told = site.program("ordforer.moss").do(agreement.id, "revise_on_request", reason="Ved behov.")
    assert told["state"] == "revised"


def test_a_signature_after_the_period_is_refused_with_the_reason(site: Site) -> None:
    agreement = furnish(site, "negotiated")
    site.today = date(2028, 1, 1)
    refused = site.program("ordforer.moss").do(agreement.id, "sign", status=409, password=PASSWORD)
    assert [r["code"] for r in refused["refusals"]] == ["period_not_over"]
    assert "2027" in refused["message"]


def test_one_request_has_one_time(site: Site) -> None:
    """The approval that fires and the round it closes are the same moment."""
    agreement = furnish(site, "signed")
    with site.session() as db:
        moved = db.get_one(Agreement, agreement.id).moved_at
    last = entries(site, agreement.id)
    assert any(e.at == moved for e in last)
    assert moved.astimezone(OSLO).date() == TODAY
