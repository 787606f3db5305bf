"""Make the virtual environment that everything else is installed into.

Run by the machine's own Python, before anything of ours exists. Debian splits
``ensurepip`` off into a package of its own, so a bare machine has ``venv``
that cannot work; as root we fetch the package, otherwise we say its name.

    python3 tools/environment.py .venv
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = "python3-venv"


def can_make_environments() -> bool:
    """Whether this Python has all that ``-m venv`` needs."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def fetch_support() -> bool:
    """Install Debian's package for it, where we may; returns whether that worked."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", PACKAGE]):
        command = ["apt-get", "-qq", *arguments]
        if subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    # A fresh process, since this one has cached that the module is missing.
    return subprocess.run([sys.executable, "-c", "import ensurepip"], check=False).returncode == 0


def main(folder: Path) -> int:
    """Make ``folder`` a virtual environment; one that works is left as it is."""
    python = folder / "bin" / "python"
    works = (
        python.exists()
        and not subprocess.run(
            [python, "-m", "pip", "--version"], check=False, capture_output=True
        ).returncode
    )
    if not works:
        if not can_make_environments() and not fetch_support():
            print(
                f"make: {sys.executable} cannot make a virtual environment; "
                f"as root: apt-get install {PACKAGE}",
                file=sys.stderr,
            )
            return 1
        print(f"Making the virtual environment {folder}")
        done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False)
        if done.returncode:
            return done.returncode
    (folder / "stamps").mkdir(exist_ok=True)
    (folder / "stamps" / "venv").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
