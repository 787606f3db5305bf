"""The text beside its rules: what is marked, what was not read, and rules made of words without a script."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from tests.functional.pages_support import encoded, form, fresh, press, with_button
from tests.functional.test_rules import rule

MONTH = TEXT.replace("Ordfører og", "Moss, februar 2025\n\nOrdfører og").replace(
    "enige om.", "enige om. Arbeidet ble påbegynt våren 2019."
)
SHARED = TEXT.replace(
    "Avtalen gjelder i perioden 2025-2027. Avtalen revideres årlig.",
    "Avtalen gjelder i perioden 2025-2027 og revideres årlig.",
)


@pytest.fixture
def moss(site: Site) -> dict[str, Program]:
    """Programs of the people of Moss."""
    return {first: site.program(f"{first}.moss") for first in PEOPLE}


def words(node: Any) -> str:
    """The text of a part of the page as it is read, without badges and what only screen readers hear."""
    for extra in node.select(".badge, .sr-only, .pick"):
        extra.extract()
    return " ".join(node.text.split())


def test_the_whole_text_stands_there_and_two_rules_of_one_sentence_are_both_linked(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = fresh(site, moss["slt"], content_base64=encoded(SHARED))
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    term, revision = rule(told, "validity"), rule(told, "revision")
    assert (term["start"], term["end"]) == (revision["start"], revision["end"])
    page = site.browser("ordforer.moss").get(f"/agreements/{ident}/rules")
    for one in (term, revision):
        assert page.html.find(id=f"clause-{one['index']}")["href"] == f"#rule-{one['index']}"
    pane = page.html.find(id="pane")
    assert (pane["role"], pane["tabindex"]) == ("region", "0")
    said = words(pane)
    for line in SHARED.splitlines():
        assert " ".join(line.strip("# ").split()) in said


def test_a_month_without_a_day_is_said_with_its_earliest_and_latest(
    site: Site, moss: dict[str, Program]
) -> None:
    ident = fresh(site, moss["slt"], content_base64=encoded(MONTH))
    signed = rule(moss["slt"].get(f"/agreements/{ident}/rules"), "signed")
    row = site.browser("slt.moss").get(f"/agreements/{ident}/rules").html.find(id=f"rule-{signed['index']}")
    assert "februar 2025" in row.select_one(".sentence").text
    assert "1. februar 2025" in row.select_one(".counted").text
    assert "28. februar 2025" in row.select_one(".counted").text


def test_what_speaks_of_time_and_was_not_read_is_listed_last_and_can_be_made_a_rule(
    site: Site, moss: dict[str, Program]
) -> None:
    ident, browser = fresh(site, moss["slt"], content_base64=encoded(MONTH)), site.browser("slt.moss")
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    [passage] = [u for u in told["unread"] if "2019" in u["quote"]]
    assert MONTH[passage["start"] : passage["end"]] == passage["quote"]
    page = browser.get(f"/agreements/{ident}/rules")
    item = next(li for li in page.html.select(".unread-list li") if "2019" in li.text)
    mark = page.html.find(id=item.select_one("figcaption a")["href"].removeprefix("#"))
    assert mark["href"] == f"#{item['id']}"
    make = item.select("a")[-1]["href"].split("#")[0]
    first = form(browser.get(make), "near")
    assert first["quote"].value.strip() == passage["quote"]
    first["as"] = "supplement:to"
    second = form(first.submit(), "value.date")
    assert second["quote"].value.strip() == passage["quote"]
    second["value.date"] = "2019-04"
    shown = press(second, "preview", status=200)
    press(with_button(shown, "replace"), "replace", status=303)
    told = moss["slt"].get(f"/agreements/{ident}/rules")
    assert rule(told, "supplement")["start"] == passage["start"]
    assert not [u for u in told["unread"] if "2019" in u["quote"]], "it is read by now"


def test_each_paragraph_can_be_made_a_rule_without_a_script(site: Site, moss: dict[str, Program]) -> None:
    ident, browser = fresh(site, moss["slt"]), site.browser("slt.moss")
    plain = browser.get(f"/agreements/{ident}/rules")
    assert not plain.html.select(".pick")
    page = browser.get(f"/agreements/{ident}/rules?pick=1")
    block = next(p for p in page.html.select("#pane p") if "forebygge sammen" in p.text)
    found = form(browser.get(block.select_one(".pick a")["href"].split("#")[0]), "near")
    assert found["quote"].value.strip() == "Partene vil forebygge sammen og følge opp det de blir enige om."
    assert not site.browser("ordforer.moss").get(f"/agreements/{ident}/rules?pick=1").html.select(".pick")


def test_marked_words_that_stand_twice_are_the_ones_that_were_marked(
    site: Site, moss: dict[str, Program]
) -> None:
    twice = TEXT + "\n## 5. Annet\n\nPartene vil forebygge sammen.\n"
    ident, browser = fresh(site, moss["slt"], content_base64=encoded(twice)), site.browser("slt.moss")
    last = twice.rindex("Partene vil forebygge sammen")
    page = browser.get(
        f"/agreements/{ident}/rules?quote=Partene vil forebygge sammen&near={last}&as=revision:on_request"
    )
    press_ = form(page, "near")
    shown = press(press_, "preview", status=200)
    press(with_button(shown, "replace"), "replace", status=303)
    made = [r for r in moss["slt"].get(f"/agreements/{ident}/rules")["undated"] if r.get("corrected")]
    assert [r["start"] for r in made] == [last]


@pytest.mark.parametrize(
    "query",
    ["at=5", "at=-1-2", "at=9-3", "at=1-99999999", "question=9", "question=x", "unread=-1", "rule=99&as=x",
     "quote=", "quote=%20&near=abc", "as=revision:every&rule=-1", "near=12", "pick=1&at=0-0"],
)  # fmt: skip
def test_an_address_that_asks_for_nothing_there_is_still_answers(
    site: Site, moss: dict[str, Program], query: str
) -> None:
    ident = fresh(site, moss["slt"])
    site.browser("slt.moss").get(f"/agreements/{ident}/rules?{query}", status=200)


def test_every_way_within_the_page_leads_to_something_on_it(site: Site, moss: dict[str, Program]) -> None:
    ident = fresh(site, moss["slt"])
    page = site.browser("slt.moss").get(f"/agreements/{ident}/rules")
    here = f"/agreements/{ident}/rules#"
    links = page.html.select(f'main a[href^="#"], main a[href*="{here}"]')
    names = {a["href"].rpartition("#")[2] for a in links}
    assert names
    assert [name for name in names if page.html.find(id=name) is None] == []
