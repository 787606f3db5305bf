"""One process of the fuzzer: takes its seeds one after the other, and says which it is about to take.

It tells its parent in lines: the number of a seed before it is taken, and after
it, where something is wrong, the seed and why as JSON. So the parent knows at
any moment what a process that hangs or dies was doing.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from tests.fuzz import bundles, cases, proofs

KINDS: Mapping[str, Any] = {"texts": cases, "proofs": proofs, "bundles": bundles}
"""What is fuzzed, by name: each has ``case_of(seed)`` and ``wrong_with(case)``."""


def work(
    seeds: range, tell: Callable[[str], object], check: Callable[[int], list[str]] | None = None
) -> None:
    """Take the seeds. ``check`` gives what is wrong with one; it may raise anything."""
    check = check or (lambda seed: cases.wrong_with(cases.case_of(seed)))
    for seed in seeds:
        tell(f"{seed}\n")
        try:
            wrong = check(seed)
        except BaseException as error:
            # Whatever it is, the seed that raised it is told and the next one taken.
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename}:{last.lineno}"
            wrong = [f"{type(error).__name__}: {str(error)[:300]} at {where}"]
            if isinstance(error, KeyboardInterrupt):
                raise
        if wrong:
            tell(json.dumps([seed, wrong]) + "\n")


def main() -> None:
    """Take the seeds START STOP STEP of the command line, of the kind that is named after them."""
    out, kind = sys.stdout, KINDS[sys.argv[4]]

    def tell(line: str) -> None:
        out.write(line)
        out.flush()

    work(range(*map(int, sys.argv[1:4])), tell, lambda seed: kind.wrong_with(kind.case_of(seed)))


if __name__ == "__main__":
    main()
