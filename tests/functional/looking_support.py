"""What the tests of pages that are looked at share: an English browser, a page's words, quick drafts."""

from __future__ import annotations

import html
import re
from datetime import datetime, time
from typing import Any

from webtest import TestApp

from tests.functional.conftest import PEOPLE, TEXT, Program, Site
from workflow_app.services import agreements, people, people_holdings, readings
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.norway import OSLO


def english(site: Site, username: str) -> TestApp:
    """A signed-in browser that asks for English, so that sentences can be compared."""
    browser = site.browser(username)
    browser.set_cookie("avtaleflyt_language", "en")
    return browser


def words(answer: Any) -> str:
    """What a page says between its tags, in one line."""
    body = re.sub(r"(?s)<(svg|script|style).*?</\1>", " ", answer.text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def section(answer: Any, ident: str) -> str:
    """The words from the heading with this id to the next one."""
    start = answer.text.index(f'id="{ident}"')
    end = answer.text.find("<h2", start)
    cut = answer.text[answer.text.rindex("<", 0, start) : end if end > 0 else None]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cut)).split())


def programs(site: Site, kommune: str = "moss") -> dict[str, Program]:
    """Programs of the people of a kommune, by the first part of their user names."""
    return {first: site.program(f"{first}.{kommune}") for first in PEOPLE}


def who(site: Site, username: str) -> Who:
    """A person at the door today, for a service asked directly."""
    with site.session() as db:
        person = people.find(db, username)
        return Who(person.id, person.name, people_holdings.holdings(db, person.id, site.today))


def drafts(site: Site, count: int, kommune: str = "moss", text: str = TEXT) -> list[str]:
    """``count`` drafts of a kommune with confirmed rules, made by the services; their ids."""
    slt = who(site, f"slt.{kommune}")
    now = datetime.combine(site.today, time(9), OSLO)
    made = []
    with site.session() as db, db.begin():
        for number in range(count):
            draft = agreements.create_draft(
                db,
                agreements.Source("avtale.txt", text.encode()),
                municipal=[site.party[kommune]],
                police=[site.party[f"politi.{kommune}"]],
                definition=workflow_definitions().newest("politiradsavtale"),
                who=slt,
                now=now,
                title=f"Avtale nummer {number}",
            )
            readings.confirm(db, draft, who=slt, now=now)
            made.append(draft.id)
    return made
