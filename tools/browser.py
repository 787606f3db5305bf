"""See to it that the browser tests have a Chromium.

Debian's own packages are used, since Playwright's downloads cannot be had on
every network. Without root, or on a machine that is not Debian, the sentence
says what to install; the tests need it, so this is an error and not a warning.

    python tools/browser.py          finds or installs one
    python tools/browser.py --find   prints its path, or exits with 1
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGE = "chromium-headless-shell"
# The variable comes first, so that a machine with an unusual browser can name it.
VARIABLE = "AVTALEFLYT_CHROMIUM"
PLACES = (
    "/usr/lib/chromium/chromium-headless-shell",
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)


def find() -> str | None:
    """The path of a Chromium that can run headless, or None."""
    for place in (os.environ.get(VARIABLE, ""), *PLACES):
        path = shutil.which(place) if place else None
        if path:
            return path
    return None


def install() -> str | None:
    """Install Debian's package; the reason when that is not possible, else None."""
    if shutil.which("apt-get") is None:
        return "there is no apt-get here"
    if os.geteuid() != 0:
        return "only root can install it"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", PACKAGE]):
        done = subprocess.run(
            ["apt-get", "-qq", *arguments], check=False, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
            return f"apt-get {arguments[0]} failed: {last}"
    return None


def main(arguments: list[str]) -> int:
    """Find, or install and find; 1 with a sentence when there is none in the end."""
    found = find()
    if "--find" in arguments:
        print(found or "")
        return 0 if found else 1
    if found:
        return 0
    print(f"Installing {PACKAGE}, which the browser tests need")
    reason = install()
    if reason is None and find():
        return 0
    print(
        "make: the browser tests need a Chromium and none could be installed "
        f"({reason or 'it is still not found'}); as root: apt-get install {PACKAGE}, "
        f"or name one in {VARIABLE}; the other tests alone: make test BROWSER=no",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
