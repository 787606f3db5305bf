"""A real server, a real Chromium, and as many people in browsers of their own as a test needs.

The server runs in this process on a free port, so that a test can set its
clock. Screenshots are taken at both widths into ``tests/browser/screenshots``,
which git ignores.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from waitress.server import create_server
from waitress.wasyncore import close_all

from tests.support.compiled import compiled
from tools.browser import find
from workflow_app import main
from workflow_app.migrations import upgrade
from workflow_app.services.demonstration import PASSWORD, fill
from workflow_app.services.passwords import Passwords

SCREENSHOTS = Path(__file__).parent / "screenshots"
WIDE, NARROW = (1280, 900), (390, 844)


@dataclass
class Served:
    """The application as people meet it: an address, and a clock that the test sets."""

    app: Any
    url: str

    @property
    def today(self) -> date:
        """The day the installation lives on."""
        day: date = self.app.registry["today"]
        return day

    @today.setter
    def today(self, day: date) -> None:
        self.app.registry["today"] = day


@dataclass
class Someone:
    """A signed-in person at a browser of their own."""

    served: Served
    page: Page
    name: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the site and see that it came."""
        response = self.page.goto(self.served.url + path)
        assert response is not None, path
        assert response.status < 500, (path, response.status)
        return self.page

    def shoot(self, label: str) -> None:
        """Take the page at both widths; a page wider than the telephone is a fault."""
        SCREENSHOTS.mkdir(exist_ok=True)
        for width, height in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=SCREENSHOTS / f"{label}-{width}.png", full_page=True)
            over = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over <= 0, f"{label}: {over} px wider than the window at {width} px"
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests; contexts keep people apart."""
    path = find()
    assert path, "no Chromium was found; run python tools/browser.py"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """A server with the demonstration data in ``folder``, its clock on a day in March 2025."""
    app = main({}, **{
        "sqlalchemy.url": f"sqlite:///{folder / 'site.sqlite'}", "avtaleflyt.demonstration": "true",
        "avtaleflyt.clock_may_be_set": "true", "avtaleflyt.listen": "127.0.0.1",
        "avtaleflyt.template_cache": compiled(),
    })  # fmt: skip
    upgrade(app.registry["engine"])
    cheap = Passwords(time_cost=1, memory_kib=8)
    app.registry["passwords"] = cheap
    with app.registry["sessions"].begin() as session:
        fill(session, datetime.now(UTC), hashing=cheap)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    made = Served(app, f"http://127.0.0.1:{server.effective_port}")
    made.today = date(2025, 3, 10)
    yield made
    # In the server's own thread: closing from here would pull a socket from under its select.
    server.trigger.pull_trigger(partial(close_all, server._map, ignore_all=True))
    thread.join(5)
    server.task_dispatcher.shutdown()
    app.registry["engine"].dispose()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server of the test's own. A module whose tests don't meet may share one: see ``served_together``."""
    with serving(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def served_together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for a whole module, which asks for it by overriding ``served`` with it."""
    with serving(tmp_path_factory.mktemp("site")) as made:
        yield made


def _note(someone: Someone, message: ConsoleMessage) -> None:
    # That a page was answered with 4xx is what some tests are about; all else is a fault.
    if message.type == "error" and "status of 4" not in message.text:
        someone.faults.append(message.text)


@pytest.fixture
def people(served: Served, chromium: Browser) -> Iterator[Any]:
    """``people("slt.moss")``: that person, signed in, in a browser of their own."""
    opened: dict[str, Someone] = {}
    contexts: list[BrowserContext] = []

    def someone(username: str, *, scripts: bool = True) -> Someone:
        if username not in opened:
            context = chromium.new_context(
                viewport={"width": WIDE[0], "height": WIDE[1]}, locale="nb-NO", java_script_enabled=scripts
            )
            contexts.append(context)
            page = context.new_page()
            # A machine that does ten other things is slow, not wrong.
            page.set_default_timeout(30_000)
            opened[username] = Someone(served, page, username)
            page.on("console", partial(_note, opened[username]))
            page.goto(f"{served.url}/login")
            page.fill("#username", username)
            page.fill("#password", PASSWORD)
            page.click("form[action$='/login'] button[type=submit]")
            page.wait_for_url(f"{served.url}/")
        return opened[username]

    yield someone
    for context in contexts:
        context.close()
