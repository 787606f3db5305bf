"""Every sample page in a real browser: no barrier that axe finds, nothing wider than the window.

The pages are served with the policy of the server, so a style or a picture that
the policy refuses shows as an error in the console.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import NARROW, WIDE
from tests.browser.walking import LAYOUT, violations
from tests.support.page_rendering import STATIC, compile_catalogues, draw_all
from workflow_app.web.headers import POLICY

pytestmark = pytest.mark.browser


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, with the policy of the server."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: what matters is said by the assertions."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of the sample pages, and their names."""
    if not (STATIC / "vendor" / "designsystemet" / "index.css").exists():
        pytest.skip("the style sheets of Designsystemet are not there; run make setup")
    folder = tmp_path_factory.mktemp("pages")
    compile_catalogues(folder / "locale")
    pages = draw_all(("nb",), folder / "locale")["nb"]
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    (folder / "static").symlink_to(STATIC)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", sorted(pages)
    server.shutdown()
    thread.join()
    server.server_close()


def test_pages_have_no_barrier_and_fit_the_window(site: tuple[str, list[str]], chromium: Browser) -> None:
    address, names = site
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    wrong: dict[tuple[str, int], object] = {}
    for name in names:
        for (width, height), rules in ((WIDE, None), (NARROW, LAYOUT)):
            page.set_viewport_size({"width": width, "height": height})
            if width == WIDE[0]:
                page.goto(f"{address}/{name}.html")
            found = [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations(page, rules)]
            too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if found or too_wide > 0 or complaints:
                wrong[name, width] = (found, too_wide, list(complaints))
            complaints.clear()
    page.close()
    assert wrong == {}


def test_the_way_past_the_menu_comes_first_and_focus_can_be_seen(
    site: tuple[str, list[str]], chromium: Browser
) -> None:
    address, _ = site
    page = chromium.new_page()
    page.goto(f"{address}/agreement.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.locator(":focus").bounding_box() is not None
    for _ in range(8):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert style[0] != "none", page.evaluate("document.activeElement.outerHTML")
        assert float(style[1].removesuffix("px")) >= 2
    page.close()


def test_the_diagram_and_the_menus_are_left_out_on_paper(
    site: tuple[str, list[str]], chromium: Browser
) -> None:
    address, _ = site
    page = chromium.new_page()
    page.goto(f"{address}/agreement.html")
    page.emulate_media(media="print")
    for left_out in (".main-nav", ".agreement-nav", ".whoami", ".diagram", ".bottom"):
        assert not page.locator(left_out).first.is_visible(), left_out
    for kept in ("h1", ".deadline .clause", ".round", ".entry"):
        assert page.locator(kept).first.is_visible(), kept
    page.close()
